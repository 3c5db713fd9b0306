# tenon graph
where: host
needs: workbench
tree: small

## what a module needs, directly
$ tenon graph mpls_iptunnel bridge
> MODULE        HOW         STATE
> mpls_iptunnel             installed
> └─mpls_gso    soft, after installed
> bridge                    installed
> └─stp         needs       installed
>   └─llc       needs       installed

## what needs it
$ tenon graph --up llc
> MODULE     HOW   STATE
> llc              installed
> └─stp      needs installed
>   └─bridge needs installed

## soft and weak ones are told apart, with their lines in the document
conf a.conf: softdep fat pre: al-x post: nls_utf8
conf a.conf: weakdep vfat dummy nix
conf a.conf: alias al-* tun
$ tenon graph vfat
> MODULE       HOW                   STATE
> vfat                               installed
> ├─fat        needs                 installed
> │ ├─tun      soft, before, as al-x installed
> │ └─nls_utf8 soft, after           installed
> ├─dummy      weak                  installed
> └─nix        weak                  missing
$ tenon graph vfat --json | grep -A 12 softdep-pre
>         "kind": "softdep-pre",
>         "alias": "al-x",
>         "where": {
>           "file": "/etc/modprobe.d/a.conf",
>           "line": 1
>         }
>       },
>       {
>         "from": "fat",
>         "to": "nls_utf8",
>         "kind": "softdep-post",
>         "alias": null,
>         "where": {
$ tenon graph --up nls_utf8 tun
> MODULE        HOW                   STATE
> nls_utf8                            installed
> └─fat         soft, after           installed
>   ├─msdos     needs                 installed
>   └─vfat      needs                 installed
> tun                                 installed
> └─fat (above) soft, before, as al-x installed

## a circle
conf a.conf: softdep fat post: vfat
$ tenon graph vfat
> MODULE           HOW         STATE
> vfat                         installed
> └─fat            needs       installed
>   └─vfat (above) soft, after installed
$ tenon graph --up vfat
> MODULE           HOW         STATE
> vfat                         installed
> └─fat            soft, after installed
>   ├─msdos        needs       installed
>   └─vfat (above) needs       installed

## an alias, and a word that is nothing
conf a.conf: alias own-name vfat
$ tenon graph own-name
> MODULE HOW   STATE
> vfat         installed
> └─fat  needs installed
$ tenon graph vfta
> error: there is no vfta; the nearest name is vfat
>   [name-nearest]
>   next: try vfat
? 1
$ tenon graph nix vfat
> MODULE HOW   STATE
> vfat         installed
> └─fat  needs installed
>
> error: there is no nix in @MODS@
>   [name-unknown]
? 1

## without a module: what is loaded
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
loaded: dummy 4096 0
loaded: strange 4096 0
$ tenon graph
> MODULE  HOW   STATE
> vfat          loaded
> └─fat   needs loaded
> dummy         loaded
> strange       loaded
$ tenon graph --up
> MODULE  HOW   STATE
> dummy         loaded
> fat           loaded
> └─vfat  needs loaded
> strange       loaded

## a module that only the kernel has
loaded: strange 4096 0
$ tenon graph strange
> MODULE  HOW STATE
> strange     loaded

## built-in ones
$ tenon graph ext4
> MODULE HOW STATE
> ext4       builtin

## of another kernel
$ tenon graph -k 9.9.9 vfat
> error: there are no modules for 9.9.9; there are for @VER@
>   [version-missing]
>   next: use -k @VER@
? 1

## for graphviz
conf a.conf: softdep fat pre: nls_utf8
conf a.conf: weakdep fat nix
loaded: fat 86016 0
$ tenon graph --dot vfat
> digraph modules {
>         rankdir=LR;
>         node [shape=box];
>         "vfat";
>         "fat" [style=filled];
>         "nls_utf8";
>         "nix" [style=dotted];
>         "vfat" -> "fat";
>         "fat" -> "nls_utf8" [style=dashed, label="soft, before"];
>         "fat" -> "nix" [style=dotted, label="weak"];
> }

## as a picture
$ tenon graph --svg - vfat | head -n 1
> <svg xmlns="http://www.w3.org/2000/svg" width="440" height="130" viewBox="0 0 440 130">
$ tenon.real graph --svg out vfat; grep -c '<rect x' out; python3 -c 'import xml.dom.minidom as x; x.parse("out")'
> 6
$ tenon.real graph --svg nowhere/out vfat
! tenon: ERROR: could not write nowhere/out: No such file or directory
? 3
$ tenon.real graph --svg out --dot vfat
! tenon: ERROR: it is either --dot or --svg
? 2
$ tenon.real graph --svg out --json vfat | head -n 2
> {
>   "schema": "tenon/1",

## names that no markup may obey
$ printf '%s' '{"schema":"tenon/1","verb":"graph","result":{"direction":"down","roots":["a\ufffe\uffff"],"edges":[{"from":"a\ufffe\uffff","to":"c","kind":"new"}],"modules":[]},"status":0}' >doc; tenon.real view --as svg doc | grep title; tenon.real view --as svg doc | python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.stdin)'
> <path class="weak" marker-end="url(#arrow)" d="M56.0 33.0 H66.0 C93.0 33.0 93.0 33.0 120.0 33.0"><title>a\xef\xbf\xbe\xef\xbf\xbf -&gt; c (new)</title></path>
$ printf '%s' '{"schema":"tenon/1","verb":"graph","result":{"direction":"down","roots":["a\"<b>&\u0001\\"],"edges":[{"from":"a\"<b>&\u0001\\","to":"c","kind":"new"},{"from":"c","to":"c","kind":"needs"}],"modules":[7]},"status":0}' >doc; tenon.real view doc; tenon.real view --as dot doc; tenon.real view --as svg doc | grep title; tenon.real view --as svg doc | python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.stdin)'
> MODULE        HOW   STATE
> a"<b>&\x01\
> └─c           new
>   └─c (above) needs
> digraph modules {
>         rankdir=LR;
>         node [shape=box];
>         "a\"<b>&\\x01\\";
>         "";
>         "c";
>         "a\"<b>&\\x01\\" -> "c" [style=dashed, label="new"];
>         "c" -> "c";
> }
> <path class="weak" marker-end="url(#arrow)" d="M120.0 33.0 H130.0 C157.0 33.0 157.0 33.0 184.0 33.0"><title>a&quot;&lt;b&gt;&amp;\x01\ -&gt; c (new)</title></path>
