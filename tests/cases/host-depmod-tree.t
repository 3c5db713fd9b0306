# Which files depmod finds, and under which names: links, images, and what is no regular file.
where: host
tree: empty

## a directory under two names: the better one counts
$ cd @MODS@ && mkdir -p kernel/net kernel/zvendor && mkmod -o kernel/net/dummy.ko --name dummy && mkmod -o kernel/zvendor/dummy.ko --name dummy && ln -s kernel/zvendor updates
$ depmod && cat @MODS@/modules.dep
> updates/dummy.ko:

## a directory under several names, one of them in a search line
file /etc/depmod.d/a.conf: search extra/of/vendor updates built-in
$ cd @MODS@ && mkdir -p kernel/net kernel/v/vendor extra && mkmod -o kernel/net/dummy.ko --name dummy && mkmod -o kernel/v/vendor/dummy.ko --name dummy && ln -s kernel updates && ln -s ../kernel/v extra/of && ln -s v kernel/w
$ depmod && cat @MODS@/modules.dep
> extra/of/vendor/dummy.ko:

## links that multiply: the module is found by the name that counts, and soon
$ cd @MODS@ && for i in $(seq 0 29); do mkdir -p kernel/$i && ln -s ../$((i + 1)) kernel/$i/a && ln -s ../$((i + 1)) kernel/$i/b; done; mkdir kernel/30 && mkmod -o kernel/30/m.ko --name m && ln -s kernel/0/a/b/a updates
$ timeout 60 depmod && cut -c 1-40 @MODS@/modules.dep
> updates/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/

## links that lead nowhere, or to what is no file
$ cd @MODS@ && ln -s /nix build && ln -s /nix extra && ln -s nix.ko kernel/a.ko && ln -s self kernel/self && mkfifo kernel/fifo && ln -s fifo kernel/b.ko
$ depmod
! depmod: ERROR: could not read @MODS@/extra: No such file or directory
! depmod: ERROR: could not read @MODS@/kernel/a.ko: No such file or directory
! depmod: ERROR: unsupported file type @MODS@/kernel/b.ko: 10000
! depmod: ERROR: unsupported file type @MODS@/kernel/fifo: 10000
! depmod: ERROR: could not read @MODS@/kernel/self: Too many levels of symbolic links

## a FIFO in the place of an input is not waited for
$ cd @MODS@ && rm modules.order modules.builtin modules.builtin.modinfo && mkfifo modules.order modules.builtin modules.builtin.modinfo /etc/depmod.d/a.conf && mkmod -o kernel/a.ko --name a
$ timeout 10 depmod && cat @MODS@/modules.dep
> kernel/a.ko:
! depmod: WARNING: ignoring /etc/depmod.d/a.conf: not a regular file
! depmod: ERROR: unsupported file type @MODS@/modules.builtin: 10000
! depmod: ERROR: unsupported file type @MODS@/modules.builtin.modinfo: 10000
! depmod: ERROR: unsupported file type @MODS@/modules.order: 10000
! depmod: WARNING: could not open modules.order at @MODS@: not a regular file
! depmod: WARNING: could not open modules.builtin at @MODS@: not a regular file
! depmod: WARNING: could not open modules.builtin.modinfo at @MODS@: not a regular file

## a device in the place of an input is not opened; an empty one hides a file of its name
$ cd @MODS@ && rm modules.order && ln -s /dev/zero modules.order && ln -s /dev/zero /etc/depmod.d/a.conf && ln -s /dev/null /etc/depmod.d/b.conf && mkdir -p /run/depmod.d && echo 'search extra' >/run/depmod.d/b.conf && mkdir extra updates && mkmod -o extra/a.ko --name a && mkmod -o updates/a.ko --name a
$ timeout 10 depmod && cat @MODS@/modules.dep
> updates/a.ko:
! depmod: WARNING: ignoring /etc/depmod.d/a.conf: not a regular file
! depmod: ERROR: unsupported file type @MODS@/modules.order: 20000
! depmod: WARNING: could not open modules.order at @MODS@: not a regular file

## a list of symbols, and a configuration that is named, may come through a pipe
$ cd @MODS@ && mkmod -o kernel/a.ko --name a --need f && mkdir extra && mkmod -o extra/a.ko --name a --need g && mkfifo /tmp/syms /tmp/conf && (echo '1 T g' >/tmp/syms & echo 'search extra' >/tmp/conf & timeout 10 depmod -e -F /tmp/syms -C /tmp/conf); cat @MODS@/modules.dep
> extra/a.ko:
! depmod: WARNING: @MODS@/extra/a.ko needs unknown symbol g

## an image whose directories and modules are absolute links: they lead to what is in the image
$ mkdir -p /img@MODS@/kernel /img/opt/mods /img/srv /opt/mods /srv && ln -s /opt/mods /img@MODS@/extra && ln -s /srv/b.ko /img@MODS@/kernel/b.ko && ln -s /srv/c.ko /img@MODS@/kernel/c.ko && ln -s /srv/d /img@MODS@/kernel/d
$ mkmod -o /img/opt/mods/a.ko --name a --info alias=inside --need b && mkmod -o /img/srv/b.ko --name b --export b && mkmod -o /opt/mods/a.ko --name a --info alias=outside && mkmod -o /opt/mods/o.ko --name o && mkmod -o /srv/c.ko --name c
$ depmod --root /img; cd /img@MODS@ && cat modules.dep && grep side modules.alias
> kernel/b.ko:
> extra/a.ko: kernel/b.ko
> alias inside a
! depmod: ERROR: could not read /img@MODS@/kernel/c.ko: No such file or directory
! depmod: ERROR: could not read /img@MODS@/kernel/d: No such file or directory
! depmod: WARNING: could not open modules.order at /img@MODS@: No such file or directory
! depmod: WARNING: could not open modules.builtin at /img@MODS@: No such file or directory
! depmod: WARNING: could not open modules.builtin.modinfo at /img@MODS@: No such file or directory
$ mkmod -o /img/opt/mods/a.ko --name a --info alias=inside_too && depmod --root /img -A 2>/dev/null; grep side /img@MODS@/modules.alias
> alias inside_too a

## the lists of an image are links, and so is its configuration
$ mkdir -p /img@MODS@/kernel /img@MODS@/extra /img@MODS@/other /img/srv /img/etc /srv && for l in order builtin builtin.modinfo; do ln -s /srv/$l /img@MODS@/modules.$l; done
$ printf 'kernel/b.ko\nkernel/a.ko\n' >/img/srv/order && printf 'kernel/x.ko\n' >/img/srv/builtin && printf 'x.alias=y\0' >/img/srv/builtin.modinfo && printf 'kernel/a.ko\n' >/srv/order
$ for m in a b; do mkmod -o /img@MODS@/kernel/$m.ko --name $m; done; mkmod -o /img@MODS@/extra/c.ko --name c && mkmod -o /img@MODS@/other/c.ko --name c
$ ln -s /srv/depmod.d /img/etc/depmod.d && mkdir /img/srv/depmod.d /srv/depmod.d && ln -s /srv/conf /img/srv/depmod.d/a.conf && echo 'search other' >/img/srv/conf && echo 'search extra' >/srv/conf
$ depmod --root /img && cat /img@MODS@/modules.dep && modprobe --root /img -R y
> kernel/b.ko:
> kernel/a.ko:
> other/c.ko:
> x
$ echo bad >/img/srv/conf && depmod --root /img
! depmod: ERROR: /img/etc/depmod.d/a.conf:1: ignoring bad line starting with 'bad'

## an external directory of an image
$ mkdir -p /img@MODS@/kernel /img/etc/depmod.d /img/srv /img/opt /srv && ln -s /srv /img/opt/ext && echo 'external * /opt/ext /opt/none' >/img/etc/depmod.d/a.conf && mkmod -o /img/srv/a.ko --name a --export f && mkmod -o /img@MODS@/kernel/b.ko --name b --need f && mkmod -o /srv/o.ko --name o
$ depmod --root /img 2>&1 | grep -v modules[.]; cat /img@MODS@/modules.dep; modprobe --root /img -n b
> depmod: ERROR: could not open directory /img/opt/none: No such file or directory
> kernel/b.ko: /opt/ext/a.ko
> /opt/ext/a.ko:
> insmod /img/opt/ext/a.ko $
> insmod /img@MODS@/kernel/b.ko $

## -b is the modules' directory alone, links and all
$ mkdir -p /img@MODS@/kernel /img/opt/mods /opt/mods && ln -s /opt/mods /img@MODS@/extra && mkmod -o /img/opt/mods/a.ko --name a && mkmod -o /opt/mods/o.ko --name o && mkmod -o /img/opt/mods/i.ko --name i
$ depmod -b /img 2>/dev/null; cat /img@MODS@/modules.dep
> extra/o.ko:

## lines of depmod.d that can have no effect, whatever is in the tree
file /etc/depmod.d/a.conf: search extra/ /lib/modules/6.1.0/kernel updates kernel/./net
file /etc/depmod.d/a.conf: override x.ko * extra
file /etc/depmod.d/a.conf: # a comment, and a line that goes on \
file /etc/depmod.d/a.conf:     for another line
file /etc/depmod.d/a.conf: override x * extra/
file /etc/depmod.d/a.conf: override x ^5 extra//sub
file /etc/depmod.d/a.conf: exclude kernel/x.ko old
file /etc/depmod.d/a.conf: exclude
$ depmod
! depmod: WARNING: /etc/depmod.d/a.conf:1: 'extra/' in 'search' has no effect: a directory below the module directory is written like updates/net
! depmod: WARNING: /etc/depmod.d/a.conf:1: '/lib/modules/6.1.0/kernel' in 'search' has no effect: a directory below the module directory is written like updates/net
! depmod: WARNING: /etc/depmod.d/a.conf:1: 'kernel/./net' in 'search' has no effect: a directory below the module directory is written like updates/net
! depmod: WARNING: /etc/depmod.d/a.conf:2: 'x.ko' in 'override' has no effect: the name of a module is written without .ko
! depmod: WARNING: /etc/depmod.d/a.conf:5: 'extra/' in 'override' has no effect: a directory below the module directory is written like updates/net
! depmod: WARNING: /etc/depmod.d/a.conf:6: 'extra//sub' in 'override' has no effect: a directory below the module directory is written like updates/net
! depmod: WARNING: /etc/depmod.d/a.conf:7: 'kernel/x.ko' in 'exclude' has no effect: it is the name of a directory or file without the path to it
! depmod: WARNING: /etc/depmod.d/a.conf:8: 'exclude' has no effect: it names nothing

## lines of other distributions and of packages have one
file /etc/depmod.d/ubuntu.conf: search updates ubuntu built-in
file /etc/depmod.d/dist.conf: search updates extra built-in weak-updates
file /etc/depmod.d/00-system.conf: search external extra built-in weak-updates
file /etc/depmod.d/suse.conf: search updates extra weak-updates kgraft built-in
file /etc/depmod.d/kmod.conf: override nvidia-drm 4.18.0-* weak-updates/nvidia
file /etc/depmod.d/kmod.conf: override vmw_pvscsi * updates/vmware
file /etc/depmod.d/kmod.conf: external ^5[.]10 /usr/lib/modules/5.10.0/kernel
$ depmod

## a relative external directory is below the working directory
$ mkdir -p /srv/ext /etc/depmod.d && mkmod -o /srv/ext/a.ko --name a && echo 'external * ext' >/etc/depmod.d/a.conf && cd /srv && depmod && cat @MODS@/modules.dep && modprobe -n a
> /srv/ext/a.ko:
> insmod /srv/ext/a.ko $

## without any index, modprobe takes the files that depmod would
file /etc/depmod.d/a.conf: search external extra/of updates built-in
file /etc/depmod.d/a.conf: override b * kernel/y
file /etc/depmod.d/a.conf: override d ^5 kernel/y
file /etc/depmod.d/a.conf: external * /srv/ext
file /etc/depmod.d/a.conf: exclude old
$ mod() { mkdir -p "$(dirname "$1")" && mkmod -o "$1" --name x; }; cd @MODS@ && for m in kernel/x/a kernel/z/a updates/a kernel/x/b kernel/y/b kernel/z/b kernel/x/c kernel/x/d kernel/y/d kernel/old/d kernel/z/e kernel/old/f kernel/g; do mod $m.ko; done; mod /srv/ext/c.ko && mkdir extra && ln -s ../kernel/z extra/of && ln -s kernel 0
+ depmod && try() { for m in a b c d e f g; do modprobe -qn $m || echo no $m; done; }; try >/tmp/indexed; rm modules.*; try >/tmp/walked; diff /tmp/indexed /tmp/walked && cat /tmp/walked
> insmod @MODS@/extra/of/a.ko $
> insmod @MODS@/kernel/y/b.ko $
> insmod /srv/ext/c.ko $
> insmod @MODS@/kernel/x/d.ko $
> insmod @MODS@/extra/of/e.ko $
> no f
> insmod @MODS@/kernel/g.ko $
