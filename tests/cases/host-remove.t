# modprobe -r on a made /proc/modules and /sys/module.
where: host
tree: uml

## -r of a loaded module prints what it does
loaded: dummy 20480 0
$ modprobe -r -n -v dummy
> rmmod dummy

## -r of a module that is not loaded is fine
$ modprobe -r dummy
$ modprobe -r -nv dummy

## -r --first-time of a module that is not loaded fails
$ modprobe -r --first-time dummy
! modprobe: FATAL: Module dummy is not in kernel.
? 1

## -r of an unknown module
$ modprobe -r nix
! modprobe: FATAL: Module nix not found.
? 1

## -r of a built-in module
$ modprobe -r ext4
! modprobe: FATAL: Module ext4 is builtin.
? 1

## -r of a module with holders
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ modprobe -r fat
! modprobe: FATAL: Module fat is in use.
? 1

## -r of a module that is in use
loaded: dummy 20480 1
$ modprobe -r dummy
! modprobe: FATAL: Module dummy is in use.
? 1

## -r -q says nothing, the status stays
loaded: dummy 20480 1
$ modprobe -r -q dummy
? 1

## -r that the kernel refuses
kernel: remove=EAGAIN
loaded: dummy 20480 0
$ modprobe -r dummy
! modprobe: ERROR: could not remove 'dummy': Resource temporarily unavailable
? 1

## -r stops at the first operand that fails
loaded: dummy 20480 0
loaded: ifb 20480 1
$ modprobe -r -nv dummy ifb
> rmmod dummy
! modprobe: FATAL: Module ifb is in use.
!   something holds ifb, and the kernel does not say what
? 1

## -r without an operand
$ modprobe -r
! modprobe: ERROR: missing parameters. See -h.
? 1

## -r -a warns of what cannot be removed, and goes on
kernel: remove=0
loaded: dummy 20480 0
loaded: tun 61440 2
$ modprobe -rav tun nix ext4 dummy
> rmmod dummy
! modprobe: WARNING: Module tun is in use.
!   something holds tun, and the kernel does not say what
! modprobe: WARNING: Module nix not found.
! modprobe: WARNING: Module ext4 is builtin.
? 1
$ modprobe -a -r tun dummy
! modprobe: WARNING: Module tun is in use.
? 1
$ modprobe -ra --first-time ifb
! modprobe: WARNING: Module ifb is not in kernel.
? 1

## -r -a goes on after a remove command that fails
kernel: remove=0
loaded: vfat 20480 0
loaded: dummy 20480 0
conf a.conf: remove dummy exit 7
conf a.conf: softdep vfat post: dummy
$ modprobe -rav dummy vfat
> remove exit 7
> remove exit 7
> rmmod vfat
! modprobe: WARNING: Error running remove command for dummy
! modprobe: WARNING: Error running remove command for dummy
? 1
$ modprobe -rav vfat
> remove exit 7
> rmmod vfat
! modprobe: WARNING: Error running remove command for dummy

## -r goes on after what the kernel refuses
kernel: remove=EAGAIN
loaded: dummy 20480 0
loaded: ifb 20480 0
$ modprobe -rv dummy ifb
> rmmod dummy
> rmmod ifb
! modprobe: ERROR: could not remove 'dummy': Resource temporarily unavailable
! modprobe: ERROR: could not remove 'ifb': Resource temporarily unavailable
? 1

## -r of an alias for several modules stops at the first that cannot be removed
kernel: remove=0
conf a.conf: alias both tun
conf a.conf: alias both dummy
loaded: dummy 20480 0
loaded: tun 61440 2
$ modprobe -rv both ifb
! modprobe: FATAL: Module tun is in use.
!   something holds tun, and the kernel does not say what
? 1
$ modprobe -rav both dummy
> rmmod dummy
! modprobe: WARNING: Module tun is in use.
!   something holds tun, and the kernel does not say what
? 1
$ modprobe -rq both
? 1

## -r -q prints no steps either, unless they are asked for with -n
kernel: remove=0
loaded: dummy 20480 0
$ modprobe -r -q -v dummy
$ modprobe -r -v -q dummy
$ modprobe -r -q -n dummy
> rmmod dummy

## --remove-holders goes all the way up
# kmod goes up one level only.
kernel: remove=0
loaded: llc 16384 2 stp bridge
loaded: stp 16384 1 bridge
loaded: bridge 16384 0
$ modprobe -rnv --remove-holders llc
> rmmod bridge
> rmmod stp
> rmmod llc
$ modprobe -nv --remove-holders stp
> rmmod bridge
> rmmod stp
> rmmod llc
$ modprobe -r -v --remove-dependencies stp
> rmmod bridge
> rmmod stp
> rmmod llc
$ modprobe -rnv llc
! modprobe: FATAL: Module llc is in use.
!   llc is used by bridge
!   llc is used by stp
!   remove that first: modprobe -r bridge
? 1

## --remove-holders takes nothing away when something is in use, and says what
# kmod takes away what comes before.
kernel: remove=0
loaded: fat 86016 2 vfat msdos
loaded: vfat 20480 0
loaded: msdos 20480 1
$ modprobe -rv --remove-holders fat
! modprobe: FATAL: Module msdos is in use.
!   something holds msdos, and the kernel does not say what
? 1

## -w waits for a module in use, and gives up in the end
# kmod 30 ends with status 0.
kernel: remove=EAGAIN
loaded: tun 61440 2
$ modprobe -r -v -w 5 tun
> rmmod tun
! modprobe: ERROR: could not remove 'tun': Resource temporarily unavailable
!   something holds tun, and the kernel does not say what
? 1
$ modprobe -r -w 5 tun
! modprobe: ERROR: could not remove 'tun': Resource temporarily unavailable
? 1
$ modprobe -rq --wait=5 tun
? 1

## -w does not wait when the kernel has another answer
kernel: remove=EBUSY
loaded: tun 61440 2
$ modprobe -r -w 60000 tun
! modprobe: ERROR: could not remove 'tun': Device or resource busy
? 1
$ modprobe -rnw 5 tun
> rmmod tun

## -w 0 does not wait at all
loaded: tun 61440 2
$ modprobe -rv -w 0 tun
! modprobe: FATAL: Module tun is in use.
!   something holds tun, and the kernel does not say what
? 1

## -w takes numbers as C writes them
# kmod takes -1 for a very large number.
loaded: dummy 20480 0
$ for n in 0 5 010 0x10 0X1f ' 5' +5 4294967296 99999999999999999999; do modprobe -rn -w "$n" dummy; done | uniq -c
>       9 rmmod dummy
$ for n in '' 1x 099 0xg -1 '5 ' ten; do modprobe -rn -w "$n" dummy; done
! modprobe: ERROR: unexpected wait value ''.
! modprobe: ERROR: unexpected wait value '1x'.
! modprobe: ERROR: unexpected wait value '099'.
! modprobe: ERROR: unexpected wait value '0xg'.
! modprobe: ERROR: unexpected wait value '-1'.
! modprobe: ERROR: unexpected wait value '5 '.
! modprobe: ERROR: unexpected wait value 'ten'.
? 1

## -w needs a number
$ modprobe -r -w
! modprobe: option requires an argument -- 'w'
? 1
$ modprobe -r --wait
! modprobe: option '--wait' requires an argument
? 1

## -r takes several names and aliases
kernel: remove=0
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
loaded: dummy 20480 0
$ modprobe -rv dummy fs-vfat ifb
> rmmod dummy
> rmmod vfat
> rmmod fat

## -r -f asks the kernel for force
kernel: remove=0
loaded: dummy 20480 0
$ modprobe -r -f -v dummy
> rmmod dummy

## -r -i leaves out command and softdeps of the module named
kernel: remove=0
loaded: dummy 20480 0
loaded: ifb 20480 0
conf a.conf: remove dummy echo command
conf a.conf: softdep ifb post: dummy
$ modprobe -rnv ifb
> remove echo command
> rmmod ifb
$ modprobe -rnv --ignore-remove ifb
> rmmod ifb
$ modprobe -rnv --ignore-remove dummy
> rmmod dummy
$ modprobe -rnvi dummy
> rmmod dummy

## -r of a name with a bracket that has no partner
# kmod says nothing, with status 1.
$ modprobe -r 'a[b'
! modprobe: FATAL: Module a[b not found.
? 1

## -r that is not allowed
loaded: dummy 20480 0
$ modprobe -r dummy
! modprobe: ERROR: could not remove 'dummy': Operation not permitted
? 1

## -r takes out what the kernel has, whether or not the tree has it
# kmod says that it is not found.
kernel: remove=0
loaded: lkm 16384 1 lkm_user
loaded: lkm_user 16384 0
$ modprobe -rv lkm-user; modprobe -rv -S 1.2.3 lkm-user; modprobe -rv -d /nix lkm_user
> rmmod lkm_user
> rmmod lkm
> rmmod lkm_user
> rmmod lkm
> rmmod lkm_user
> rmmod lkm
$ modprobe -rv lkm
! modprobe: FATAL: Module lkm is in use.
!   lkm is used by lkm_user
!   remove that first: modprobe -r lkm_user
? 1
$ modprobe -rv --remove-holders lkm
> rmmod lkm_user
> rmmod lkm
$ echo 'remove lkm* echo bye' >/etc/modprobe.d/a.conf; modprobe -r lkm
> bye

## -r of what the kernel has built in, without a tree
file /sys/module/ext4/parameters/x: 1
$ modprobe -rv -S 1.2.3 ext4
! modprobe: FATAL: Module ext4 not found.
? 1

## -r takes a path for the module's name, whether or not the file is there
# kmod says that it is not found.
kernel: remove=0
loaded: lkm 16384 0
loaded: vfat 16384 0
loaded: fat 16384 1 vfat
$ touch lkm.ko; modprobe -rv ./lkm.ko /tmp/lkm.ko ../tmp/lkm.ko.xz /nix/lkm.ko.zst; modprobe -arv @MODS@/kernel/fs/fat/vfat.ko
> rmmod lkm
> rmmod lkm
> rmmod lkm
> rmmod lkm
> rmmod vfat
> rmmod fat
$ modprobe -rv lkm.ko
! modprobe: FATAL: Module lkm.ko not found.
? 1
$ modprobe -rv /tmp/dummy.ko
! modprobe: FATAL: Module /tmp/dummy.ko not found.
? 1
$ touch dummy.ko; modprobe -rv ./dummy.ko; modprobe -r --first-time ./dummy.ko
! modprobe: FATAL: Module dummy is not in kernel.
? 1
$ modprobe -rv x/lkm
! modprobe: FATAL: Module x/lkm not found.
? 1
$ modprobe -rv /
! modprobe: FATAL: Module / not found.
? 1
$ modprobe -rv /usr
! modprobe: FATAL: Module /usr not found.
? 1
$ modprobe -r ./fat.ko
! modprobe: FATAL: Module fat is in use.
? 1
