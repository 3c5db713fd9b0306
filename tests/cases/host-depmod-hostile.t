# What one hostile module may cost the others, and the machine: a message, and little memory. A sanitizer's shadow does not
# fit into the address space that is left here.
where: host
tree: empty

## thousands of long aliases cost a module its own, and no other
needs: command zstd
needs: feature ZSTD
$ cd @MODS@/kernel && mkmod -o /tmp/bomb.ko --name bomb --aliases 1200=60000 && zstd -q /tmp/bomb.ko -o bomb.ko.zst && rm /tmp/bomb.ko && for i in 1 2 3; do mkmod -o g$i.ko --name g$i --info alias=good-$i --info softdep="pre: s$i" --export f$i; done; mkmod -o user.ko --name user --need f1
$ grep -q __asan_init /bin/kmod || ulimit -v 120000; depmod
! depmod: WARNING: @MODS@/kernel/bomb.ko.zst has 72008410 bytes of .modinfo, they are left out: more than 16777216 are too many
$ grep -v '^#' @MODS@/modules.alias; indexdump @MODS@/modules.alias.bin; cat @MODS@/modules.dep
> alias good-2 g2
> alias good-3 g3
> alias good-1 g1
> good_1	2	g1
> good_2	0	g2
> good_3	1	g3
> kernel/g2.ko:
> kernel/g3.ko:
> kernel/g1.ko:
> kernel/bomb.ko.zst:
> kernel/user.ko: kernel/g1.ko
$ modprobe -n good-2
> insmod @MODS@/kernel/g2.ko $
$ modprobe -n bomb
> insmod @MODS@/kernel/bomb.ko.zst $

## what a module has beyond the bounds, kind by kind
$ cd @MODS@/kernel && mkmod -o few.ko --name few --info alias=few --aliases 32767=10 && mkmod -o many.ko --name many --info softdep="pre: x" --aliases 32769=10 && mkmod -o long.ko --name long --info alias=long --aliases 40=60000
$ depmod; grep -v '^#' @MODS@/modules.softdep; cut -d ' ' -f 3 @MODS@/modules.alias | sort | uniq -c
> softdep many pre: x
>       1 extracted
>   32768 few
! depmod: WARNING: @MODS@/kernel/many.ko has 32769 aliases of 327690 bytes, they are left out: more than 32768, or 2097152 bytes, are too many
! depmod: WARNING: @MODS@/kernel/long.ko has 41 aliases of 2400004 bytes, they are left out: more than 32768, or 2097152 bytes, are too many
$ modprobe -n few
> insmod @MODS@/kernel/few.ko $

## a section that is of no use costs no memory, in any compression
needs: command zstd
needs: command gzip
needs: feature ZSTD
needs: feature ZLIB
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=x --export f --data 100000000 && gzip -1 -c a.ko >b.ko.gz && zstd -q a.ko -o c.ko.zst
$ grep -q __asan_init /bin/kmod || ulimit -v 120000; depmod && cut -d ' ' -f 2- @MODS@/modules.alias | grep ^x
> x c
> x b
> x a

## ... with xz
needs: command xz
needs: feature XZ
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=x --export f --data 40000000 && xz -0 a.ko
$ grep -q __asan_init /bin/kmod || ulimit -v 90000; depmod && cut -d ' ' -f 2- @MODS@/modules.alias | grep ^x
> x a

## without the library for large modules of gzip, depmod reads the others, and keeps the old indexes when there is a large one
needs: command gzip
needs: feature ZLIB
needs: opens libz.so.1
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=x --data 1000000 && gzip -1 a.ko && mkdir /tmp/lib && echo none >/tmp/lib/libz.so.1
$ LD_LIBRARY_PATH=/tmp/lib depmod && modprobe -n x && cksum @MODS@/modules.* >before
> insmod @MODS@/kernel/a.ko.gz $
$ cd @MODS@/kernel && mkmod -o b.ko --name b --info alias=y --data 40000000 && gzip -1 b.ko
$ LD_LIBRARY_PATH=/tmp/lib depmod
! depmod: ERROR: failed to load symbols from @MODS@/kernel/b.ko.gz: no library for its compression
? 1
$ cksum @MODS@/modules.* | diff before - && depmod && modprobe -n y
> insmod @MODS@/kernel/b.ko.gz $

## a sparse file of 40 GB is no module, whatever it begins with
$ cd @MODS@/kernel && mkmod -o good.ko --name good && printf '\375\067zXZ\0' >a.ko.xz && printf '\037\213' >b.ko.gz && printf '\050\265\057\375' >c.ko.zst && mkmod -o d.ko --name d && truncate -s 40G ?.ko*
$ timeout 20 depmod; cat @MODS@/modules.dep
> kernel/c.ko.zst:
> kernel/b.ko.gz:
> kernel/d.ko:
> kernel/a.ko.xz:
> kernel/good.ko:
! depmod: ERROR: failed to load symbols from @MODS@/kernel/c.ko.zst: File too large
! depmod: ERROR: failed to load symbols from @MODS@/kernel/b.ko.gz: File too large
! depmod: ERROR: failed to load symbols from @MODS@/kernel/d.ko: File too large
! depmod: ERROR: failed to load symbols from @MODS@/kernel/a.ko.xz: File too large
