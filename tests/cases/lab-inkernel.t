# A kernel that decompresses modules itself, if the file is as it wants it.
where: lab
engine: qemu-6.12
needs: command strace

## a module of the tree is given to the kernel as it is
$ strace -o log -e trace=finit_module,init_module modprobe dummy && grep -o '^[a-z_]*(\|MODULE_[A-Z_]*' log
> finit_module(
> MODULE_INIT_COMPRESSED_FILE
$ cat /sys/module/compression; @LOADED@
> xz
> dummy

## insmod does the same
$ strace -o log -e trace=finit_module,init_module insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=2 && grep -o '^[a-z_]*(\|MODULE_[A-Z_]*' log
> finit_module(
> MODULE_INIT_COMPRESSED_FILE
$ cat /sys/module/brd/parameters/rd_nr
> 2

## a plain module on such a kernel
$ plainmod dummy && strace -o log -e trace=finit_module,init_module insmod ./dummy.ko && grep -o '^[a-z_]*(\|MODULE_[A-Z_]*\|0)' log
> finit_module(
> 0)

## a file with a check that the kernel's decoder does not know is decompressed here
$ plainmod dummy && xz dummy.ko && strace -o log -e trace=finit_module,init_module insmod ./dummy.ko.xz && grep -o '^[a-z_]*(' log
> init_module(
$ @LOADED@
> dummy

## a dictionary that is too large for the kernel's decoder
$ plainmod dummy && xz --check=crc32 --lzma2=dict=32MiB dummy.ko && strace -o log -e trace=finit_module,init_module insmod ./dummy.ko.xz && grep -o '^[a-z_]*(' log
> init_module(
$ @LOADED@
> dummy

## two streams: the kernel reads the first, refuses, and gets the module from us
$ plainmod dummy && split -n 2 dummy.ko part. && for p in part.aa part.ab; do xz --check=crc32 --lzma2=dict=1MiB -c $p; done >two.ko.xz
$ strace -o log -e trace=finit_module,init_module insmod ./two.ko.xz && grep -o '^[a-z_]*(\| E[A-Z]*' log
> finit_module(
>  ENOEXEC
> init_module(
$ @LOADED@
> dummy

## other compressions than the kernel's are ours
needs: command zstd
$ plainmod dummy && zstd -q dummy.ko && strace -o log -e trace=finit_module,init_module insmod ./dummy.ko.zst && grep -o '^[a-z_]*(' log; rmmod dummy
> init_module(
$ gzip dummy.ko && strace -o log -e trace=finit_module,init_module insmod ./dummy.ko.gz && grep -o '^[a-z_]*(' log
> init_module(
$ @LOADED@
> dummy

## what the kernel refuses for another reason is tried once more, and told once
$ modprobe -v vfat nix=1 && insmod @MODS@/kernel/fs/fat/vfat.ko
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko nix=1
!   vfat has no parameter 'nix', so the kernel ignores it
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: File exists
? 1
$ strace -o log -e trace=finit_module,init_module insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x; grep -o '^[a-z_]*(\| E[A-Z]*' log
> finit_module(
>  EINVAL
> init_module(
>  EINVAL
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/block/brd.ko: Invalid parameters

## forced loading of a compressed module
$ plainmod -u dummy && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && xz --check=crc32 --lzma2=dict=1MiB dummy.ko
$ insmod ./dummy.ko.xz
! insmod: ERROR: could not insert module ./dummy.ko.xz: Invalid module format
? 1
$ strace -o log -e trace=finit_module,init_module insmod -f ./dummy.ko.xz && grep -o '^[a-z_]*(\|MODULE_[A-Z_]*' log
> finit_module(
> MODULE_INIT_IGNORE_MODVERSIONS
> MODULE_INIT_IGNORE_VERMAGIC
> MODULE_INIT_COMPRESSED_FILE
$ @LOADED@
> dummy

## a signature survives compression
$ plainmod dummy && xz --check=crc32 --lzma2=dict=1MiB dummy.ko && insmod ./dummy.ko.xz && cat /sys/module/dummy/taint
>
$ rmmod dummy && xz -d dummy.ko.xz && zstd -q dummy.ko && insmod ./dummy.ko.zst && cat /sys/module/dummy/taint
>
