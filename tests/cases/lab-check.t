# What tenon check says before a load is what the load then says: asked of real kernels, by tests/lib/agrees.
where: lab
needs: workbench

## modules that load
$ agrees dummy && agrees vfat && @LOADED@
> loads
> loads
> vfat
> fat
> dummy
$ plainmod -u ifb && agrees ./ifb.ko
> loads

## a file of another kernel, and one of another option
engine: uml
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/vermagic=6\.1/vermagic=7.1/' dummy.ko && agrees ./dummy.ko
> vermagic-release
$ cp own.ko dummy.ko && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && agrees ./dummy.ko
> vermagic-flags

## the same of kernels with module versions
engine: qemu
$ plainmod -u dummy && cp dummy.ko own.ko && sed -i 's/vermagic=6\./vermagic=7./' dummy.ko && agrees ./dummy.ko; rmmod dummy
> loads
$ cp own.ko dummy.ko && sed -i 's/ mod_unload/ mod_ungood/' dummy.ko && agrees ./dummy.ko
> vermagic-flags
$ cp own.ko dummy.ko && breakmod --crc module_layout=1 dummy.ko && agrees ./dummy.ko
> module-struct
$ sed -i 's/vermagic=6\./vermagic=7./' dummy.ko && agrees ./dummy.ko
> vermagic-release
$ cp own.ko dummy.ko && breakmod --crc __fentry__=1 dummy.ko && agrees ./dummy.ko
> symbol-version

## another struct module
engine: qemu-6.12
$ plainmod -u dummy && breakmod --struct dummy.ko && agrees ./dummy.ko
> module-struct

## symbols
$ plainmod -u vfat ifb && cp vfat.ko own.ko && agrees ./own.ko
> symbol-not-loaded
$ modprobe fat && sed -i 's/fat_alloc_new_dir/fat_alloc_new_dog/' vfat.ko && agrees ./vfat.ko
> symbol-unexported
$ sed -i 's/license=GPL/license=BSD/' ifb.ko && agrees ./ifb.ko
> symbol-gpl-only
$ plainmod -u pcbc && sed -i 's/import_ns=CRYPTO_INTERNAL/import_ns=CRYPTO_INTERNET/' pcbc.ko && agrees ./pcbc.ko
> symbol-namespace

## a symbol that another module exports already
$ plainmod -u fat && LC_ALL=C sed 's/name=fat/name=taf/; s/\x00fat\x00\x00\x00\x00/\x00taf\x00\x00\x00\x00/' fat.ko >twin.ko && agrees ./twin.ko && rmmod taf && modprobe vfat && agrees ./twin.ko
> loads
> symbol-duplicate
$ tenon check ./twin.ko | grep next; modprobe -r vfat && agrees ./twin.ko && rmmod taf
>   next: unload fat first
> loads

## the version of a symbol of a module
engine: qemu
$ plainmod -u vfat && breakmod --crc fat_setattr=1 vfat.ko && modprobe fat && agrees ./vfat.ko
> symbol-version

## what a file is
$ echo '<!DOCTYPE html>' >m.ko && agrees ./m.ko
> file-not-elf
$ : >m.ko && agrees ./m.ko
> file-empty
$ plainmod -u dummy && head -c 3000 dummy.ko >m.ko && agrees ./m.ko
> file-truncated
$ xz -c dummy.ko | head -c 3000 >m.ko.xz && agrees ./m.ko.xz
> file-truncated
$ echo hello | xz -c >m.ko.xz && agrees ./m.ko.xz
> file-not-elf
$ bzip2 -k dummy.ko && agrees ./dummy.ko.bz2
> compression-unknown
$ mkmod --big --name dummy -o m.ko && agrees ./m.ko
> elf-machine
$ mkmod --class 32 --name dummy -o m.ko && agrees ./m.ko
> elf-machine
$ ln -s nowhere.ko l.ko && agrees ./l.ko
> link-broken
$ mkdir d.ko && agrees ./d.ko
> file-not-elf

## parameters
conf a.conf: options brd rd_nrr=2
$ agrees brd && rmmod brd
> parameter-unknown
$ agrees brd rd_nr=x
> parameter-unknown
> parameter-value
$ agrees brd rd_nr=99999999999
> parameter-unknown
> parameter-value
$ rm /etc/modprobe.d/a.conf && agrees brd rd_nr=0x2 && rmmod brd
> loads
$ echo options brd rd_nr=x >/etc/modprobe.d/a.conf && agrees brd
> parameter-value

## who may load
$ setpriv --bounding-set=-sys_module agrees dummy
> no-capability
$ unshare -r agrees dummy
> no-capability

## what the configuration denies
conf a.conf: install fat /bin/false
$ agrees vfat
> dependency
> command-noop
$ agrees fat
> command-noop

## what the kernel refuses by name: tests/lib/guest.py says so
$ agrees quota_tree
> kernel-blacklist
$ agrees quota_v2
> dependency
> kernel-blacklist
$ agrees quota_v1
> loads

## names
$ agrees vfta
> name-nearest
$ agrees VFAT
> name-case
$ agrees vfat.ko
> name-suffix

## a file that is gone since depmod
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u vfat fat && depmod -b /tmp/r 2>/dev/null; rm fat.ko; tenon check --root /tmp/r -k @VER@ vfat --json | grep '"id"'
>       "id": "dependency",
>       "id": "file-missing",

## what exports a symbol came after depmod: lab-why-symbols.t loads it
$ mkdir -p r@MODS@/kernel && cd r@MODS@/kernel && plainmod -u vfat && depmod -b /tmp/r 2>/dev/null; plainmod -u fat; cp /lab/kernel ../vmlinuz; tenon check --root /tmp/r -k @VER@ vfat --json | grep '"id"'
>       "id": "symbol-stale",
$ depmod -b /tmp/r 2>/dev/null; tenon check --root /tmp/r -k @VER@ vfat --json | grep '"verdict"'
>             "verdict": "loads"

## more memory than there is
engine: qemu
$ plainmod -u dummy && breakmod --bss 734003200 dummy.ko && agrees ./dummy.ko
> memory

## firmware that is missing is no reason
engine: qemu
$ agrees e100; tenon check e100 --json | grep -E '"(id|verdict)"'
> loads
>             "verdict": "loads"
>       "id": "firmware-missing",
