# Where nothing is explained, nothing is asked for it; and what nobody can explain is shown as the kernel has said it.
where: host
tree: uml

## where nothing will be explained, no failure opens what only an explanation needs
needs: command strace
file /dev/kmsg:
$ asked() { grep -c -e kmsg -e kallsyms -e /proc/keys -e /proc/self/status -e symvers -e modules_disabled -e lockdown -e '/proc/sys' trace; grep -c '^open.*/dummy.ko"' trace; }
+ for answer in ENOEXEC ENOENT EINVAL EPERM EKEYREJECTED ENODEV ENOMEM EBUSY EEXIST; do
+ for how in '' -q '-v -q' -s '-v -s' '-v --explain=never'; do
+ ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=open,openat,openat2,finit_module -e inject=finit_module:error=$answer modprobe $how dummy nix=1 >/dev/null 2>&1; asked
+ done; done | sort | uniq -c
>      54 0
>      54 1

## nor does a success
needs: command strace
kernel: insert=0
file /dev/kmsg:
$ for how in '' -q '-v -q' -s '-v -s' '-v --explain=never'; do ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=open,openat,openat2 modprobe $how dummy nix=1 >/dev/null; grep -c -e kmsg -e /proc/sys trace; grep -c '/dummy.ko"' trace; done | sort | uniq -c
>       6 0
>       6 1
$ ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=open,openat,openat2 insmod @MODS@/kernel/drivers/net/dummy.ko nix=1; grep -c kmsg trace; grep -c '/dummy.ko"' trace
> 0
> 1

## whether it is a terminal is asked once, and never with -q
needs: command strace
file /dev/kmsg:
$ for how in -a -q; do for answer in error=EINVAL retval=0; do ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=ioctl,finit_module -e inject=finit_module:$answer modprobe $how vfat nix=1 2>/dev/null; grep -c 'ioctl(2,' trace; done; done | xargs
> 1 1 0 0

## nor does a removal, done or refused
needs: command strace
kernel: remove=EBUSY
loaded: dummy 16384 1
file /dev/kmsg:
$ for run in 'modprobe -r -q' 'modprobe -r' 'rmmod -s' 'rmmod'; do ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -e trace=open,openat,openat2 $run dummy 2>/dev/null; grep -c -e kmsg -e mountinfo -e '/proc/[0-9]' trace; done
> 0
> 0
> 0
> 0
? 1

## with -v a success costs the log alone: it is opened, and its end found, before the kernel is asked
needs: command strace
kernel: insert=0
file /dev/kmsg: 4,1,1,-;dummy: unknown parameter 'old' ignored
$ ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace modprobe -v dummy nix=1; sed -n '/kmsg/,$p' trace | grep -o -e '^open[^,]*,.*kmsg"' -e '^[a-z]*(3,' -e ^finit_module; grep -c '^open.*/dummy.ko"' trace; grep -c ^uname trace
> insmod @MODS@/kernel/drivers/net/dummy.ko nix=1
> openat(AT_FDCWD, "/dev/kmsg"
> lseek(3,
> finit_module
> read(3,
> 1
> 1

## a line that no detector knows is shown
kernel: insert=EIO
file /dev/kmsg: 6,1,1,-;before
file /said: 4,2,3,-;dummy: the chip does not answer
conf a.conf: softdep dummy pre: hook
conf a.conf: install hook cat /said >>/dev/kmsg
$ modprobe -v dummy
> install cat /said >>/dev/kmsg $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Input/output error
!   the kernel says: dummy: the chip does not answer
? 1

## a line about another module is no cause, whatever it says
kernel: insert=EINVAL
file /dev/kmsg:
file /said: 4,2,3,-;ifb: `x' invalid for parameter `numdummies'
conf a.conf: softdep dummy pre: hook
conf a.conf: install hook cat /said >>/dev/kmsg
$ modprobe -v dummy numdummies=1
> install cat /said >>/dev/kmsg $
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=1
! modprobe: ERROR: could not insert 'dummy': Invalid argument
!   the kernel says: ifb: `x' invalid for parameter `numdummies'
? 1

## the same line about this one is
kernel: insert=EINVAL
file /dev/kmsg:
file /said: 4,2,3,-;dummy: `x' invalid for parameter `numdummies'
conf a.conf: softdep dummy pre: hook
conf a.conf: install hook cat /said >>/dev/kmsg
$ modprobe -v dummy numdummies=x
> install cat /said >>/dev/kmsg $
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=x
! modprobe: ERROR: could not insert 'dummy': Invalid argument
!   'x' is no value for parameter numdummies of dummy, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/net/dummy.ko shows the parameters
? 1

## a module in the file of another name is known by the name that is inside
kernel: insert=EINVAL
file /dev/kmsg:
file /said: 4,2,3,-;inner: `x' invalid for parameter `p'
conf a.conf: softdep renamed pre: hook
conf a.conf: install hook cat /said >>/dev/kmsg
$ mkmod -o @MODS@/renamed.ko --name inner && depmod -a && modprobe -v renamed p=x
> install cat /said >>/dev/kmsg $
> insmod @MODS@/renamed.ko p=x
! modprobe: ERROR: could not insert 'renamed': Invalid argument
!   'x' is no value for parameter p of renamed
!   modinfo -p @MODS@/renamed.ko shows the parameters
? 1

## bytes of a line do not command the terminal
kernel: insert=EIO
file /dev/kmsg:
file /said: 4,2,3,-;dummy: \x1b[31mred\x5c
conf a.conf: softdep dummy pre: hook
conf a.conf: install hook cat /said >>/dev/kmsg
$ modprobe -v dummy
> install cat /said >>/dev/kmsg $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Input/output error
!   the kernel says: dummy: \x1b[31mred\
? 1

## the kernel gave no reason: said where it could be heard
kernel: insert=EIO
file /dev/kmsg: 6,1,1,-;before
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Input/output error
!   the kernel gave no reason
? 1
$ rm /dev/kmsg; modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Input/output error
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1
