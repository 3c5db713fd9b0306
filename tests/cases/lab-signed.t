# Symbol versions and signatures, which only a distribution's kernel has.
where: lab
engine: qemu

## the kernel's version is not compared where symbols have versions
$ plainmod -u dummy && sed -i 's/vermagic=6/vermagic=5/' dummy.ko && insmod ./dummy.ko && @LOADED@
> dummy

## a module for another struct module
$ plainmod -u dummy && breakmod --crc module_layout=1 dummy.ko
$ insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1
$ modprobe --force-vermagic ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1
$ modprobe --force-modversion ./dummy.ko && @LOADED@ && rmmod dummy
> dummy
$ insmod --force-modversion ./dummy.ko && @LOADED@ && rmmod dummy
> dummy
$ insmod -f ./dummy.ko && @LOADED@
> dummy

## a symbol of another version
$ modprobe fat && plainmod -u vfat && breakmod --crc fat_attach=1 vfat.ko
$ insmod ./vfat.ko
! insmod: ERROR: could not insert module ./vfat.ko: Invalid parameters
? 1
$ modprobe ./vfat.ko
! modprobe: ERROR: could not insert 'vfat': Invalid argument
? 1
$ modprobe --force-vermagic ./vfat.ko
! modprobe: ERROR: could not insert 'vfat': Invalid argument
? 1
$ modprobe --force-modversion ./vfat.ko && @LOADED@
> vfat
> fat

## --show-modversions shows the versions
$ plainmod -u vfat && breakmod --crc fat_attach=1 vfat.ko && modprobe --show-modversions ./vfat.ko | grep fat_attach
> 0x00000001	fat_attach

## without a signature the kernel is tainted, no more
$ plainmod -u dummy && insmod ./dummy.ko && @LOADED@ && cat /sys/module/dummy/taint && rmmod dummy
> dummy
> E
$ insmod @MODS@/kernel/drivers/net/dummy.ko && cat /sys/module/dummy/taint
>

## a signature that does not fit is refused
$ plainmod dummy && printf x | dd of=dummy.ko bs=1 seek=100 conv=notrunc status=none && insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Key was rejected by service
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Key was rejected by service
? 1
$ @LOADED@

## by force a signature that does not fit counts as none
$ plainmod dummy && printf x | dd of=dummy.ko bs=1 seek=100 conv=notrunc status=none && insmod -f ./dummy.ko && @LOADED@
> dummy

## stripping a module takes the signature from it
$ plainmod dummy && strip -g dummy.ko && insmod ./dummy.ko && cat /sys/module/dummy/taint
> E
