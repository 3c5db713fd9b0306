# Switches of the kernel's that cannot be put back: the last file of a boot, and the order of the cases counts.
where: lab
engine: qemu
always: the order of the cases counts

## a locked-down kernel refuses modules without signature
$ mount -t securityfs none /sys/kernel/security && echo integrity >/sys/kernel/security/lockdown && plainmod -u dummy
$ insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Operation not permitted
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ modprobe -f ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ @LOADED@

## and takes those with one
$ modprobe vfat && @LOADED@
> vfat
> fat
$ plainmod dummy && zstd -q dummy.ko && insmod ./dummy.ko.zst && @LOADED@
> dummy
> vfat
> fat

## with module.sig_enforce a module without signature has the wrong key
$ echo 1 >/sys/module/module/parameters/sig_enforce && plainmod -u dummy
$ insmod ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Key was rejected by service
? 1
$ modprobe ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Key was rejected by service
? 1
$ modprobe -f ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Key was rejected by service
? 1
$ insmod -f ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Key was rejected by service
? 1
$ modprobe dummy && @LOADED@
> dummy

## with modules_disabled nothing is loaded any more, and nothing unloaded
$ modprobe ifb && echo 1 >/proc/sys/kernel/modules_disabled
$ modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ modprobe -a dummy tun ifb
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
! modprobe: ERROR: could not insert 'tun': Operation not permitted
? 1
$ modprobe --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ modprobe -f dummy
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
? 1
$ insmod @MODS@/kernel/drivers/net/dummy.ko
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: Operation not permitted
? 1
$ modprobe ifb
$ modprobe -r ifb
! modprobe: ERROR: could not remove 'ifb': Operation not permitted
? 1
$ modprobe -r -f ifb
! modprobe: ERROR: could not remove 'ifb': Operation not permitted
? 1
$ rmmod ifb
! rmmod: ERROR: could not remove 'ifb': Operation not permitted
! rmmod: ERROR: could not remove module ifb: Operation not permitted
? 1
$ @LOADED@
> ifb
