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
