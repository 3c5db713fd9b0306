# modprobe --root, depmod --root, kmod static-nodes --root: an image as a system of its own. kmod has nothing like it.
where: host
tree: uml

## modules and configuration come from the image
file /img/etc/modprobe.d/a.conf: options inside a=1
conf a.conf: options inside b=1
cmdline: inside.c=1
$ mkdir -p /img@MODS@/kernel && mkmod -o /img@MODS@/kernel/inside.ko --name inside && depmod --root /img 2>/dev/null
$ modprobe --root /img -n inside
> insmod /img@MODS@/kernel/inside.ko a=1 $
$ modprobe --root=/img/ -n inside; cd / && modprobe --root img -n inside
> insmod /img@MODS@/kernel/inside.ko a=1 $
> insmod //img@MODS@/kernel/inside.ko a=1 $

## an image where /lib is a link to /usr/lib, as if the image were the root
# Not the modules of the machine, which are there as well.
$ mkdir -p /img/usr@MODS@/kernel && ln -s /usr/lib /img/lib && mkmod -o /img@MODS@/kernel/inside.ko --name inside 2>/dev/null; mkmod -o /img/usr@MODS@/kernel/inside.ko --name inside
$ depmod --root /img 2>/dev/null; cat /img/usr@MODS@/modules.dep
> kernel/inside.ko:
$ modprobe --root /img -n inside
> insmod /img/usr@MODS@/kernel/inside.ko $
$ modprobe --root /img -n vfat
! modprobe: FATAL: Module vfat not found in directory /img/usr@MODS@
? 1
$ modprobe --root /img -R inside; modprobe --root /img -l
> inside
> kernel/inside.ko
$ echo 'inside inside c10:77' >/img/usr@MODS@/modules.devname; kmod static-nodes --root /img --format=devname
> inside inside c10:77

## an image where the version is a link
$ mkdir -p /img/lib/modules /img/srv/kernel && ln -s /srv /img@MODS@ && mkmod -o /img/srv/kernel/inside.ko --name inside --info 'softdep=pre: dummy'
$ depmod --root /img 2>/dev/null; modprobe --root /img -n inside; modprobe --root /img -c | grep ^softdep
> insmod /img/srv/kernel/inside.ko $
> softdep inside pre: dummy

## an image whose link leads nowhere, or round in a circle
$ mkdir /img && ln -s /usr/lib /img/lib && modprobe --root /img vfat
! modprobe: FATAL: Module vfat not found in directory /img/usr@MODS@
? 1
$ depmod --root /img
! depmod: ERROR: could not open directory /img/usr@MODS@: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
? 1
$ rm /img/lib && ln -s lib /img/lib && modprobe --root /img vfat
! modprobe: ERROR: could not find the module directory: Too many levels of symbolic links
? 1
$ depmod --root /img
! depmod: ERROR: could not find the module directory: Too many levels of symbolic links
? 1

## an empty name of an image is none
# As an empty -d, -b is, for kmod as well.
conf a.conf: options fat a=1
cmdline: fat.c=1
$ modprobe --root '' -n fat; modprobe -d '' -n fat; modprobe --root= -d '' -n fat
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 c=1 $
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 c=1 $
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 c=1 $
$ modinfo --root '' -n fat; modinfo -b '' --root '' -n fat; modinfo -b / --root '' -n fat
> @MODS@/kernel/fs/fat/fat.ko
> @MODS@/kernel/fs/fat/fat.ko
> /@MODS@/kernel/fs/fat/fat.ko
$ depmod --root '' -n | sed -n '/fat.ko:$/p'; depmod -b '' -n | sed -n '/fat.ko:$/p'; depmod --root '' -m '' -n | sed -n '/fat.ko:$/p'
> kernel/fs/fat/fat.ko:
> kernel/fs/fat/fat.ko:
> kernel/fs/fat/fat.ko:
$ echo 'fat fat c10:77' >@MODS@/modules.devname; kmod static-nodes --root '' --format=devname
> fat fat c10:77

## no image there
$ modprobe --root /nix vfat
! modprobe: ERROR: could not read the configuration of /nix: No such file or directory
? 1
$ depmod --root /nix
! depmod: ERROR: could not open directory /nix@MODS@: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
? 1
$ modprobe --root /etc/ld.so.cache vfat
! modprobe: ERROR: could not read the configuration of /etc/ld.so.cache: Not a directory
? 1

## a link out of the image with .. stays in it
$ mkdir -p /img@MODS@/kernel /img/l && rm -r /img/lib && ln -s ../../../l /img/lib && mkdir -p /img/l/modules/@VER@/kernel && mkmod -o /img/l/modules/@VER@/kernel/inside.ko --name inside && depmod --root /img 2>/dev/null; modprobe --root /img -n inside
> insmod /img/l/modules/@VER@/kernel/inside.ko $

## -d is the modules' directory alone, links and all
file /img/etc/modprobe.d/a.conf: options vfat a=1
conf a.conf: options vfat b=1
$ mkdir -p /img && ln -s /usr/lib /img/lib && modprobe -d /img -n vfat
> insmod /img@MODS@/kernel/fs/fat/fat.ko $
> insmod /img@MODS@/kernel/fs/fat/vfat.ko b=1 $

## --root takes the configuration of an image
conf a.conf: options dummy from=here
cmdline: dummy.from=cmdline
file /img/usr/share/b.conf: options dummy from=img
file /img/usr/lib/modprobe.d/masked.conf: options dummy from=masked
file /img/etc/modprobe.conf: options dummy from=conf
$ mkdir -p /img/etc/modprobe.d /img/usr/lib/modules; ln -s /usr/lib /img/lib
+ ln -s /usr/share/b.conf /img/etc/modprobe.d/b.conf; ln -s /dev/null /img/etc/modprobe.d/masked.conf
+ modprobe --root /img -c | grep '^options dummy'
> options dummy from=img
> options dummy from=conf

## links of modules and of directories are resolved inside the image
# The machine has the same paths, with other modules.
$ mkdir -p /img@MODS@/kernel /img/opt/mods /opt/mods; for i in one two; do mkmod -o /img/opt/mods/$i.ko --name $i --info description=inside; mkmod -o /opt/mods/$i.ko --name $i --info description=outside; done
$ cd /img@MODS@ && echo 'kernel/one.ko:' >modules.dep && echo 'extra/two.ko: kernel/one.ko' >>modules.dep && ln -s /opt/mods/one.ko kernel/one.ko && ln -s ../../../../../../opt/mods extra
$ modinfo --root /img -F description one two 2>/dev/null
> inside
> inside
$ modprobe --root /img -q -n two
> insmod /img@MODS@/kernel/one.ko $
> insmod /img@MODS@/extra/two.ko $
$ modinfo -b /img -F description one 2>/dev/null
> outside

## an absolute path in modules.dep is the image's
$ mkdir -p /img@MODS@ /img/srv /img/opt && ln -s /srv /img/opt/mods && mkmod -o /img/srv/one.ko --name one --export inside
$ echo '/opt/mods/one.ko:' >/img@MODS@/modules.dep
$ modprobe --root /img -q -n one; modprobe --root /img -q --show-exports one; modinfo --root /img -n one 2>/dev/null
> insmod /img/opt/mods/one.ko $
> 0x00000000	inside
> /img/opt/mods/one.ko
$ modprobe -d /img -q -n one
> insmod /opt/mods/one.ko $

## what the kernel is given is the file of the image
kernel: insert=0
$ mkdir -p /img@MODS@/kernel /img/opt && mkmod -o /img/opt/one.ko --name one && ln -s /opt/one.ko /img@MODS@/kernel/one.ko && echo 'kernel/one.ko:' >/img@MODS@/modules.dep
$ modprobe --root /img -q one
$ modprobe -d /img -q one
? 1

## a module that is named as a file is the machine's
$ mkdir -p /img@MODS@ && mkmod -o /one.ko --name one && cd / && modprobe --root /img -n ./one.ko; modinfo --root /img -F name ./one.ko
> insmod ./one.ko $
> one

## a file of modules.devname, of softdeps, of built-in modules behind a link of the image
$ mkdir -p /img@MODS@ /img/opt && cd /img/opt && echo 'one one c10:77' >devname && echo 'softdep a pre: b' >softdep && printf 'in.description=inside\0in.alias=i:*\0' >modinfo && echo kernel/in.ko >builtin
$ cd /img@MODS@ && ln -s /opt/devname modules.devname && ln -s /opt/softdep modules.softdep && ln -s /opt/modinfo modules.builtin.modinfo && ln -s /opt/builtin modules.builtin
$ kmod static-nodes --root /img -f devname
> one one c10:77
$ modprobe --root /img -c | grep softdep
> softdep a pre: b
$ modinfo --root /img -F description in 2>/dev/null
> inside
