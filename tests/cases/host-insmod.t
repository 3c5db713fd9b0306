# insmod: a path, the kernel's answer.
where: host
tree: uml

## insmod without an operand
$ insmod
! insmod: ERROR: missing filename.
? 1

## insmod of a file that is not there
$ insmod /tmp/nix.ko
! insmod: ERROR: could not load module /tmp/nix.ko: No such file or directory
? 1

## insmod that the kernel does says nothing
kernel: insert=0
$ insmod @MODS@/kernel/drivers/net/dummy.ko
$ insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2

## insmod of a module whose symbols are not there
kernel: insert=ENOENT
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Unknown symbol in module
? 1

## insmod of a loaded module
kernel: insert=EEXIST
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: File exists
? 1

## insmod of a wrong format
kernel: insert=ENOEXEC
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Invalid module format
? 1

## insmod of wrong parameters
kernel: insert=EINVAL
$ insmod @MODS@/kernel/fs/fat/vfat.ko x=1
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Invalid parameters
? 1

## insmod of a wrong symbol version
kernel: insert=ESRCH
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Module has wrong symbol version
? 1

## insmod on a kernel without modules
kernel: insert=ENOSYS
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Function not implemented
? 1

## insmod without the right
$ insmod @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Operation not permitted
? 1
# kmod 30 has no -v.
$ insmod -v @MODS@/kernel/fs/fat/vfat.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1

## an unknown option
$ insmod --bogus
! insmod: unrecognized option '--bogus'
? 1

## a name that is no tool's is refused
# kmod says nothing.
$ cp /usr/bin/kmod /tmp/nonsense && /tmp/nonsense
!~ *nonsense*
? 1

## insmod - reads a module from standard input
# kmod refuses.
kernel: insert=0
$ insmod - <@MODS@/kernel/drivers/net/dummy.ko && cat @MODS@/kernel/drivers/net/dummy.ko | insmod - numdummies=2

## insmod - tells what the kernel says
# kmod refuses.
kernel: insert=EEXIST
$ insmod - <@MODS@/kernel/drivers/net/dummy.ko; cat @MODS@/kernel/drivers/net/dummy.ko | insmod -- -
! insmod: ERROR: could not insert module -: File exists
! insmod: ERROR: could not insert module -: File exists
? 1

## insmod - without a standard input that could be read
# kmod refuses.
$ insmod - <&-
! insmod: ERROR: could not load module -: Bad file descriptor
? 1
$ insmod - </tmp
! insmod: ERROR: could not insert module -: Is a directory
? 1

## a file called - is read by another name
kernel: insert=0
$ cp @MODS@/kernel/drivers/net/dummy.ko ./- && insmod ./- && insmod $PWD/-

## insmod of a FIFO
# kmod gives the FIFO to the kernel.
kernel: insert=EEXIST
$ mkfifo p; cat @MODS@/kernel/drivers/net/dummy.ko >p & insmod p a=1
! insmod: ERROR: could not insert module p: File exists
? 1
$ cat @MODS@/kernel/drivers/net/dummy.ko | insmod /proc/self/fd/0
! insmod: ERROR: could not insert module /proc/self/fd/0: File exists
? 1

## insmod of what is no file
$ insmod /tmp; insmod /dev/null; insmod ''
! insmod: ERROR: could not insert module /tmp: Is a directory
! insmod: ERROR: could not insert module /dev/null: Invalid parameters
! insmod: ERROR: could not load module : No such file or directory
? 1

## a file of any name
kernel: insert=0
$ cp @MODS@/kernel/drivers/net/dummy.ko 'a module' && insmod 'a module' && insmod -- 'a module' && mv 'a module' ./-f && insmod -- -f

## insmod takes old options and does nothing of them
# kmod has no -k.
kernel: insert=0
$ insmod -p -k -pkf @MODS@/kernel/drivers/net/dummy.ko

## insmod -s tells syslog
$ insmod -s @MODS@/kernel/drivers/net/dummy.ko; insmod -s; insmod -s -
? 1

## insmod takes options after the file, bundled and abbreviated
# kmod 30 has no -v.
kernel: insert=EEXIST
$ insmod @MODS@/kernel/drivers/net/dummy.ko a=1 -fv
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: File exists
!   dummy is not loaded: its init function answered that what it does is there already
? 1
$ insmod --force @MODS@/kernel/drivers/net/dummy.ko; insmod --forc x
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: File exists
! insmod: option '--forc' is ambiguous; possibilities: '--force' '--force-modversion' '--force-vermagic'
? 1

## a value with blanks is one value
# kmod 30 gives the kernel two parameters.
kernel: insert=EINVAL
$ insmod -v @MODS@/kernel/drivers/block/brd.ko "rd_nr=1 max_part=2"
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/block/brd.ko: Invalid parameters
!   it may be that 'max_part=2' is part of the value of 'rd_nr'
!   give each parameter as an argument of its own
? 1
$ insmod @MODS@/kernel/drivers/block/brd.ko "rd_nr=1 max_part=2"
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/block/brd.ko: Invalid parameters
? 1
$ modprobe -v brd "rd_nr=1 max_part=2"
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr="1 max_part=2"
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   it may be that 'max_part=2' is part of the value of 'rd_nr'
!   give each parameter as an argument of its own
? 1
