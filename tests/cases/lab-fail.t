# What the kernel refuses: real modules, broken on purpose.
where: lab

## an init function that fails
$ plainmod -u dummy && breakmod --init ENODEV dummy.ko
$ insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: No such device
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': No such device
? 1
$ modprobe -f ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': No such device
? 1
$ @LOADED@

## an init function that fails in other ways
$ plainmod -u dummy && breakmod --init ENOMEM dummy.ko && insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Cannot allocate memory
? 1
$ plainmod -u dummy && breakmod --init EBUSY dummy.ko && modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Device or resource busy
? 1

## a dependency whose init function fails
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u fat vfat && breakmod --init EIO fat.ko && depmod -b /tmp/r 2>/dev/null
$ modprobe -d /tmp/r vfat
! modprobe: ERROR: could not insert 'vfat': Input/output error
? 1
$ modprobe -d /tmp/r -v -a vfat fat
> insmod /tmp/r@MODS@/kernel/fat.ko $
> insmod /tmp/r@MODS@/kernel/fat.ko $
! modprobe: ERROR: could not insert 'vfat': Input/output error
!   vfat needs fat, and that fails
!   the kernel gave no reason
! modprobe: ERROR: could not insert 'fat': Input/output error
!   the kernel gave no reason
? 1
$ @LOADED@

## a module that fails leaves its dependencies loaded
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u fat vfat && breakmod --init EIO vfat.ko && depmod -b /tmp/r 2>/dev/null
$ modprobe -d /tmp/r vfat
! modprobe: ERROR: could not insert 'vfat': Input/output error
? 1
$ @LOADED@
> fat

## a softdep whose init function fails does no harm
conf a.conf: softdep ifb pre: dummy
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u dummy ifb && breakmod --init EIO dummy.ko && depmod -b /tmp/r 2>/dev/null
$ modprobe -d /tmp/r ifb
$ @LOADED@
> ifb

## a module without exit function stays, and goes by force
engine: qemu
$ plainmod -u dummy && breakmod --init 0 --no-exit dummy.ko && insmod ./dummy.ko && rmmod dummy
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
? 1
$ modprobe -r dummy
! modprobe: ERROR: could not remove 'dummy': Device or resource busy
? 1
$ rmmod -f dummy && @LOADED@
$ insmod ./dummy.ko && modprobe -r -f dummy && @LOADED@
$ insmod ./dummy.ko && modprobe -r -v --force dummy && @LOADED@
> rmmod dummy
$ rmmod -f dummy
! rmmod: ERROR: could not remove 'dummy': No such file or directory
! rmmod: ERROR: could not remove module dummy: No such file or directory
? 1

## a module that another one uses does not go by force
engine: qemu
$ modprobe vfat && rmmod -f fat
! rmmod: ERROR: could not remove 'fat': Resource temporarily unavailable
! rmmod: ERROR: could not remove module fat: Resource temporarily unavailable
? 1
$ modprobe -r -f fat
! modprobe: FATAL: Module fat is in use.
? 1
$ @LOADED@
> vfat
> fat

## a module of a kernel that was built in another way
$ plainmod -u dummy && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko
$ insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1
$ modprobe --force-modversion ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1
$ modprobe --force-vermagic ./dummy.ko && @LOADED@ && rmmod dummy
> dummy
$ insmod --force-vermagic ./dummy.ko && @LOADED@ && rmmod dummy
> dummy
$ modprobe -f ./dummy.ko && @LOADED@
> dummy

## a module of another machine
$ plainmod -u dummy && printf '\267' | dd of=dummy.ko bs=1 seek=18 conv=notrunc status=none && insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
? 1

## a dependency is missing
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Unknown symbol in module
? 1
$ plainmod vfat && insmod ./vfat.ko
! insmod: ERROR: could not insert module ./vfat.ko: Unknown symbol in module
? 1

## a parameter that is no number, and one that is too large
$ modprobe brd rd_nr=x
! modprobe: ERROR: could not insert 'brd': Invalid argument
? 1
$ modprobe brd rd_nr=99999999999999999999
! modprobe: ERROR: could not insert 'brd': Numerical result out of range
? 1
$ @LOADED@

