# Trees that are not as they should be, and places where little is there.
where: host
always: input that is broken
tree: empty

## a loop of links: each module once, under its real path
$ cd @MODS@/kernel && mkmod -o a.ko --name a && mkdir d && mkmod -o d/b.ko --name b && ln -s .. d/up && ln -s . self && ln -s d e
$ depmod && cat @MODS@/modules.dep
> kernel/d/b.ko:
> kernel/a.ko:
! depmod: WARNING: @MODS@/kernel/d/up leads back to @MODS@/kernel, not followed
! depmod: WARNING: @MODS@/kernel/self leads back to @MODS@/kernel, not followed

## broken, cut and empty modules: a message each, and the others are indexed
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f --info alias=x && mkmod -o b.ko --name b --need f && head -c 100 a.ko >cut.ko && : >empty.ko && head -c 64 a.ko >header.ko && echo 'no module' >text.ko && printf '\3757zXZ\000' >xz.ko.xz && mkdir dir.ko && ln -s /nix gone.ko && mkfifo pipe.ko
$ timeout 300 depmod
! depmod: ERROR: could not read @MODS@/kernel/gone.ko: No such file or directory
! depmod: ERROR: unsupported file type @MODS@/kernel/pipe.ko: 10000
! depmod: ERROR: failed to load symbols from @MODS@/kernel/empty.ko: Invalid argument
! depmod: ERROR: failed to load symbols from @MODS@/kernel/text.ko: Exec format error
! depmod: ERROR: failed to load symbols from @MODS@/kernel/header.ko: Invalid argument
! depmod: ERROR: failed to load symbols from @MODS@/kernel/cut.ko: Invalid argument
! depmod: ERROR: failed to load symbols from @MODS@/kernel/xz.ko.xz: Invalid argument
$ cat @MODS@/modules.dep && modprobe -nv b && modprobe -R x
> kernel/empty.ko:
> kernel/text.ko:
> kernel/b.ko: kernel/a.ko
> kernel/header.ko:
> kernel/a.ko:
> kernel/cut.ko:
> kernel/xz.ko.xz:
> insmod @MODS@/kernel/a.ko $
> insmod @MODS@/kernel/b.ko $
> a

## a section table that points to nowhere
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=x && printf '\377\377' | dd of=a.ko bs=1 seek=62 conv=notrunc 2>/dev/null
$ depmod; cat @MODS@/modules.dep
> kernel/a.ko:
! depmod: ERROR: failed to load symbols from @MODS@/kernel/a.ko: Invalid argument

## aliases that are not ASCII are left out of the index, and nothing else is
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info "$(printf 'alias=\303\244')" --info alias=x && mkmod -o b.ko --name b --info alias=y
$ depmod 2>err; echo $?; tr -d '\200-\377' <err; modprobe -R x; modprobe -R y
> 0
> depmod: WARNING: Left out of the index, because it is not 7-bit ASCII:  (a)
> a
> b

## modules.order without newline at its end
$ cd @MODS@/kernel && for m in a b c; do mkmod -o $m.ko --name $m; done; printf '# comment\nkernel/c.ko\nkernel/nix.ko\nkernel/a.ko\nkernel/c.ko\nkernel/b.ko' >../modules.order
$ depmod && cat @MODS@/modules.dep
> kernel/c.ko:
> kernel/a.ko:
> kernel/b.ko:

## lines of modules.builtin that are none
$ printf '1x.ko\nkernel/a.ko\n_b.ko\nkernel/c-d.ko' >@MODS@/modules.builtin && depmod
! depmod: ERROR: Invalid modules.builtin line: 1x.ko
! depmod: ERROR: Invalid modules.builtin line: _b.ko
$ indexdump @MODS@/modules.builtin.bin
> a	0	$
> c_d	0	$

## without modules.builtin the indexes of built-in modules are empty, and valid
$ rm @MODS@/modules.builtin @MODS@/modules.builtin.modinfo && depmod
! depmod: WARNING: could not open modules.builtin at @MODS@: No such file or directory
! depmod: WARNING: could not open modules.builtin.modinfo at @MODS@: No such file or directory
$ cd @MODS@ && indexdump --layout modules.builtin.bin && indexdump --layout modules.builtin.alias.bin && stat -c %s modules.builtin.bin modules.builtin.alias.bin
> 12
> 12

## a tree without anything in it, as the kernel's build makes one
$ mkdir -p /tmp/t/lib/modules/6.1.0 && depmod -b /tmp/t 6.1.0
! depmod: WARNING: could not open modules.order at /tmp/t/lib/modules/6.1.0: No such file or directory
! depmod: WARNING: could not open modules.builtin at /tmp/t/lib/modules/6.1.0: No such file or directory
! depmod: WARNING: could not open modules.builtin.modinfo at /tmp/t/lib/modules/6.1.0: No such file or directory
$ cd /tmp/t/lib/modules/6.1.0 && ls && for f in *.bin; do indexdump --layout $f || echo bad $f; done
> modules.alias
> modules.alias.bin
> modules.builtin.alias.bin
> modules.builtin.bin
> modules.dep
> modules.dep.bin
> modules.devname
> modules.softdep
> modules.symbols
> modules.symbols.bin
> modules.weakdep

## two files of one name: the first path, whatever the order in the directory
$ cd @MODS@ && mkdir z m && mkmod -o z/a.ko --name a && mkmod -o m/a.ko --name a && mkmod -o kernel/a-b.ko --name a_b && mkmod -o kernel/a_b.ko --name a_b && depmod && cat @MODS@/modules.dep
> kernel/a-b.ko:
> m/a.ko:
$ cd @MODS@ && rm -r z m && mkdir m z && mkmod -o m/a.ko --name a && mkmod -o z/a.ko --name a && mv kernel/a-b.ko x && mv x kernel/a-b.ko && depmod && cat @MODS@/modules.dep
> kernel/a-b.ko:
> m/a.ko:

## the same tree gives the same bytes
$ cd @MODS@ && for i in 1 2 3 4 5 6 7 8 9; do mkmod -o kernel/m$i.ko --name m$i --export f$i --need f$((i + 1)) --info alias=x$i --info alias=y; done; depmod && mkdir -p /tmp/t/lib/modules/@VER@/kernel && cp modules.order modules.builtin modules.builtin.modinfo /tmp/t/lib/modules/@VER@
$ cd @MODS@/kernel && for i in 5 9 1 3 7 2 8 4 6; do cp m$i.ko /tmp/t/lib/modules/@VER@/kernel; done; depmod -b /tmp/t @VER@ && depmod -b /tmp/t @VER@ && diff -r @MODS@ /tmp/t/lib/modules/@VER@ && head -n 2 @MODS@/modules.dep
> kernel/m3.ko: kernel/m4.ko kernel/m5.ko kernel/m6.ko kernel/m7.ko kernel/m8.ko kernel/m9.ko
> kernel/m5.ko: kernel/m6.ko kernel/m7.ko kernel/m8.ko kernel/m9.ko

## cycles that hang together: each module of one is named, and the old index stays
$ cd @MODS@/kernel && mkmod -o r.ko --name r --export r --need a && depmod && cp ../modules.dep.bin /tmp/old && mkmod -o a.ko --name a --export a --need b && mkmod -o b.ko --name b --export b --need a && mkmod -o x.ko --name x --export x --need y --need r && mkmod -o y.ko --name y --export y --need x && printf 'kernel/%s.ko\n' r x y a b >../modules.order
$ timeout 300 depmod
! depmod: ERROR: Cycle detected: x -> y -> x
! depmod: ERROR: Cycle detected: a -> b -> a
! depmod: ERROR: Found 4 modules in dependency cycles!
? 1
$ cmp /tmp/old @MODS@/modules.dep.bin

## a cycle within a cycle: both are named in one run
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export a --need b && mkmod -o b.ko --name b --export b --need c && mkmod -o c.ko --name c --export c --need b --need a && printf 'kernel/%s.ko\n' a b c >../modules.order
$ depmod
! depmod: ERROR: Cycle detected: a -> b -> c -> a
! depmod: ERROR: Cycle detected: b -> c -> b
! depmod: ERROR: Found 3 modules in dependency cycles!
? 1
$ mkmod -o @MODS@/kernel/c.ko --name c --export c && depmod && cat @MODS@/modules.dep
> kernel/a.ko: kernel/b.ko kernel/c.ko
> kernel/b.ko: kernel/c.ko
> kernel/c.ko:

## separate cycles start where kmod starts, behind the end of the one before
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export a --need c && mkmod -o c.ko --name c --export c --need a && mkmod -o b.ko --name b --export b --need d && mkmod -o d.ko --name d --export d --need b && printf 'kernel/%s.ko\n' a b c d >../modules.order
$ depmod
! depmod: ERROR: Cycle detected: a -> c -> a
! depmod: ERROR: Cycle detected: d -> b -> d
! depmod: ERROR: Found 4 modules in dependency cycles!
? 1

## more cycles than anybody wants to read
$ cd @MODS@/kernel && for i in $(seq 101); do mkmod -o m$i.ko --name m$i --export f$i --need f$i; done
$ depmod 2>&1 | tail -n 2; depmod 2>&1 | wc -l
> depmod: ERROR: There are more cycles than these 100; run depmod again when they are cut
> depmod: ERROR: Found 101 modules in dependency cycles!
> 102

## a module that needs what it exports itself
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f --need f && depmod
! depmod: ERROR: Cycle detected: a -> a
! depmod: ERROR: Found 1 modules in dependency cycles!
? 1

## in a bare root without /proc, /sys and /dev
# Copies of the program and of the libraries that it is linked with, and the tree: nothing else is there. Only a sanitizer
# gets what it cannot do without, as plain files.
needs: command chroot
$ mkdir -p /tmp/bare/bin /tmp/bare/lib/modules/6.1.0/kernel && cp /bin/kmod /tmp/bare/bin/depmod && for f in $(ldd /bin/kmod 2>/dev/null | grep -o '/[^ ]*'); do mkdir -p /tmp/bare$(dirname $f) && cp -L $f /tmp/bare$f; done
$ cd /tmp/bare && mkmod -o lib/modules/6.1.0/kernel/a.ko --name a --info alias=x && cd lib/modules/6.1.0 && touch modules.order modules.builtin modules.builtin.modinfo
$ if grep -q __asan_init /bin/kmod; then mkdir -p /tmp/bare/proc/self && printf 'ASAN_OPTIONS=detect_leaks=0\0' >/tmp/bare/proc/self/environ && ln -s /bin/depmod /tmp/bare/proc/self/exe; fi
$ chroot /tmp/bare /bin/depmod 6.1.0
$ cd /tmp/bare/lib/modules/6.1.0 && cat modules.dep && ls | wc -l
> kernel/a.ko:
> 15

## what has one of depmod's hidden names does not stop it
$ cd @MODS@ && mkdir .tenon-new-modules.dep && mkfifo .tenon-old-modules.dep && ln -s /etc/passwd .tenon-journal && mkmod -o kernel/a.ko --name a
$ timeout 10 depmod && cat @MODS@/modules.dep && ls -A @MODS@ | grep tenon
> kernel/a.ko:
? 1

## a directory with files in it has one: it is reported, and stays
$ cd @MODS@ && mkdir -p .tenon-journal/x .tenon-1-new-modules.alias/x && mkmod -o kernel/a.ko --name a
$ depmod && cat @MODS@/modules.dep && ls -A @MODS@ | grep tenon
> kernel/a.ko:
> .tenon-1-new-modules.alias
> .tenon-journal
! depmod: WARNING: could not remove @MODS@/.tenon-journal: Directory not empty. It has a name of depmod's, which takes another; please remove it
! depmod: WARNING: could not remove @MODS@/.tenon-1-new-modules.alias: Directory not empty. It has a name of depmod's, which takes another; please remove it
$ mkmod -o @MODS@/kernel/b.ko --name b && depmod -a 2>/dev/null && cat @MODS@/modules.dep
> kernel/b.ko:
> kernel/a.ko:

## ... as long as a name is left
$ cd @MODS@ && mkdir -p .tenon-journal/x .tenon-1-journal/x .tenon-2-journal/x
$ depmod 2>&1 | tail -n 1
> depmod: ERROR: no hidden name is free in @MODS@ for new index files
$ rm -r @MODS@/.tenon-2-journal && depmod -q && ls -A @MODS@ | grep tenon
> .tenon-1-journal
> .tenon-journal

## lists that are sparse files of 40 GB are refused by their size
$ cd @MODS@ && mkmod -o kernel/a.ko --name a --info alias=x && truncate -s 40G modules.order modules.builtin modules.builtin.modinfo
$ timeout 10 depmod && cat @MODS@/modules.dep
> kernel/a.ko:
! depmod: WARNING: could not open modules.order at @MODS@: File too large
! depmod: WARNING: could not open modules.builtin at @MODS@: File too large
! depmod: WARNING: could not open modules.builtin.modinfo at @MODS@: File too large
$ truncate -s 40G /tmp/map && timeout 10 depmod -e -F /tmp/map
! depmod: FATAL: could not load /tmp/map: File too large
? 1
$ timeout 10 depmod -e -E /tmp/map
! depmod: FATAL: could not load /tmp/map: File too large
? 1
$ cd @MODS@ && for f in modules.order modules.builtin modules.builtin.modinfo; do truncate -s 0 $f; done
$ mkdir -p /etc/depmod.d && truncate -s 40G /etc/depmod.d/a.conf && timeout 10 depmod
! depmod: WARNING: could not read /etc/depmod.d/a.conf: File too large
$ truncate -s 40G /etc/modprobe.d/a.conf && timeout 10 modprobe -n a
> insmod @MODS@/kernel/a.ko $
! libkmod: ERROR: kmod_config_parse: could not read /etc/modprobe.d/a.conf: File too large
$ rm /etc/*.d/a.conf; cd @MODS@ && rm modules.dep.bin && truncate -s 40G modules.dep && timeout 10 modprobe -n a
> insmod @MODS@/kernel/a.ko $
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod

## an alias that is too long for the index is cut in the message, with the reason
$ mkmod -o @MODS@/kernel/a.ko --name a --info alias=good --info alias=x$(printf %65535s | tr ' ' y) && depmod 2>&1 | sed 's/y\{200\}/[200 y]/'
> depmod: WARNING: @MODS@/kernel/a.ko: left out of its aliases, because it is longer than 65535 bytes: x[200 y]yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy... (65536 bytes)
$ wc -c <@MODS@/modules.alias && modprobe -R good
> 58
> a

## other long texts of somebody else's are cut in messages
$ cd @MODS@ && long=$(printf %4000s | tr ' ' z) && mkmod -o kernel/a.ko --name a --need $long --info alias=devname:$long --info alias=[$long && printf '=%s\n' $long >modules.builtin && depmod -e -F /dev/null 2>&1 | sed 's/z\{200\}/[200 z]/'
> depmod: WARNING: @MODS@/kernel/a.ko needs unknown symbol [200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4000 bytes)
> depmod: WARNING: Unmatched bracket in [[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4001 bytes)
> depmod: ERROR: Invalid modules.builtin line: =[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4001 bytes)
> depmod: ERROR: Module 'a' has devname ([200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4000 bytes)) but lacks major and minor information. Ignoring.
$ long=$(printf %3000s | tr ' ' z) && printf '%s x\n' $long >/etc/modprobe.d/a.conf && printf '%s x\n' $long >/etc/depmod.d/a.conf && modprobe -n $long 2>&1 | sed 's/z\{200\}/[200 z]/'; modinfo $long 2>&1 | sed 's/z\{200\}/[200 z]/'; depmod 2>&1 | sed 's/z\{200\}/[200 z]/'
> libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with '[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (3000 bytes)'
> modprobe: FATAL: Module [200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (3000 bytes) not found in directory @MODS@
> modinfo: ERROR: Module [200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (3000 bytes) not found.
> depmod: ERROR: /etc/depmod.d/a.conf:1: ignoring bad line starting with '[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (3000 bytes)'
> depmod: WARNING: Unmatched bracket in [[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4001 bytes)
> depmod: ERROR: Invalid modules.builtin line: =[200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4001 bytes)
> depmod: ERROR: Module 'a' has devname ([200 z]zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz... (4000 bytes)) but lacks major and minor information. Ignoring.

## a device node is one below /dev; static-nodes has the same rule
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=devname:../../etc/cron.d/x --info alias=char-major-1-2 && mkmod -o b.ko --name b --info alias=devname:net/tun --info alias=char-major-10-200 && mkmod -o c.ko --name c --info alias=devname:/etc/x --info alias=block-major-1-2
$ depmod && cat @MODS@/modules.devname
> # Device nodes to trigger on-demand module loading.
> b net/tun c10:200
! depmod: WARNING: Module 'c' has the alias devname:/etc/x, which is no device node below /dev, left out
! depmod: WARNING: Module 'a' has the alias devname:../../etc/cron.d/x, which is no device node below /dev, left out
$ printf 'a ../../etc/cron.d/x c1:2\n' >>@MODS@/modules.devname; kmod static-nodes -f devname
> b net/tun c10:200
! Error: invalid devname entry: a ../../etc/cron.d/x c1:2
? 1

## a blank in the path of a dependency makes no path outside the tree
$ cd @MODS@/kernel && mkdir -p 'x /tmp' && mkmod -o 'x /tmp/evil.ko' --name evil --export f && mkmod -o a.ko --name a --need f
$ depmod && sort @MODS@/modules.dep && modprobe -nv a && modprobe -nv evil
> kernel/a.ko:
> kernel/x /tmp/evil.ko:
> insmod @MODS@/kernel/a.ko $
> insmod @MODS@/kernel/x /tmp/evil.ko $
! depmod: WARNING: Module 'a' needs 'kernel/x /tmp/evil.ko', whose path has a blank and cannot be a dependency, left out
