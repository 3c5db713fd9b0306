# Each way to a module under each policy, on a real kernel: the status, the modules that are loaded then, and the lines of
# the kernel's log.
where: lab

## by its name: deny
conf a.conf: deny vfat
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 1
? 1

## by its name: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 2
? 1

## by its name: audit
conf a.conf: deny vfat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
> tenon: module vfat would be denied by /etc/modprobe.d/a.conf line 1

## by its name: off
conf a.conf: deny vfat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
? 1

## by an alias: deny
conf a.conf: deny vfat
$ rm -rf /run/tenon; dmesg -C; modprobe fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 1
? 1

## by an alias: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; modprobe fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 2
? 1

## by an alias: audit
conf a.conf: deny vfat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; modprobe fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
> tenon: module vfat would be denied by /etc/modprobe.d/a.conf line 1

## by an alias: off
conf a.conf: deny vfat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; modprobe fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
? 1

## as a dependency: deny
conf a.conf: deny fat
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
? 1

## as a dependency: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 1
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 2
? 1

## as a dependency: audit
conf a.conf: deny fat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
> tenon: module fat would be denied by /etc/modprobe.d/a.conf line 1

## as a dependency: off
conf a.conf: deny fat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; modprobe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> vfat
> fat
? 1

## as a softdep: deny
conf a.conf: deny dummy
conf a.conf: softdep brd pre: dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## as a softdep: not allowed
conf a.conf: allow brd
conf a.conf: policy enforce
conf a.conf: softdep brd pre: dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## as a softdep: audit
conf a.conf: deny dummy
conf a.conf: policy audit
conf a.conf: softdep brd pre: dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
> dummy
> tenon: module dummy would be denied by /etc/modprobe.d/a.conf line 1

## as a softdep: off
conf a.conf: deny dummy
conf a.conf: policy off
conf a.conf: softdep brd pre: dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
> dummy
? 1

## as a weakdep: deny
conf a.conf: deny dummy
conf a.conf: weakdep brd dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## as a weakdep: not allowed
conf a.conf: allow brd
conf a.conf: policy enforce
conf a.conf: weakdep brd dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## as a weakdep: audit
conf a.conf: deny dummy
conf a.conf: policy audit
conf a.conf: weakdep brd dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## as a weakdep: off
conf a.conf: deny dummy
conf a.conf: policy off
conf a.conf: weakdep brd dummy
$ rm -rf /run/tenon; dmesg -C; modprobe brd; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> status 0
> brd
? 1

## by the kernel: deny
conf a.conf: deny vfat
$ rm -rf /run/tenon; dmesg -C; mkdir m && mount -t vfat none m 2>said; grep -c "unknown filesystem" said; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> 1
> status 0
? 1

## by the kernel: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; mkdir m && mount -t vfat none m 2>said; grep -c "unknown filesystem" said; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> 1
> status 0
? 1

## by the kernel: audit
conf a.conf: deny vfat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; mkdir m && mount -t vfat none m 2>said; grep -c "unknown filesystem" said; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> 0
> status 1
> vfat
> fat
> tenon: module vfat would be denied by /etc/modprobe.d/a.conf line 1

## by the kernel: off
conf a.conf: deny vfat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; mkdir m && mount -t vfat none m 2>said; grep -c "unknown filesystem" said; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> 0
> status 1
> vfat
> fat
? 1

## as udev asks: deny
conf a.conf: deny vfat
$ rm -rf /run/tenon; dmesg -C; probe -b fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: -b
> status 0
? 1

## as udev asks: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; probe -b fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: -b
> status 0
? 1

## as udev asks: audit
conf a.conf: deny vfat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; probe -b fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: done
> status 0
> vfat
> fat
? 1

## as udev asks: off
conf a.conf: deny vfat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; probe -b fs-vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: done
> status 0
> vfat
> fat
? 1

## by a client of libkmod: deny
conf a.conf: deny vfat
$ rm -rf /run/tenon; dmesg -C; probe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: EPERM
> status 0
? 1

## by a client of libkmod: not allowed
conf a.conf: allow loop
conf a.conf: policy enforce
$ rm -rf /run/tenon; dmesg -C; probe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: EPERM
> status 0
? 1

## by a client of libkmod: audit
conf a.conf: deny vfat
conf a.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; probe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: done
> status 0
> vfat
> fat
? 1

## by a client of libkmod: off
conf a.conf: deny vfat
conf a.conf: policy off
$ rm -rf /run/tenon; dmesg -C; probe vfat; echo "status $?"; @LOADED@; dmesg | grep -o "tenon: .*"
> vfat: done
> status 0
> vfat
> fat
? 1

## audit writes of a module once, and --ignore-deny always
conf a.conf: deny brd
conf b.conf: policy audit
$ rm -rf /run/tenon; dmesg -C; for i in 1 2; do modprobe brd; rmmod brd; done; dmesg | grep -o "tenon: .*"; ls /run/tenon/audited
> tenon: module brd would be denied by /etc/modprobe.d/a.conf line 1
> brd
$ rm /etc/modprobe.d/b.conf; dmesg -C; for i in 1 2; do modprobe --ignore-deny=brd brd; rmmod brd; done; dmesg | grep -o "tenon: .*"
> tenon: module brd is denied by /etc/modprobe.d/a.conf line 1, and loaded by --ignore-deny, uid 0
> tenon: module brd is denied by /etc/modprobe.d/a.conf line 1, and loaded by --ignore-deny, uid 0

## what it says helps: the line, and the option
conf a.conf: deny fat
conf a.conf: allow brd
conf b.conf: policy enforce
$ modprobe -v vfat; @LOADED@
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/b.conf line 1
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 denies fat
!   no allow line lets vfat in, by name or for another module, and /etc/modprobe.d/b.conf line 1 enforces them
!   change that line, or load it once with modprobe --ignore-deny=fat vfat
$ modprobe --ignore-deny=fat vfat
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/b.conf line 1
? 1
$ modprobe --ignore-deny=fat --ignore-deny=vfat vfat; @LOADED@; modprobe -r vfat
> vfat
> fat
$ rm /etc/modprobe.d/a.conf; echo allow brd >/etc/modprobe.d/c.conf; modprobe -v dummy
! modprobe: FATAL: Module dummy is denied by /etc/modprobe.d/b.conf line 1
!   no allow line lets dummy in, by name or for another module, and /etc/modprobe.d/b.conf line 1 enforces them
!   add a line allow dummy, or load it once with modprobe --ignore-deny=dummy dummy
? 1
$ echo allow dummy >>/etc/modprobe.d/c.conf; modprobe dummy; @LOADED@
> dummy

## no half chain: what was loaded before stays, what is denied is not
conf a.conf: deny vfat
$ modprobe -v fs-vfat; modprobe -av brd vfat; @LOADED@
> insmod @MODS@/kernel/drivers/block/brd.ko $
> brd
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 1
!   /etc/modprobe.d/a.conf line 1 denies vfat
!   change that line, or load it once with modprobe --ignore-deny=vfat vfat
! modprobe: WARNING: Module vfat is denied by /etc/modprobe.d/a.conf line 1
!   /etc/modprobe.d/a.conf line 1 denies vfat
!   change that line, or load it once with modprobe --ignore-deny=vfat vfat

## insmod is not bound by it
conf a.conf: deny brd
$ plainmod brd && insmod ./brd.ko && @LOADED@
> brd
