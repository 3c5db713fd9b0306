# When an operand of modprobe is a file. kmod 30 knows no paths at all.
where: host
tree: uml

## / and ./ begin a path, whatever the file is called
$ cp @MODS@/kernel/drivers/net/dummy.ko . && cp dummy.ko other.bin
$ modprobe -nv /tmp/dummy.ko; modprobe -nv ./dummy.ko; modprobe -nv ./other.bin
> insmod /tmp/dummy.ko $
> insmod ./dummy.ko $
> insmod ./other.bin $

## a path with a / in it must be called like a module, and be there
$ mkdir d && cp @MODS@/kernel/drivers/net/dummy.ko d && cp d/dummy.ko d/dummy && xz -k d/dummy.ko && gzip -k d/dummy.ko && zstd -q d/dummy.ko && cp d/dummy.ko d/dummy.ko.bz2
$ for f in d/dummy.ko d/dummy.ko.xz d/dummy.ko.gz d/dummy.ko.zst; do modprobe -nv $f; done
> insmod d/dummy.ko $
> insmod d/dummy.ko.xz $
> insmod d/dummy.ko.gz $
> insmod d/dummy.ko.zst $
$ for f in d/dummy d/dummy.ko.bz2 d/none.ko d; do modprobe -nv $f; done
! modprobe: FATAL: Module d/dummy not found in directory @MODS@
!   d/dummy is a file here, and a word without ./ is taken for a name
!   use ./d/dummy
! modprobe: FATAL: Module d/dummy.ko.bz2 not found in directory @MODS@
!   d/dummy.ko.bz2 is a file here, and a word without ./ is taken for a name
!   use ./d/dummy.ko.bz2
! modprobe: FATAL: Module d/none.ko not found in directory @MODS@
! modprobe: FATAL: Module d not found in directory @MODS@
? 1
$ modprobe -nv ../tmp/d/dummy.ko
> insmod ../tmp/d/dummy.ko $

## a bare word is none, even if there is such a file
$ cp @MODS@/kernel/drivers/net/dummy.ko . && cp dummy.ko ifb && modprobe -nv dummy.ko
! modprobe: FATAL: Module dummy.ko not found in directory @MODS@
!   dummy.ko is a file here, and a word without ./ is taken for a name
!   use ./dummy.ko
? 1
$ modprobe -nv ifb
> insmod @MODS@/kernel/drivers/net/ifb.ko $

## a directory and a device are no modules
$ mkdir d.ko x && mkdir x/d.ko && modprobe -nv x/d.ko
! modprobe: FATAL: Module x/d.ko not found in directory @MODS@
? 1
$ modprobe ./d.ko
! modprobe: ERROR: could not insert 'd': Is a directory
? 1
$ modprobe /dev/null
! modprobe: ERROR: could not insert 'null': Invalid argument
? 1

## a path that is not there
$ modprobe ./nix.ko
! modprobe: FATAL: Failed to get module from path ./nix.ko: No such file or directory
? 1
$ modprobe /nix
! modprobe: FATAL: Failed to get module from path /nix: No such file or directory
? 1
$ modprobe -q ./nix.ko
? 1
$ modprobe /
! modprobe: FATAL: Module / not found in directory @MODS@
? 1

## as the kernel calls, with -a, -b and -R no operand is a path
$ cp @MODS@/kernel/drivers/net/dummy.ko .
$ modprobe -q -- /tmp/dummy.ko
? 1
$ modprobe -n -a ./dummy.ko
! modprobe: WARNING: Module ./dummy.ko not found in directory @MODS@
? 1
$ modprobe -n -b ./dummy.ko
! modprobe: FATAL: Module ./dummy.ko not found in directory @MODS@
? 1
$ modprobe -R ./dummy.ko
! modprobe: FATAL: Module ./dummy.ko not found in directory @MODS@
? 1

## where no operand is a path, the name of the module is offered, and no other path
$ mkdir sub && cp @MODS@/kernel/drivers/net/dummy.ko . && cp dummy.ko sub/ && cp dummy.ko sub/dummy.bin
$ modprobe -v -n -b ./dummy.ko
! modprobe: FATAL: Module ./dummy.ko not found in directory @MODS@
!   ./dummy.ko is the name of a file; the module is dummy
!   give the name alone: dummy
? 1
$ modprobe -v -n -a "$PWD"/dummy.ko sub/dummy.ko
! modprobe: WARNING: Module /tmp/dummy.ko not found in directory @MODS@
!   /tmp/dummy.ko is the name of a file; the module is dummy
!   give the name alone: dummy
! modprobe: WARNING: Module sub/dummy.ko not found in directory @MODS@
!   sub/dummy.ko is the name of a file; the module is dummy
!   give the name alone: dummy
? 1
$ modprobe -v -n -b dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -v -n sub/dummy.bin
! modprobe: FATAL: Module sub/dummy.bin not found in directory @MODS@
!   sub/dummy.bin is a file here, and a word without ./ is taken for a name
!   use ./sub/dummy.bin
? 1
$ modprobe -v -n ./sub/dummy.bin
> insmod ./sub/dummy.bin $

## -q -- is the kernel's call only when they stand together
$ cp @MODS@/kernel/drivers/net/dummy.ko .
$ modprobe -n -q ./dummy.ko; modprobe -q -n -- ./dummy.ko; modprobe -n -- ./dummy.ko
> insmod ./dummy.ko $
> insmod ./dummy.ko $
> insmod ./dummy.ko $

## dependencies, options, softdeps and commands come by the name
conf a.conf: options vfat a=1
conf a.conf: options fat b=2
conf a.conf: softdep vfat pre: dummy
$ cp @MODS@/kernel/fs/fat/vfat.ko my-vfat.ko && cp my-vfat.ko vfat.ko && modprobe -nv ./vfat.ko c=3; modprobe -nv ./my-vfat.ko
> insmod @MODS@/kernel/fs/fat/fat.ko b=2 $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod ./vfat.ko a=1 c=3
> insmod ./my-vfat.ko $
$ echo 'install vfat echo in place' >/etc/modprobe.d/b.conf; modprobe -nv ./vfat.ko; modprobe -i -n ./vfat.ko
> insmod @MODS@/kernel/fs/fat/fat.ko b=2 $
> install echo in place a=1 $
> insmod @MODS@/kernel/fs/fat/fat.ko b=2 $
> insmod ./vfat.ko a=1 $

## a file that is loaded already
loaded: dummy 20480 0
$ cp @MODS@/kernel/drivers/net/dummy.ko . && modprobe -nv ./dummy.ko; modprobe ./dummy.ko
$ modprobe --first-time ./dummy.ko
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1

## a blacklisted module may be loaded as a file
conf a.conf: blacklist dummy
$ cp @MODS@/kernel/drivers/net/dummy.ko . && modprobe -nv ./dummy.ko
> insmod ./dummy.ko $

## -D and the --show options take paths
$ cp @MODS@/kernel/fs/fat/fat.ko . && modprobe -D ./fat.ko; modprobe --show-exports ./fat.ko | wc -l; modprobe --show-exports ../tmp/fat.ko | wc -l
> insmod ./fat.ko $
> 21
> 21

## the --show options take files by a bare word, and several
# Nothing is loaded. kmod shows the first.
$ mkmod -o v.ko --name v --need f=1234 --export e=ab && mkmod -o w.ko --name w --need g=1 --export h=2 && mkdir vfat
$ modprobe --dump-modversions v.ko; modprobe --show-exports v.ko
> 0x00001234	f
> 0x000000ab	e
$ modprobe --show-modversions v.ko ./w.ko; modprobe --show-exports w.ko v.ko | sort
> 0x00001234	f
> 0x00000001	g
> 0x00000002	h
> 0x000000ab	e
$ cp v.ko fat; modprobe --show-exports fat; modprobe --show-exports vfat
> 0x000000ab	e
! modprobe: FATAL: could not get symbols of vfat: No data available
? 1
$ modprobe --dump-modversions v.ko nix.ko w.ko
> 0x00001234	f
! modprobe: FATAL: Module nix.ko not found.
? 1
$ modprobe -a --dump-modversions nix.ko w.ko
> 0x00000001	g
! modprobe: WARNING: Module nix.ko not found.
? 1
$ echo x >bad.ko; modprobe --dump-modversions bad.ko
! modprobe: FATAL: could not get modversions of bad.ko: Invalid argument
? 1
$ modprobe --dump-modversions vfat v.ko
! modprobe: FATAL: could not get modversions of vfat: No data available
? 1

## names that no module can have
$ for n in a/b ../x .. 'a	b' "$(printf 'a\033b')" "$(head -c 300 /dev/zero | tr '\0' a)"; do modprobe -nv "$n" 2>&1 | cut -c1-60; done
> modprobe: FATAL: Module a/b not found in directory /lib/modu
> modprobe: FATAL: Module ../x not found in directory /lib/mod
> modprobe: FATAL: Module .. not found in directory /lib/modul
> modprobe: FATAL: Module a	b not found in directory /lib/modu
> modprobe: FATAL: Module a\x1bb not found in directory /lib/m
> modprobe: FATAL: Module aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
