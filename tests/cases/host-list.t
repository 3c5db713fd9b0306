# modprobe -l: the module files by shell pattern. kmod has it no more.
where: host
tree: uml

## -l lists paths relative to the tree, in the order of modules.dep
$ modprobe -l | wc -l; grep -c : @MODS@/modules.dep
> 910
> 910
$ modprobe -l >x; sed 's/:.*//' @MODS@/modules.dep | cmp - x
$ modprobe -l 'crc*'
> kernel/crypto/crc32_generic.ko
> kernel/crypto/crc64_rocksoft_generic.ko
> kernel/lib/crc-ccitt.ko
> kernel/lib/crc-itu-t.ko
> kernel/lib/crc64.ko
> kernel/lib/crc4.ko
> kernel/lib/crc7.ko
> kernel/lib/crc8.ko
> kernel/lib/crc64-rocksoft.ko
$ modprobe -l rds\*
> kernel/net/rds/rds.ko
> kernel/net/rds/rds_tcp.ko
$ modprobe --list vfat
> kernel/fs/fat/vfat.ko

## the pattern is of the file's name, with its extension or without
$ modprobe -l vfat.ko; modprobe -l '?fat.ko'; modprobe -l '*fat'; modprobe -l '[mv]*fat'
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/fat.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/vfat.ko
$ modprobe -l nls_iso8859_1; modprobe -l nls-iso8859-1
> kernel/fs/nls/nls_iso8859-1.ko
> kernel/fs/nls/nls_iso8859-1.ko
$ modprobe -l kernel/fs/fat/vfat; modprobe -l '*/vfat.ko'; modprobe -l fs-vfat; modprobe -l ext4

## -t restricts to a directory, with kernel/ in front or without
$ modprobe -l -t kernel/fs/fat; modprobe -l -t fs/fat 'v*'; modprobe -lt fs/fat/ msdos; modprobe -l --type net/llc
> kernel/fs/fat/fat.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/msdos.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/msdos.ko
> kernel/net/llc/llc.ko
> kernel/net/llc/llc2.ko
$ modprobe -l -t fs/fa; modprobe -l -t nix; modprobe -l -t fs/fat dummy

## compressed modules are listed as well
$ mkdir -p /lib/modules/1.2.3/kernel/a && cd /lib/modules/1.2.3/kernel/a && mkmod -o x-1.ko --name x && gzip <x-1.ko >y.ko.gz && xz --check=crc32 <x-1.ko >z.ko.xz && zstd -q <x-1.ko >w.ko.zst && : >v.ko.bz2; depmod 1.2.3 2>/dev/null; modprobe -l -S 1.2.3 | sort
> kernel/a/w.ko.zst
> kernel/a/x-1.ko
> kernel/a/y.ko.gz
> kernel/a/z.ko.xz
$ modprobe -l -S 1.2.3 'z*'; modprobe -l -S 1.2.3 z.ko; modprobe -l -S 1.2.3 z.ko.xz; modprobe -l -S 1.2.3 x_1
> kernel/a/z.ko.xz
> kernel/a/z.ko.xz
> kernel/a/z.ko.xz
> kernel/a/x-1.ko
$ rm /lib/modules/1.2.3/modules.*; modprobe -l -S 1.2.3
> kernel/a/w.ko.zst
> kernel/a/x-1.ko
> kernel/a/y.ko.gz
> kernel/a/z.ko.xz

## -l of another tree
$ mkdir -p /img && ln -s /lib /img/lib; modprobe -l -d /img vfat; modprobe -l -S 1.2.3 vfat
> kernel/fs/fat/vfat.ko
! modprobe: ERROR: could not list the modules of /lib/modules/1.2.3: No such file or directory
? 1

## -l prints nothing when nothing matches, and takes one pattern
$ modprobe -l nix
$ modprobe -l 'a[b'
! modprobe: ERROR: bad pattern 'a[b': a bracket has no partner
? 1
$ modprobe -l -q 'a[b'
? 1

## -t is nothing without -l
$ modprobe -n -t kernel/net dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## -l changes nothing, whatever stands beside it
$ modprobe -l -v vfat; modprobe -l -n vfat; modprobe -l -a vfat
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/vfat.ko
