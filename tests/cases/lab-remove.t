# Unloading from a real kernel.
where: lab

## -r unloads a module
$ modprobe dummy && modprobe -r dummy
$ @LOADED@

## -r unloads dependencies that nobody uses any more
$ modprobe vfat && modprobe -r -v vfat
> rmmod vfat
> rmmod fat
$ @LOADED@

## -r unloads a chain of dependencies to its end
# kmod leaves llc loaded.
$ modprobe bridge && modprobe -r bridge
$ @LOADED@

## -r leaves a dependency that another module uses
$ modprobe -a vfat msdos && modprobe -r vfat
$ @LOADED@
> msdos
> fat

## -r of several modules
$ modprobe -a dummy ifb tun && modprobe -r dummy tun
$ @LOADED@
> ifb

## -r takes an alias
$ modprobe fs-msdos && modprobe -r fs-msdos
$ @LOADED@

## -r of a module that another one uses
$ modprobe vfat && modprobe -r fat
! modprobe: FATAL: Module fat is in use.
? 1
$ @LOADED@
> vfat
> fat

## -r of a module that is in use
$ modprobe tun && mknod tun c 10 200 && exec 3<tun && modprobe -r tun
! modprobe: FATAL: Module tun is in use.
? 1
$ @LOADED@
> tun

## -r -q of a module that is in use
$ modprobe vfat && modprobe -r -q fat
? 1

## -r of a module that is not loaded
$ modprobe -r dummy
$ modprobe -r --first-time dummy
! modprobe: FATAL: Module dummy is not in kernel.
? 1

## -r of a built-in module
$ modprobe -r tcp_cubic
! modprobe: FATAL: Module tcp_cubic is builtin.
? 1

## -r of a module that is not there
$ modprobe -r nix
! modprobe: FATAL: Module nix not found.
? 1

## -r of a module that cannot be unloaded
# The other kernels have it built in.
engine: uml
$ modprobe -r ipv6
! modprobe: FATAL: Module ipv6 is in use.
? 1

## -r -n prints what -r would unload and unloads nothing
# kmod does not count the users of fat down.
$ modprobe vfat && modprobe -r -n -v vfat
> rmmod vfat
> rmmod fat
$ @LOADED@
> vfat
> fat

## -r takes softdeps with it
conf a.conf: softdep dummy pre: ifb post: tun
$ modprobe dummy && modprobe -r -v dummy
> rmmod tun
> rmmod dummy
> rmmod ifb
$ @LOADED@

## rmmod unloads a module and nothing else
$ modprobe vfat && rmmod vfat
$ @LOADED@
> fat

## rmmod of several modules
$ modprobe vfat && rmmod vfat fat
$ @LOADED@

## rmmod of a module that another one uses
$ modprobe vfat && rmmod fat
! rmmod: ERROR: Module fat is in use by: vfat
? 1
$ @LOADED@
> vfat
> fat

## rmmod of a module that is in use
$ modprobe tun && mknod tun c 10 200 && exec 3<tun && rmmod tun
! rmmod: ERROR: Module tun is in use
? 1

## rmmod of a module that is not loaded
$ rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## rmmod of a built-in module
$ rmmod tcp_cubic
! rmmod: ERROR: Module tcp_cubic is builtin.
? 1

## rmmod takes a file's name
$ modprobe dummy && rmmod @MODS@/kernel/drivers/net/dummy.ko
$ @LOADED@

## a user without the right
$ modprobe dummy && setpriv --reuid=65534 rmmod dummy
! rmmod: ERROR: could not remove 'dummy': Operation not permitted
! rmmod: ERROR: could not remove module dummy: Operation not permitted
? 1
$ @LOADED@
> dummy

## lsmod prints the header, then a line for each line of /proc/modules
$ lsmod | head -n 1
> Module                  Size  Used by
$ lsmod | tail -n +2 | cut -d ' ' -f 1 >a; cut -d ' ' -f 1 /proc/modules | cmp - a

## rmmod -w waits until a module is free
# kmod 34 has no -w.
$ modprobe tun && mknod tun c 10 200; (exec 3<tun; : >held; await test -s said) & await test -e held; rmmod -vw tun 2>said; cat said
> rmmod: WARNING: Module tun is in use; waiting
$ @LOADED@
$ modprobe vfat; (await test -s said; rmmod vfat) & rmmod -w -v fat 2>said; cat said
> rmmod: WARNING: Module fat is in use by: vfat; waiting
$ @LOADED@

## rmmod -w that is interrupted leaves the module
# kmod 34 has no -w.
$ modprobe tun && mknod tun c 10 200 && exec 3<tun; env --default-signal=INT rmmod -w tun & await sleeps $!; kill -INT $!; wait $!
? 130
$ @LOADED@
> tun

## rmmod -f where the kernel cannot force
# The other kernels can, and do not survive it.
engine: uml
$ modprobe tun && mknod tun c 10 200 && exec 3<tun && rmmod -f tun
! rmmod: ERROR: could not remove 'tun': Resource temporarily unavailable
! rmmod: ERROR: could not remove module tun: Resource temporarily unavailable
? 1

## -r -a goes on after what cannot be removed
$ modprobe -a tun dummy ifb && mknod tun c 10 200 && exec 3<tun && modprobe -r -a -v tun nix tcp_cubic dummy
> rmmod dummy
! modprobe: WARNING: Module tun is in use.
!~   tun is used by process * (dash), which has /tmp/tun open
!~   end that process: kill *
! modprobe: WARNING: Module nix not found.
! modprobe: WARNING: Module tcp_cubic is builtin.
? 1
$ @LOADED@
> ifb
> tun

## -r ends at what cannot be removed
$ modprobe -a tun dummy ifb && mknod tun c 10 200 && exec 3<tun && modprobe -r -v dummy tun ifb
> rmmod dummy
! modprobe: FATAL: Module tun is in use.
!~   tun is used by process * (dash), which has /tmp/tun open
!~   end that process: kill *
? 1
$ @LOADED@
> ifb
> tun

## -r of an alias for several modules
conf a.conf: alias both dummy
conf a.conf: alias both ifb
$ modprobe both && modprobe -rv both
> rmmod dummy
> rmmod ifb
$ @LOADED@

## -r of what --first-time says is not there, and the rest
$ modprobe ifb && modprobe -r --first-time dummy ifb
! modprobe: FATAL: Module dummy is not in kernel.
? 1
$ @LOADED@
> ifb
$ modprobe -r --first-time ifb; modprobe -r --first-time -q dummy
? 1
$ @LOADED@

## -w waits until the module is free
$ modprobe tun && mknod tun c 10 200; (exec 3<tun; : >held; await test -e waits) & await test -e held; modprobe -r -v -w 600000 tun & await sleeps $!; : >waits; wait $!; @LOADED@
> rmmod tun

## -w gives up after its time
# kmod 30 ends with status 0.
$ modprobe tun && mknod tun c 10 200 && exec 3<tun && modprobe -r -w 100 tun
! modprobe: ERROR: could not remove 'tun': Resource temporarily unavailable
? 1
$ @LOADED@
> tun

## -w of one in use by another module
# kmod 30 ends with status 0.
$ modprobe vfat && modprobe -rw 20 fat
! modprobe: ERROR: could not remove 'fat': Resource temporarily unavailable
? 1
$ @LOADED@
> vfat
> fat

## --remove-holders takes the holders, all the way up
# kmod goes up one level.
$ modprobe bridge && modprobe -v --remove-holders llc
> rmmod bridge
> rmmod stp
> rmmod llc
$ @LOADED@

## --remove-holders of one with two holders
$ modprobe -a vfat msdos && modprobe -r --remove-holders fat
$ @LOADED@

## --remove-holders takes none away when one is in use
# kmod takes away those that are not.
needs: command mkfs.fat
$ modprobe -a vfat msdos && truncate -s 1M disk && mkfs.fat disk >/dev/null 2>&1; mkdir d; modprobe loop; mount -t vfat -o loop disk d 2>/dev/null && modprobe -r --remove-holders fat
! modprobe: FATAL: Module vfat is in use.
? 1
$ @LOADED@ | grep -E '^(fat|msdos|vfat)$' | sort
> fat
> msdos
> vfat

## -r of softdeps that are in use goes on
# kmod says so and ends with status 1, after the module is gone.
conf a.conf: softdep dummy pre: tun
$ modprobe dummy && mknod tun c 10 200 && exec 3<tun && modprobe -r -v dummy
> rmmod dummy
$ @LOADED@
> tun

## -r with a softdep of a softdep
conf a.conf: softdep dummy post: ifb
conf a.conf: softdep ifb pre: tun
$ modprobe dummy && modprobe -rv dummy
> rmmod ifb
> rmmod tun
> rmmod dummy
$ @LOADED@

## -r -q prints nothing, and does it
$ modprobe dummy && modprobe -rqv dummy; @LOADED@

## -r that is not permitted
$ modprobe -a dummy ifb && setpriv --reuid=65534 modprobe -r dummy ifb
! modprobe: ERROR: could not remove 'dummy': Operation not permitted
! modprobe: ERROR: could not remove 'ifb': Operation not permitted
? 1
$ @LOADED@
> ifb
> dummy

## -r without /proc and /sys
$ modprobe vfat && unshare -m sh -c 'mount -t tmpfs none /sys && mount -t tmpfs none /proc && modprobe -r vfat'; @LOADED@
> vfat
> fat

## -f asks for force, which this kernel has not
$ modprobe tun && mknod tun c 10 200 && exec 3<tun && modprobe -r -f tun
! modprobe: FATAL: Module tun is in use.
? 1
$ modprobe -r -f -w 1 tun

## -r removes softdeps last: the module's own, then those of what became unused
# kmod leaves what is not the module's own, and llc.
conf a.conf: softdep stp pre: dummy
conf a.conf: softdep llc pre: ifb
conf a.conf: softdep bridge pre: tun
$ modprobe bridge && modprobe -rv bridge
> rmmod bridge
> rmmod stp
> rmmod llc
> rmmod tun
> rmmod dummy
> rmmod ifb
