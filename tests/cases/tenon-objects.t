# What the verbs of tenon make of a word: of the same one they all say the same.
where: host
tree: small
needs: workbench

## words that stand for nothing, and words that verbs do not take
conf a.conf: alias two fat
$ printf '%s\n' 'for word; do for verb in check why show graph; do tenon $verb "$word" --json >doc; echo "$word: $verb: $? $(sed -n "s/.*\"\(id\|error\)\": \"\(.*\)\",/\2/p" doc | grep -v no-capability | tr "\n" " ")"; done; done' >ask; chmod +x ask
$ sh ./ask nope module:nope vfat.ko
> nope: check: 1 name-unknown $
> nope: why: 1 name-unknown $
> nope: show: 1 name-unknown $
> nope: graph: 1 name-unknown $
> module:nope: check: 1 name-unknown $
> module:nope: why: 1 name-unknown $
> module:nope: show: 1 name-unknown $
> module:nope: graph: 1 name-unknown $
> vfat.ko: check: 1 name-suffix $
> vfat.ko: why: 1 name-suffix $
> vfat.ko: show: 1 name-suffix $
> vfat.ko: graph: 1 name-suffix $
$ sh ./ask alias:vfat module:two mount:vfat
> alias:vfat: check: 1 object-kind $
> alias:vfat: why: 1 object-kind $
> alias:vfat: show: 1 object-kind $
> alias:vfat: graph: 1 object-kind $
> module:two: check: 1 object-kind $
> module:two: why: 1 object-kind $
> module:two: show: 1 object-kind $
> module:two: graph: 1 object-kind $
> mount:vfat: check: 1 object-kind $
> mount:vfat: why: 1 object-kind $
> mount:vfat: show: 1 object-kind $
> mount:vfat: graph: 1 object-kind $
$ sh ./ask file:vfat
> file:vfat: check: 1 file-unreadable $
> file:vfat: why: 1 file-unreadable $
> file:vfat: show: 1 file-unreadable $
> file:vfat: graph: 2 vfat is a file: graph takes modules by their names $
$ echo '<html>' >f.ko; ln -s nowhere.ko l.ko; sh ./ask ./f.ko ./l.ko /tmp
> ./f.ko: check: 1 file-not-elf $
> ./f.ko: why: 1 file-not-elf $
> ./f.ko: show: 1 file-not-elf $
> ./f.ko: graph: 2 ./f.ko is a file: graph takes modules by their names $
> ./l.ko: check: 1 link-broken $
> ./l.ko: why: 1 link-broken $
> ./l.ko: show: 1 link-broken $
> ./l.ko: graph: 2 ./l.ko is a file: graph takes modules by their names $
> /tmp: check: 1 file-not-elf $
> /tmp: why: 1 file-not-elf $
> /tmp: show: 1 file-not-elf $
> /tmp: graph: 2 /tmp is a file: graph takes modules by their names $
$ sh ./ask config:vfat file:
> config:vfat: check: 2 vfat is a file of the configuration, which tenon config checks $
> config:vfat: why: 2 vfat is a file of the configuration, which tenon config checks $
> config:vfat: show: 2 vfat is a file of the configuration, which tenon config checks $
> config:vfat: graph: 2 vfat is a file of the configuration, which tenon config checks $
> file:: check: 2 file:: an object is empty $
> file:: why: 2 file:: an object is empty $
> file:: show: 2 file:: an object is empty $
> file:: graph: 2 file:: an object is empty $

## what such a word is instead is said, and can be taken
$ tenon show alias:vfat
> error: vfat is no alias; it is of the kind module
>   [object-kind]
>   next: name it module:vfat
? 1
$ tenon show module:vfat --firmware
> vfat (installed)
>   firmware      none
$ tenon why ./nope.ko
> ./nope.ko, asked for by a user: modprobe ./nope.ko
>
> nothing would be loaded
>
> error: ./nope.ko cannot be read: No such file or directory
>   [file-unreadable]
? 1
$ tenon why mount:vfat
> vfat, asked for by a user: modprobe vfat
>
> nothing would be loaded
>
> error: vfat is no mount point
>   [object-kind]
? 1
$ tenon.real why --root / mount:vfat
! tenon: ERROR: mount points are those of the running system, not of /
? 2

## a picture shows no findings: they are said beside it
$ tenon.real graph --dot vfta fat
> digraph modules {
>         rankdir=LR;
>         node [shape=box];
>         "fat";
> }
! tenon: error: there is no vfta; the nearest name is vfat
? 1
$ tenon.real graph --svg out.svg nope && cat out.svg
! tenon: error: there is no nope in @MODS@
? 1

## a root has no slash at its end
conf a.conf: alias two fat
$ tenon config --root / | grep two; tenon config --root // | grep two
> alias   two           fat            /etc/modprobe.d/a.conf line 1
> alias   two           fat            /etc/modprobe.d/a.conf line 1
$ mkdir -p r/etc/modprobe.d && echo alias a b >r/etc/modprobe.d/a.conf && tenon config --root r// | grep -v FROM
> alias   a    b     r/etc/modprobe.d/a.conf line 1

## a tab of a value is shown, not obeyed
$ mkmod -o own.ko --name own --info "$(printf 'description=a\tb')" --info "$(printf 'author=c\td')" && tenon show ./own.ko | grep -E 'description|author'
>   description   a\tb
>   author        c\td
