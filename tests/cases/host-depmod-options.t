# The options of depmod. What the distribution's depmod does too is compared in tests/diff/commands.t.
where: host
tree: empty

## -e with -F tells what nobody exports, in words that scripts parse
$ cd @MODS@/kernel && mkmod -o a.ko --name a --need printk --need nix --weak maybe
$ echo 'ffffffff81000000 r __ksymtab_printk' >/tmp/map && depmod -e -F /tmp/map
! depmod: WARNING: @MODS@/kernel/a.ko needs unknown symbol nix
$ depmod -naeF /tmp/map @VER@ 2>&1 1>/dev/null | awk '/needs unknown symbol/ { print $3, $NF }'
> @MODS@/kernel/a.ko nix

## -e with -E compares versions, too
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f=11 && mkmod -o b.ko --name b --need printk=1 --need f=12 --weak weak=3
$ printf '0x00000002\tprintk\tvmlinux\tEXPORT_SYMBOL\n0x00000009\tweak\tvmlinux\tEXPORT_SYMBOL\n' >/tmp/symvers
$ depmod -e -E /tmp/symvers
! depmod: WARNING: @MODS@/kernel/b.ko disagrees about version of symbol printk
! depmod: WARNING: @MODS@/kernel/b.ko disagrees about version of symbol f
$ depmod -E /tmp/symvers
$ cat @MODS@/modules.dep
> kernel/b.ko: kernel/a.ko
> kernel/a.ko:

## versions of kernels that have only the extended table
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f=11 && mkmod -o b.ko --name b --need printk --version-ext printk=1 --need f --version-ext f=11 --need _g --version-ext _g=5
$ printf '0x00000002\tprintk\tvmlinux\tEXPORT_SYMBOL\n0x00000005\t_g\tvmlinux\tEXPORT_SYMBOL\n' >/tmp/symvers
$ depmod -e -E /tmp/symvers
! depmod: WARNING: @MODS@/kernel/b.ko disagrees about version of symbol printk

## a name in both version tables counts by the classic one
$ cd @MODS@/kernel && mkmod -o a.ko --name a --need f=1 --version-ext f=2 && echo '1 f vmlinux EXPORT_SYMBOL' >/tmp/symvers
$ depmod -e -E /tmp/symvers

## Module.symvers of older kernels, with three columns
# kmod takes no line whose third column is its last.
$ cd @MODS@/kernel && mkmod -o a.ko --name a --need f=1 --need g=1
$ printf '0x1\tf\tvmlinux\n' >/tmp/symvers && depmod -e -E /tmp/symvers
! depmod: WARNING: @MODS@/kernel/a.ko needs unknown symbol g

## -e alone says what it lacks, and goes on
$ depmod -e && ls @MODS@/modules.dep
> @MODS@/modules.dep
! depmod: WARNING: -e needs -E or -F

## a list of symbols that cannot be read
$ depmod -F /nix
! depmod: FATAL: could not load /nix: No such file or directory
? 1
$ depmod -E /nix; ls @MODS@/modules.dep
> @MODS@/modules.dep
! depmod: FATAL: could not load /nix: No such file or directory
$ depmod -e -E /tmp
! depmod: FATAL: could not load /tmp: Is a directory
? 1

## -P takes one character
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export _f && mkmod -o b.ko --name b --need f && depmod -P _ && cat @MODS@/modules.dep
> kernel/b.ko: kernel/a.ko
> kernel/a.ko:
$ depmod -P __
! depmod: FATAL: -P only takes a single char
? 1
$ depmod -P ''
! depmod: FATAL: -P only takes a single char
? 1

## -v prints which file a module needs, and why
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f && mkmod -o b.ko --name b --need f
$ depmod -v
> @MODS@/kernel/b.ko needs "f": @MODS@/kernel/a.ko
$ depmod -v 2>/dev/null | wc -l
> 1

## -w warns of an alias that a module has twice
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=x-1 --info alias=x_1 --info alias=y && mkmod -o b.ko --name b --info alias=y
$ depmod -w
! depmod: WARNING: duplicate module alias:
! x_1 a
$ depmod -w -n >/dev/null

## -o writes elsewhere what would be written here
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export f --info alias=x && rm @MODS@/modules.*.bin && rm @MODS@/modules.dep
$ umask 022 && cd /tmp && depmod -o out && ls @MODS@ && stat -c '%a %n' out out/lib/modules
> kernel
> modules.alias
> modules.builtin
> modules.builtin.modinfo
> modules.devname
> modules.order
> modules.softdep
> modules.symbols
> modules.weakdep
> 755 out
> 755 out/lib/modules
$ depmod && cd /tmp/out/lib/modules/@VER@ && ls | wc -l && for f in *; do cmp $f @MODS@/$f; done
> 11
$ depmod -n -o /tmp/none >/dev/null; ls /tmp/none
! ls: cannot access '/tmp/none': No such file or directory
? 2
$ depmod -o /dev/null
! depmod: FATAL: could not create directory /dev/null@MODS@: Not a directory
? 1

## -m names the directory in the place of lib/modules
$ mkdir -p /tmp/r/usr/mods/1.2.3/kernel && mkmod -o /tmp/r/usr/mods/1.2.3/kernel/a.ko --name a && cd /tmp/r/usr/mods/1.2.3 && touch modules.order modules.builtin modules.builtin.modinfo
$ depmod -b /tmp/r -m usr/mods 1.2.3 && cat /tmp/r/usr/mods/1.2.3/modules.dep
> kernel/a.ko:
$ depmod -b /tmp/r -m //usr/mods -o /tmp/o 1.2.3 && cat /tmp/o/usr/mods/1.2.3/modules.dep
> kernel/a.ko:
$ depmod -m /nix 1.2.3
! depmod: ERROR: could not open directory /nix/1.2.3: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
? 1

## -A does nothing while no module is newer
$ cd @MODS@ && mkmod -o kernel/a.ko --name a && depmod && echo kept >modules.devname
$ cd @MODS@ && touch -d @1000 kernel/a.ko && touch -d @1000 modules.dep && depmod -A && cat modules.devname
> kept
$ cd @MODS@ && touch -d @1000.0000019 kernel/a.ko && touch -d @1000.0000011 modules.dep && depmod -A && cat modules.devname
> kept
$ cd @MODS@ && touch -d @1000.000002 kernel/a.ko && depmod -A && cat modules.devname

## -A works when an index is missing, or was cut to nothing
$ cd @MODS@ && mkmod -o kernel/a.ko --name a && depmod && touch -d @1000 kernel/a.ko
$ cd @MODS@ && rm modules.alias.bin && depmod -A && ls modules.alias.bin
> modules.alias.bin
$ cd @MODS@ && : >modules.dep.bin && depmod -A && indexdump modules.dep.bin
> a	0	kernel/a.ko:
$ cd @MODS@ && : >modules.dep && depmod -A && cat modules.dep
> kernel/a.ko:
$ cd @MODS@ && rm modules.dep && depmod -A && cat modules.dep
> kernel/a.ko:

## -A with -n is over at once, and -A takes all modules
$ depmod -A -n && depmod -A @VER@ relative.ko && ls @MODS@/modules.dep
> @MODS@/modules.dep

## a list of files takes nothing away from the index
# kmod writes an index of these files only.
$ cd @MODS@ && mkmod -o kernel/a.ko --name a --export f && mkmod -o /tmp/b.ko --name b --need f && depmod && cat modules.dep
> kernel/a.ko:
$ depmod @VER@ /tmp/b.ko && cat @MODS@/modules.dep && modprobe -nv b
> /tmp/b.ko: kernel/a.ko
> kernel/a.ko:
> insmod @MODS@/kernel/a.ko $
> insmod /tmp/b.ko $
$ depmod @VER@ /usr/..@MODS@/kernel/a.ko && cat @MODS@/modules.dep
> kernel/a.ko:
$ depmod -a @VER@ /nix/x.ko

## a file that is named is taken rather than others of its name
$ cd @MODS@ && mkdir updates && mkmod -o updates/a.ko --name a && mkmod -o kernel/a.ko --name a && depmod && cat modules.dep
> updates/a.ko:
$ depmod @VER@ @MODS@/kernel/a.ko && cat @MODS@/modules.dep
> kernel/a.ko:

## what cannot be taken from a list of files
$ cd @MODS@/kernel && mkmod -o a.ko --name a && mkmod -o /tmp/a.ko --name a && depmod
$ depmod @VER@ a.ko
! depmod: FATAL: a.ko: not absolute path.
? 1
$ depmod @VER@ /nix/a.ko
! depmod: FATAL: could not create module /nix/a.ko: No such file or directory
? 1
$ depmod @VER@ /tmp
! depmod: FATAL: could not create module /tmp: Is a directory
? 1
$ depmod @VER@ /tmp/a.ko @MODS@/kernel/a.ko
! depmod: FATAL: could not create module @MODS@/kernel/a.ko: File exists
? 1
$ depmod /tmp/a.ko
! depmod: ERROR: Bad version passed /tmp/a.ko
? 1
$ cat @MODS@/modules.dep
> kernel/a.ko:

## a file that is named twice, by two paths, is one file
$ cd @MODS@/kernel && mkmod -o a.ko --name a && ln -s @MODS@ /tmp/l && depmod -n @VER@ @MODS@/kernel/a.ko /tmp/l//kernel/a.ko | grep ko:
> kernel/a.ko:

## --root takes modules and configuration from there
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel /tmp/r/lib/modules/1.2.3/extra /tmp/r/etc/depmod.d /tmp/r/opt/more && cd /tmp/r/lib/modules/1.2.3 && touch modules.order modules.builtin modules.builtin.modinfo
$ cd /tmp/r/lib/modules/1.2.3 && mkmod -o kernel/a.ko --name a && mkmod -o extra/a.ko --name a --export f && mkmod -o /tmp/r/opt/more/b.ko --name b --need f
$ echo 'search extra built-in external' >/tmp/r/etc/depmod.d/a.conf && echo 'external * /opt/more' >>/tmp/r/etc/depmod.d/a.conf
$ depmod --root /tmp/r 1.2.3 && cat /tmp/r/lib/modules/1.2.3/modules.dep
> /opt/more/b.ko: extra/a.ko
> extra/a.ko:
$ cd / && depmod --root=tmp/r/ -v 1.2.3
> //tmp/r/opt/more/b.ko needs "f": //tmp/r/lib/modules/1.2.3/extra/a.ko
!   a is there twice: extra/a.ko is taken, and not kernel/a.ko, because 'extra' is searched before 'built-in' (//tmp/r/etc/depmod.d/a.conf line 1)
!   to take the other: echo 'override a * kernel' >>//tmp/r/etc/depmod.d/a.conf, and run depmod
$ cd /tmp && rm -r r/opt/more && depmod --root r 1.2.3
! depmod: ERROR: could not open directory /tmp/r/opt/more: No such file or directory
$ depmod -b r 1.2.3 && cat r/lib/modules/1.2.3/modules.dep
> extra/a.ko:

## --root as it was before it had an argument
$ depmod --root 6.1.0
! depmod: ERROR: --root takes a directory, and 6.1.0 is none. It was an option without argument once and did nothing: depmod 6.1.0
? 1
$ depmod --root 6.1.0 -b /tmp
! depmod: ERROR: --root takes a directory, and 6.1.0 is none. It was an option without argument once and did nothing: depmod 6.1.0
? 1
$ cd /tmp && mkdir -p 6.1/lib/modules/@VER@ && touch 6.1/lib/modules/@VER@/modules.order 6.1/lib/modules/@VER@/modules.builtin 6.1/lib/modules/@VER@/modules.builtin.modinfo && depmod --root 6.1

## options that did nothing before, and still do nothing, without a word
$ depmod -u -r --map --unresolved-error @VER@ && ls @MODS@/modules.dep
> @MODS@/modules.dep

## -q says nothing
$ depmod -q 9.9.9
? 1
$ depmod -q -e && depmod --quiet -e && rm @MODS@/modules.order && depmod -q
$ depmod -q -F /nix
? 1

## -C may be repeated, and a path that is not there is no matter
$ cd @MODS@ && mkdir x more && mkmod -o kernel/a.ko --name a && mkmod -o x/a.ko --name a && mkmod -o more/b.ko --name b
$ echo 'search x built-in' >x.conf && echo 'exclude more' >y.conf && depmod -C x.conf -C nix -C y.conf && cat @MODS@/modules.dep
> x/a.ko:
$ depmod -C nix && cat @MODS@/modules.dep
> more/b.ko:
> kernel/a.ko:

## the first word of the version is the package's name
$ depmod --version | head -n 1 | cut -d' ' -f1
> kmod

## nobody waits for the disk if asked not to, and the files are the same
needs: command strace
$ cd @MODS@ && depmod && cp modules.dep.bin before && rm modules.*.bin && ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o trace -e trace=fsync,fdatasync,sync_file_range depmod --no-sync; wc -l <trace; cmp modules.dep.bin before
> 0

## long names and their abbreviations
$ depmod --all --errsyms --filesyms=/dev/null --symbol-prefix=_ --dry-run --config=/nix --warn --verbose @VER@ | wc -l
> 4
$ depmod --based=/nix --show 1.2.3
! depmod: ERROR: could not open directory /nix/lib/modules/1.2.3: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
? 1
