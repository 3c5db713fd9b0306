# lsmod on a made /proc/modules.
where: host
tree: none

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

## lsmod of a module that is starting has the size it will have
file /proc/modules: big 50000 1 - Loading 0x0000000000000000
file /proc/modules: old 40000 0 - Live 0x0000000000000000
file /sys/module/big/coresize: 30000
file /sys/module/big/refcnt: 1
file /sys/module/old/coresize: 40000
file /sys/module/old/refcnt: 0
$ lsmod
> Module                  Size  Used by
> big                    30000  1
> old                    40000  0
$ rm -rf /sys/module/big; lsmod | sed -n 2p
> big                    50000  1

## lsmod of a kernel that cannot unload, of a module being unloaded, and one that stays
# kmod prints -2.
file /proc/modules: a 16384 - - Live 0x0000000000000000
file /proc/modules: b 16384 -1 - Unloading 0x0000000000000000
file /proc/modules: c 16384 2 a,[permanent], Live 0x0000000000000000 (OE)
$ lsmod
> Module                  Size  Used by
> a                      16384  -1
> b                      16384  -1
> c                      16384  2 a

## lsmod of 2000 modules opens one file for them
needs: command strace
$ i=0; while [ $i -lt 2000 ]; do echo "module_$i 16384 1 used_$i, Live 0x0000000000000000"; i=$((i + 1)); done >/proc/modules
$ lsmod | sed -n '1,2p;$p'
> Module                  Size  Used by
> module_0               16384  1 used_0
> module_1999            16384  1 used_1999
$ ASAN_OPTIONS=detect_leaks=0 strace -o trace -e trace=open,openat,openat2,readlink,stat,newfstatat lsmod | wc -l; grep -c -e '"/proc/modules' -e '"/sys' trace
> 2001
> 1
$ ASAN_OPTIONS=detect_leaks=0 strace -o trace -e trace=open,openat,openat2 kmod list | wc -l; [ $(grep -v -e /proc/self -e '[.]so' trace | grep -c open) -lt 10 ]
> 2001

## lsmod whose reader went away, or whose output is lost, fails
$ i=0; while [ $i -lt 2000 ]; do echo "module_$i 16384 1 used_$i, Live 0x0000000000000000"; i=$((i + 1)); done >/proc/modules; lsmod >/dev/full
! lsmod: ERROR: could not write to standard output: No space left on device
? 1

## lsmod takes options
$ lsmod -sv; lsmod --verbose --sys; kmod list -v; lsmod -V | head -n1; kmod list --version | head -n1; lsmod -sx
> Module                  Size  Used by
> Module                  Size  Used by
> Module                  Size  Used by
> kmod version 34
> kmod version 34
! lsmod: invalid option -- 'x'
? 1
$ kmod list x
! kmod: ERROR: too many arguments provided.
? 1
