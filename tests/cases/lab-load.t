# Loading into a real kernel: names, dependencies, parameters, aliases.
where: lab

## a module is loaded with its dependency
$ modprobe vfat
$ @LOADED@
> vfat
> fat

## -v says what is done
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## a chain of dependencies is loaded
$ modprobe bridge
$ @LOADED@
> bridge
> stp
> llc

## lsmod shows what is loaded and by whom it is used
$ modprobe vfat && lsmod | sed 's/  */ /g; s/ [0-9]* / SIZE /' | head -n 3
> Module Size Used by
> vfat SIZE 0
> fat SIZE 1 vfat

## a dependency that is loaded is left alone
$ modprobe fat && modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## - and _ are the same
$ modprobe nls-iso8859-1 && @LOADED@
> nls_iso8859_1

## loading twice is fine
$ modprobe dummy
$ modprobe dummy
$ modprobe -v dummy
$ @LOADED@
> dummy

## loading twice fails with --first-time
$ modprobe --first-time dummy
$ modprobe --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1

## a built-in module is fine
$ modprobe tcp_cubic
$ modprobe -v tcp_cubic

## a built-in module fails with --first-time
$ modprobe --first-time tcp_cubic
! modprobe: ERROR: could not insert 'tcp_cubic': Module already in kernel
? 1

## a module that is not there
$ modprobe nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ modprobe -q nix
? 1

## -a loads all it can
$ modprobe -a dummy nix ifb
! modprobe: WARNING: Module nix not found in directory @MODS@
? 1
$ @LOADED@
> ifb
> dummy

## -n loads nothing
$ modprobe -n -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ @LOADED@

## parameters of the command line reach the kernel
$ modprobe brd rd_nr=3 rd_size=1024
$ cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size
> 3
> 1024

## a parameter with blanks reaches the kernel whole
$ modprobe brd 'nix=a rd_nr=7' && cat /sys/module/brd/parameters/rd_nr
> 16

## a parameter with a wrong value is refused
$ modprobe brd rd_nr=abc
! modprobe: ERROR: could not insert 'brd': Invalid argument
? 1
$ @LOADED@

## a parameter that the module does not know is ignored by the kernel
$ modprobe dummy nix=1
$ @LOADED@
> dummy

## a module that was unloaded can be loaded again
$ modprobe msdos && modprobe -r msdos && modprobe -v msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $

## an alias for a character device
$ modprobe -v char-major-10-200
> insmod @MODS@/kernel/drivers/net/tun.ko $

## an alias for a block device
$ modprobe -v block-major-1-0
> insmod @MODS@/kernel/drivers/block/brd.ko $

## an alias for a file system
$ modprobe -v fs-msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $

## a modalias with wildcards
$ modprobe -v virtio:d00000002v00001AF4
> insmod @MODS@/kernel/drivers/block/virtio_blk.ko $

## an alias that is loaded already
$ modprobe fs-msdos && modprobe -v fs-msdos

## a user without the right
$ setpriv --reuid=65534 modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ @LOADED@

## a path is loaded with the dependencies of its name
# kmod 30 knows no paths.
$ plainmod vfat && modprobe -v /tmp/vfat.ko
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod /tmp/vfat.ko $
$ @LOADED@
> vfat
> fat

## insmod loads a file
$ insmod @MODS@/kernel/drivers/net/dummy.ko
$ @LOADED@
> dummy

## insmod gives the parameters to the kernel
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=2
$ cat /sys/module/brd/parameters/rd_nr
> 2

## insmod of a loaded module
$ modprobe dummy && insmod @MODS@/kernel/drivers/net/dummy.ko
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: File exists
? 1

## insmod does not load dependencies
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Unknown symbol in module
? 1

## insmod of a file that is no module
$ echo nonsense >x.ko && insmod ./x.ko
! insmod: ERROR: could not insert module ./x.ko: Invalid module format
? 1

## insmod of an empty file
$ : >x.ko && insmod x.ko
! insmod: ERROR: could not insert module x.ko: Invalid parameters
? 1

## insmod of a cut-off module
$ plainmod dummy && head -c 2000 dummy.ko >x.ko && insmod x.ko
! insmod: ERROR: could not insert module x.ko: Invalid module format
? 1

## insmod with a wrong parameter
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=abc
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/block/brd.ko: Invalid parameters
? 1

## a module of another kernel is refused
$ plainmod -u dummy && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && insmod dummy.ko
! insmod: ERROR: could not insert module dummy.ko: Invalid module format
? 1

## insmod -f goes past the kernel's version
$ plainmod -u dummy && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && insmod -f dummy.ko
$ @LOADED@
> dummy

## insmod - of what is no module
# kmod refuses.
$ echo nonsense | insmod -; insmod - </dev/null; : | insmod -; plainmod dummy; head -c 2000 dummy.ko | insmod -
! insmod: ERROR: could not insert module -: Invalid module format
! insmod: ERROR: could not insert module -: Invalid module format
! insmod: ERROR: could not insert module -: Invalid module format
! insmod: ERROR: could not insert module -: Invalid module format
? 1

## insmod -f - goes past the kernel's version
# kmod refuses.
$ plainmod -u dummy && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko; insmod - <dummy.ko; cat dummy.ko | insmod -; insmod -f - <dummy.ko && rmmod dummy; cat dummy.ko | insmod --force-vermagic - && @LOADED@
> dummy
! insmod: ERROR: could not insert module -: Invalid module format
! insmod: ERROR: could not insert module -: Invalid module format

## insmod gives quoted parameters to the kernel as modprobe does
$ insmod @MODS@/kernel/drivers/block/brd.ko nix='a rd_nr=7' rd_size=512; cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size
> 16
> 512

## insmod - in the place of the shell's redirection: the guide's way
# kmod refuses.
$ plainmod dummy && insmod - < dummy.ko && @LOADED@
> dummy

## insmod - gives the kernel a file or bytes
# kmod refuses.
needs: command strace
$ strace -e trace=init_module,finit_module insmod - rd_nr=1 <@MODS@/kernel/drivers/block/brd.ko 2>&1 | sed -n 's/_module(.*/_module/p'; rmmod brd
> finit_module
$ cat @MODS@/kernel/drivers/block/brd.ko | strace -e trace=init_module,finit_module insmod - rd_nr=1 2>&1 | sed -n 's/_module(.*/_module/p'
> init_module

## insmod takes options after the file, and parameters as they are quoted
needs: command strace
$ plainmod dummy && strace -e trace=finit_module insmod dummy.ko --force-m b='1 2' --force-v c 2>&1 | sed -n 's/^finit_module([0-9]*, \(.*)\) .*/\1/p'
> "b=\"1 2\" c", MODULE_INIT_IGNORE_MODVERSIONS|MODULE_INIT_IGNORE_VERMAGIC)
$ strace -e trace=finit_module insmod dummy.ko -f a='"1 2"' b="'3 4'" c='5 6"' d=7 2>&1 | sed -n 's/^finit_module([0-9]*, \(.*)\) .*/\1/p'
> "a=\"1 2\" b='3 4' c=\"5 6\"\" d=7", MODULE_INIT_IGNORE_MODVERSIONS|MODULE_INIT_IGNORE_VERMAGIC)
$ POSIXLY_CORRECT=1 strace -e trace=finit_module insmod dummy.ko -f 2>&1 | sed -n 's/^finit_module([0-9]*, \(.*)\) .*/\1/p'
> "-f", 0)

## insmod - of a terminal does not wait
# kmod refuses.
needs: command script
$ mkdir -p /dev/pts && mount -t devpts none /dev/pts -o ptmxmode=666; script -qec 'timeout 300 insmod -' /dev/null | tr -d '\r'; umount /dev/pts
> insmod: ERROR: could not load module -: standard input is a terminal

## an init that fails is told with the kernel's reason, and leaves nothing loaded
# The others do not have these modules, or not as modules.
engine: uml
$ modprobe i2c_stub
! modprobe: ERROR: could not insert 'i2c_stub': No such device
? 1
$ modprobe dummy_irq
! modprobe: ERROR: could not insert 'dummy_irq': Input/output error
? 1
$ @LOADED@
> i2c_core
$ modprobe -v mtdoops
> insmod @MODS@/kernel/drivers/mtd/mtd.ko $
> insmod @MODS@/kernel/drivers/mtd/mtdoops.ko $
! modprobe: ERROR: could not insert 'mtdoops': Invalid argument
!   the kernel says: mtdoops: mtd device (mtddev=name/number) must be supplied
? 1
$ modprobe -q mtdoops
? 1

## a dependency stays when the module that wants it fails
# The others do not have these modules, or not as modules.
engine: uml
$ modprobe kafs; @LOADED@ | grep -c rxrpc
> 1
! modprobe: ERROR: could not insert 'kafs': Address family not supported by protocol

## -a of 40 names
$ modprobe -a $(ls @MODS@/kernel/fs/nls | head -n 40 | sed 's/\.ko.*//'); @LOADED@ | wc -l
> 40

## -a goes on after one that fails
# The others do not have these modules, or not as modules.
engine: uml
$ modprobe -a dummy i2c_stub nix ifb
! modprobe: ERROR: could not insert 'i2c_stub': No such device
! modprobe: WARNING: Module nix not found in directory @MODS@
? 1
$ @LOADED@
> ifb
> i2c_core
> dummy

## an alias for several modules: one that loads is a success
# The others do not have these modules, or not as modules.
engine: uml
# kmod's status is that of the last.
conf a.conf: alias both dummy
conf a.conf: alias both i2c-stub
$ modprobe both
! modprobe: ERROR: could not insert 'i2c_stub': No such device
$ @LOADED@
> i2c_core
> dummy

## an alias for several modules of which none loads
# The others do not have these modules, or not as modules.
engine: uml
conf a.conf: alias both dummy-irq
conf a.conf: alias both i2c-stub
$ modprobe both
! modprobe: ERROR: could not insert 'dummy_irq': Input/output error
! modprobe: ERROR: could not insert 'i2c_stub': No such device
? 1

## many at once for one module
$ for i in 1 2 3 4 5 6 7 8 9 10 11 12; do modprobe bridge || echo failed & done; wait; @LOADED@
> bridge
> stp
> llc

## many at once for one module, of which one shall be the first
# Since 6.5 the kernel gives all who load the same file at the same time the answer of the one who does.
engine: uml qemu-6.1
always: it takes more than one processor
$ for i in 1 2 3 4 5 6 7 8; do modprobe --first-time dummy 2>/dev/null && echo first & done; wait; @LOADED@
> first
> dummy

## loading without /proc and /sys
$ unshare -m sh -c 'mount -t tmpfs none /sys && mount -t tmpfs none /proc && modprobe vfat; modprobe -v vfat'; @LOADED@
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> vfat
> fat

## --first-time of a path, of an alias, and with -a
$ modprobe --first-time @MODS@/kernel/drivers/net/dummy.ko
$ modprobe --first-time @MODS@/kernel/drivers/net/dummy.ko
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1
$ modprobe -a --first-time dummy ifb
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1
$ @LOADED@
> ifb
> dummy

## a module of another architecture, and a file that is none
$ mkdir -p r@MODS@; plainmod -u dummy; for m in a b; do cp dummy.ko r@MODS@/$m.ko; done; printf '\003' | dd of=r@MODS@/a.ko bs=1 seek=18 conv=notrunc 2>/dev/null; echo junk >r@MODS@/b.ko; depmod -b r 2>/dev/null; modprobe -d r a
! modprobe: ERROR: could not insert 'a': Exec format error
? 1
$ modprobe -d r b
! modprobe: ERROR: could not insert 'b': Exec format error
? 1
$ modprobe ./r@MODS@/b.ko
! modprobe: ERROR: could not insert 'b': Exec format error
? 1

## a failure is explained on a terminal
$ mkdir -p /dev/pts && mount -t devpts none /dev/pts -o ptmxmode=666; script -qec 'modprobe -S 1.2.3 vfat' /dev/null | tr -d '\r'; script -qec 'modprobe -q -S 1.2.3 vfat' /dev/null; umount /dev/pts
> modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.3
>   there are no modules for 1.2.3; there are for @VER@
>   use -S @VER@

## a failure is explained with -v: an unknown symbol, another kernel's module, no right
# Kernels whose symbols have versions do not look at the number in vermagic.
engine: uml
$ insmod -v @MODS@/kernel/fs/fat/vfat.ko 2>&1 | sed 's/ for .*/ for X/'
> insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Unknown symbol in module
>   vfat needs fat_dir_empty, fat_time_unix2fat, fat_get_dotdot_entry, fat_free_clusters, fat_setattr, __fat_fs_error and 13 more of fat, which is not loaded
>   load fat first
$ sed 's/vermagic=6/vermagic=5/' @MODS@/kernel/drivers/net/dummy.ko >dummy.ko; insmod -v dummy.ko 2>&1 | sed 's/for [^ ]*,/for THAT,/'
> insmod: ERROR: could not insert module dummy.ko: Invalid module format
>   dummy was built for kernel 5.1.176, and @VER@ is running
>   install or build dummy for @VER@
$ setpriv --reuid=65534 modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is not root's
!   run it as root
? 1
$ modprobe -v brd rd_nr=abc
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=abc
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   'abc' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1

## an option that no parameter takes is ignored by the kernel
$ dmesg -C; modprobe -v brd bogus=1 rd_size=1024 rd-nr=1; dmesg | grep -o 'unknown parameter.*'; cat /sys/module/brd/parameters/rd_nr
> insmod @MODS@/kernel/drivers/block/brd.ko bogus=1 rd_size=1024 rd-nr=1
> unknown parameter 'bogus' ignored
> 1
!   brd has no parameter 'bogus', so the kernel ignores it
