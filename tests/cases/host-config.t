# modprobe's configuration: files of modprobe.d and the kernel command line.
where: host
tree: uml

## options of a module are appended to its step
conf a.conf: options dummy numdummies=2
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2 $
$ modprobe -nv dummy numdummies=3
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2 numdummies=3

## options of a dependency reach the dependency
conf a.conf: options fat x=1
$ modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko x=1 $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## all options lines of a module count, in order
conf a.conf: options dummy a=1
conf b.conf: options dummy b=2
conf a.conf: options dummy c=3
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 c=3 b=2 $

## blanks within options are kept, a tab becomes a blank
conf a.conf: options dummy  a=1	b=2
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko  a=1 b=2 $

## options of an alias apply when it is asked for
conf a.conf: alias net0 dummy
conf a.conf: options net0 a=1
$ modprobe -nv net0
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## an alias of the configuration stands for its module
conf a.conf: alias net-0 dummy
$ modprobe -nv net-0
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -nv net_0
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## an alias with a wildcard
conf a.conf: alias net* dummy
$ modprobe -nv net5
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## an alias with brackets
conf a.conf: alias net[0-3] dummy
$ modprobe -nv net2
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -nv net5
! modprobe: FATAL: Module net5 not found in directory @MODS@
? 1

## several aliases of one name stand for several modules
conf a.conf: alias both dummy
conf a.conf: alias both ifb
$ modprobe -nv both
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
$ modprobe -R both
> dummy
> ifb

## there are no aliases of aliases
conf a.conf: alias one two
conf a.conf: alias two dummy
$ modprobe -nv one
!   /etc/modprobe.d/a.conf line 1 leads to two, and there is no such module in @MODS@

## a blacklisted module is not loaded by its alias
conf a.conf: blacklist msdos
$ modprobe -nv fs-msdos
!   msdos is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line
$ modprobe fs-msdos

## a blacklisted module is loaded by its name, but not with -b
conf a.conf: blacklist msdos
$ modprobe -nv msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $
$ modprobe -b -nv msdos
!   msdos is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line

## a blacklisted dependency is loaded
conf a.conf: blacklist fat
$ modprobe -b -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## pre softdeps come first, post softdeps last
conf a.conf: softdep dummy pre: ifb post: tun
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/tun.ko $

## softdeps of a dependency come with it
conf a.conf: softdep fat pre: ifb
$ modprobe -nv vfat
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## every softdep line of a module counts
# kmod takes the first only.
conf a.conf: softdep dummy pre: ifb
conf b.conf: softdep dummy pre: tun
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/tun.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## a softdep that is not there is ignored
conf a.conf: softdep dummy pre: nix
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## softdeps that need each other end
conf a.conf: softdep dummy pre: ifb
conf a.conf: softdep ifb pre: dummy
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## softdeps of the index count
$ modprobe -nv mpls_iptunnel
> insmod @MODS@/kernel/net/ipv4/ip_tunnel.ko $
> insmod @MODS@/kernel/net/mpls/mpls_router.ko $
> insmod @MODS@/kernel/net/mpls/mpls_iptunnel.ko $
> insmod @MODS@/kernel/net/mpls/mpls_gso.ko $

## -i leaves the softdeps of the named module out
conf a.conf: softdep dummy pre: ifb
$ modprobe -i -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## a file in /etc masks the same name in /run and /usr/lib
file /etc/modprobe.d/a.conf: options dummy from=etc
file /run/modprobe.d/a.conf: options dummy from=run
file /run/modprobe.d/b.conf: options dummy from=run
file /usr/lib/modprobe.d/b.conf: options dummy from=lib
file /usr/lib/modprobe.d/c.conf: options dummy from=lib
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko from=etc from=run from=lib $

## an empty file masks too
file /etc/modprobe.d/a.conf:
file /run/modprobe.d/a.conf: options dummy from=run
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## only names that end in .conf count
file /etc/modprobe.d/a: options dummy a=1
file /etc/modprobe.d/.b.conf: options dummy b=1
file /etc/modprobe.d/c.conf~: options dummy c=1
file /etc/modprobe.d/d.conf: options dummy d=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko d=1 $

## files of all directories are read in the order of their names
file /usr/lib/modprobe.d/a.conf: options dummy a=1
file /etc/modprobe.d/b.conf: options dummy b=1
file /run/modprobe.d/c.conf: options dummy c=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 b=1 c=1 $

## -C takes the place of the usual directories
conf a.conf: options dummy a=1
file /tmp/other: options dummy b=1
$ modprobe -C /tmp/other -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko b=1 $
$ modprobe -C /dev/null -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## -C may be a directory and be given twice
file /tmp/d/x.conf: options dummy x=1
file /tmp/d/x: options dummy y=1
file /tmp/z: options dummy z=1
$ modprobe -C /tmp/d -C /tmp/z -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko x=1 z=1 $

## a line goes on after a backslash
conf a.conf: options dummy a=1 \
conf a.conf: b=2
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 b=2 $

## a bad line is told and passed over
conf a.conf: nonsense here
conf a.conf: alias
conf a.conf: options dummy a=1
$ modprobe -nv dummy 2>err; sed 's/.*ignoring/ignoring/' err
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
> ignoring bad line starting with 'nonsense'
> ignoring bad line starting with 'alias'

## messages about the configuration name their part of kmod
conf a.conf: nonsense here
conf a.conf: include other
file /etc/modprobe.d/d.conf/x: alias a b
cmdline: a].b=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: conf_files_filter_out: Directories inside directories are not supported: /etc/modprobe.d/d.conf
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'nonsense'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf: command include is deprecated and not parsed anymore
! libkmod: ERROR: kcmdline_parse_result: Ignoring bad option on kernel command line while parsing module name: 'a]'

## a comment begins in the first column
conf a.conf: # options dummy a=1
conf a.conf: options dummy b=1 # c
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko b=1 # c $

## options come from the kernel command line, after those of the files
conf a.conf: options dummy a=1
cmdline: quiet dummy.numdummies=4 root=/dev/x
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 numdummies=4 $

## a quoted value on the kernel command line keeps its blanks
cmdline: dummy.text="a b" "dummy.more=c d"
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko text="a b" more="c d" $

## - and _ are the same in a module's name on the kernel command line
cmdline: nls-utf8.x=1
$ modprobe -nv nls_utf8
> insmod @MODS@/kernel/fs/nls/nls_utf8.ko x=1 $

## modprobe.blacklist= blacklists
cmdline: modprobe.blacklist=msdos,vfat
$ modprobe -nv fs-msdos
!   msdos is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line
$ modprobe -nv fs-vfat
!   vfat is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line

## modprobe.blacklist= takes - for _
# kmod does not.
cmdline: modprobe.blacklist=nls-utf8
conf a.conf: alias one nls_utf8
$ modprobe -b -nv nls_utf8
!   nls_utf8 is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line

## modprobe.blacklist= may be in quotes
# Not so in kmod.
cmdline: modprobe.blacklist="msdos, vfat"
$ modprobe -nv fs-msdos
!   msdos is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line
$ modprobe -nv fs-vfat
!   vfat is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line

## the kernel command line is read whole
# kmod stops after 4095 bytes.
$ printf '%05000d dummy.a=1\n' 0 >/proc/cmdline && modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $

## a command of SUSE's kmod is passed over without a word
conf 10-unsupported-modules.conf: # SUSE: whether modules without support may be loaded
conf 10-unsupported-modules.conf: allow_unsupported_modules 0
conf 10-unsupported-modules.conf: options dummy a=1
$ modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
$ modprobe -c | grep ^allow_unsupported
? 1

## of what depmod collected, dependencies alone count
# kmod reads modules.softdep and modules.weakdep as configuration, and runs the command.
$ echo 'install dummy touch /tmp/planted' >>@MODS@/modules.softdep; echo 'softdep dummy pre: loop' >>@MODS@/modules.softdep; echo 'options dummy planted=1' >>@MODS@/modules.weakdep
$ modprobe -n dummy; modprobe -q dummy; ls /tmp
> insmod @MODS@/kernel/drivers/block/loop.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: @MODS@/modules.softdep line 23: ignoring 'install dummy': only softdep and weakdep count in this file
! libkmod: ERROR: kmod_config_parse: @MODS@/modules.weakdep line 2: ignoring 'options dummy': only softdep and weakdep count in this file
! libkmod: ERROR: kmod_config_parse: @MODS@/modules.softdep line 23: ignoring 'install dummy': only softdep and weakdep count in this file
! libkmod: ERROR: kmod_config_parse: @MODS@/modules.weakdep line 2: ignoring 'options dummy': only softdep and weakdep count in this file
$ modprobe -C @MODS@/modules.softdep -n dummy 2>/dev/null
> install touch /tmp/planted $
