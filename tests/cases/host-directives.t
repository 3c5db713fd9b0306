# Each directive of modprobe.d: as it should be, and as it should not.
where: host
tree: uml

## alias: both names are normalised, further words do not count
conf a.conf: alias my-fat-1 v-fat further words
conf a.conf: alias MY-* dummy
$ modprobe -R my_fat-1; modprobe -R MY-x
> v_fat
> dummy
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'further': alias takes one module a line
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'further': alias takes one module a line
$ modprobe -R my-x
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'further': alias takes one module a line
! modprobe: FATAL: Module my-x not found in directory @MODS@
? 1

## alias: brackets keep their dashes
conf a.conf: alias n[-_]x dummy
conf a.conf: alias m[a-c]-x ifb
$ modprobe -R 'mb_x'; modprobe -R mb-x
> ifb
> ifb
$ modprobe -R mB-x
! modprobe: FATAL: Module mB-x not found in directory @MODS@
? 1

## alias: the patterns of a shell
conf a.conf: alias a?c dummy
conf a.conf: alias q[!a]c ifb
conf a.conf: alias back\\*slash tun
$ modprobe -R abc; modprobe -R 'qbc'; modprobe -R 'back*slash'
> dummy
> ifb
> tun
$ modprobe -aR ac qac backslash
! modprobe: WARNING: Module ac not found in directory @MODS@
! modprobe: WARNING: Module qac not found in directory @MODS@
! modprobe: WARNING: Module backslash not found in directory @MODS@
? 1

## alias: what is asked for is no pattern
conf a.conf: alias abc dummy
$ modprobe -R 'a*c'
! modprobe: FATAL: Module a*c not found in directory @MODS@
? 1
$ modprobe -R 'a[b]c'
! modprobe: FATAL: Module a[b]c not found in directory @MODS@
? 1

## alias: bad lines
conf a.conf: alias
conf a.conf: alias x
conf a.conf: alias x] dummy
conf a.conf: alias x[ dummy
conf a.conf: alias x y]
conf a.conf: alias good dummy
$ modprobe -R good
> dummy
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'alias'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'alias'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'alias'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 4: ignoring bad line starting with 'alias'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 5: ignoring bad line starting with 'alias'

## alias: one that leads to itself, and one to a module that is not there
conf a.conf: alias dummy dummy
conf a.conf: alias gone none
$ modprobe -nv dummy; modprobe -nv gone; modprobe -R gone
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> none
!   /etc/modprobe.d/a.conf line 2 leads to none, and there is no such module in @MODS@
$ modprobe gone
! modprobe: ERROR: could not find module by name='none'
! modprobe: ERROR: could not insert 'none': Unknown symbol in module, or unknown parameter (see dmesg)
? 1

## alias: it comes before a module of that name
conf a.conf: alias vfat dummy
$ modprobe -nv vfat; modprobe -R vfat
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> dummy

## options: bad lines
conf a.conf: options
conf a.conf: options dummy
conf a.conf: options x] a=1
conf a.conf: options dummy a=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'options'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'options'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'options'

## options: a name is no pattern, and stands for the alias that was asked for
conf a.conf: options dum* a=1
conf a.conf: alias x-* dummy
conf a.conf: options x-* b=2
conf a.conf: options x-1 c=3
conf a.conf: options fs-msdos d=4
conf a.conf: options fs_msdos e=5
$ modprobe -nv x-1; modprobe -nv dummy; modprobe -nv fs-msdos
> insmod @MODS@/kernel/drivers/net/dummy.ko b=2 $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko d=4 e=5 $

## options: quotes are kept, no blank is lost, a tab is a blank
conf a.conf: options	dummy	a="b  c"	d
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a="b  c" d $

## blacklist: only the first word, normalised
conf a.conf: blacklist nls-utf8 dummy
conf a.conf: alias one nls_utf8
conf a.conf: alias two dummy
$ modprobe -nv one; modprobe -nv two; modprobe -bnv nls-utf8
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'dummy': blacklist takes one module a line
!   nls_utf8 is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'dummy': blacklist takes one module a line
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'dummy': blacklist takes one module a line
!   nls_utf8 is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line

## blacklist: no pattern, and bad lines
conf a.conf: blacklist
conf a.conf: blacklist x]
conf a.conf: blacklist vf*
$ modprobe -bnv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'blacklist'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'blacklist'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: blacklist knows no patterns: 'vf*' is taken for a name

## blacklist: of several modules behind an alias, the others are loaded
conf a.conf: alias two dummy
conf a.conf: alias two ifb
conf a.conf: blacklist dummy
$ modprobe -nv two; modprobe -R two
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> dummy
> ifb
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 3
!   load it by its own name without -b, or remove that line
$ modprobe -a -b -n dummy ifb
> insmod @MODS@/kernel/drivers/net/ifb.ko $

## blacklist: all of them is a success, and says nothing
kernel: insert=0
conf a.conf: alias two dummy
conf a.conf: alias two ifb
conf a.conf: blacklist dummy
conf a.conf: blacklist ifb
$ modprobe two; modprobe -q -b dummy; modprobe -b --first-time dummy

## blacklist: not for what a softdep names, not even by an alias
conf a.conf: softdep dummy pre: fs-vfat
conf a.conf: blacklist vfat
$ modprobe -nv dummy
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## install: the first line counts, of whatever pattern
conf a.conf: install dum* echo first
conf a.conf: install dummy echo second
conf b.conf: install ifb echo ifb
conf a.conf: install i? echo not this
$ modprobe dummy; modprobe ifb
> first
> ifb

## install: the name of a line can be asked for, the pattern cannot
conf a.conf: install no-module echo here
conf a.conf: install x* echo here
$ modprobe no_module; modprobe -R no-module
> here
> no_module
$ modprobe xyz
! modprobe: FATAL: Module xyz not found in directory @MODS@
? 1

## install: bad lines
conf a.conf: install
conf a.conf: install dummy
conf a.conf: install x] echo
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'install'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'install'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'install'

## install: /bin/true and /bin/false load nothing at all, and print as others read it
conf a.conf: install vfat /bin/true
conf a.conf: install msdos /bin/false
$ modprobe -n -v vfat; modprobe -nv msdos
> install /bin/true $
> install /bin/false $
$ modprobe vfat
$ modprobe msdos
! modprobe: ERROR: Error running install command '/bin/false' for module msdos: retcode 1
! modprobe: ERROR: could not insert 'msdos': Invalid argument
? 1
$ modprobe -D vfat
> install /bin/true $

## install: a command is blacklisted with its module
conf a.conf: install dummy echo here
conf a.conf: blacklist dummy
conf a.conf: alias one dummy
$ modprobe one; modprobe -b dummy; modprobe dummy
> here

## remove: the first line counts
kernel: remove=0
loaded: dummy 20480 0
conf a.conf: remove dum* echo first
conf a.conf: remove dummy echo second
$ modprobe -r dummy
> first

## remove: bad lines
loaded: dummy 20480 0
conf a.conf: remove
conf a.conf: remove dummy
conf a.conf: remove x] echo
$ modprobe -rnv dummy
> rmmod dummy
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'remove'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'remove'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'remove'

## softdep: words before the first part do not count, parts may alternate
conf a.conf: softdep dummy ifb pre: tun post: loop pre: brd post: nls_utf8
$ modprobe -nv dummy | sed 's|.*/||'
> tun.ko $
> brd.ko $
> dummy.ko $
> loop.ko $
> nls_utf8.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'ifb': neither 'pre:' nor 'post:' stands before it

## softdep: of a pattern, of an alias, of what is built in
conf a.conf: softdep dum* pre: fs-msdos ext4
$ modprobe -nv dummy | sed 's|.*/||'; modprobe -D dummy | tail -n 2
> fat.ko $
> msdos.ko $
> dummy.ko $
> builtin ext4
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## softdep: bad lines, and lines that say nothing
conf a.conf: softdep
conf a.conf: softdep dummy
conf a.conf: softdep x] pre: ifb
conf a.conf: softdep dummy pre: post:
conf a.conf: softdep dummy nothing
conf a.conf: softdep dummy pre: a]
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'softdep'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'softdep'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'softdep'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 5: ignoring 'nothing': neither 'pre:' nor 'post:' stands before it

## softdep: one of the module itself, and of what it needs
conf a.conf: softdep vfat pre: vfat fat post: fat
$ modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## softdep: several lines, and those of the module, add up
conf a.conf: softdep mpls_iptunnel pre: ifb
conf z.conf: softdep mpls_iptunnel post: ifb dummy
$ modprobe -nv mpls_iptunnel | sed 's|.*/||'
> ip_tunnel.ko $
> mpls_router.ko $
> ifb.ko $
> mpls_iptunnel.ko $
> mpls_gso.ko $
> dummy.ko $

## softdep: one that cannot be loaded does no harm
kernel: insert=EINVAL
conf a.conf: softdep ifb pre: tun post: dummy
$ modprobe -v ifb
> insmod @MODS@/kernel/drivers/net/tun.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
! modprobe: ERROR: could not insert 'ifb': Invalid argument
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## weakdep: is not loaded, and shown by -c
conf a.conf: weakdep dum-my a-b  c
conf a.conf: weakdep dummy ifb
conf a.conf: weakdep
conf a.conf: weakdep x
conf a.conf: weakdep x] y
$ modprobe -nv dummy; modprobe -c 2>/dev/null | grep ^weakdep
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> weakdep dum_my a-b c
> weakdep dummy ifb
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'weakdep'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 4: ignoring bad line starting with 'weakdep'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 5: ignoring bad line starting with 'weakdep'

## what a modprobe.d file cannot say
conf a.conf: include /etc/other
conf a.conf: config x
conf a.conf: nonsense
conf a.conf: Options dummy a=1
conf a.conf: path=/x
conf a.conf: options dummy b=2
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko b=2 $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf: command include is deprecated and not parsed anymore
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf: command config is deprecated and not parsed anymore
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring bad line starting with 'nonsense'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 4: ignoring bad line starting with 'Options'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 5: ignoring bad line starting with 'path=/x'

## joined lines have the number of their last part
conf a.conf: options dummy \
conf a.conf: \
conf a.conf: a=1
conf a.conf: non\
conf a.conf: sense
conf a.conf: # comment \
conf a.conf: options dummy b=2
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 5: ignoring bad line starting with 'nonsense'

## a last line without newline, and one that ends with a backslash
$ printf 'options dummy a=1' >/etc/modprobe.d/a.conf; modprobe -nv dummy; printf 'options dummy a=1\\' >/etc/modprobe.d/a.conf; modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $

## blank lines, blanks in front, carriage returns
$ printf '\n \t\n  options dummy a=1\n\toptions dummy b=2\noptions dummy c=3\r\n' >/etc/modprobe.d/a.conf; modprobe -nv dummy | od -c | tail -n 2
> 0000100   a   =   1       b   =   2       c   =   3      \n
> 0000115

## a very long line, and many
$ { printf 'options dummy a='; head -c 100000 /dev/zero | tr '\0' x; echo; } >/etc/modprobe.d/a.conf; modprobe -nv dummy | wc -c
> 100068
$ seq 20000 | sed 's/.*/options dummy p&=&/' >/etc/modprobe.d/a.conf; modprobe -nv dummy | wc -w
> 20002

## bytes that no text has
$ printf 'options dummy a=\0b c=\377\n' >/etc/modprobe.d/a.conf; modprobe -nv dummy | od -An -tx1 | tail -n 2
>  72 73 2f 6e 65 74 2f 64 75 6d 6d 79 2e 6b 6f 20
>  61 3d 20 0a

## files that cannot be read, or are none
$ ln -s /nix /etc/modprobe.d/a.conf; mkdir /etc/modprobe.d/b.conf; mkfifo /etc/modprobe.d/c.conf.fifo; echo options dummy d=1 >/etc/modprobe.d/d.conf; modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko d=1 $
! libkmod: ERROR: conf_files_filter_out: Directories inside directories are not supported: /etc/modprobe.d/b.conf
! libkmod: ERROR: conf_files_filter_out: could not read configuration file /etc/modprobe.d/a.conf: No such file or directory

## files of a directory that may be listed and not searched
needs: command setpriv
conf a.conf: options dummy a=1
$ mkdir /run/modprobe.d && echo 'options dummy b=1' >/run/modprobe.d/b.conf && chmod 644 /etc/modprobe.d && chmod 0 /run/modprobe.d/b.conf
$ setpriv --bounding-set -dac_override,-dac_read_search modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: conf_files_filter_out: could not read configuration file /etc/modprobe.d/a.conf: Permission denied
! libkmod: WARNING: kmod_config_parse: could not read /run/modprobe.d/b.conf: Permission denied

## a pipe that nobody writes to is not waited for, unless it is given with -C
conf b.conf: options dummy b=1
$ mkfifo /etc/modprobe.d/a.conf /etc/modprobe.conf; timeout 300 modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko b=1 $
! libkmod: ERROR: kmod_config_parse: could not read /etc/modprobe.d/a.conf: not a regular file
! libkmod: ERROR: kmod_config_parse: could not read /etc/modprobe.conf: not a regular file
$ mv @MODS@/modules.softdep /tmp; mkfifo @MODS@/modules.softdep; timeout 300 modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko b=1 $
! libkmod: ERROR: kmod_config_parse: could not read /etc/modprobe.d/a.conf: not a regular file
! libkmod: ERROR: kmod_config_parse: could not read @MODS@/modules.softdep: not a regular file
! libkmod: ERROR: kmod_config_parse: could not read /etc/modprobe.conf: not a regular file
$ echo options dummy c=1 >/etc/modprobe.d/a.conf & timeout 300 modprobe -C /etc/modprobe.d/a.conf -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko c=1 $
! libkmod: ERROR: kmod_config_parse: could not read @MODS@/modules.softdep: not a regular file

## the kernel command line: parameters
conf z.conf: options dummy file=1
cmdline: dummy.a dummy.b= dummy.c=1.5 dummy.d="x y" "dummy.e=z w" dummy.f=a,b dummy.=no .g=no dummy dummy.h-i_j=k
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko file=1 a b= c=1.5 d="x y" e="z w" f=a,b h-i_j=k $

## the kernel command line: what is no parameter of a module
cmdline: dummy.a.b=1 dummy=x.y du"mm"y.c=1 quiet root=/dev/sda1 a]b.c=1 dummy.ok=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko ok=1 $
! libkmod: ERROR: kcmdline_parse_result: Ignoring bad option on kernel command line while parsing module name: 'a]b'

## the kernel command line: blacklist, more than once, and empty
cmdline: modprobe.blacklist=vfat modprobe.blacklist= modprobe.blacklist=,msdos, modprobe.other=1
$ modprobe -nv fs-vfat; modprobe -nv fs-msdos; modprobe -c | grep -e ^blacklist -e '^options modprobe'
> blacklist vfat
> blacklist msdos
> options modprobe other=1
!   vfat is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line
!   msdos is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line

## the kernel command line: none
$ rm /proc/cmdline; modprobe -nv dummy; : >/proc/cmdline; modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## identifiers of the kernel resolve through the indexes
$ modprobe -R char-major-10-200; modprobe -R block-major-1-0; modprobe -R net-pf-16-proto-21; modprobe -R fs-vfat; modprobe -R net-pf-24
> tun
> brd
> crypto_user
> vfat
> pppox
$ modprobe -R binfmt-464c
! modprobe: FATAL: Module binfmt-464c not found in directory @MODS@
? 1
$ modprobe -R crypto-stdrng; modprobe -R devname:net/tun; modprobe -R symbol:fat_scan
> ansi_cprng
> drbg
> tun
> fat

## identifiers of the kernel resolve through the configuration
conf a.conf: alias char-major-10-30 dummy
conf a.conf: alias block-major-250-* ifb
conf a.conf: alias net-pf-99 tun
conf a.conf: alias fs-myfs loop
conf a.conf: alias binfmt-464c brd
$ modprobe -q -n -- char-major-10-30; modprobe -q -n -- block-major-250-3; modprobe -q -n -- net-pf-99; modprobe -q -n -- fs-myfs; modprobe -q -n -- binfmt-464c
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/tun.ko $
> insmod @MODS@/kernel/drivers/block/loop.ko $
> insmod @MODS@/kernel/drivers/block/brd.ko $
