# Each tool, and each of its ways, under valgrind: a single line from it fails the case.
where: lab
needs: command valgrind

## modprobe loads a module with its dependency
$ @VALGRIND@ modprobe vfat
$ @LOADED@
> vfat
> fat

## modprobe -n with all kinds of configuration
conf a.conf: options dummy a=1
conf a.conf: options net-0 b="c d"
conf a.conf: alias net-* dummy
conf b.conf: softdep dummy pre: ifb nix post: tun
conf b.conf: blacklist tun
conf b.conf: a bad line
$ @VALGRIND@ modprobe -nv net-0 x=1 2>&1 | grep -v 'ignoring bad line'
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 x=1
> insmod @MODS@/kernel/drivers/net/tun.ko $

## modprobe by a modalias
$ @VALGRIND@ modprobe -nv virtio:d00000003v00001AF4
> insmod @MODS@/kernel/drivers/char/virtio_console.ko $

## modprobe that finds nothing
$ @VALGRIND@ modprobe nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1

## modprobe that the kernel refuses
$ @VALGRIND@ modprobe brd rd_nr=abc
! modprobe: ERROR: could not insert 'brd': Invalid argument
? 1

## modprobe -r of a chain
$ modprobe bridge && @VALGRIND@ modprobe -r -v bridge
> rmmod bridge
> rmmod stp
> rmmod llc

## modprobe -r of a module in use
$ modprobe vfat && @VALGRIND@ modprobe -r fat
! modprobe: FATAL: Module fat is in use.
? 1

## modprobe -D and -R
$ @VALGRIND@ modprobe -D vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ @VALGRIND@ modprobe -R fs-vfat
> vfat

## insmod of each compressed form
needs: command xz
needs: command zstd
$ plainmod dummy && xz -k --check=crc32 dummy.ko && zstd -q dummy.ko && gzip -k dummy.ko
$ @VALGRIND@ insmod ./dummy.ko && rmmod dummy
$ @VALGRIND@ insmod ./dummy.ko.xz && rmmod dummy
$ @VALGRIND@ insmod ./dummy.ko.zst && rmmod dummy
$ @VALGRIND@ insmod ./dummy.ko.gz && rmmod dummy

## insmod of a file that is no module
$ echo nonsense >x.ko && @VALGRIND@ insmod ./x.ko
! insmod: ERROR: could not insert module ./x.ko: Invalid module format
? 1

## insmod of standard input
$ plainmod dummy && gzip dummy.ko && @VALGRIND@ insmod - <dummy.ko.gz && rmmod dummy && gzip -dc dummy.ko.gz | @VALGRIND@ insmod -
$ echo nonsense | @VALGRIND@ insmod -
! insmod: ERROR: could not insert module -: Invalid module format
? 1
$ head -c 5000 dummy.ko.gz | @VALGRIND@ insmod -
! insmod: ERROR: could not insert module -: Invalid parameters
? 1

## kmod static-nodes
$ @VALGRIND@ kmod static-nodes -f tmpfiles -o /tmp/a/b && grep fuse /tmp/a/b
> c! /dev/fuse 0600 - - - 10:229
$ echo bad line >>@MODS@/modules.devname && @VALGRIND@ kmod static-nodes | grep fuse
> Module: fuse
> 	Device node: /dev/fuse
! Error: invalid devname entry: bad line

## rmmod
$ modprobe dummy && @VALGRIND@ rmmod dummy
$ @VALGRIND@ rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## lsmod
$ modprobe vfat && @VALGRIND@ lsmod | head -n 1
> Module                  Size  Used by

## depmod of a small tree in all forms
needs: command xz
needs: command zstd
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && cp @MODS@/modules.order @MODS@/modules.builtin @MODS@/modules.builtin.modinfo ..
$ cd /tmp/r@MODS@/kernel && plainmod llc stp fat vfat && xz --check=crc32 llc.ko && zstd -q --rm stp.ko && gzip fat.ko
$ @VALGRIND@ depmod -b /tmp/r && grep -c "ko.*:" /tmp/r@MODS@/modules.dep
> 4

## depmod -n, and a broken module
$ mkdir -p /tmp/r@MODS@/kernel && cd /tmp/r@MODS@/kernel && cp @MODS@/modules.order @MODS@/modules.builtin @MODS@/modules.builtin.modinfo ..
$ cd /tmp/r@MODS@/kernel && echo broken >x.ko && head -c 3000 @MODS@/kernel/fs/fat/fat.ko >fat.ko && @VALGRIND@ depmod -n -b /tmp/r 2>err | grep -c ko:; grep -c == err
> 2
> 0
? 1
