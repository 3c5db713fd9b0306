# A module that does not fit the running kernel: which symbol, release or option, and what helps.
where: lab

## a module of another kernel
engine: uml
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/vermagic=6\.1/vermagic=7.1/' dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   dummy was built for kernel 7.1.176, and @VER@ is running
!   install or build dummy for @VER@
? 1
$ modprobe -v ./dummy.ko
> insmod ./dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Exec format error
!   dummy was built for kernel 7.1.176, and @VER@ is running
!   install or build dummy for @VER@
? 1
$ modprobe ./own.ko && @LOADED@
> dummy

## a module of another kernel, which is installed if its directory has modules
engine: uml
$ mkdir -p r/lib/modules && cp -r @MODS@ r/lib/modules/ && cd r/lib/modules && plainmod -u dummy && sed -i 's/vermagic=6\.1/vermagic=7.1/' dummy.ko
$ cd r/lib/modules && cp dummy.ko @VER@/kernel/drivers/net/dummy.ko && mkdir 7.1.176 && ln -s /nowhere 7.1.176/build && modprobe -v -d /tmp/r dummy 2>&1 | tail -n 1
>   install or build dummy for @VER@
$ cd r/lib/modules && mkdir 7.1.176/kernel && cp dummy.ko 7.1.176/kernel && modprobe -v -d /tmp/r dummy 2>&1 | tail -n 1
>   install or build dummy for @VER@, or boot 7.1.176
$ cd r/lib/modules && echo kernel/dummy.ko: >7.1.176/modules.dep && rm 7.1.176/kernel/dummy.ko && modprobe -v -d /tmp/r dummy 2>&1 | tail -n 1
>   install or build dummy for @VER@

## a module of another kernel, which has modversions
engine: qemu
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/vermagic=6\./vermagic=7./' dummy.ko && breakmod --crc module_layout=1 dummy.ko && insmod -v ./dummy.ko 2>&1 | sed 's/ 7[^,]*/ OTHER/'
> insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
>   dummy was built for kernel OTHER, and @VER@ is running
>   install or build dummy for @VER@
$ insmod ./own.ko && @LOADED@
> dummy

## a module of a kernel with the same name and another configuration
engine: qemu
$ plainmod -u dummy && cp dummy.ko own.ko && breakmod --crc module_layout=1 dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   dummy was built for a kernel of another configuration or version
!   build dummy for the running kernel
? 1
$ insmod ./own.ko && @LOADED@
> dummy

## a module of a kernel with another struct module
engine: qemu-6.12
$ plainmod -u dummy && cp dummy.ko own.ko && breakmod --struct dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   dummy was built for a kernel of another configuration or version
!   build dummy for the running kernel
? 1
$ sed -i 's/vermagic=6\./vermagic=7./' dummy.ko && insmod -v ./dummy.ko 2>&1 | sed 's/ 7[^,]*/ OTHER/'
> insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
>   dummy was built for kernel OTHER, and @VER@ is running
>   install or build dummy for @VER@
$ insmod ./own.ko && @LOADED@
> dummy

## with modversions another release is no reason
engine: qemu
$ plainmod -u dummy && sed -i 's/vermagic=6\./vermagic=7./' dummy.ko && insmod -v ./dummy.ko && @LOADED@
> dummy

## an option of the kernel differs
engine: uml
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   dummy was built with '@VER@ mod_ungood', and the kernel with '@VER@ mod_unload': the module has mod_ungood and lacks mod_unload
!   build dummy for the running kernel
? 1
$ insmod ./own.ko && @LOADED@
> dummy

## an option of a kernel with modversions differs
engine: qemu
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   dummy was built with '@VER@ SMP preempt mod_ungood modversions', and the kernel with '@VER@ SMP preempt mod_unload modversions': the module has mod_ungood and lacks mod_unload
!   build dummy for the running kernel
? 1
$ insmod ./own.ko && @LOADED@
> dummy

## an init function that says that the format is wrong
$ plainmod -u dummy && breakmod --init ENOEXEC dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: Invalid module format
!   the kernel gave no reason
? 1

## an init function that says that an argument is invalid
$ plainmod -u dummy && breakmod --init EINVAL dummy.ko && insmod -v ./dummy.ko nix=1
! insmod: ERROR: could not insert module ./dummy.ko: Invalid parameters
!   dummy has no parameter 'nix', so the kernel ignores it
!   the kernel gave no reason
? 1

## the version of a symbol differs
engine: qemu
$ plainmod -u dummy && breakmod --crc __fentry__=1 dummy.ko && insmod -v ./dummy.ko 2>&1 | sed 's/there is 0x[0-9a-f]*/there is CRC/'
> insmod: ERROR: could not insert module ./dummy.ko: Invalid parameters
>   dummy was built against another version of __fentry__ of the kernel: it wants CRC 0x00000001, and there is CRC
>   build dummy for the running kernel
$ plainmod -u vfat && breakmod --crc fat_setattr=1 vfat.ko && modprobe fat && insmod -v ./vfat.ko 2>&1 | sed 's/there is 0x[0-9a-f]*/there is CRC/'
> insmod: ERROR: could not insert module ./vfat.ko: Invalid parameters
>   vfat was built against another version of fat_setattr of fat: it wants CRC 0x00000001, and there is CRC
>   build vfat for the running kernel

## the version of a symbol is the kernel's
engine: qemu
$ plainmod -u dummy && modprobe --dump-modversions ./dummy.ko | sed -n 's/^0x\(.*\)\t__fentry__$/\1/p' >crc; wc -c <crc
> 9
$ breakmod --crc __fentry__=1 dummy.ko && insmod -v ./dummy.ko 2>&1 | grep -c "there is 0x$(cat crc)"
> 1
$ breakmod --crc __fentry__=$(cat crc) dummy.ko && insmod ./dummy.ko && @LOADED@
> dummy

## what exports a symbol is not loaded
$ plainmod vfat && insmod -v ./vfat.ko 2>&1 | sed 's/needs .* of/needs SYMBOLS of/'
> insmod: ERROR: could not insert module ./vfat.ko: Unknown symbol in module
>   vfat needs SYMBOLS of fat, which is not loaded
>   load fat first
$ modprobe fat && insmod ./vfat.ko && @LOADED@
> vfat
> fat

## what exports a symbol came after depmod
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u vfat && depmod -b /tmp/r 2>/dev/null; plainmod -u fat
$ modprobe -v -d /tmp/r vfat 2>&1 | sed 's/needs .* of/needs SYMBOLS of/'
> insmod /tmp/r@MODS@/kernel/vfat.ko $
> modprobe: ERROR: could not insert 'vfat': Unknown symbol in module, or unknown parameter (see dmesg)
>   vfat needs SYMBOLS of /tmp/r@MODS@/kernel/fat.ko, and the indexes do not have it
>   run depmod --basedir=/tmp/r
$ depmod --basedir=/tmp/r 2>/dev/null && modprobe -d /tmp/r vfat && @LOADED@
> vfat
> fat

## what exports a symbol has a new file since depmod
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u fat vfat && cp fat.ko fat && plainmod -u dummy && mv dummy.ko fat.ko && depmod -b /tmp/r 2>/dev/null; cat fat >fat.ko
$ modprobe -v -d /tmp/r vfat 2>&1 | sed 's/needs .* of/needs SYMBOLS of/'
> insmod /tmp/r@MODS@/kernel/vfat.ko $
> modprobe: ERROR: could not insert 'vfat': Unknown symbol in module, or unknown parameter (see dmesg)
>   vfat needs SYMBOLS of /tmp/r@MODS@/kernel/fat.ko, and the indexes do not have it
>   run depmod --basedir=/tmp/r
$ depmod --basedir=/tmp/r 2>/dev/null && modprobe -d /tmp/r vfat && @LOADED@
> vfat
> fat

## nobody exports a symbol
$ plainmod -u vfat && cp vfat.ko own.ko && sed -i 's/fat_alloc_new_dir/fat_alloc_new_dog/' vfat.ko && modprobe fat && insmod -v ./vfat.ko
! insmod: ERROR: could not insert module ./vfat.ko: Unknown symbol in module
!   vfat needs fat_alloc_new_dog, which neither the kernel nor any loaded module exports
!   install or load what exports it, or build vfat for the running kernel
? 1
$ insmod ./own.ko && @LOADED@
> vfat
> fat

## a symbol is for GPL modules
$ plainmod -u ifb && cp ifb.ko own.ko && sed -i 's/license=GPL/license=BSD/' ifb.ko && insmod -v ./ifb.ko 2>&1 | sed 's/needs .*, exported/needs SYMBOLS, exported/'
> insmod: ERROR: could not insert module ./ifb.ko: Unknown symbol in module
>   ifb needs SYMBOLS, exported to GPL modules only, and its license is 'BSD'
>   use a version of ifb that does without it, or one under the GPL
$ insmod ./own.ko && @LOADED@
> ifb

## a namespace that is not imported
$ plainmod -u pcbc && cp pcbc.ko own.ko && sed -i 's/import_ns=CRYPTO_INTERNAL/import_ns=CRYPTO_INTERNET/' pcbc.ko && insmod -v ./pcbc.ko
! insmod: ERROR: could not insert module ./pcbc.ko: Invalid parameters
!   pcbc uses crypto_cipher_encrypt_one from namespace CRYPTO_INTERNAL, which it does not import
!   pcbc uses crypto_cipher_decrypt_one from namespace CRYPTO_INTERNAL, which it does not import
!   import CRYPTO_INTERNAL in its source, with MODULE_IMPORT_NS, and build it again
? 1
$ sed -i 's/import_ns=CRYPTO_INTERNET/import_ns=CRYPTO_INTERNAL/' pcbc.ko && insmod ./pcbc.ko && @LOADED@
> pcbc

## where the log cannot be read, the version of a symbol that differs may be the reason
engine: qemu
$ plainmod -u dummy && cp dummy.ko own.ko && breakmod --crc __fentry__=1 dummy.ko && unshare -m sh -c 'mount -t tmpfs none /dev && insmod -v ./dummy.ko' 2>&1 | sed 's/there is 0x[0-9a-f]*/there is CRC/'
> insmod: ERROR: could not insert module ./dummy.ko: Invalid parameters
>   it may be that dummy was built against another version of __fentry__ of the kernel: it wants CRC 0x00000001, and there is CRC
>   build dummy for the running kernel
$ modprobe --dump-modversions ./own.ko | sed -n 's/^\(0x.*\)\t__fentry__$/\1/p' >crc; unshare -m sh -c 'mount -t tmpfs none /dev && insmod -v ./dummy.ko' 2>&1 | grep -c "there is $(cat crc)"
> 1
$ insmod ./own.ko && @LOADED@
> dummy

## where the log cannot be read, a symbol that nobody exports may be the reason
engine: qemu
$ plainmod -u vfat && cp vfat.ko own.ko && sed -i 's/fat_alloc_new_dir/fat_alloc_new_dog/' vfat.ko && modprobe fat && unshare -m sh -c 'mount -t tmpfs none /dev && insmod -v ./vfat.ko'
! insmod: ERROR: could not insert module ./vfat.ko: Unknown symbol in module
!   it may be that vfat needs fat_alloc_new_dog, which neither the kernel nor any loaded module exports
!   install or load what exports it, or build vfat for the running kernel
? 1
$ insmod ./own.ko && @LOADED@
> vfat
> fat

## where the log cannot be read, what exports a symbol may not be loaded
$ plainmod vfat && unshare -m sh -c 'mount -t tmpfs none /dev && insmod -v ./vfat.ko' 2>&1 | sed 's/needs .* of/needs SYMBOLS of/'
> insmod: ERROR: could not insert module ./vfat.ko: Unknown symbol in module
>   it may be that vfat needs SYMBOLS of fat, which is not loaded
>   load fat first
$ modprobe fat && insmod ./vfat.ko && @LOADED@
> vfat
> fat

## init says that the module is there already
$ plainmod -u dummy && breakmod --init EEXIST dummy.ko && insmod -v ./dummy.ko
! insmod: ERROR: could not insert module ./dummy.ko: File exists
!   dummy is not loaded: its init function answered that what it does is there already
? 1
$ modprobe -v ./dummy.ko
> insmod ./dummy.ko $
!   dummy is not loaded: its init function answered that what it does is there already
$ modprobe ./dummy.ko
$ modprobe -v -q ./dummy.ko
$ @LOADED@

## the module is there by another name of its file
$ plainmod -u dummy && cp dummy.ko other.ko && insmod ./dummy.ko && insmod -v ./other.ko
! insmod: ERROR: could not insert module ./other.ko: File exists
!   dummy is in the kernel already
? 1
