# What modinfo and depmod say of files and directories that they cannot read; each next step that is a command is run.
where: host

## modinfo says what a file is that is no module
$ echo text >text.ko; modinfo --explain ./text.ko; : >empty.ko; modinfo --explain ./empty.ko
> filename:       /tmp/./text.ko
> filename:       /tmp/./empty.ko
! modinfo: ERROR: could not get modinfo from 'text': Invalid argument
!   /tmp/./text.ko is no module but text
!   install or build it again
! modinfo: ERROR: could not get modinfo from 'empty': Invalid argument
!   /tmp/./empty.ko is empty
!   install or build it again
? 1
$ mkmod -o a.ko --name a; head -c 300 a.ko >cut.ko; modinfo --explain ./cut.ko; modinfo ./cut.ko
> filename:       /tmp/./cut.ko
> filename:       /tmp/./cut.ko
! modinfo: ERROR: could not get modinfo from 'cut': Invalid argument
!   /tmp/./cut.ko is cut off or damaged
!   install or build it again
! modinfo: ERROR: could not get modinfo from 'cut': Invalid argument
? 1

## modinfo of a module of the tree, by name and through a link that leads nowhere
$ mkdir -p @MODS@; mkmod -o @MODS@/a.ko --name a; depmod 2>/dev/null; mv @MODS@/a.ko b.ko; modinfo --explain -F name a
! modinfo: ERROR: could not get modinfo from 'a': No such file or directory
!   @MODS@/a.ko is not there, although the index has it
!   install it again
? 1
$ cd /tmp; ln -s b.ko @MODS@/a.ko; modinfo --explain -F name a
! modinfo: ERROR: could not get modinfo from 'a': No such file or directory
!   @MODS@/a.ko is a symbolic link to b.ko, which is not there; a relative link starts at @MODS@/
!   make it again: ln -sfr b.ko @MODS@/a.ko
? 1
$ ln -sfr b.ko @MODS@/a.ko; modinfo -F name a
> a

## modinfo of other kernels and directories
$ mkdir -p /img/lib/modules/1.2.4; mkmod -o /img/lib/modules/1.2.4/a.ko --name a; depmod -b /img 1.2.4 2>/dev/null; modinfo --explain -b /img -F name a
! modinfo: ERROR: Module a not found.
!   there are no modules for @VER@; there are for 1.2.4
!   use -k 1.2.4
? 1
$ modinfo -b /img -k 1.2.4 -F name a; modinfo --explain -b /img/lib/modules -k 1.2.4 -F name a
> a
! modinfo: ERROR: Module a not found.
!   -b takes the directory above lib/modules, and /img/lib/modules is another
!   use -b /img
? 1
$ modinfo -b /img -k 1.2.4 -F name a; modinfo --explain -b /img -k 1.2.4 'a b'; modinfo --explain -b /nix a
> a
! modinfo: ERROR: Module a b not found.
! modinfo: ERROR: Module a not found.
!   there is no directory /nix
? 1

## depmod says what a file is that it cannot read, and goes on
$ mkdir -p @MODS@; cd @MODS@; echo text >text.ko; : >empty.ko; ln -s loop.ko loop.ko; ln -s nix.ko broken.ko; mkmod -o a.ko --name a; depmod --explain 2>&1 | grep -v 'WARNING: could not open modules'; cat modules.dep
> depmod: ERROR: could not read @MODS@/broken.ko: No such file or directory
>   @MODS@/broken.ko is a symbolic link to nix.ko, which is not there; a relative link starts at @MODS@/
> depmod: ERROR: could not read @MODS@/loop.ko: Too many levels of symbolic links
>   @MODS@/loop.ko is a symbolic link to loop.ko, which leads back to it; a relative link starts at @MODS@/
> depmod: ERROR: failed to load symbols from @MODS@/empty.ko: Invalid argument
>   @MODS@/empty.ko is empty
>   install or build it again
> depmod: ERROR: failed to load symbols from @MODS@/text.ko: Invalid argument
>   @MODS@/text.ko is no module but text
>   install or build it again
> empty.ko:
> text.ko:
> a.ko:
$ cd @MODS@; rm text.ko empty.ko; ln -sfr a.ko broken.ko; rm loop.ko; depmod --explain 2>&1 | grep -v 'WARNING: could not open modules'
? 1

## depmod without a directory
$ depmod --explain -b /nix; depmod 1.2.5; mkdir -p /img/lib/modules/1.2.4; mkmod -o /img/lib/modules/1.2.4/a.ko --name a; depmod --explain -b /img 1.2.5
! depmod: ERROR: could not open directory /nix@MODS@: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
!   there is no directory /nix
! depmod: ERROR: could not open directory /lib/modules/1.2.5: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
! depmod: ERROR: could not open directory /img/lib/modules/1.2.5: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
!   there are no modules for 1.2.5; there are for 1.2.4
!   use depmod 1.2.4
? 1
$ depmod -b /img 1.2.4 2>/dev/null; cat /img/lib/modules/1.2.4/modules.dep; depmod --explain -b /img/lib/modules 1.2.4
> a.ko:
! depmod: ERROR: could not open directory /img/lib/modules/lib/modules/1.2.4: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
!   -b takes the directory above lib/modules, and /img/lib/modules is another
!   use -b /img
? 1
$ depmod -b /img 1.2.4 2>/dev/null; depmod --explain -q -b /nix; depmod --explain
! depmod: ERROR: could not open directory @MODS@: No such file or directory
! depmod: FATAL: could not search modules: No such file or directory
!   there are no modules for @VER@, the running kernel
!   install the modules of @VER@
? 1
