# Which parameter the kernel did not take, what it takes, and who gave it: asked of real kernels.
where: lab

## a value of the wrong type
$ modprobe -v brd rd_nr=x
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ modprobe -v brd rd_nr=99999999999999999999
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=99999999999999999999
! modprobe: ERROR: could not insert 'brd': Numerical result out of range
!   '99999999999999999999' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ modinfo -p @MODS@/kernel/drivers/block/brd.ko* | grep rd_nr
> rd_nr:Maximum number of brd devices (int)
$ modprobe brd rd_nr=1 && @LOADED@
> brd

## a value that is from a file
conf a.conf: # how many
conf a.conf: options brd rd_nr=x
$ modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x $
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647); it is from /etc/modprobe.d/a.conf line 2
!   change it in /etc/modprobe.d/a.conf line 2; modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ modprobe -v brd rd_nr=1
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x rd_nr=1
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647); it is from /etc/modprobe.d/a.conf line 2
!   change it in /etc/modprobe.d/a.conf line 2; modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ sed -i s/rd_nr=x/rd_nr=1/ /etc/modprobe.d/a.conf && modprobe brd && @LOADED@
> brd

## a parameter that it has not is ignored, and the module is loaded
conf a.conf: options brd rd_nrr=2
$ modprobe -v brd && @LOADED@
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nrr=2 $
> brd
!   brd has no parameter 'rd_nrr', so the kernel ignores it; the nearest is 'rd_nr'; it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1
$ rmmod brd && sed -i s/rd_nrr/rd_nr/ /etc/modprobe.d/a.conf && modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=2 $
$ rmmod brd && modprobe -v brd xyz=1
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=2 xyz=1
!   brd has no parameter 'xyz', so the kernel ignores it
$ rmmod brd && modprobe brd xyz=1

## a parameter that it has not is not why it fails
engine: qemu
$ plainmod -u dummy && breakmod --init EINVAL dummy.ko && insmod -v ./dummy.ko numdumies=2
! insmod: ERROR: could not insert module ./dummy.ko: Invalid parameters
!   dummy has no parameter 'numdumies', so the kernel ignores it; the nearest is 'numdummies'
!   the kernel gave no reason
? 1

## a value that the module itself does not take, and one for a switch
engine: qemu
$ modprobe -v loop hw_queue_depth=0; modinfo -p @MODS@/kernel/drivers/block/loop.ko* | grep queue
> insmod @MODS@/kernel/drivers/block/loop.ko hw_queue_depth=0
> hw_queue_depth:Queue depth for each hardware queue. Default: 128
! modprobe: ERROR: could not insert 'loop': Invalid argument
!   '0' is no value for parameter hw_queue_depth of loop
!   modinfo -p @MODS@/kernel/drivers/block/loop.ko shows the parameters
$ modprobe -v softdog nowayout=maybe; modinfo -p @MODS@/kernel/drivers/watchdog/softdog.ko* | grep nowayout
> insmod @MODS@/kernel/drivers/watchdog/watchdog.ko $
> insmod @MODS@/kernel/drivers/watchdog/softdog.ko nowayout=maybe
> nowayout:Watchdog cannot be stopped once started (default=0) (bool)
! modprobe: ERROR: could not insert 'softdog': Invalid argument
!   'maybe' is no value for parameter nowayout of softdog, which takes bool (y or n)
!   modinfo -p @MODS@/kernel/drivers/watchdog/softdog.ko shows the parameters
$ modprobe loop hw_queue_depth=1 && modprobe softdog nowayout=n && @LOADED@ | sort
> loop
> softdog
> watchdog

## more values than it takes
engine: qemu
$ modprobe parport && modprobe -v parport_pc io=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18
> insmod @MODS@/kernel/drivers/parport/parport_pc.ko io=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18
! modprobe: ERROR: could not insert 'parport_pc': Invalid argument
!   parameter io of parport_pc takes no more than 17 values
!   modinfo -p @MODS@/kernel/drivers/parport/parport_pc.ko shows the parameters
? 1
$ modinfo -p @MODS@/kernel/drivers/parport/parport_pc.ko* | grep ^io:
> io:Base I/O address (SPP regs) (array of int)

## a value that is from the kernel command line
$ echo brd.rd_nr=x >cmdline; unshare -m sh -c 'mount --bind cmdline /proc/cmdline && modprobe -v brd'
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x $
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647); it is from the kernel command line
!   change it in the kernel command line; modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ echo brd.rd_nrr=1 >cmdline; unshare -m sh -c 'mount --bind cmdline /proc/cmdline && modprobe -v brd'; rmmod brd
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nrr=1 $
!   brd has no parameter 'rd_nrr', so the kernel ignores it; the nearest is 'rd_nr'; it is from the kernel command line
!   change it in the kernel command line
$ echo brd.rd_nr=1 >cmdline; unshare -m sh -c 'mount --bind cmdline /proc/cmdline && modprobe -v brd' && @LOADED@
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=1 $
> brd

## where the log cannot be read, the file tells what is ignored
conf a.conf: options brd rd_nrr=2
$ unshare -m sh -c 'mount -t tmpfs none /dev && modprobe -v brd xyz=1'; @LOADED@
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nrr=2 xyz=1
> brd
!   brd has no parameter 'rd_nrr', so the kernel ignores it; the nearest is 'rd_nr'; it is from /etc/modprobe.d/a.conf line 1
!   brd has no parameter 'xyz', so the kernel ignores it
!   change it in /etc/modprobe.d/a.conf line 1
$ rmmod brd && sed -i s/rd_nrr/rd_nr/ /etc/modprobe.d/a.conf && unshare -m sh -c 'mount -t tmpfs none /dev && modprobe -v brd'
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=2 $

## where the log cannot be read, a value that does not fit may be the reason
conf a.conf: options brd rd_nr=99999999999
$ unshare -m sh -c 'mount -t tmpfs none /dev && modprobe -v brd; modprobe -v brd rd_nr=x'
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=99999999999 $
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=99999999999 rd_nr=x
! modprobe: ERROR: could not insert 'brd': Numerical result out of range
!   it may be that '99999999999' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647); it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1; modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   it may be that 'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ modinfo -p @MODS@/kernel/drivers/block/brd.ko* | grep rd_nr
> rd_nr:Maximum number of brd devices (int)
$ sed -i s/rd_nr=.*/rd_nr=1/ /etc/modprobe.d/a.conf && modprobe brd && @LOADED@
> brd

## two parameters in one argument, by a line of a file
conf a.conf: options brd rd_nr="1 max_part=2"
$ modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr="1 max_part=2" $
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   '1 max_part=2' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647); it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1; modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ unshare -m sh -c 'mount -t tmpfs none /dev && modprobe -v brd'
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr="1 max_part=2" $
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   it may be that 'max_part=2' is part of the value of 'rd_nr'; it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1; give each parameter as an argument of its own
? 1
$ echo 'options brd rd_nr=1 max_part=2' >/etc/modprobe.d/a.conf && modprobe brd && @LOADED@
> brd
