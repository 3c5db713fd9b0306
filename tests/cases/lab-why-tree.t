# What real kernels cannot be given, because of the module directory, and that the next step loads it.
where: lab
file /tmp/in: mount --bind /tmp/lib /lib/modules
file /tmp/in: "$@"

## there is no directory for the running kernel
$ mkdir -p lib/6.0.1/build && unshare -m sh in modprobe -v dummy
! modprobe: FATAL: Module dummy not found in directory @MODS@
!   there are no modules for @VER@, the running kernel
!   install the modules of @VER@
? 1
$ plainmod -u dummy && mkdir lib/6.0.2 && cp dummy.ko lib/6.0.2 && cd / && unshare -m sh /tmp/in modprobe -v dummy; unshare -m sh /tmp/in depmod --explain
! modprobe: FATAL: Module dummy not found in directory @MODS@
!   there are no modules for @VER@, the running kernel; there are for 6.0.2
!   install the modules of @VER@, or boot one of 6.0.2
! depmod: ERROR: could not open directory @MODS@: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
!   there are no modules for @VER@, the running kernel; there are for 6.0.2
!   install the modules of @VER@, or boot one of 6.0.2
? 1
$ mkdir lib/@VER@ && cp dummy.ko lib/@VER@ && unshare -m sh in depmod 2>/dev/null && unshare -m sh in modprobe dummy && @LOADED@
> dummy

## a directory without modules
$ mkdir -p lib/@VER@/kernel && unshare -m sh in modprobe -v dummy 2>&1 | grep -v WARNING
> modprobe: FATAL: Module dummy not found in directory @MODS@
>   there are no modules in @MODS@
>   install the modules of @VER@
$ plainmod -u dummy && cp dummy.ko lib/@VER@ && unshare -m sh in depmod 2>/dev/null && unshare -m sh in modprobe dummy && @LOADED@
> dummy

## no index
$ mkdir -p img@MODS@ && plainmod -u dummy && cp dummy.ko img@MODS@ && modprobe -v -d img rtnl-link-dummy 2>&1 | grep -v WARNING
> modprobe: FATAL: Module rtnl-link-dummy not found in directory /tmp/img@MODS@
>   it may be that rtnl-link-dummy is an alias: there is no index of aliases in /tmp/img@MODS@
>   run depmod -b /tmp/img @VER@
$ depmod -b/tmp/img @VER@ 2>/dev/null; modprobe -v -d img rtnl-link-dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko $
> dummy

## an index that is empty, or cut
$ mkdir -p img@MODS@ && plainmod -u dummy && cp dummy.ko img@MODS@ && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && depmod -b /tmp/img && head -c 40 modules.alias.bin >cut && mv cut modules.alias.bin && : >modules.alias && modprobe -v -d /tmp/img rtnl-link-dummy
! modprobe: WARNING: modules.alias.bin is corrupt in /tmp/img@MODS@; what it says is not known; run depmod
! modprobe: FATAL: could not plan to load 'rtnl-link-dummy': modules.alias.bin is corrupt
!   modules.alias.bin in /tmp/img@MODS@ is damaged
!   run depmod -b /tmp/img @VER@
? 1
$ depmod -b/tmp/img @VER@ && cd img@MODS@ && for f in modules.*.bin; do : >$f; done; : >modules.alias; modprobe -v -d /tmp/img rtnl-link-dummy
! modprobe: WARNING: modules.dep.bin is empty in /tmp/img@MODS@; using modules.dep instead, which is slower; run depmod
! modprobe: WARNING: modules.alias.bin is empty in /tmp/img@MODS@; what it says is not known; run depmod
! modprobe: FATAL: Module rtnl-link-dummy not found in directory /tmp/img@MODS@
!   it may be that rtnl-link-dummy is an alias: there is no index of aliases in /tmp/img@MODS@
!   run depmod -b /tmp/img @VER@
? 1
$ depmod -b/tmp/img @VER@ && cd img@MODS@ && for f in modules.*.bin; do head -c 30 $f >cut; mv cut $f; done; : >modules.dep; modprobe -v -d /tmp/img nix; modprobe -v -d /tmp/img dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko $
> dummy
! modprobe: FATAL: Module nix not found in directory /tmp/img@MODS@
! modprobe: WARNING: modules.dep.bin is corrupt in /tmp/img@MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod
$ rmmod dummy && depmod -b/tmp/img @VER@ && modprobe -v -d /tmp/img rtnl-link-dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko $
> dummy

## an index that this user may not read
$ mkdir -p img@MODS@ && plainmod -u dummy && cp dummy.ko img@MODS@ && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && umask 077 && depmod -b /tmp/img && chmod 1777 /tmp && setpriv --reuid 65534 --clear-groups modprobe -v -d /tmp/img rtnl-link-dummy
! libkmod: WARNING: kmod_config_parse: could not read /tmp/img@MODS@/modules.softdep: Permission denied
! libkmod: WARNING: kmod_config_parse: could not read /tmp/img@MODS@/modules.weakdep: Permission denied
! modprobe: WARNING: modules.dep.bin is not readable in /tmp/img@MODS@: Permission denied; modules.dep is not readable, so modules are found by the names of their files, and no aliases; run depmod as root, with umask 022
! modprobe: WARNING: modules.alias.bin is not readable in /tmp/img@MODS@: Permission denied; what it says is not known; run depmod as root, with umask 022
! modprobe: FATAL: could not plan to load 'rtnl-link-dummy': modules.alias.bin: Permission denied
!   this user may not read modules.alias.bin in /tmp/img@MODS@
!   run depmod as root, with umask 022
? 1
$ umask 022; depmod -b /tmp/img && setpriv --reuid 65534 --clear-groups modprobe -v -d /tmp/img rtnl-link-dummy; modprobe -d /tmp/img rtnl-link-dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko $
> dummy
! modprobe: ERROR: could not insert 'dummy': Operation not permitted
!   this process has not the capability CAP_SYS_MODULE: it is not root's
!   run it as root

## a file that the index does not know, and one that depmod does not take
file /etc/depmod.d/a.conf: exclude old
$ mkdir -p img@MODS@/old && plainmod -u dummy ifb && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && depmod -b /tmp/img && cp /tmp/dummy.ko . && cp /tmp/ifb.ko old && modprobe -v -d /tmp/img dummy; modprobe -v -d /tmp/img ifb
! modprobe: FATAL: Module dummy not found in directory /tmp/img@MODS@
!   dummy.ko is a file here, and a word without ./ is taken for a name
!   use ./dummy.ko
! modprobe: FATAL: Module ifb not found in directory /tmp/img@MODS@
!   old/ifb.ko is there, and depmod leaves it out: its configuration excludes it (/etc/depmod.d/a.conf line 1 has 'old')
!   take 'old' out of /etc/depmod.d/a.conf line 1, and run depmod
? 1
$ rm *.ko; depmod -b /tmp/img @VER@; modprobe -v -d /tmp/img dummy && modprobe -v -d /tmp/img ifb
> insmod /tmp/img@MODS@/dummy.ko $
! modprobe: FATAL: Module ifb not found in directory /tmp/img@MODS@
!   old/ifb.ko is there, and depmod leaves it out: its configuration excludes it (/etc/depmod.d/a.conf line 1 has 'old')
!   take 'old' out of /etc/depmod.d/a.conf line 1, and run depmod
? 1
$ sed -i 's/exclude old//' /etc/depmod.d/a.conf && depmod -b /tmp/img && modprobe -v -d /tmp/img ifb && @LOADED@
> insmod /tmp/img@MODS@/old/ifb.ko $
> ifb
> dummy

## a file that was removed after depmod: running depmod does not help
$ mkdir -p img@MODS@ && plainmod -u dummy && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && cp /tmp/dummy.ko . && depmod -b /tmp/img && rm dummy.ko && modprobe -v -d /tmp/img dummy
> insmod /tmp/img@MODS@/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Unknown symbol in module, or unknown parameter (see dmesg)
!   /tmp/img@MODS@/dummy.ko is not there, although the index has it
!   install it again
? 1
$ cp dummy.ko img@MODS@ && modprobe -v -d /tmp/img dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko $
> dummy

## a file that was compressed after depmod: it helps
$ mkdir -p img@MODS@ && plainmod -u dummy && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && cp /tmp/dummy.ko . && depmod -b /tmp/img && xz --check=crc32 dummy.ko && modprobe -v -d /tmp/img dummy
> insmod /tmp/img@MODS@/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Unknown symbol in module, or unknown parameter (see dmesg)
!   dummy.ko.xz is there, and no index knows it
!   /tmp/img@MODS@/dummy.ko is not there, although the index has it
!   run depmod -b /tmp/img @VER@
? 1
$ depmod -b /tmp/img @VER@ && modprobe -v -d /tmp/img dummy && @LOADED@
> insmod /tmp/img@MODS@/dummy.ko.xz $
> dummy

## only for another kernel
$ mkdir -p lib/6.0.2 lib/@VER@ && plainmod -u dummy ifb && for v in 6.0.2 @VER@; do touch lib/$v/modules.order lib/$v/modules.builtin lib/$v/modules.builtin.modinfo; done; cp dummy.ko lib/6.0.2 && cp ifb.ko lib/@VER@ && unshare -m sh in depmod 6.0.2 && unshare -m sh in depmod; cd /; unshare -m sh /tmp/in modprobe -v dummy; unshare -m sh /tmp/in modinfo --explain dummy
! modprobe: FATAL: Module dummy not found in directory @MODS@
!   dummy is there for 6.0.2 only, and @VER@ is running
!   boot 6.0.2, or install dummy for @VER@
! modinfo: ERROR: Module dummy not found.
!   dummy is there for 6.0.2 only, and @VER@ is running
!   boot 6.0.2, or install dummy for @VER@
? 1
$ cp dummy.ko lib/@VER@ && unshare -m sh in depmod && unshare -m sh in modprobe dummy && @LOADED@
> dummy

## parameters of what is built in: tests/lib/guest.py gives this one to the kernel
$ modprobe -v tcp_cubic beta=700; cat /sys/module/tcp_cubic/parameters/beta
> 700
!   tcp_cubic is built into the kernel: parameters given now have no effect
!   add tcp_cubic.beta=700 to the kernel command line, and reboot

## a module that is there twice: one file is taken, and the other with an override
$ mkdir -p img@MODS@/updates img@MODS@/kernel && plainmod -u dummy && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && cp /tmp/dummy.ko kernel && depmod -b /tmp/img && cp /tmp/dummy.ko updates && modprobe -v --explain -d /tmp/img dummy && rmmod dummy
> insmod /tmp/img@MODS@/kernel/dummy.ko $
!   updates/dummy.ko is there, and no index knows it
!   run depmod -b /tmp/img @VER@
$ depmod -b /tmp/img @VER@; modprobe -v --explain -d /tmp/img dummy && rmmod dummy; modinfo --explain -b /tmp/img -F name dummy
> insmod /tmp/img@MODS@/updates/dummy.ko $
> dummy
!   dummy is there twice: updates/dummy.ko is taken, and not kernel/dummy.ko, because 'updates' is searched first
!   to take the other: echo 'override dummy * kernel' >>/etc/depmod.d/dummy.conf, and run depmod
!   dummy is there twice: updates/dummy.ko is taken, and not kernel/dummy.ko, because 'updates' is searched first
!   to take the other: echo 'override dummy * kernel' >>/etc/depmod.d/dummy.conf, and run depmod
$ echo 'override dummy * kernel' >>/etc/depmod.d/dummy.conf; depmod -v -b /tmp/img; modprobe -v --explain -d /tmp/img dummy && @LOADED@
> insmod /tmp/img@MODS@/kernel/dummy.ko $
> dummy
!   dummy is there twice: kernel/dummy.ko is taken, and not updates/dummy.ko, because 'override' says so (/etc/depmod.d/dummy.conf line 1)
!   dummy is there twice: kernel/dummy.ko is taken, and not updates/dummy.ko, because 'override' says so (/etc/depmod.d/dummy.conf line 1)

## a module that is there twice, and the file that is taken does not load
$ mkdir -p img@MODS@/updates img@MODS@/kernel && plainmod -u dummy && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && cp /tmp/dummy.ko kernel && head -c 3000 /tmp/dummy.ko >updates/dummy.ko; depmod -b /tmp/img 2>/dev/null; modprobe -v --explain -d /tmp/img dummy
> insmod /tmp/img@MODS@/updates/dummy.ko $
! modprobe: ERROR: could not insert 'dummy': Exec format error
!   /tmp/img@MODS@/updates/dummy.ko is cut off or damaged
!   dummy is there twice: updates/dummy.ko is taken, and not kernel/dummy.ko, because 'updates' is searched first
!   install or build it again
? 1
$ echo 'override dummy * kernel' >>/etc/depmod.d/dummy.conf; depmod -b /tmp/img && modprobe --explain -d /tmp/img dummy && @LOADED@
> dummy
!   dummy is there twice: kernel/dummy.ko is taken, and not updates/dummy.ko, because 'override' says so (/etc/depmod.d/dummy.conf line 1)

## names that were typed in another way
file /etc/modprobe.d/mine: alias my-alias dummy
$ modprobe -v 'dummy ifb'; modprobe -v “dummy”; modprobe -v rtnl–link—dummy; modprobe -v my_alias; modprobe -v kernel/drivers/net/dummy.ko; modprobe -v "dummy numdummies=2"
! modprobe: FATAL: Module dummy ifb not found in directory @MODS@
!   'dummy ifb' is given as one word, and it is two: dummy and ifb
!   use modprobe -a dummy ifb
! modprobe: FATAL: Module “dummy” not found in directory @MODS@
!   “dummy” has a typographic quote in it, as word processors make it
!   type dummy
! modprobe: FATAL: Module rtnl–link—dummy not found in directory @MODS@
!   rtnl–link—dummy has a typographic dash in it, as word processors make it
!   type rtnl-link-dummy
! modprobe: FATAL: Module my_alias not found in directory @MODS@
!   /etc/modprobe.d/mine has an alias my_alias, and is not read: its name does not end in .conf
!   rename it: mv /etc/modprobe.d/mine /etc/modprobe.d/mine.conf
! modprobe: FATAL: Module kernel/drivers/net/dummy.ko not found in directory @MODS@
!   kernel/drivers/net/dummy.ko is the name of a file; the module is dummy
!   give the name alone: dummy
! modprobe: FATAL: Module dummy numdummies=2 not found in directory @MODS@
!   'dummy numdummies=2' is given as one word, and it is two: dummy and numdummies=2
!   use modprobe dummy numdummies=2
? 1
$ modprobe -a dummy ifb && rmmod dummy && modprobe dummy && rmmod dummy && modprobe rtnl-link-dummy && rmmod dummy && modprobe dummy numdummies=2 && rmmod dummy && mv /etc/modprobe.d/mine /etc/modprobe.d/mine.conf && modprobe my_alias && @LOADED@
> dummy
> ifb
$ rmmod dummy && plainmod -u dummy && mv dummy.ko mydummy.ko && modprobe -v mydummy
! modprobe: FATAL: Module mydummy not found in directory @MODS@
!   mydummy.ko is a file here, and a word without ./ is taken for a name
!   use ./mydummy.ko
? 1
$ modprobe ./mydummy.ko && @LOADED@
> dummy
> ifb

## a link to itself, by its path and by its name
$ plainmod -u dummy && mkdir d && ln -s dummy.ko d/dummy.ko; insmod -v d/dummy.ko
! insmod: ERROR: could not load module d/dummy.ko: Too many levels of symbolic links
!   d/dummy.ko is a symbolic link to dummy.ko, which leads back to it; a relative link starts at d/
!   make it again: ln -sfr dummy.ko d/dummy.ko
? 1
$ ln -sfr dummy.ko d/dummy.ko && insmod d/dummy.ko && rmmod dummy
$ mkdir -p img@MODS@ && cd img@MODS@ && touch modules.order modules.builtin modules.builtin.modinfo && cd /tmp && ln -s dummy.ko img@MODS@/mydummy.ko; depmod -v -b /tmp/img; modprobe -v -d /tmp/img mydummy
! depmod: ERROR: could not read /tmp/img@MODS@/mydummy.ko: No such file or directory
!   /tmp/img@MODS@/mydummy.ko is a symbolic link to dummy.ko, which is not there; a relative link starts at /tmp/img@MODS@/
!   make it again: ln -sfr dummy.ko /tmp/img@MODS@/mydummy.ko
! modprobe: FATAL: Module mydummy not found in directory /tmp/img@MODS@
!   /tmp/img@MODS@/mydummy.ko is a symbolic link to dummy.ko, which is not there; a relative link starts at /tmp/img@MODS@/
!   make it again: ln -sfr dummy.ko /tmp/img@MODS@/mydummy.ko
? 1
$ ln -sfr dummy.ko /tmp/img@MODS@/mydummy.ko; depmod -b /tmp/img; modprobe -v -d /tmp/img mydummy && @LOADED@
> insmod /tmp/img@MODS@/mydummy.ko $
> dummy

## /proc is not mounted
$ unshare -m sh -c 'mount -t tmpfs none /proc; lsmod -v; mount -t proc proc /proc; lsmod | head -n 1'
> Module                  Size  Used by
! lsmod: ERROR: could not open /proc/modules: No such file or directory
! lsmod: ERROR: could not get list of modules: No such file or directory
!   /proc is not mounted: the kernel lists its modules there
!   mount it: mount -t proc proc /proc
