# What the policy keeps out: deny, allow and policy lines.
where: host
tree: uml
kernel: insert=0

## a denied module is refused, whatever names it
conf a.conf: # not here
conf a.conf: deny fat du*
conf a.conf: install dummy /bin/true
$ modprobe fat
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 2
? 1
$ modprobe -i dummy
! modprobe: FATAL: Module dummy is denied by /etc/modprobe.d/a.conf line 2
? 1
$ modprobe -q fat; modprobe -q -- fat
? 1
$ modprobe -a brd fat dummy
! modprobe: WARNING: Module fat is denied by /etc/modprobe.d/a.conf line 2
! modprobe: WARNING: Module dummy is denied by /etc/modprobe.d/a.conf line 2
? 1

## a dependency that is denied refuses the whole plan
conf a.conf: deny fat
$ modprobe -v vfat
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 denies fat
!   change that line, or load it once with modprobe --ignore-deny=fat vfat
? 1
$ modprobe vfat
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
? 1

## an alias that leads to it is denied as well
conf a.conf: deny vfat
$ modprobe fs-vfat
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 1
? 1

## a softdep that is denied is left out, and the rest goes on
conf a.conf: deny fat
conf a.conf: softdep brd pre: vfat post: dummy
$ modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -nvv brd
> insmod @MODS@/kernel/drivers/block/brd.ko $
> # brd: requested
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> # dummy: softdep post of brd (/etc/modprobe.d/a.conf:2)
> install /bin/false $
> # fat: left out, denied by /etc/modprobe.d/a.conf:1
> # fat: needed by vfat
> # vfat: left out with what is denied by /etc/modprobe.d/a.conf:1
> # vfat: softdep pre of brd (/etc/modprobe.d/a.conf:2)

## -b is silent, as for a blacklist
conf a.conf: deny brd
$ modprobe -b brd
$ modprobe -bv brd
!   /etc/modprobe.d/a.conf line 1 denies brd
!   change that line, or load it once with modprobe --ignore-deny=brd brd
$ modprobe -ab brd dummy

## a dry run prints what scanners look for
conf a.conf: deny fat
$ modprobe -n -v fat
> install /bin/false $
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
!   /etc/modprobe.d/a.conf line 1 denies fat
!   change that line, or load it once with modprobe --ignore-deny=fat fat
? 1
$ modprobe -n -v vfat
> install /bin/false $
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 denies fat
!   change that line, or load it once with modprobe --ignore-deny=fat vfat
? 1
$ modprobe -n -q fat
> install /bin/false $
? 1

## with -D only what was asked for itself is an error
conf a.conf: deny fat
$ modprobe -D fat
> install /bin/false $
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
? 1
$ modprobe -D vfat
> install /bin/false $
! modprobe: WARNING: Module fat is denied by /etc/modprobe.d/a.conf line 1
$ modprobe -aD brd vfat dummy
> insmod @MODS@/kernel/drivers/block/brd.ko $
> install /bin/false $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: WARNING: Module fat is denied by /etc/modprobe.d/a.conf line 1
$ modprobe -D fs-vfat
> install /bin/false $
! modprobe: WARNING: Module fat is denied by /etc/modprobe.d/a.conf line 1

## --ignore-deny lets in the modules that it names
conf a.conf: deny fat vfat
$ modprobe --ignore-deny=vfat vfat
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
? 1
$ modprobe -v --ignore-deny=vfat --ignore-deny fat vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -nvv --ignore-deny=vfat --ignore-deny fat vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> # fat: denied by /etc/modprobe.d/a.conf:1, loaded as asked
> # fat: needed by vfat
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> # vfat: denied by /etc/modprobe.d/a.conf:1, loaded as asked
> # vfat: requested
$ modprobe --ignore-deny=./x.ko vfat
! modprobe: ERROR: --ignore-deny=./x.ko: that is not the name of a module
? 1

## allow lines let in what they name, and what that needs
conf a.conf: allow vfat
conf b.conf: policy enforce
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -v fat
> insmod @MODS@/kernel/fs/fat/fat.ko $
$ modprobe -v brd
! modprobe: FATAL: Module brd is denied by /etc/modprobe.d/b.conf line 1
!   no allow line lets brd in, by name or for another module, and /etc/modprobe.d/b.conf line 1 enforces them
!   add a line allow brd, or load it once with modprobe --ignore-deny=brd brd
? 1

## allow lines do nothing without policy
conf a.conf: allow vfat
$ modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko $

## deny wins over allow
conf a.conf: allow vfat
conf a.conf: deny vfat
conf b.conf: policy enforce
$ modprobe -v fat
> insmod @MODS@/kernel/fs/fat/fat.ko $
$ modprobe -v vfat
! modprobe: FATAL: Module vfat is denied by /etc/modprobe.d/a.conf line 2
!   /etc/modprobe.d/a.conf line 2 denies vfat
!   change that line, or load it once with modprobe --ignore-deny=vfat vfat
? 1

## audit refuses nothing
conf a.conf: deny fat
conf a.conf: allow vfat
conf b.conf: policy audit
$ modprobe -v vfat brd=1
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko brd=1
!   vfat has no parameter 'brd', so the kernel ignores it
$ modprobe -nvv brd
> insmod @MODS@/kernel/drivers/block/brd.ko $
> # brd: denied by /etc/modprobe.d/b.conf:1, which is in audit only
> # brd: requested

## off refuses nothing
conf a.conf: deny fat
conf b.conf: policy off
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## the last policy line counts, and one that is bad counts for nothing
conf a.conf: policy off
conf a.conf: deny brd
conf b.conf: policy enforce
conf c.conf: policy Off
$ modprobe brd
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/c.conf line 1: ignoring bad line starting with 'policy'
! modprobe: FATAL: Module brd is denied by /etc/modprobe.d/a.conf line 2
? 1

## a package does not switch the policy
file /usr/lib/modprobe.d/z.conf: policy off
conf a.conf: deny brd
$ modprobe -v brd
! libkmod: WARNING: kmod_config_parse: /usr/lib/modprobe.d/z.conf line 1: ignoring 'policy off': only a file in /etc or /run switches the policy
! modprobe: FATAL: Module brd is denied by /etc/modprobe.d/a.conf line 1
!   /etc/modprobe.d/a.conf line 1 denies brd
!   change that line, or load it once with modprobe --ignore-deny=brd brd
? 1

## what is loaded already is there
conf a.conf: deny fat
loaded: fat 1 0
$ modprobe -v fat
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -r -n fat
> rmmod fat

## a file is denied by its name and by that of the module in it
conf a.conf: deny fat
$ mkmod -o /tmp/fine.ko --name fat && modprobe /tmp/fine.ko
! modprobe: FATAL: Module fine is denied by /etc/modprobe.d/a.conf line 1
? 1
$ mkmod -o /tmp/fat.ko --name fine && modprobe /tmp/fat.ko
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
? 1
$ modprobe -v --ignore-deny=fat /tmp/fat.ko
> insmod /tmp/fat.ko $
$ insmod /tmp/fat.ko

## -c prints the lines so that they can be read again
conf a.conf: deny a-b c # d
conf a.conf: allow e*
conf b.conf: policy audit
$ modprobe -c | sed '/^$/,$d; /^softdep/d' | tee /tmp/again.conf
> deny a_b
> deny c
> allow e*
> policy audit
$ modprobe -C /tmp/again.conf -c | sed '/^$/,$d; /^softdep/d' | cmp - /tmp/again.conf

## why is explained with -v, and what helps does
conf a.conf: deny fat
$ modprobe -v vfat
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 1
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 denies fat
!   change that line, or load it once with modprobe --ignore-deny=fat vfat
? 1
$ modprobe --ignore-deny=fat vfat
