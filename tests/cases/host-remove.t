# modprobe -r, rmmod and lsmod on a made /proc/modules and /sys/module.
where: host
tree: uml

## lsmod prints /proc/modules with sizes and holders
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
loaded: a_very_long_module_name 1000000000 12
$ lsmod
> Module                  Size  Used by
> vfat                   20480  0
> fat                    86016  1 vfat
> a_very_long_module_name 1000000000  12

## lsmod prints the header when nothing is loaded
$ lsmod
> Module                  Size  Used by
$ kmod list
> Module                  Size  Used by

## lsmod puts commas between holders
# In the order of the directory, which depends on its file system.
loaded: fat 86016 2 vfat msdos
$ lsmod | sed 's/msdos,vfat/vfat,msdos/'
> Module                  Size  Used by
> fat                    86016  2 vfat,msdos

## lsmod takes no operand
# kmod 30 prints its usage.
$ lsmod x
! lsmod: ERROR: too many arguments provided.
? 1

## lsmod without /proc/modules
# kmod 30 words it in another way.
$ rm /proc/modules; lsmod
! lsmod: ERROR: could not open /proc/modules: No such file or directory
! lsmod: ERROR: could not get list of modules: No such file or directory
? 1

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
? 1

## -r without an operand
$ modprobe -r
! modprobe: ERROR: missing parameters. See -h.
? 1

## rmmod of a module that is not loaded
$ rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## rmmod of a built-in module
file /sys/module/ext4/parameters/x: 1
$ rmmod ext4
! rmmod: ERROR: Module ext4 is builtin.
? 1

## rmmod of a module with holders
loaded: fat 86016 2 vfat msdos
loaded: vfat 20480 0
loaded: msdos 20480 0
$ rmmod fat 2>err; sed 's/msdos vfat/vfat msdos/' err; grep -c . err
> rmmod: ERROR: Module fat is in use by: vfat msdos
> 1
$ rmmod fat 2>/dev/null
? 1

## rmmod of a module that is in use
loaded: dummy 20480 3
$ rmmod dummy
! rmmod: ERROR: Module dummy is in use
? 1

## rmmod takes - for _
loaded: nls_utf8 16384 1
$ rmmod nls-utf8
! rmmod: ERROR: Module nls_utf8 is in use
? 1

## rmmod takes a path for its module's name
loaded: vfat 20480 1
$ rmmod @MODS@/kernel/fs/fat/vfat.ko
! rmmod: ERROR: Module vfat is in use
? 1

## rmmod goes on with the next module
loaded: dummy 20480 1
$ rmmod ifb dummy
! rmmod: ERROR: Module ifb is not currently loaded
! rmmod: ERROR: Module dummy is in use
? 1

## rmmod that the kernel refuses
kernel: remove=EBUSY
loaded: dummy 20480 0
$ rmmod dummy
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
? 1

## rmmod that the kernel does
kernel: remove=0
loaded: dummy 20480 0
$ rmmod dummy
$ rmmod -v dummy

## rmmod without an operand
$ rmmod
! rmmod: ERROR: missing module name.
? 1

## rmmod of a kernel that cannot unload
loaded: dummy 20480 0
$ rm /sys/module/dummy/refcnt; rmmod dummy
! rmmod: ERROR: Module unloading is not supported
? 1

## -r -a warns of what cannot be removed, and goes on
kernel: remove=0
loaded: dummy 20480 0
loaded: tun 61440 2
$ modprobe -rav tun nix ext4 dummy
> rmmod dummy
! modprobe: WARNING: Module tun is in use.
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
? 1
$ modprobe -rav both dummy
> rmmod dummy
! modprobe: WARNING: Module tun is in use.
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
? 1

## --remove-holders takes nothing away when something is in use, and says what
# kmod takes away what comes before.
kernel: remove=0
loaded: fat 86016 2 vfat msdos
loaded: vfat 20480 0
loaded: msdos 20480 1
$ modprobe -rv --remove-holders fat
! modprobe: FATAL: Module msdos is in use.
? 1

## -w waits for a module in use, and gives up in the end
# kmod 30 ends with status 0.
kernel: remove=EAGAIN
loaded: tun 61440 2
$ modprobe -r -v -w 5 tun
> rmmod tun
! modprobe: ERROR: could not remove 'tun': Resource temporarily unavailable
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

## rmmod -f asks the kernel whatever speaks against it
kernel: remove=0
loaded: dummy 20480 3
$ rmmod -f dummy && rmmod --force nix

## rmmod -f tells what the kernel says
kernel: remove=EAGAIN
loaded: dummy 20480 3
$ rmmod -f dummy
! rmmod: ERROR: could not remove 'dummy': Resource temporarily unavailable
! rmmod: ERROR: could not remove module dummy: Resource temporarily unavailable
? 1

## rmmod -w does not wait for what is not in use
# kmod 34 has no -w.
kernel: remove=0
loaded: dummy 20480 0
$ rmmod -w dummy && rmmod --wait dummy

## rmmod -w waits for a module that is in use, and can be interrupted
# kmod 34 has no -w.
kernel: remove=EAGAIN
loaded: dummy 20480 1
loaded: fat 20480 1 vfat
$ timeout -s INT 0.3 rmmod -w dummy
? 124
$ timeout -s INT 0.1 rmmod -vw dummy
! rmmod: WARNING: Module dummy is in use; waiting
? 124
$ timeout -s INT 0.1 rmmod -w -v fat
! rmmod: WARNING: Module fat is in use by: vfat; waiting
? 124

## rmmod -w does not wait for what will never go
# kmod 34 has no -w.
kernel: remove=EBUSY
loaded: dummy 20480 1
file /sys/module/ext4/parameters/x: 1
$ rmmod -w nix ext4 dummy
! rmmod: ERROR: Module nix is not currently loaded
! rmmod: ERROR: Module ext4 is builtin.
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
? 1

## rmmod -a with names removes these
# It has been gone for long.
kernel: remove=0
loaded: dummy 20480 0
loaded: ifb 20480 1
$ rmmod -a dummy
$ rmmod --all dummy ifb
! rmmod: ERROR: Module ifb is in use
? 1

## rmmod -a without a name sweeps nothing
# It has been gone for long.
kernel: remove=0
loaded: dummy 20480 0
$ rmmod -a
! rmmod: ERROR: unused modules are not swept any more: name those to remove.
? 1

## rmmod takes options after names, bundled and abbreviated
kernel: remove=0
loaded: dummy 20480 1
$ rmmod dummy -vf; rmmod --forc dummy; rmmod --verb --fo dummy
$ POSIXLY_CORRECT=1 rmmod dummy -f
! rmmod: ERROR: Module dummy is in use
! rmmod: ERROR: Module _f is not currently loaded
? 1
$ rmmod -- -f
! rmmod: ERROR: Module _f is not currently loaded
? 1
$ rmmod --ver
! rmmod: option '--ver' is ambiguous; possibilities: '--verbose' '--version'
? 1

## rmmod -s tells syslog
$ rmmod -s dummy
? 1
$ rmmod dummy 2>&-
? 1
