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
