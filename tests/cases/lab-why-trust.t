# Which rule it was that let no module in: real signatures, capabilities and filters.
where: lab

## no right: a user, root without it, a user namespace
$ setpriv --reuid=65534 modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is not root's
!   run it as root
? 1
$ setpriv --bounding-set=-sys_module modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it was taken from root, as in a container
!   run it where root has it
? 1
$ unshare -r modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1
$ modprobe dummy && @LOADED@
> dummy

## a filter of system calls
$ filtered modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   a seccomp filter forbids this process to load modules
!   run it outside of the sandbox or container
? 1
$ modprobe dummy && @LOADED@
> dummy

## a signature that does not fit, with the log and without
engine: qemu
$ plainmod dummy && printf x | dd of=dummy.ko bs=1 seek=100 conv=notrunc status=none && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Key was rejected by service
!   the signature of ./dummy.ko does not fit its contents: the file was changed after it was signed
!   install it again
? 1
$ setpriv --bounding-set=-syslog,-sys_admin insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Key was rejected by service
!   the signature of ./dummy.ko does not fit its contents: the file was changed after it was signed
!   install it again
? 1
$ plainmod dummy && insmod ./dummy.ko && @LOADED@
> dummy
