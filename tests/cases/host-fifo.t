# FIFOs and devices in the place of what is read: nothing waits for them, and no device is opened. kmod waits.
where: host
tree: small

## in the place of an index, the text file stands in
$ cd @MODS@ && depmod && for i in dep alias symbols builtin builtin.alias; do rm modules.$i.bin; mkfifo modules.$i.bin; done
$ timeout 300 modprobe -R fs-vfat
> vfat
! modprobe: WARNING: modules.dep.bin is corrupt in @MODS@; using modules.dep instead, which is slower; run depmod
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; using modules.alias instead, which is slower; run depmod
$ timeout 300 modprobe -c >/dev/null
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; using modules.alias instead, which is slower; run depmod
! modprobe: WARNING: modules.symbols.bin is corrupt in @MODS@; using modules.symbols instead, which is slower; run depmod
$ timeout 300 modprobe -q -n symbol:fat_add_entries
> insmod @MODS@/kernel/fs/fat/fat.ko $
$ timeout 300 modinfo -n loop
> @MODS@/kernel/drivers/block/loop.ko
! modinfo: WARNING: modules.dep.bin is corrupt in @MODS@; using modules.dep instead, which is slower; run depmod

## in the place of an index and of its text file
$ cd @MODS@ && rm -f modules.*; for i in dep.bin alias.bin symbols.bin builtin.bin builtin.alias.bin dep alias symbols builtin builtin.modinfo; do mkfifo modules.$i; done
$ timeout 300 modprobe -q -n vfat; timeout 300 modprobe -l kernel; timeout 300 modprobe -l 'vfat*'
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> kernel/fs/fat/vfat.ko
$ timeout 300 modprobe -R pci:v1
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; what it says is not known; run depmod
! modprobe: FATAL: could not look up 'pci:v1': modules.alias.bin is corrupt
? 1
$ timeout 300 modinfo -F license vfat
> GPL
! modinfo: WARNING: modules.dep.bin is corrupt in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod
$ timeout 300 modprobe -c >/dev/null
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; what it says is not known; run depmod
! modprobe: WARNING: modules.symbols.bin is corrupt in @MODS@; what it says is not known; run depmod

## in the place of depmod's configuration
$ cd @MODS@ && depmod && rm modules.softdep && mkfifo modules.softdep && ln -sf /dev/zero modules.weakdep
$ timeout 300 modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: could not read @MODS@/modules.softdep: not a regular file
! libkmod: ERROR: kmod_config_parse: could not read @MODS@/modules.weakdep: not a regular file

## in the place of what the kernel's build says of built-in modules
$ cd @MODS@ && depmod && rm modules.builtin.modinfo && mkfifo modules.builtin.modinfo
$ timeout 300 modinfo ext4
> name:           ext4
> filename:       (builtin)
! modinfo: ERROR: could not get modinfo from 'ext4': Invalid argument
? 1
$ rm @MODS@/modules.builtin.modinfo && ln -s /dev/null @MODS@/modules.builtin.modinfo && modinfo ext4
> name:           ext4
> filename:       (builtin)

## in the place of modules.devname; a link to /dev/null stands for an empty file
$ cd @MODS@ && rm -f modules.devname && mkfifo modules.devname && timeout 300 kmod static-nodes
! Error: could not read @MODS@/modules.devname - not a regular file
? 1
$ ln -sf /dev/zero @MODS@/modules.devname && timeout 300 kmod static-nodes
! Error: could not read @MODS@/modules.devname - not a regular file
? 1
$ ln -sf /dev/null @MODS@/modules.devname && kmod static-nodes

## in the place of a module
kernel: insert=0
$ depmod && cd @MODS@/kernel/fs/fat && rm vfat.ko && mkfifo vfat.ko && timeout 300 modinfo -F license vfat
! modinfo: ERROR: could not get modinfo from 'vfat': Invalid argument
? 1
$ timeout 300 modprobe -i vfat
! modprobe: ERROR: could not insert 'vfat': Invalid argument
? 1
$ timeout 300 modprobe --show-exports vfat
! modprobe: FATAL: could not get symbols of vfat: Invalid argument
? 1
$ cd @MODS@/kernel/fs/fat && timeout 300 modprobe ./vfat.ko
! modprobe: ERROR: could not insert 'vfat': Invalid argument
? 1
$ timeout 300 modprobe --show-modversions @MODS@/kernel/fs/fat/vfat.ko
! modprobe: FATAL: could not get modversions of @MODS@/kernel/fs/fat/vfat.ko: Invalid argument
? 1
$ timeout 300 modinfo @MODS@/kernel/fs/fat/vfat.ko
! modinfo: ERROR: Module @MODS@/kernel/fs/fat/vfat.ko not found.
? 1

## in the place of what depmod reads of the kernel's build; a link to /dev/null stands for an empty file
$ cd @MODS@ && for i in modules.order modules.builtin modules.builtin.modinfo; do rm $i; mkfifo $i; done; timeout 300 depmod
! depmod: ERROR: unsupported file type @MODS@/modules.builtin: 10000
! depmod: ERROR: unsupported file type @MODS@/modules.builtin.modinfo: 10000
! depmod: ERROR: unsupported file type @MODS@/modules.order: 10000
! depmod: WARNING: could not open modules.order at @MODS@: not a regular file
! depmod: WARNING: could not open modules.builtin at @MODS@: not a regular file
! depmod: WARNING: could not open modules.builtin.modinfo at @MODS@: not a regular file
$ cd @MODS@ && ln -sf /dev/null modules.order && ln -sf /dev/null modules.builtin && ln -sf /dev/null modules.builtin.modinfo && depmod
! depmod: ERROR: unsupported file type @MODS@/modules.builtin: 20000
! depmod: ERROR: unsupported file type @MODS@/modules.builtin.modinfo: 20000
! depmod: ERROR: unsupported file type @MODS@/modules.order: 20000
