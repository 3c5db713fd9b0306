# Why a module cannot be removed, or its init function fails, and what helps.
where: lab

## the name of another that is loaded
$ modprobe dummy && rmmod -v dumy
! rmmod: ERROR: Module dumy is not currently loaded
!   dumy is not loaded; of the modules that are, dummy has the nearest name
!   try dummy
? 1
$ modprobe -rv dumy
! modprobe: FATAL: Module dumy not found.
!   dumy is not loaded; of the modules that are, dummy has the nearest name
!   try dummy
? 1
$ rmmod -v DUMMY
! rmmod: ERROR: Module DUMMY is not currently loaded
!   DUMMY is not loaded; of the modules that are, dummy has the nearest name
!   try dummy
? 1
$ rmmod -v dummies
! rmmod: ERROR: Module dummies is not currently loaded
? 1
$ modprobe -r dummy; @LOADED@

## another module
$ modprobe vfat && rmmod -v fat
! rmmod: ERROR: Module fat is in use by: vfat
!   fat is used by vfat
!   remove that first: modprobe -r vfat
? 1
$ modprobe -rv fat
! modprobe: FATAL: Module fat is in use.
!   fat is used by vfat
!   remove that first: modprobe -r vfat
? 1
$ modprobe -r vfat && modprobe vfat && modprobe -r vfat && rmmod -v fat
! rmmod: ERROR: Module fat is not currently loaded
? 1

## a mounted file system, without a device
$ modprobe overlay && mkdir l u w m && mount -t tmpfs none u && mkdir u/u u/w && mount -t overlay -o lowerdir=l,upperdir=u/u,workdir=u/w none m && modprobe -rv overlay
! modprobe: FATAL: Module overlay is in use.
!   overlay is used by the file system at /tmp/m
!   unmount it: umount /tmp/m
? 1
$ rmmod -v overlay
! rmmod: ERROR: Module overlay is in use
!   overlay is used by the file system at /tmp/m
!   unmount it: umount /tmp/m
? 1
$ umount /tmp/m && rmmod -v overlay; @LOADED@

## a mounted file system on a loop device
needs: command mkfs.fat
$ modprobe -a loop vfat; truncate -s 1M disk && mkfs.fat disk >/dev/null 2>&1; mkdir 'a b'; mount -t vfat -o loop disk 'a b' && modprobe -rv vfat
! modprobe: FATAL: Module vfat is in use.
!   vfat is used by the file system at /tmp/a b, which is /dev/loop0
!   unmount it: umount '/tmp/a b'
? 1
$ rmmod -v loop
! rmmod: ERROR: Module loop is in use
!   loop is used by the file system at /tmp/a b, which is /dev/loop0
!   loop is used by /dev/loop0, which stands for /tmp/disk
!   unmount it: umount '/tmp/a b'
? 1
$ umount '/tmp/a b' && rmmod -v loop && modprobe -r vfat && test ! -e /sys/module/vfat

## a loop device that nothing has mounted
$ modprobe loop; truncate -s 1M disk && losetup /dev/loop0 disk && modprobe -rv loop
! modprobe: FATAL: Module loop is in use.
!   loop is used by /dev/loop0, which stands for /tmp/disk
!   detach it: losetup -d /dev/loop0
? 1
$ losetup -d /dev/loop0 && modprobe -r loop; @LOADED@

## a process
$ modprobe tun && mknod tun c 10 200; sleep 600 3<tun >/dev/null 2>&1 & echo $! >pid; await grep -q sleep /proc/$!/comm; modprobe -rv tun 2>said; sed "s/$!/PID/" said
> modprobe: FATAL: Module tun is in use.
>   tun is used by process PID (sleep), which has /tmp/tun open
>   end that process: kill PID
$ rmmod -v tun 2>said; sed "s/$(cat pid)/PID/" said
> rmmod: ERROR: Module tun is in use
>   tun is used by process PID (sleep), which has /tmp/tun open
>   end that process: kill PID
$ kill $(cat pid); await modprobe -r tun; @LOADED@

## a network interface that was made to stay
$ modprobe tun && mknod tun c 10 200; mkdir -p /dev/net; test -e /dev/net/tun || mknod /dev/net/tun c 10 200; ip tuntap add dev tap7 mode tap && modprobe -rv tun
! modprobe: FATAL: Module tun is in use.
!   tun is used by network interface tap7, which was made to stay
!   delete it: ip tuntap del dev tap7 mode tap
? 1
$ ip tuntap del dev tap7 mode tap && modprobe -r tun; @LOADED@

## swap space
$ modprobe brd rd_nr=1 rd_size=2048 && mkswap /dev/ram0 >/dev/null && swapon /dev/ram0 && modprobe -rv brd
! modprobe: FATAL: Module brd is in use.
!   brd is used by swap space on /dev/ram0
!   switch it off: swapoff /dev/ram0
? 1
$ swapoff /dev/ram0 && modprobe -r brd; @LOADED@

## what nobody can see
engine: uml
$ modprobe -rv ipv6
! modprobe: FATAL: Module ipv6 is in use.
!   something holds ipv6, and the kernel does not say what
? 1

## no exit function
# The other kernel can force nothing.
engine: qemu
$ plainmod -u dummy && breakmod --init 0 --no-exit dummy.ko && insmod ./dummy.ko && rmmod -v dummy
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
!   dummy has no exit function, so it stays until the next boot
? 1
$ modprobe -rv dummy
> rmmod dummy
! modprobe: ERROR: could not remove 'dummy': Device or resource busy
!   dummy has no exit function, so it stays until the next boot
? 1
$ rmmod -f dummy && @LOADED@

## not permitted
$ modprobe dummy && setpriv --reuid=65534 rmmod -v dummy
! rmmod: ERROR: could not remove 'dummy': Operation not permitted
! rmmod: ERROR: could not remove module dummy: Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is not root's
!   run it as root
? 1
$ rmmod dummy

## the init function finds no device, of a module that names none
$ plainmod -u dummy && breakmod --init ENODEV dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: No such device
!   the init function of dummy failed: No such device
? 1

## the init function finds no device
engine: qemu
$ plainmod -u e1000 && breakmod --init ENODEV e1000.ko && insmod -v ./e1000.ko
! insmod: ERROR: could not insert module ./e1000.ko: No such device
!   e1000 found no device: none that is here fits pci:v00008086d00002E6Esv*sd*bc*sc*i* or its 36 other aliases
? 1

## the processor has not what the module needs
engine: qemu
$ modprobe -v kvm_intel >out 2>said; grep needs said
>   this processor lacks a feature that kvm_intel needs: vmx

## the init function fails in a way that only it knows
$ plainmod -u dummy && breakmod --init EIO dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Input/output error
!   the kernel gave no reason
? 1

## a module that another process loads: its init function waits for the module that it asks the kernel for
$ printf '#!/bin/sh\ntest "$3" = crypto-waits || exec /sbin/modprobe "$@"\n: >/tmp/asked\nexec await test -e /tmp/go\n' >helper && chmod +x helper && echo /tmp/helper >/proc/sys/kernel/modprobe
$ modprobe tcrypt alg=waits mode=0 >first 2>&1 & await test -e /tmp/asked && rmmod -v tcrypt
! rmmod: ERROR: Module tcrypt is in use
!   tcrypt is being loaded by another process
!   wait until that has ended
? 1
$ modprobe -rv tcrypt
! modprobe: FATAL: Module tcrypt is in use.
!   tcrypt is being loaded by another process
!   wait until that has ended
? 1
$ plainmod tcrypt; modprobe -v ./tcrypt.ko alg=waits mode=0 >second 2>&1 & await sleeps $! && : >go && wait; await grep -q . first; cat first second; echo /sbin/modprobe >/proc/sys/kernel/modprobe
> modprobe: ERROR: could not insert 'tcrypt': Unknown symbol in module, or unknown parameter (see dmesg)
> insmod ./tcrypt.ko alg=waits mode=0
> modprobe: ERROR: could not insert 'tcrypt': Device or resource busy
>   tcrypt was being loaded by another process at the same time
>   load it again
$ modprobe -v tcrypt alg=waits mode=0
> insmod @MODS@/kernel/crypto/tcrypt.ko alg=waits mode=0
! modprobe: ERROR: could not insert 'tcrypt': Unknown symbol in module, or unknown parameter (see dmesg)
!   the kernel says: tcrypt: one or more tests failed!
? 1

## a module that another process removes: its exit function waits for a file of the module's that is being written
engine: qemu
$ modprobe test_firmware && echo 1 >/proc/sys/kernel/firmware_config/force_sysfs_fallback
$ (printf wait >/sys/devices/virtual/misc/test_firmware/trigger_request) >/dev/null 2>&1 & await test -e /sys/class/firmware/wait/loading
$ rmmod test_firmware >/dev/null 2>&1 & await grep -q going /sys/module/test_firmware/initstate
$ rmmod -v test_firmware
! rmmod: ERROR: could not remove 'test_firmware': Device or resource busy
! rmmod: ERROR: could not remove module test_firmware: Device or resource busy
!   test_firmware is being removed by another process
!   wait until that has ended
? 1
$ modprobe -rv test_firmware
> rmmod test_firmware
! modprobe: ERROR: could not remove 'test_firmware': Device or resource busy
!   test_firmware is being removed by another process
!   wait until that has ended
? 1
$ modprobe -v test_firmware
> insmod @MODS@/kernel/lib/test_firmware.ko $
! modprobe: ERROR: could not insert 'test_firmware': Device or resource busy
!   test_firmware is being removed by another process
!   wait until that has ended
? 1
$ echo -1 >/sys/class/firmware/wait/loading; await test ! -e /sys/module/test_firmware; modprobe test_firmware; @LOADED@; echo 0 >/proc/sys/kernel/firmware_config/force_sysfs_fallback
> test_firmware

## firmware that is missing: of a module that does not name it, and of one that does
# The first time in a boot the kernel has more to say.
$ plainmod -u dummy && breakmod --firmware tenon/ab.bin dummy.ko && plainmod -u r8169 2>/dev/null; test ! -e r8169.ko || breakmod --crc request_firmware=$(modprobe --dump-modversions ./r8169.ko | sed -n 's/\trequest_firmware$//p') dummy.ko; insmod ./dummy.ko 2>/dev/null
? 1
$ insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Unknown symbol in module
!   it may be that dummy asks for firmware tenon/ab.bin, which is not in /lib/firmware
!   install what has it, then load dummy again
? 1
$ sed -i 's|alias=rtnl-link-dummy|firmware=tenon/ab.bin|' dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Unknown symbol in module
!   dummy asks for firmware tenon/ab.bin, which is not in /lib/firmware
!   install what has it, then load dummy again
? 1
$ mkdir -p fw/tenon && printf /tmp/fw >/sys/module/firmware_class/parameters/path && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Unknown symbol in module
!   dummy asks for firmware tenon/ab.bin, which is not in /lib/firmware or /tmp/fw
!   install what has it, then load dummy again
? 1
$ echo x >fw/tenon/ab.bin && insmod -v ./dummy.ko && @LOADED@
> dummy
$ printf '\n' >/sys/module/firmware_class/parameters/path

## the same where the log cannot be read
engine: qemu
$ plainmod -u dummy && breakmod --firmware tenon/cd.bin dummy.ko && sed -i 's|alias=rtnl-link-dummy|firmware=tenon/cd.bin|' dummy.ko && plainmod -u r8169 2>/dev/null; test ! -e r8169.ko || breakmod --crc request_firmware=$(modprobe --dump-modversions ./r8169.ko | sed -n 's/\trequest_firmware$//p') dummy.ko; insmod ./dummy.ko 2>/dev/null
? 1
$ setpriv --bounding-set=-syslog,-sys_admin insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Unknown symbol in module
!   it may be that dummy asks for firmware tenon/cd.bin, which is not in /lib/firmware
!   the kernel's log may say why, and this process may not read it
!   install what has it, then load dummy again
? 1

## firmware that the driver does without
$ plainmod -u dummy && breakmod --wish tenon/ef.bin dummy.ko && sed -i 's|alias=rtnl-link-dummy|firmware=tenon/ef.bin|' dummy.ko && plainmod -u r8169 2>/dev/null; test ! -e r8169.ko || breakmod --crc request_firmware=$(modprobe --dump-modversions ./r8169.ko | sed -n 's/\trequest_firmware$//p') dummy.ko; insmod ./dummy.ko 2>/dev/null && rmmod dummy
$ insmod -v ./dummy.ko
!   dummy asks for firmware tenon/ef.bin, which is not in /lib/firmware
!   install what has it, then load dummy again
$ rmmod dummy && insmod ./dummy.ko && rmmod dummy && mkdir -p fw/tenon && echo x >fw/tenon/ef.bin && printf /tmp/fw >/sys/module/firmware_class/parameters/path && insmod -v ./dummy.ko; printf '\n' >/sys/module/firmware_class/parameters/path

## more memory than the machine has
$ plainmod -u dummy && breakmod --bss 1500000000 dummy.ko && insmod -v ./dummy.ko 2>&1 | sed -E 's/[0-9]{6,}/N/g'
> insmod: ERROR: could not insert module ./dummy.ko: Cannot allocate memory
>   the kernel has not enough memory for dummy: it takes N bytes, and N can be made free
$ insmod -v ./dummy.ko 2>&1 | sed -E 's/[0-9]{6,}/N/g'
> insmod: ERROR: could not insert module ./dummy.ko: Cannot allocate memory
>   the kernel has not enough memory for dummy: it takes N bytes, and N can be made free
$ plainmod -u dummy && insmod ./dummy.ko && @LOADED@
> dummy
