# Why a module cannot be removed, by answers that a real kernel gives only once.

## modules_disabled
loaded: dummy 16384 0
file /proc/sys/kernel/modules_disabled: 1
kernel: remove=EPERM
$ rmmod -v dummy
! rmmod: ERROR: could not remove 'dummy': Operation not permitted
! rmmod: ERROR: could not remove module dummy: Operation not permitted
!   kernel.modules_disabled is 1: no module can be loaded or unloaded before the next boot
!   reboot
? 1

## a module that another process removes
loaded: dummy 16384 0
kernel: remove=EBUSY
$ echo going >/sys/module/dummy/initstate; rmmod -v dummy
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
!   dummy is being removed by another process
!   wait until that has ended
? 1

## an answer that nobody expects
loaded: dummy 16384 0
kernel: remove=EIO
$ rmmod -v dummy
! rmmod: ERROR: could not remove 'dummy': Input/output error
! rmmod: ERROR: could not remove module dummy: Input/output error
? 1

