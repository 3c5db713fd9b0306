# Names of module files: depmod indexes those that modprobe finds, and reports the others.
where: host
tree: empty

## each name is either indexed and found, or reported and not found
$ try() { n=$(printf -- "$1/") && n=${n%/} && find @MODS@/kernel -name '*.ko' -delete && mkmod -o "@MODS@/kernel/$n.ko" --name x && depmod 2>/tmp/err; said=$(grep -c "ignoring @MODS@/kernel/" /tmp/err); modprobe -nv -- "${2-$n}" 2>/dev/null | grep -q "^insmod @MODS@/kernel/"; printf '%s %s:%s\n' $said $? "$1" | sed 's/^0 0:/found    /; s/^1 1:/reported /; s/a\{9,\}/aaa.../'; }
+ for n in vfat 'with space' ' lead' 'trail ' '-lead' '--' 'a,b' 'a=b' 'a[b]c' 'a*' '#x' 'a"b' "a'b" 'a;b' 'a\\b' '$x' '~' '@' all; do try "$n"; done
+ for n in 55 56 64 245; do try "$(head -c $n /dev/zero | tr '\0' a)"; done
+ try a.b a; try a..b a; try a.ko a
+ for n in 'a:b' 'symbol:x' ':' 'a[b' 'a]b' '[' '..x' '...' '.x' '.ko.x' 'a\tb' 'a\nb' '\033[2J' 'a\177' '\303\244' '\344'; do try "$n"; done
> found    vfat
> found    with space
> found     lead
> found    trail $
> found    -lead
> found    --
> found    a,b
> found    a=b
> found    a[b]c
> found    a*
> found    #x
> found    a"b
> found    a'b
> found    a;b
> found    a\\b
> found    $x
> found    ~
> found    @
> found    all
> found    aaa...
> found    aaa...
> found    aaa...
> found    aaa...
> found    a.b
> found    a..b
> found    a.ko
> reported a:b
> reported symbol:x
> reported :
> reported a[b
> reported a]b
> reported [
> reported ..x
> reported ...
> reported .x
> reported .ko.x
> reported a\tb
> reported a\nb
> reported \033[2J
> reported a\177
> reported \303\244
> reported \344

## a directory with a blank serves, one with a colon cannot be in modules.dep
$ mkdir -p '@MODS@/kernel/a b' '@MODS@/kernel/a:b' '/srv/a:b' && mkmod -o '@MODS@/kernel/a b/m.ko' --name m && mkmod -o '@MODS@/kernel/a:b/n.ko' --name n && mkmod -o /srv/a:b/o.ko --name o && mkdir -p /etc/depmod.d && echo 'external * /srv/a:b' >/etc/depmod.d/a.conf
$ depmod; cat @MODS@/modules.dep; modprobe -n m
> kernel/a b/m.ko:
> insmod @MODS@/kernel/a b/m.ko $
! depmod: WARNING: ignoring @MODS@/kernel/a:b/n.ko: no module can be listed under a path with ':'
! depmod: ERROR: ignoring directory /srv/a:b: no module can be listed under such a path
