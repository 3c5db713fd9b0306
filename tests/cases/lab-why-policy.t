# What keeps a module out of a real kernel, and that the next step lets it in.
where: lab

## blacklisted, and asked for by an alias: on a terminal, too
conf a.conf: blacklist brd
conf a.conf: alias ramdisk brd
$ mkdir -p /dev/pts && mount -t devpts none /dev/pts -o ptmxmode=666; script -qec 'modprobe ramdisk' /dev/null | tr -d '\r'; script -qec 'modprobe -q ramdisk' /dev/null; umount /dev/pts; modprobe ramdisk; @LOADED@
>   brd is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
>   load it by its own name without -b, or remove that line
$ modprobe brd && @LOADED@
> brd

## a command that denies a module
conf a.conf: # never
conf a.conf: install brd /bin/false
$ modprobe -v brd; @LOADED@
> install /bin/false $
! modprobe: ERROR: Error running install command '/bin/false' for module brd: retcode 1
! modprobe: ERROR: could not insert 'brd': Invalid argument
!   /etc/modprobe.d/a.conf line 2 says that brd is never loaded: install /bin/false
!   remove that line, or load it once with modprobe -i brd
$ modprobe -i brd && @LOADED@
> brd

## a command that denies what is needed: the kernel has never heard of it
conf a.conf: install fat /bin/true
$ modprobe -v vfat; @LOADED@
> install /bin/true $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: ERROR: could not insert 'vfat': Unknown symbol in module, or unknown parameter (see dmesg)
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 says that fat is never loaded: install /bin/true
!   remove that line, or load it once with modprobe -i fat
$ modprobe -i fat && modprobe vfat && @LOADED@
> vfat
> fat

## the same with an error
conf a.conf: install fat /bin/false
$ modprobe -v vfat; @LOADED@
> install /bin/false $
! modprobe: ERROR: Error running install command '/bin/false' for module fat: retcode 1
! modprobe: ERROR: could not insert 'vfat': Invalid argument
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 says that fat is never loaded: install /bin/false
!   remove that line, or load it once with modprobe -i fat
$ modprobe -i fat && modprobe vfat && @LOADED@
> vfat
> fat

## misspelt, and what is offered is loaded
$ modprobe -v vfta; modprobe -v VFAT; modprobe -v vfat.ko; insmod -v vfat
! modprobe: FATAL: Module vfta not found in directory @MODS@
!   there is no vfta; the nearest name is vfat
!   try vfat
! modprobe: FATAL: Module VFAT not found in directory @MODS@
!   names are told apart by case; there is vfat
!   try vfat
! modprobe: FATAL: Module vfat.ko not found in directory @MODS@
!   vfat.ko is the name of a file; the module is vfat
!   give the name alone: vfat
! insmod: ERROR: could not load module vfat: No such file or directory
!   insmod takes a file, and there is no vfat here; vfat is the name of a module
!   use modprobe vfat
? 1
$ modprobe vfat && @LOADED@
> vfat
> fat

## the kernel's own blacklist, the last of two on its command line: tests/lib/guest.py gives it
$ modprobe -v quota_v1 && modprobe -v quota_tree; modprobe -v quota_v2; insmod -v @MODS@/kernel/fs/quota/quota_tree.ko*
> insmod @MODS@/kernel/fs/quota/quota_v1.ko $
> insmod @MODS@/kernel/fs/quota/quota_tree.ko $
> insmod @MODS@/kernel/fs/quota/quota_tree.ko $
! modprobe: ERROR: could not insert 'quota_tree': Operation not permitted
!   the kernel refuses quota_tree: module_blacklist= on its command line names it
!   remove it there and reboot
! modprobe: ERROR: could not insert 'quota_v2': Operation not permitted
!   quota_v2 needs quota_tree, and that fails
!   the kernel refuses quota_tree: module_blacklist= on its command line names it
!   remove it there and reboot
! insmod: ERROR: could not insert module @MODS@/kernel/fs/quota/quota_tree.ko: Operation not permitted
!   the kernel refuses quota_tree: module_blacklist= on its command line names it
!   remove it there and reboot
? 1
