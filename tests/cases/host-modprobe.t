# modprobe, insert: what it would do, and what it says. The made kernel refuses every load with EPERM unless a case
# says otherwise.
where: host
tree: uml

## -n prints each step, dependencies first, and works without -v
# kmod 30 prints only with -v.
$ modprobe -n vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## -n -v prints the same
$ modprobe -n -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe --dry-run --verbose vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## a chain of three comes out in load order
$ modprobe -nv bridge
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> insmod @MODS@/kernel/net/llc/llc.ko $
> insmod @MODS@/kernel/net/802/stp.ko $
> insmod @MODS@/kernel/net/bridge/bridge.ko $

## - and _ are the same in a name
$ modprobe -nv nls-iso8859-1
> insmod @MODS@/kernel/fs/nls/nls_iso8859-1.ko $
$ modprobe -nv nls_iso8859-1
> insmod @MODS@/kernel/fs/nls/nls_iso8859-1.ko $

## parameters follow the path of the named module only
$ modprobe -nv vfat a=1 b
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko a=1 b

## a value with a blank is wrapped in quotes
$ modprobe -nv dummy 'text=a b' 'done="c d"' 'none'
> insmod @MODS@/kernel/drivers/net/dummy.ko text="a b" done="c d" none

## empty parameters
$ modprobe -nv dummy '' a '' b ''
> insmod @MODS@/kernel/drivers/net/dummy.ko a  b $

## options may stand after the operands
$ modprobe dummy numdummies=3 -nv
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=3

## an alias of the index stands for its module
$ modprobe -nv fs-msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $

## a modalias with wildcards of the index is matched
$ modprobe -nv char-major-67-3
> insmod @MODS@/kernel/fs/coda/coda.ko $
$ modprobe -nv virtio:d00000003v00001AF4
> insmod @MODS@/kernel/drivers/char/virtio_console.ko $
$ modprobe -nv char-major-10-237
> insmod @MODS@/kernel/drivers/block/loop.ko $

## a name is looked for among the modules before the aliases
$ modprobe -nv loop
> insmod @MODS@/kernel/drivers/block/loop.ko $

## a built-in module needs no step
$ modprobe -nv ext4
$ modprobe ext4

## an alias of a built-in module needs no step
$ modprobe -nv fs-ext4

## --first-time of a built-in module fails
$ modprobe --first-time ext4
! modprobe: ERROR: could not insert 'ext4': Module already in kernel
? 1

## an alias of a module comes before a built-in module of that name
$ modprobe -nv crc32
> insmod @MODS@/kernel/crypto/crc32_generic.ko $

## a loaded module needs no step
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ modprobe -nv vfat
$ modprobe vfat

## a loaded dependency is left out
loaded: fat 86016 0
$ modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## an unknown module is a FATAL message and status 1
$ modprobe nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ modprobe -nv nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1

## -q says nothing of an unknown module, the status stays
$ modprobe -q nix
? 1
$ modprobe -q -n nix
? 1

## -a goes on after an unknown module, with a warning
$ modprobe -nv -a nix dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: WARNING: Module nix not found in directory @MODS@
? 1

## -a takes every operand for a name
$ modprobe -nva dummy ifb a=1
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
! modprobe: WARNING: Module a=1 not found in directory @MODS@
? 1

## without an operand nothing is done
$ modprobe
! modprobe: ERROR: missing parameters. See -h.
? 1

## an unknown option ends it at once
$ modprobe --bogus
! modprobe: unrecognized option '--bogus'
? 1

## an operand that begins with / is a file, its dependencies come from the index
# kmod 30 knows no paths.
$ cp @MODS@/kernel/fs/fat/vfat.ko . && modprobe -nv /tmp/vfat.ko
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod /tmp/vfat.ko $

## a path that is not there
# kmod 30 knows no paths.
$ modprobe /tmp/nix.ko
! modprobe: FATAL: Failed to get module from path /tmp/nix.ko: No such file or directory
? 1

## a bare word is never a path
$ cp @MODS@/kernel/fs/fat/vfat.ko vfat.ko && modprobe -nv vfat.ko
! modprobe: FATAL: Module vfat.ko not found in directory @MODS@
!   vfat.ko is a file here, and a word without ./ is taken for a name
!   use ./vfat.ko
? 1

## -D prints the steps whatever is loaded
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ modprobe -D vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## -D names a built-in
$ modprobe -D ext4
> builtin ext4

## -R prints the names behind an alias
$ modprobe -R fs-vfat
> vfat
$ modprobe -R vfat
> vfat

## -R of an unknown alias
$ modprobe -R nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1

## -S takes another version's tree
$ mkdir -p /lib/modules/1.2.3 && cp -r @MODS@/modules.* /lib/modules/1.2.3 && ln -s @MODS@/kernel /lib/modules/1.2.3/
$ modprobe -S 1.2.3 -nv vfat
> insmod /lib/modules/1.2.3/kernel/fs/fat/fat.ko $
> insmod /lib/modules/1.2.3/kernel/fs/fat/vfat.ko $
$ modprobe --set-version=1.2.4 -nv vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.4
!   there are no modules for 1.2.4; there are for 1.2.3 @VER@
? 1

## -d takes the tree of another root
$ mkdir -p /tmp/root/lib/modules && cp -r @MODS@ /tmp/root/lib/modules 2>&1
$ modprobe -d /tmp/root -nv vfat
> insmod /tmp/root@MODS@/kernel/fs/fat/fat.ko $
> insmod /tmp/root@MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -d /tmp/nix -nv vfat
! modprobe: FATAL: Module vfat not found in directory /tmp/nix@MODS@
!   there is no directory /tmp/nix
? 1

## -d of a directory whose name nobody knows any more, and of one that is too long
$ mkdir gone && cd gone && rmdir ../gone && modprobe -d . dummy
! modprobe: ERROR: could not find the module directory: No such file or directory
? 1
$ modprobe -d "/$(printf '%05000d' 0)" -S 1.2.3 dummy 2>&1 | tr -s 0
> modprobe: ERROR: bad directory /0/lib/modules/1.2.3: path too long

## a load that the kernel refuses is told with its reason
$ modprobe vfat
! modprobe: ERROR: could not insert 'vfat': Operation not permitted
? 1

## a load that the kernel accepts prints its steps with -v only
kernel: insert=0
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe vfat

## an unknown symbol
kernel: insert=ENOENT
$ modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Unknown symbol in module, or unknown parameter (see dmesg)
? 1

## a module that is there already, by the kernel's word
kernel: insert=EEXIST
$ modprobe dummy
$ modprobe --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1

## a wrong format
kernel: insert=ENOEXEC
$ modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1

## --first-time of an alias fails where one of several modules is there and none was loaded
loaded: dummy 16384 0
conf a.conf: alias both dummy
conf a.conf: alias both nix
$ modprobe --first-time both
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
! modprobe: ERROR: could not find module by name='nix'
! modprobe: ERROR: could not insert 'nix': Unknown symbol in module, or unknown parameter (see dmesg)
? 1
$ modprobe both
! modprobe: ERROR: could not find module by name='nix'
! modprobe: ERROR: could not insert 'nix': Unknown symbol in module, or unknown parameter (see dmesg)

## --first-time of a loaded module fails
loaded: dummy 20480 0
$ modprobe --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1

## -V prints the version, -h the usage
$ modprobe -V | head -n1 | cut -d' ' -f1-2
> kmod version
$ modprobe -h | head -n1
> Usage:

## in a log, what failed comes after the steps that led to it
kernel: insert=EIO
$ modprobe -av dummy ifb >log 2>&1; cat log
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> modprobe: ERROR: could not insert 'dummy': Input/output error
>   the kernel's log may say why, and there is no /dev/kmsg here to read it from
>   look at the output of dmesg
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> modprobe: ERROR: could not insert 'ifb': Input/output error
>   the kernel's log may say why, and there is no /dev/kmsg here to read it from
>   look at the output of dmesg
