# modprobe's options: spellings, order, and how it speaks. What they do is in the other files.
where: host
tree: uml

## -h prints the usage
$ modprobe -h
> Usage:
> 	modprobe [options] [-i] [-b] modulename [name=value ...]
> 	modprobe [options] -a [-i] [-b] modulename ...
> 	modprobe [options] -r [-i] modulename ...
> 	modprobe [options] -D | -R modulename
> 	modprobe [options] --show-modversions | --show-exports modulename ...
> 	modprobe [options] -l [-t DIR] [PATTERN]
> 	modprobe [options] -c
> Loads or removes modules by name or alias, with what they depend on.
>
> What to do:
>   -a, --all                 every operand is a module to load
>   -r, --remove              remove modules, and what becomes unused
>       --remove-holders      remove what uses them as well
>   -R, --show-alias          only print the modules that a name stands for
>   -D, --show-depends        only print what would be done if nothing were
>                             loaded
>   -c, --show-config         print the configuration and the indexes
>       --show-modversions    print the symbol versions that a module needs
>       --show-exports        print the symbols that a module exports
>   -l, --list                print the paths of modules, by shell pattern
>   -t, --type=DIR            with -l: only those below DIR
>
> How:
>   -n, --dry-run             print what would be done, and do nothing
>       --first-time          fail if it is loaded or removed already
>   -i, --ignore-install      no install or remove commands and no softdeps for
>                             the module named
>       --ignore-deny=NAME    load module NAME though the policy denies it, which
>                             is logged
>   -b, --use-blacklist       the blacklist holds for plain names too
>   -f, --force               load what does not fit the kernel, remove what is
>                             in use; this may crash the system
>       --force-modversion    ignore the versions of symbols
>       --force-vermagic      ignore which kernel it was built for
>   -w, --wait=MSEC           with -r: wait so long for a module in use
>
> Where:
>   -C, --config=PATH         configuration file or directory instead of the
>                             default ones; may be repeated
>   -d, --dirname=DIR         modules are in DIR/lib/modules/VERSION
>       --root=DIR            the same, and configuration is in DIR, too
>   -S, --set-version=VERSION instead of the running kernel's
>
> General:
>   -s, --syslog              messages go to syslog, not to standard error
>   -q, --quiet               say nothing
>   -v, --verbose             say what is done
>       --explain[=WHEN]      why something failed: always, auto or never
>   -V, --version             show version
>   -h, --help                show this help
$ modprobe --help nix --bogus | head -n 1
> Usage:

## -V prints name and version, and what was built in
$ modprobe -V | sed 's/[-+][A-Z]*/X/g; s/\(tenon version\) .*/\1 N/'
> kmod version 34
> X X X X X
> tenon version N
$ modprobe --version nix | head -n 1
> kmod version 34
$ modprobe -V -h | head -n 1
> kmod version 34

## -h and -V need nothing to be right after them
$ modprobe -n -V --bogus | head -n 1
> kmod version 34
$ modprobe --bogus -V
! modprobe: unrecognized option '--bogus'
? 1
$ modprobe -w x -V
! modprobe: ERROR: unexpected wait value 'x'.
? 1

## each long option by its shortest abbreviation
$ modprobe --al -n dummy; modprobe --remove -n dummy; modprobe --remove-h -n dummy; modprobe --remove-d -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --show-a fs-vfat; modprobe --res fs-vfat
> vfat
> vfat
$ modprobe --show-d dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --show-c | tail -n 1; modprobe --showc | tail -n 1
> alias symbol:zs_unmap_object zsmalloc
> alias symbol:zs_unmap_object zsmalloc
$ modprobe --dr dummy; modprobe --show dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --fi -n dummy; modprobe --ignore-i -n dummy; modprobe --ignore-r -n dummy; modprobe --u -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --force -n dummy; modprobe --force-m -n dummy; modprobe --force-v -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --w 5 -n dummy; modprobe --w=5 -n dummy; modprobe --c /dev/null -n dummy; modprobe --di / -n dummy; modprobe --set @VER@ -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod /@MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --sy -n dummy; modprobe --q -n dummy; modprobe --verb -n dummy; modprobe --vers | head -n 1; modprobe --h | head -n 1
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> kmod version 34
> Usage:
$ modprobe --li 'dummy*'; modprobe -l --t kernel/net/llc
> kernel/drivers/misc/dummy-irq.ko
> kernel/drivers/net/dummy.ko
> kernel/net/llc/llc.ko
> kernel/net/llc/llc2.ko

## an abbreviation that means several
$ modprobe --re dummy
! modprobe: option '--re' is ambiguous; possibilities: '--remove' '--remove-dependencies' '--remove-holders' '--resolve-alias'
? 1
$ modprobe --ver
! modprobe: option '--ver' is ambiguous; possibilities: '--verbose' '--version'
? 1
$ modprobe --show- dummy
! modprobe: option '--show-' is ambiguous; possibilities: '--show-alias' '--show-depends' '--show-config' '--show-modversions' '--show-exports'
? 1

## wrong options
$ modprobe --nonsense
! modprobe: unrecognized option '--nonsense'
? 1
$ modprobe -Z
! modprobe: invalid option -- 'Z'
? 1
$ modprobe -nZv dummy
! modprobe: invalid option -- 'Z'
? 1
$ modprobe --all=1 dummy
! modprobe: option '--all' doesn't allow an argument
? 1
$ modprobe -C
! modprobe: option requires an argument -- 'C'
? 1
$ modprobe --config
! modprobe: option '--config' requires an argument
? 1
$ modprobe -d
! modprobe: option requires an argument -- 'd'
? 1
$ modprobe -S
! modprobe: option requires an argument -- 'S'
? 1
$ modprobe -t
! modprobe: option requires an argument -- 't'
? 1
$ modprobe -s -w x dummy
! modprobe: ERROR: unexpected wait value 'x'.
? 1
$ /usr/sbin/modprobe --nonsense
! /usr/sbin/modprobe: unrecognized option '--nonsense'
? 1

## options may stand anywhere, and -- ends them
$ modprobe dummy -n a=1 -v b=2
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 b=2
$ modprobe dummy -n -- -a=1 -v
> insmod @MODS@/kernel/drivers/net/dummy.ko -a=1 -v
$ modprobe -n -- dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -- -n
! modprobe: FATAL: Module -n not found in directory @MODS@
? 1
$ POSIXLY_CORRECT=1 modprobe -n dummy -v
> insmod @MODS@/kernel/drivers/net/dummy.ko -v

## short options in one word, with their argument in it or behind it
$ modprobe -nvS@VER@ dummy; modprobe -nvS @VER@ dummy; modprobe -C/dev/null -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## what one may only say once, the last one says
$ modprobe -S 1.2.3 -S @VER@ -n dummy; modprobe -d /nix -d / -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod /@MODS@/kernel/drivers/net/dummy.ko $

## what is to be done when several things are asked for
$ modprobe -c -r dummy | tail -n 1
> alias symbol:zs_unmap_object zsmalloc
$ modprobe -D -R fs-vfat
> vfat
$ modprobe -r -R dummy
$ modprobe --show-exports --show-modversions @MODS@/kernel/fs/fat/fat.ko
! modprobe: FATAL: could not get modversions of @MODS@/kernel/fs/fat/fat.ko: No data available
? 1
$ modprobe -c --show-exports nix | tail -n 1
> alias symbol:zs_unmap_object zsmalloc
$ modprobe -l -r msdos; modprobe -R -l msdos
> kernel/fs/fat/msdos.ko
> kernel/fs/fat/msdos.ko
$ modprobe -l --show-exports @MODS@/kernel/fs/fat/fat.ko | head -n 1
> 0x00000000	fat_search_long
$ modprobe -R fs-vfat fs-msdos; modprobe -R -a fs-vfat nix fs-msdos
> vfat
> vfat
> msdos
! modprobe: WARNING: Module nix not found in directory @MODS@
? 1
$ modprobe --remove-holders -R dummy; modprobe -ar nix dummy
! modprobe: WARNING: Module nix not found.
? 1

## no operand
$ modprobe -a
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -v
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -D
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -R
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe --show-exports
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -l --show-exports
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -q
! modprobe: ERROR: missing parameters. See -h.
? 1
$ modprobe -n --
! modprobe: ERROR: missing parameters. See -h.
? 1

## -o cannot work, and says why
$ modprobe -o other dummy
! modprobe: ERROR: -o other: a module cannot be loaded under another name: its name is part of it
? 1
$ modprobe --name other -n dummy
! modprobe: ERROR: -o other: a module cannot be loaded under another name: its name is part of it
? 1

## older spellings are no reason for a word
$ modprobe --showconfig 2>&1 >/dev/null
$ modprobe --dump-modversions @MODS@/kernel/fs/fat/fat.ko 2>&1
> modprobe: FATAL: could not get modversions of @MODS@/kernel/fs/fat/fat.ko: No data available
? 1
$ modprobe --resolve-alias fs-vfat --show
> vfat

## -q says nothing and does all
kernel: insert=0
$ modprobe -q -v dummy; modprobe -v -q dummy
$ modprobe -q nix
? 1
$ modprobe -q --first-time ext4
? 1
$ modprobe -q -S nix -R dummy
? 1
$ modprobe -q -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -q -D dummy; modprobe -q -R fs-vfat
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> vfat

## -q when the kernel refuses
$ modprobe -q dummy
? 1
$ modprobe dummy -q
? 1

## -v says what was done, more of it nothing else
kernel: insert=0
$ modprobe -v dummy; modprobe -vv dummy; modprobe -vvvvvvvvvv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## options of a MODPROBE_OPTIONS come first
file /tmp/my conf: options dummy my=1
file /tmp/a.conf: options dummy a=1
$ MODPROBE_OPTIONS=-n modprobe dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ MODPROBE_OPTIONS='  -n	-v ' modprobe dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ MODPROBE_OPTIONS='-C "/tmp/my conf"' modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko my=1 $
$ MODPROBE_OPTIONS="-C '/tmp/my conf'" modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko my=1 $
$ MODPROBE_OPTIONS='-C /tmp/my\ conf' modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko my=1 $
$ MODPROBE_OPTIONS='-C /tmp/a.conf' modprobe -C '/tmp/my conf' -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 my=1 $
$ MODPROBE_OPTIONS='"-C" /dev/null' modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ MODPROBE_OPTIONS=-q modprobe nix
? 1
$ MODPROBE_OPTIONS= modprobe nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ MODPROBE_OPTIONS=--bogus modprobe dummy
! modprobe: unrecognized option '--bogus'
? 1
$ MODPROBE_OPTIONS='dummy -n' modprobe
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ MODPROBE_OPTIONS='-n "dummy' modprobe
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## what commands inherit
kernel: insert=0
file /tmp/my conf: install dummy env | grep MODPROBE_OPTIONS; :
$ modprobe -C '/tmp/my conf' dummy
> MODPROBE_OPTIONS=-C "/tmp/my conf"
$ modprobe -v -C '/tmp/my conf' dummy | tail -n 1
> MODPROBE_OPTIONS=-v -C "/tmp/my conf"
$ modprobe -vv -s -C '/tmp/my conf' dummy | tail -n 1
> MODPROBE_OPTIONS=-v -v -s -C "/tmp/my conf"
$ MODPROBE_OPTIONS='-v' modprobe -C '/tmp/my conf' dummy | tail -n 1
> MODPROBE_OPTIONS=-v -C "/tmp/my conf"
$ cp '/tmp/my conf' /etc/modprobe.d/a.conf; MODPROBE_OPTIONS='-q' modprobe dummy; modprobe dummy
> MODPROBE_OPTIONS=-q

## -s sends messages to syslog
needs: command python3
$ python3 -c 'import socket; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind("/tmp/log"); s.settimeout(300); [open("/tmp/got", "ab").write(s.recv(999) + b"\n") for _ in "12345"]' & cd /tmp; await test -S log
+ mkdir -p /dev; ln -s /tmp/log /dev/log; modprobe -s nix; echo $?; modprobe --syslog -a nix; modprobe -s dummy; modprobe nix 2>&-; echo $?; modprobe -n -s --first-time ext4; wait
+ sed 's/^<\([0-9]*\)>.*modprobe/\1 modprobe/' got
> 1
> 1
> 26 modprobe: FATAL: Module nix not found in directory @MODS@
> 28 modprobe: WARNING: Module nix not found in directory @MODS@
> 27 modprobe: ERROR: could not insert 'dummy': Operation not permitted
> 26 modprobe: FATAL: Module nix not found in directory @MODS@
> 27 modprobe: ERROR: could not insert 'ext4': Module already in kernel

## -s without anybody who listens
$ modprobe -s nix
? 1
$ modprobe -s -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## with standard error closed nothing is lost but the messages
$ modprobe nix 2>&-
? 1
$ modprobe -n dummy 2>&-
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --bogus 2>&-
? 1

## with standard output closed or full the status says so
# kmod does not look.
$ modprobe -n dummy >&-
! modprobe: ERROR: could not write to standard output: Bad file descriptor
? 1
$ modprobe -n dummy >/dev/full
! modprobe: ERROR: could not write to standard output: No space left on device
? 1
$ modprobe -c >/dev/full
! modprobe: ERROR: could not write to standard output: No space left on device
? 1
$ modprobe -h >/dev/full
! modprobe: ERROR: could not write to standard output: No space left on device
? 1
$ modprobe -V >/dev/full
! modprobe: ERROR: could not write to standard output: No space left on device
? 1
