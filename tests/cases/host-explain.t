# What is said of a failure besides the message that scripts match: on lines of its own, with -v or on a terminal.
where: host
tree: uml

## only with -v, and never with -q
$ modprobe -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.3
? 1
$ modprobe -v -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.3
!   there are no modules for 1.2.3; there are for @VER@
!   use -S @VER@
? 1
$ modprobe -v -q -S 1.2.3 vfat
? 1
$ modprobe -v -s -S 1.2.3 vfat
? 1

## no modules for a version: which there are
$ mkdir -p /img/lib/modules/1.2.3 /img/lib/modules/1.2.4; modprobe -v -d /img -S 1.2.5 vfat
! modprobe: FATAL: Module vfat not found in directory /img/lib/modules/1.2.5
!   there are no modules for 1.2.5
? 1
$ modprobe -v -d /img -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /img/lib/modules/1.2.3
!   there are no modules in /img/lib/modules/1.2.3
!   install the modules of 1.2.3
? 1
$ modprobe -v -a -d /img -S 1.2.4 vfat dummy
! modprobe: WARNING: Module vfat not found in directory /img/lib/modules/1.2.4
!   there are no modules in /img/lib/modules/1.2.4
!   install the modules of 1.2.4
! modprobe: WARNING: Module dummy not found in directory /img/lib/modules/1.2.4
!   there are no modules in /img/lib/modules/1.2.4
!   install the modules of 1.2.4
? 1

## no modules for the running kernel
$ mkdir -p /img/lib/modules/1.2.3 /img/lib/modules/1.2.4; modprobe -v -d /img vfat
! modprobe: FATAL: Module vfat not found in directory /img@MODS@
!   there are no modules for @VER@
? 1
$ modprobe -v -d /nix vfat
! modprobe: FATAL: Module vfat not found in directory /nix@MODS@
!   there is no directory /nix
? 1

## a module that no index knows
$ mkmod -o @MODS@/new-one.ko --name new_one; modprobe -v new-one
! modprobe: FATAL: Module new-one not found in directory @MODS@
!   new-one.ko is there, and no index knows it
!   run depmod @VER@
? 1
$ modprobe new-one
! modprobe: FATAL: Module new-one not found in directory @MODS@
? 1
$ modprobe -v nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1

## a file that is not there any more
$ mkdir -p /img@MODS@ && mkmod -o /img@MODS@/a.ko --name a && depmod -b /img 2>/dev/null; rm /img@MODS@/a.ko; modprobe -v -d /img a
> insmod /img@MODS@/a.ko $
! modprobe: ERROR: could not insert 'a': Unknown symbol in module, or unknown parameter (see dmesg)
!   /img@MODS@/a.ko is not there, although the index has it
!   install it again
? 1

## blacklisted: by which line
conf a.conf: # comment
conf a.conf: blacklist dummy
conf a.conf: alias one dummy
cmdline: modprobe.blacklist=ifb
$ modprobe -b -v dummy; modprobe -v one
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 2
!   load it by its own name without -b, or remove that line
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 2
!   load it by its own name without -b, or remove that line
$ modprobe -bv ifb
!   ifb is not loaded: it is blacklisted by the kernel command line
!   load it by its own name without -b, or remove that line
$ modprobe -b dummy; modprobe one; modprobe -bqv dummy

## a kernel without modules
kernel: insert=ENOSYS
$ rm /proc/modules; modprobe -v dummy; insmod -v @MODS@/kernel/drivers/net/dummy.ko
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Function not implemented
!   the running kernel, @VER@, was built without support for modules
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: Function not implemented
!   the running kernel, @VER@, was built without support for modules
? 1
$ modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Function not implemented
? 1

## another kernel's module
kernel: insert=ENOEXEC
$ modprobe -v dummy 2>&1 | sed 's/built for .* is running/built for THAT, and THIS is running/'
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> modprobe: ERROR: could not insert 'dummy': Exec format error
>   the kernel's log may say why, and there is no /dev/kmsg here to read it from
>   look at the output of dmesg
$ insmod -v @MODS@/kernel/drivers/net/dummy.ko 2>&1 | sed 's/built for .* is running/built for THAT, and THIS is running/'
> insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: Invalid module format
>   the kernel's log may say why, and there is no /dev/kmsg here to read it from
>   look at the output of dmesg
$ echo junk >junk.ko; insmod -v junk.ko; head -c 1000 @MODS@/kernel/drivers/net/dummy.ko >cut.ko; insmod -v ./cut.ko
! insmod: ERROR: could not insert module junk.ko: Invalid module format
!   junk.ko is no module but text
!   install or build it again
! insmod: ERROR: could not insert module ./cut.ko: Invalid module format
!   ./cut.ko is cut off or damaged
!   install or build it again
? 1
$ insmod junk.ko
! insmod: ERROR: could not insert module junk.ko: Invalid module format
? 1

## a compressed file that is damaged, which the kernel never sees
kernel: insert=0
$ for c in 'xz -c' 'zstd -qc' 'gzip -c'; do $c @MODS@/kernel/fs/fat/fat.ko | head -c 3000 >b.ko; insmod -v b.ko a=1; done
! insmod: ERROR: could not insert module b.ko: Invalid parameters
!   b.ko is cut off or damaged
!   install or build it again
! insmod: ERROR: could not insert module b.ko: Invalid parameters
!   b.ko is cut off or damaged
!   install or build it again
! insmod: ERROR: could not insert module b.ko: Invalid parameters
!   b.ko is cut off or damaged
!   install or build it again
? 1

## a symbol, or a parameter
kernel: insert=ENOENT
$ insmod -v @MODS@/kernel/fs/fat/vfat.ko 2>&1 | sed 's/ for .*/ for X/'
> insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/vfat.ko: Unknown symbol in module
>   it may be that vfat needs fat_dir_empty, fat_time_unix2fat, fat_get_dotdot_entry, fat_free_clusters, fat_setattr, __fat_fs_error and 13 more of fat, which is not loaded
>   load fat first
$ insmod -v @MODS@/kernel/net/bridge/bridge.ko 2>&1 | sed 's/ for .*/ for X/'
> insmod: ERROR: could not insert module @MODS@/kernel/net/bridge/bridge.ko: Unknown symbol in module
>   it may be that bridge needs ipv6_mod_enabled, ipv6_dev_get_saddr, ipv6_dev_mc_inc, ipv6_dev_mc_dec, ipv6_chk_addr of ipv6, which is not loaded
>   it may be that bridge needs llc_mac_hdr_init of llc, which is not loaded
>   it may be that bridge needs stp_proto_register, stp_proto_unregister of stp, which is not loaded
>   load ipv6 first
$ modprobe -v brd rd_nr=1 nix=2
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=1 nix=2
! modprobe: ERROR: could not insert 'brd': Unknown symbol in module, or unknown parameter (see dmesg)
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## parameters that it has not
kernel: insert=EINVAL
$ modprobe -v brd nix=1 rd-nr=2
> insmod @MODS@/kernel/drivers/block/brd.ko nix=1 rd-nr=2
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1
$ modprobe -v brd rd_nr=x
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   it may be that 'x' is no value for parameter rd_nr of brd, which takes int (-2147483648 to 2147483647)
!   modinfo -p @MODS@/kernel/drivers/block/brd.ko shows the parameters
? 1
$ insmod -v @MODS@/kernel/drivers/block/brd.ko nix
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/block/brd.ko: Invalid parameters
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## a dependency that is refused
kernel: insert=EINVAL
$ modprobe -v vfat a=1
> insmod @MODS@/kernel/fs/fat/fat.ko $
! modprobe: ERROR: could not insert 'vfat': Invalid argument
!   vfat needs fat, and that fails
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## a signature
kernel: insert=EKEYREJECTED
file /sys/module/module/parameters/sig_enforce: Y
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Key was rejected by service
!   dummy has no signature, and the kernel takes signed modules only
!   sign it (scripts/sign-file, kmodsign) with a key that the kernel knows; with Secure Boot, mokutil --import enrols one
? 1

## the kernel's own blacklist: of several words on its command line, the last one counts
kernel: insert=EPERM
cmdline: module_blacklist=ifb module_blacklist=x,dummy
file /sys/module/kernel/parameters/module_blacklist: x,dummy
$ modprobe -v dummy; modprobe -v ifb
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   the kernel refuses dummy: module_blacklist= on its command line names it
!   remove it there and reboot
! modprobe: ERROR: could not insert 'ifb': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1

## no blacklist of the kernel's own
kernel: insert=EPERM
cmdline: module_blacklist=dummy module_blacklist=
file /sys/module/kernel/parameters/module_blacklist: (null)
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1

## disabled for good
file /proc/sys/kernel/modules_disabled: 1
file /sys/kernel/security/lockdown: none [integrity] confidentiality
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   kernel.modules_disabled is 1: no module can be loaded or unloaded before the next boot
!   reboot
? 1

## what the errno says is all there is to say
kernel: insert=ENODEV
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': No such device
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## the kernel takes the module, but not its options
kernel: insert=0
conf a.conf: options fat nonsense
conf a.conf: options vfat dyndbg=+p
$ modprobe -v brd bogus=1 rd-nr=2 async_probe; modprobe -v vfat
> insmod @MODS@/kernel/drivers/block/brd.ko bogus=1 rd-nr=2 async_probe
> insmod @MODS@/kernel/fs/fat/fat.ko nonsense $
> insmod @MODS@/kernel/fs/fat/vfat.ko dyndbg=+p $
!   brd has no parameter 'bogus', so the kernel ignores it
!   fat has no parameter 'nonsense', so the kernel ignores it; it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1
$ insmod -v @MODS@/kernel/drivers/block/brd.ko max_part=1 brd.rd_nr=1 -- other=1; insmod -v @MODS@/kernel/drivers/block/brd.ko bogus=1 <&-
!   brd has no parameter 'brd.rd_nr', so the kernel ignores it
!   brd has no parameter 'other', so the kernel ignores it
!   brd has no parameter 'bogus', so the kernel ignores it
$ modprobe brd bogus=1; modprobe -vq brd bogus=1; modprobe -nv brd bogus=1; insmod @MODS@/kernel/drivers/block/brd.ko bogus=1
> insmod @MODS@/kernel/drivers/block/brd.ko bogus=1

## an alias that leads to nothing
# The statuses are kmod's.
kernel: insert=0
conf a.conf: alias foo bar
conf a.conf: alias two no-one
conf a.conf: alias two dummy
conf a.conf: softdep ifb pre: foo
$ modprobe -v foo
! modprobe: ERROR: could not find module by name='bar'
! modprobe: ERROR: could not insert 'bar': Unknown symbol in module, or unknown parameter (see dmesg)
!   /etc/modprobe.d/a.conf line 1 leads to bar, and there is no such module in @MODS@
? 1
$ modprobe foo; modprobe -n foo; modprobe -vq foo
! modprobe: ERROR: could not find module by name='bar'
! modprobe: ERROR: could not insert 'bar': Unknown symbol in module, or unknown parameter (see dmesg)
? 1
$ modprobe -nv foo
!   /etc/modprobe.d/a.conf line 1 leads to bar, and there is no such module in @MODS@
$ modprobe -vD foo
!   /etc/modprobe.d/a.conf line 1 leads to bar, and there is no such module in @MODS@
$ modprobe -v two
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: ERROR: could not find module by name='no_one'
! modprobe: ERROR: could not insert 'no_one': Unknown symbol in module, or unknown parameter (see dmesg)
!   /etc/modprobe.d/a.conf line 2 leads to no_one, and there is no such module in @MODS@
$ modprobe -v ifb
> insmod @MODS@/kernel/drivers/net/ifb.ko $
!   /etc/modprobe.d/a.conf line 4 leads to bar, and there is no such module in @MODS@
$ cp -r @MODS@ /m; mkdir -p /img/lib/modules; mv /m /img/lib/modules/1; cd /img/lib/modules/1; sed 's,kernel/fs/fat/fat.ko:,kernel/fs/fat/phat.ko:,' modules.dep >d; mv d modules.dep; echo 'alias x:* nothere' >>modules.alias; rm modules.*.bin; modprobe -d /img -S 1 -vn x:1 2>&1 | grep -v WARN; modprobe -d /img -S 1 -v vfat 2>&1 | grep -v WARN
>   an alias leads to nothere, and there is no such module in /img/lib/modules/1
> modprobe: ERROR: could not find module by name='fat'
> modprobe: ERROR: could not insert 'vfat': Unknown symbol in module, or unknown parameter (see dmesg)
>   vfat needs fat, and there is no such module in /img/lib/modules/1

## a link to itself, as ln -s of a bare name makes it in another directory, is one message of each tool, and why
$ ln -s lkm.ko @MODS@/lkm.ko; depmod; grep -c lkm @MODS@/modules.dep
> 0
! depmod: ERROR: could not read @MODS@/lkm.ko: Too many levels of symbolic links
? 1
$ depmod -A; modprobe lkm; modprobe @MODS@/lkm.ko; modinfo @MODS@/lkm.ko; modinfo lkm; rmmod @MODS@/lkm.ko
! depmod: ERROR: could not read @MODS@/lkm.ko: Too many levels of symbolic links
! modprobe: FATAL: Module lkm not found in directory @MODS@
! modprobe: FATAL: Failed to get module from path @MODS@/lkm.ko: Too many levels of symbolic links
! modinfo: ERROR: Module @MODS@/lkm.ko not found.
! modinfo: ERROR: Module lkm not found.
! rmmod: ERROR: Module lkm is not currently loaded
? 1
$ insmod @MODS@/lkm.ko; insmod -v @MODS@/lkm.ko; modprobe -v @MODS@/lkm.ko; modprobe -D @MODS@/lkm.ko
! insmod: ERROR: could not load module @MODS@/lkm.ko: Too many levels of symbolic links
! insmod: ERROR: could not load module @MODS@/lkm.ko: Too many levels of symbolic links
!   @MODS@/lkm.ko is a symbolic link to lkm.ko, which leads back to it; a relative link starts at @MODS@/
! modprobe: FATAL: Failed to get module from path @MODS@/lkm.ko: Too many levels of symbolic links
!   @MODS@/lkm.ko is a symbolic link to lkm.ko, which leads back to it; a relative link starts at @MODS@/
! modprobe: FATAL: Failed to get module from path @MODS@/lkm.ko: Too many levels of symbolic links
? 1

## a link to what is not there is explained, too
$ ln -s build/lkm.ko @MODS@/lkm.ko; ln -s /tmp/none.ko a.ko; insmod -v @MODS@/lkm.ko; insmod -v a.ko; insmod a.ko; modprobe -v ./a.ko
! insmod: ERROR: could not load module @MODS@/lkm.ko: No such file or directory
!   @MODS@/lkm.ko is a symbolic link to build/lkm.ko, which is not there; a relative link starts at @MODS@/
! insmod: ERROR: could not load module a.ko: No such file or directory
!   a.ko is a symbolic link to /tmp/none.ko, which is not there
! insmod: ERROR: could not load module a.ko: No such file or directory
! modprobe: FATAL: Failed to get module from path ./a.ko: No such file or directory
!   ./a.ko is a symbolic link to /tmp/none.ko, which is not there
? 1
$ insmod -v none.ko; insmod -v a.ko/x
! insmod: ERROR: could not load module none.ko: No such file or directory
! insmod: ERROR: could not load module a.ko/x: No such file or directory
? 1

## where something may not be read, nothing is said of what would be in it
needs: command setpriv
$ mkdir -p t/lib/modules/1.2.3/kernel/x; cd t/lib/modules/1.2.3; chmod 0 kernel; setpriv --bounding-set -dac_override,-dac_read_search modprobe -v -d /tmp/t -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /tmp/t/lib/modules/1.2.3
? 1
$ chmod 755 t/lib/modules/1.2.3/kernel; modprobe -v -d /tmp/t -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /tmp/t/lib/modules/1.2.3
!   there are no modules in /tmp/t/lib/modules/1.2.3
!   install the modules of 1.2.3
? 1
$ cp @MODS@/kernel/fs/fat/fat.ko .; chmod 0 fat.ko; setpriv --bounding-set -dac_override,-dac_read_search insmod -v fat.ko
! insmod: ERROR: could not insert module fat.ko: Permission denied
!   fat.ko cannot be read: Permission denied
? 1

## parameters for a module that is in the kernel already have no effect
loaded: fat 86016 0
loaded: lkm 86016 0
$ modprobe fat a=1; modprobe -v fat; modprobe -v fat a=1 b; modprobe -v ext4 a=1; modprobe -qv fat a=1; modprobe -v lkm a=1
!   fat is in the kernel already: parameters given now have no effect
!   unload it first
!   ext4 is built into the kernel: parameters given now have no effect
!   add ext4.a=1 to the kernel command line, and reboot
!   lkm is in the kernel already; it is not found in directory @MODS@
!   lkm is in the kernel already: parameters given now have no effect
!   unload it first

## --explain says it outright, and never with -q
$ mkdir -p /img@MODS@ && modprobe --explain -d /img nix; modprobe --explain=always -d /img nix
! modprobe: FATAL: Module nix not found in directory /img@MODS@
!   there are no modules in /img@MODS@
!   install the modules of @VER@
! modprobe: FATAL: Module nix not found in directory /img@MODS@
!   there are no modules in /img@MODS@
!   install the modules of @VER@
? 1
$ env MODPROBE_OPTIONS=--explain modprobe -d /img nix
! modprobe: FATAL: Module nix not found in directory /img@MODS@
!   there are no modules in /img@MODS@
!   install the modules of @VER@
? 1
$ modprobe -v --explain=never -d /img nix; modprobe --explain=auto -d /img nix
! modprobe: FATAL: Module nix not found in directory /img@MODS@
! modprobe: FATAL: Module nix not found in directory /img@MODS@
? 1
$ modprobe -q --explain -d /img nix; modprobe --explain -s -d /img nix
? 1
$ modprobe --explain=perhaps nix; insmod --explain=
! modprobe: ERROR: bad value 'perhaps' of --explain: it takes always, auto or never
! insmod: ERROR: bad value '' of --explain: it takes always, auto or never
? 1

## a kernel without modules, whatever is asked of it
kernel: insert=ENOSYS remove=ENOSYS
$ rm /proc/modules && lsmod -v
! lsmod: ERROR: could not open /proc/modules: No such file or directory
! lsmod: ERROR: could not get list of modules: No such file or directory
!   the running kernel, @VER@, was built without support for modules
? 1
$ insmod -v @MODS@/kernel/drivers/net/dummy.ko
! insmod: ERROR: could not insert module @MODS@/kernel/drivers/net/dummy.ko: Function not implemented
!   the running kernel, @VER@, was built without support for modules
? 1
$ modprobe -rv dummy
!   the running kernel, @VER@, was built without support for modules
$ modprobe -rv dumy
! modprobe: FATAL: Module dumy not found.
!   the running kernel, @VER@, was built without support for modules
? 1
$ rmmod -v dummy
! rmmod: ERROR: Module dummy is not currently loaded
!   the running kernel, @VER@, was built without support for modules
? 1
$ rmmod dummy; lsmod; modprobe -r dummy
! rmmod: ERROR: Module dummy is not currently loaded
! lsmod: ERROR: could not open /proc/modules: No such file or directory
! lsmod: ERROR: could not get list of modules: No such file or directory
