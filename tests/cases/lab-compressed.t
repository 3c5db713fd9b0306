# Modules in each compressed form, by modprobe and by insmod.
where: lab
# An emulated processor takes long to compress, and 6.1 is no different. What 6.12 does is in lab-inkernel.t.
engine: uml

## a tree of .ko.xz
needs: command xz
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && plainmod fat vfat && xz --check=crc32 *.ko
$ depmod -b /tmp/r 2>/dev/null && modprobe -d /tmp/r -v vfat
> insmod /tmp/r@MODS@/kernel/fat.ko.xz $
> insmod /tmp/r@MODS@/kernel/vfat.ko.xz $
$ @LOADED@
> vfat
> fat

## a tree of .ko.zst
needs: command zstd
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && plainmod fat vfat && zstd -q --rm *.ko
$ depmod -b /tmp/r 2>/dev/null && modprobe -d /tmp/r -v vfat
> insmod /tmp/r@MODS@/kernel/fat.ko.zst $
> insmod /tmp/r@MODS@/kernel/vfat.ko.zst $
$ @LOADED@
> vfat
> fat

## a tree of .ko.gz
# Debian's kmod is built without gzip.
needs: command gzip
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && plainmod fat vfat && gzip *.ko
$ depmod -b /tmp/r 2>/dev/null && modprobe -d /tmp/r -v vfat
> insmod /tmp/r@MODS@/kernel/fat.ko.gz $
> insmod /tmp/r@MODS@/kernel/vfat.ko.gz $
$ @LOADED@
> vfat
> fat

## a tree of all forms at once
needs: command xz
needs: command zstd
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && plainmod llc stp bridge && xz --check=crc32 llc.ko && zstd -q --rm stp.ko
$ depmod -b /tmp/r 2>/dev/null && modprobe -d /tmp/r -v bridge
> insmod /tmp/r@MODS@/kernel/llc.ko.xz $
> insmod /tmp/r@MODS@/kernel/stp.ko.zst $
> insmod /tmp/r@MODS@/kernel/bridge.ko $
$ modprobe -d /tmp/r -r bridge
$ @LOADED@

## insmod of .ko.xz
needs: command xz
$ plainmod brd && xz --check=crc32 brd.ko && insmod ./brd.ko.xz rd_nr=2
$ cat /sys/module/brd/parameters/rd_nr
> 2

## insmod of .ko.zst
needs: command zstd
$ plainmod brd && zstd -q --rm brd.ko && insmod ./brd.ko.zst rd_nr=2
$ cat /sys/module/brd/parameters/rd_nr
> 2

## insmod of .ko.gz
# Debian's kmod is built without gzip.
$ plainmod brd && gzip brd.ko && insmod ./brd.ko.gz rd_nr=2
$ cat /sys/module/brd/parameters/rd_nr
> 2

## a cut-off .ko.xz is refused
needs: command xz
$ plainmod dummy && xz --check=crc32 dummy.ko && head -c 3000 dummy.ko.xz >x.ko.xz && insmod ./x.ko.xz
! insmod: ERROR: could not insert module ./x.ko.xz: Invalid parameters
? 1
$ @LOADED@

## a cut-off .ko.zst is refused
needs: command zstd
$ plainmod dummy && zstd -q --rm dummy.ko && head -c 3000 dummy.ko.zst >x.ko.zst && insmod ./x.ko.zst 2>&1 | wc -l
> 1
$ @LOADED@

## a file of two xz streams, which a kernel's decoder takes for one
needs: command xz
$ plainmod brd && split -n 2 brd.ko part. && for p in part.aa part.ab; do xz --check=crc32 --lzma2=dict=1MiB -c $p; done >two.ko.xz
$ insmod ./two.ko.xz && @LOADED@
> brd

## a file with xz' usual check, which a kernel's decoder does not know
needs: command xz
$ plainmod brd && xz brd.ko && insmod ./brd.ko.xz && @LOADED@
> brd

## insmod - takes each compression, from a pipe or a file
# kmod refuses.
needs: command xz
needs: command zstd
$ plainmod brd && xz -k brd.ko && zstd -q brd.ko && gzip -k brd.ko
$ for f in brd.ko*; do cat $f | insmod - rd_nr=3 && cat /sys/module/brd/parameters/rd_nr && rmmod brd; insmod - rd_nr=2 <$f && cat /sys/module/brd/parameters/rd_nr && rmmod brd; done; echo brd.ko*
> 3
> 2
> 3
> 2
> 3
> 2
> 3
> 2
> brd.ko brd.ko.gz brd.ko.xz brd.ko.zst
$ mkfifo p; xz -dc brd.ko.xz >p & insmod p && @LOADED@
> brd
