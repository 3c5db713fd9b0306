# depmod on small trees. The comparison of whole trees with another depmod is in tests/diff.
where: host
tree: small

## depmod makes all its files
# kmod 30 knows no modules.weakdep.
$ rm @MODS@/modules.*.bin && depmod && ls @MODS@
> kernel
> modules.alias
> modules.alias.bin
> modules.builtin
> modules.builtin.alias.bin
> modules.builtin.bin
> modules.builtin.modinfo
> modules.dep
> modules.dep.bin
> modules.devname
> modules.order
> modules.softdep
> modules.symbols
> modules.symbols.bin
> modules.weakdep

## depmod lists every module, with direct and indirect dependencies
$ cat @MODS@/modules.dep
> kernel/fs/nls/nls_utf8.ko:
> kernel/fs/fat/fat.ko:
> kernel/fs/fat/vfat.ko: kernel/fs/fat/fat.ko
> kernel/fs/fat/msdos.ko: kernel/fs/fat/fat.ko
> kernel/drivers/block/loop.ko:
> kernel/drivers/net/dummy.ko:
> kernel/drivers/net/tun.ko:
> kernel/net/802/stp.ko: kernel/net/llc/llc.ko
> kernel/net/mpls/mpls_gso.ko:
> kernel/net/mpls/mpls_iptunnel.ko:
> kernel/net/llc/llc.ko:
> kernel/net/bridge/bridge.ko: kernel/net/802/stp.ko kernel/net/llc/llc.ko

## -n prints the text files and writes none
$ rm @MODS@/modules.*.bin @MODS@/modules.dep && depmod -n | grep -v '^alias' && ls @MODS@
> kernel/fs/nls/nls_utf8.ko:
> kernel/fs/fat/fat.ko:
> kernel/fs/fat/vfat.ko: kernel/fs/fat/fat.ko
> kernel/fs/fat/msdos.ko: kernel/fs/fat/fat.ko
> kernel/drivers/block/loop.ko:
> kernel/drivers/net/dummy.ko:
> kernel/drivers/net/tun.ko:
> kernel/net/802/stp.ko: kernel/net/llc/llc.ko
> kernel/net/mpls/mpls_gso.ko:
> kernel/net/mpls/mpls_iptunnel.ko:
> kernel/net/llc/llc.ko:
> kernel/net/bridge/bridge.ko: kernel/net/802/stp.ko kernel/net/llc/llc.ko
> # Aliases extracted from modules themselves.
> # Soft dependencies extracted from modules themselves.
> softdep mpls_iptunnel post: mpls_gso
> # Weak dependencies extracted from modules themselves.
> # Aliases for symbols, used by symbol_request().
> # Device nodes to trigger on-demand module loading.
> loop loop-control c10:237
> tun net/tun c10:200
> kernel
> modules.alias
> modules.builtin
> modules.builtin.modinfo
> modules.devname
> modules.order
> modules.softdep
> modules.symbols
> modules.weakdep

## a version that is none
$ depmod abc
! depmod: ERROR: Bad version passed abc
? 1

## a tree that is not there
$ depmod 9.9.9
! depmod: ERROR: could not open directory /lib/modules/9.9.9: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
? 1

## -b takes another root
$ mkdir -p /tmp/r/lib/modules && cp -r @MODS@ /tmp/r/lib/modules/1.2.3 && rm /tmp/r/lib/modules/1.2.3/modules.*.bin
$ depmod -b /tmp/r 1.2.3
$ diff -r @MODS@ /tmp/r/lib/modules/1.2.3

## -a is the default
$ cp @MODS@/modules.dep /tmp/before && depmod -a && cmp /tmp/before @MODS@/modules.dep

## a second run changes nothing
$ cp -r @MODS@ /tmp/before && depmod && diff -r /tmp/before @MODS@

## no temporary file stays behind
$ depmod && ls -A @MODS@ | grep -v '^modules[.]'
> kernel

## a missing modules.order is a warning
$ rm @MODS@/modules.order && depmod
! depmod: WARNING: could not open modules.order at @MODS@: No such file or directory

## missing lists of built-in modules are warnings
$ rm @MODS@/modules.builtin @MODS@/modules.builtin.modinfo && depmod
! depmod: WARNING: could not open modules.builtin at @MODS@: No such file or directory
! depmod: WARNING: could not open modules.builtin.modinfo at @MODS@: No such file or directory

## a broken module is told and still listed
$ echo broken >@MODS@/kernel/broken.ko && depmod 2>err; echo $?; cut -d: -f1-3 err; grep broken @MODS@/modules.dep
> 0
> depmod: ERROR: failed to load symbols from @MODS@/kernel/broken.ko
> kernel/broken.ko:

## a module in updates wins over the same in kernel
$ mkdir @MODS@/updates && cp @MODS@/kernel/fs/fat/vfat.ko @MODS@/updates && depmod && grep vfat @MODS@/modules.dep
> updates/vfat.ko: kernel/fs/fat/fat.ko

## search chooses among directories
file /etc/depmod.d/a.conf: search extra built-in
$ mkdir @MODS@/updates @MODS@/extra && cp @MODS@/kernel/fs/fat/vfat.ko @MODS@/updates && cp @MODS@/kernel/fs/fat/vfat.ko @MODS@/extra
$ depmod && grep vfat @MODS@/modules.dep
> extra/vfat.ko: kernel/fs/fat/fat.ko

## an alias of a module leads to it
$ modprobe -R fs-vfat
> vfat

## devname aliases make modules.devname
$ cat @MODS@/modules.devname
> # Device nodes to trigger on-demand module loading.
> loop loop-control c10:237
> tun net/tun c10:200

## softdeps of the modules make modules.softdep
$ cat @MODS@/modules.softdep
> # Soft dependencies extracted from modules themselves.
> softdep mpls_iptunnel post: mpls_gso
