# Why a name was not found, or what keeps a module out; each next step that is a command is run.
where: host
tree: uml

## nothing is said of a name that is like no other, and nothing with -q
$ modprobe -v nix; modprobe -v brdd1; modprobe -qv VFAT
! modprobe: FATAL: Module nix not found in directory @MODS@
! modprobe: FATAL: Module brdd1 not found in directory @MODS@
? 1
$ modprobe VFAT; modprobe vfat.ko
! modprobe: FATAL: Module VFAT not found in directory @MODS@
! modprobe: FATAL: Module vfat.ko not found in directory @MODS@
? 1

## the nearest name
kernel: insert=0
$ modprobe -v vfta; modprobe -v dumy; modprobe -v zsmaloc
! modprobe: FATAL: Module vfta not found in directory @MODS@
!   there is no vfta; the nearest name is vfat
!   try vfat
! modprobe: FATAL: Module dumy not found in directory @MODS@
!   there is no dumy; the nearest name is dummy
!   try dummy
! modprobe: FATAL: Module zsmaloc not found in directory @MODS@
!   there is no zsmaloc; the nearest name is zsmalloc
!   try zsmalloc
? 1
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -v vxat
! modprobe: FATAL: Module vxat not found in directory @MODS@
? 1

## a suffix, another case
kernel: insert=0
$ modprobe -v dummy.ko; modprobe -v dummy.ko.xz; modprobe -v DUMMY; modprobe -v Dummy.ko
! modprobe: FATAL: Module dummy.ko not found in directory @MODS@
!   dummy.ko is the name of a file; the module is dummy
!   give the name alone: dummy
! modprobe: FATAL: Module dummy.ko.xz not found in directory @MODS@
!   dummy.ko.xz is the name of a file; the module is dummy
!   give the name alone: dummy
! modprobe: FATAL: Module DUMMY not found in directory @MODS@
!   names are told apart by case; there is dummy
!   try dummy
! modprobe: FATAL: Module Dummy.ko not found in directory @MODS@
!   names are told apart by case; there is dummy
!   try dummy
? 1
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## two names in one word
kernel: insert=0
$ modprobe -v 'dummy ifb'; modprobe -v 'dummy nix'; modprobe -v dummy,ifb; modprobe -v ' dummy'; modprobe -v 'dummy numdummies=2'; modprobe -v drivers/net/dummy
! modprobe: FATAL: Module dummy ifb not found in directory @MODS@
!   'dummy ifb' is given as one word, and it is two: dummy and ifb
!   use modprobe -a dummy ifb
! modprobe: FATAL: Module dummy nix not found in directory @MODS@
! modprobe: FATAL: Module dummy,ifb not found in directory @MODS@
!   'dummy,ifb' is given as one word, and it is two: dummy and ifb
!   use modprobe -a dummy ifb
! modprobe: FATAL: Module  dummy not found in directory @MODS@
!   there is no  dummy; the nearest name is dummy
!   try dummy
! modprobe: FATAL: Module dummy numdummies=2 not found in directory @MODS@
!   'dummy numdummies=2' is given as one word, and it is two: dummy and numdummies=2
!   use modprobe dummy numdummies=2
! modprobe: FATAL: Module drivers/net/dummy not found in directory @MODS@
!   drivers/net/dummy is the name of a file; the module is dummy
!   give the name alone: dummy
? 1
$ modprobe -v dummy numdummies=2
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2
$ modprobe -v -a dummy ifb
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $

## a typographic dash or quote
$ modprobe -v –r dummy; modprobe -v “dummy”; modprobe -v zs—malloc; modprobe -v a−b
! modprobe: FATAL: Module –r not found in directory @MODS@
!   –r has a typographic dash in it, as word processors make it
!   type -r
! modprobe: FATAL: Module “dummy” not found in directory @MODS@
!   “dummy” has a typographic quote in it, as word processors make it
!   type dummy
! modprobe: FATAL: Module zs—malloc not found in directory @MODS@
!   zs—malloc has a typographic dash in it, as word processors make it
!   type zs-malloc
! modprobe: FATAL: Module a−b not found in directory @MODS@
!   a−b has a typographic dash in it, as word processors make it
!   type a-b
? 1

## a file of the working directory
kernel: insert=0
$ mkmod -o lkm.ko --name lkm; modprobe -v lkm.ko; modprobe -v lkm; mkdir x.ko; modprobe -v x
! modprobe: FATAL: Module lkm.ko not found in directory @MODS@
!   lkm.ko is a file here, and a word without ./ is taken for a name
!   use ./lkm.ko
! modprobe: FATAL: Module lkm not found in directory @MODS@
!   lkm.ko is a file here, and a word without ./ is taken for a name
!   use ./lkm.ko
! modprobe: FATAL: Module x not found in directory @MODS@
? 1
$ modprobe -v ./lkm.ko
> insmod ./lkm.ko $

## a name given to insmod
kernel: insert=0
$ insmod -v dummy; insmod -v dummy.ko; insmod -v nix; insmod -v ./dummy.ko; insmod dummy
! insmod: ERROR: could not load module dummy: No such file or directory
!   insmod takes a file, and there is no dummy here; dummy is the name of a module
!   use modprobe dummy
! insmod: ERROR: could not load module dummy.ko: No such file or directory
!   insmod takes a file, and there is no dummy.ko here; dummy is the name of a module
!   use modprobe dummy
! insmod: ERROR: could not load module nix: No such file or directory
! insmod: ERROR: could not load module ./dummy.ko: No such file or directory
! insmod: ERROR: could not load module dummy: No such file or directory
? 1
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## directories that are not there, or one too far down
kernel: insert=0
$ modprobe -v -d /nonexist dummy
! modprobe: FATAL: Module dummy not found in directory /nonexist@MODS@
!   there is no directory /nonexist
? 1
$ mkdir -p /img/lib/modules; cp -r @MODS@ /img/lib/modules/; modprobe -v -d /img/lib/modules dummy; modprobe -v -d /img/lib/modules/ dummy
! modprobe: FATAL: Module dummy not found in directory /img/lib/modules@MODS@
!   -d takes the directory above lib/modules, and /img/lib/modules is another
!   use -d /img
! modprobe: FATAL: Module dummy not found in directory /img/lib/modules/@MODS@
!   -d takes the directory above lib/modules, and /img/lib/modules/ is another
!   use -d /img
? 1
$ modprobe -v -d /img@MODS@ dummy
! modprobe: FATAL: Module dummy not found in directory /img@MODS@@MODS@
!   -d takes the directory above lib/modules, and /img@MODS@ is another
!   use -d /img
? 1
$ modprobe -v -d /img dummy
> insmod /img@MODS@/kernel/drivers/net/dummy.ko $

## other versions count only if there are modules for them
kernel: insert=0
$ mkdir -p /img/lib/modules/1.2.3/build /img/lib/modules/1.2.4/kernel; ln -s /usr /img/lib/modules/1.2.3/source; modprobe -v -d /img -S 1.2.5 lkm
! modprobe: FATAL: Module lkm not found in directory /img/lib/modules/1.2.5
!   there are no modules for 1.2.5
? 1
$ mkmod -o /img/lib/modules/1.2.4/kernel/lkm.ko --name lkm; modprobe -v -d /img -S 1.2.5 lkm
! modprobe: FATAL: Module lkm not found in directory /img/lib/modules/1.2.5
!   there are no modules for 1.2.5; there are for 1.2.4
!   use -S 1.2.4
? 1
$ modprobe -v -d /img -S 1.2.4 lkm 2>/dev/null
> insmod /img/lib/modules/1.2.4/kernel/lkm.ko $
$ mkdir /img/lib/modules/1.2.6; mkmod -o /img/lib/modules/1.2.6/a.ko --name a; modprobe -v -d /img -S 1.2.6 lkm 2>&1 | grep -v WARN
> modprobe: FATAL: Module lkm not found in directory /img/lib/modules/1.2.6
>   lkm is there for 1.2.4 only
$ mkdir -p /lib/modules/1.2.4; mkmod -o /lib/modules/1.2.4/lkm.ko --name lkm; modprobe -v lkm
! modprobe: FATAL: Module lkm not found in directory @MODS@
!   lkm is there for 1.2.4 only, and @VER@ is running
!   boot 1.2.4, or install lkm for @VER@
? 1

## a file that no index has: depmod helps, or does not
kernel: insert=0
$ mkdir -p /img@MODS@; mkmod -o /img@MODS@/a.ko --name a; depmod -b /img 2>/dev/null; mkmod -o /img@MODS@/new.ko --name new; echo >/img@MODS@/text.ko; modprobe -v -d /img new; modprobe -v -d /img text
! modprobe: FATAL: Module new not found in directory /img@MODS@
!   new.ko is there, and no index knows it
!   run depmod -b /img @VER@
! modprobe: FATAL: Module text not found in directory /img@MODS@
!   /img@MODS@/text.ko is no module but text
!   install or build it again
? 1
$ depmod -b/img @VER@ 2>/dev/null; modprobe -v -d /img new
> insmod /img@MODS@/new.ko $

## a file that was removed after depmod
$ mkdir -p /img@MODS@; mkmod -o /img@MODS@/a.ko --name a; depmod -b /img 2>/dev/null; rm /img@MODS@/a.ko; modprobe -v -d /img a
> insmod /img@MODS@/a.ko $
! modprobe: ERROR: could not insert 'a': Unknown symbol in module, or unknown parameter (see dmesg)
!   /img@MODS@/a.ko is not there, although the index has it
!   install it again
? 1

## no index of aliases
kernel: insert=0
$ mkdir -p /img@MODS@; mkmod -o /img@MODS@/a.ko --name a --info alias=some:a; depmod -b /img 2>/dev/null; rm /img@MODS@/modules.alias*; modprobe -v -d /img some:a 2>&1 | grep -v WARN
> modprobe: FATAL: Module some:a not found in directory /img@MODS@
>   it may be that some:a is an alias: there is no index of aliases in /img@MODS@
>   run depmod -b /img @VER@
$ depmod -b/img @VER@ 2>/dev/null; modprobe -v -d /img some:a
> insmod /img@MODS@/a.ko $

## blacklisted, and asked for by an alias
kernel: insert=0
conf a.conf: blacklist dummy
conf a.conf: alias foo dummy
$ modprobe -v foo; modprobe foo; modprobe -qv foo
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line
$ modprobe -v dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## a command that denies a module, or what it needs
kernel: insert=0
conf a.conf: install dummy /bin/false
conf a.conf: install ifb /bin/true
conf a.conf: install fat /bin/false
$ modprobe -v dummy; modprobe -v ifb; modprobe -v vfat; modprobe dummy; modprobe ifb
> install /bin/false $
> install /bin/true $
> install /bin/false $
! modprobe: ERROR: Error running install command '/bin/false' for module dummy: retcode 1
! modprobe: ERROR: could not insert 'dummy': Invalid argument
!   /etc/modprobe.d/a.conf line 1 says that dummy is never loaded: install /bin/false
!   remove that line, or load it once with modprobe -i dummy
!   /etc/modprobe.d/a.conf line 2 says that ifb is never loaded: install /bin/true
!   remove that line, or load it once with modprobe -i ifb
! modprobe: ERROR: Error running install command '/bin/false' for module fat: retcode 1
! modprobe: ERROR: could not insert 'vfat': Invalid argument
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 3 says that fat is never loaded: install /bin/false
!   remove that line, or load it once with modprobe -i fat
! modprobe: ERROR: Error running install command '/bin/false' for module dummy: retcode 1
! modprobe: ERROR: could not insert 'dummy': Invalid argument
$ modprobe -v -i dummy; modprobe -v -i ifb; modprobe -v -i fat
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $

## what is needed is denied without an error: the kernel misses it
kernel: insert=ENOENT
conf a.conf: install fat /bin/true
$ modprobe -v vfat
> install /bin/true $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: ERROR: could not insert 'vfat': Unknown symbol in module, or unknown parameter (see dmesg)
!   vfat needs fat, and that fails
!   /etc/modprobe.d/a.conf line 1 says that fat is never loaded: install /bin/true
!   remove that line, or load it once with modprobe -i fat
? 1

## a command that fails
conf a.conf: install dummy exit 3
$ modprobe -v dummy
> install exit 3 $
! modprobe: ERROR: Error running install command 'exit 3' for module dummy: retcode 3
! modprobe: ERROR: could not insert 'dummy': Invalid argument
!   /etc/modprobe.d/a.conf line 1 has a command that loads dummy, and it failed: exit 3
!   mend that line, or load it without, with modprobe -i dummy
? 1

## the kernel denies what is needed
kernel: insert=EPERM
cmdline: module_blacklist=fat
file /sys/module/kernel/parameters/module_blacklist: fat
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
! modprobe: ERROR: could not insert 'vfat': Operation not permitted
!   vfat needs fat, and that fails
!   the kernel refuses fat: module_blacklist= on its command line names it
!   remove it there and reboot
? 1

## parameters for what is built in
$ modprobe -v ext4 a=1 b -- c; modprobe -v ext4 'a="x y"'; modprobe -v ext4; modprobe ext4 a=1
!   ext4 is built into the kernel: parameters given now have no effect
!   add ext4.a=1 ext4.b ext4.c to the kernel command line, and reboot
!   ext4 is built into the kernel: parameters given now have no effect

## links that lead nowhere
kernel: insert=0
$ mkmod -o lkm.ko --name lkm; mkdir d; ln -s lkm.ko d/lkm.ko; insmod -v d/lkm.ko
! insmod: ERROR: could not load module d/lkm.ko: Too many levels of symbolic links
!   d/lkm.ko is a symbolic link to lkm.ko, which leads back to it; a relative link starts at d/
!   make it again: ln -sfr lkm.ko d/lkm.ko
? 1
$ ln -sfr lkm.ko d/lkm.ko; insmod -v d/lkm.ko
$ ln -sf x/lkm.ko d/lkm.ko; insmod -v d/lkm.ko; mkdir x; mv lkm.ko x; modprobe -v ./d/lkm.ko
! insmod: ERROR: could not load module d/lkm.ko: No such file or directory
!   d/lkm.ko is a symbolic link to x/lkm.ko, which is not there; a relative link starts at d/
! modprobe: FATAL: Failed to get module from path ./d/lkm.ko: No such file or directory
!   ./d/lkm.ko is a symbolic link to x/lkm.ko, which is not there; a relative link starts at ./d/
!   make it again: ln -sfr x/lkm.ko ./d/lkm.ko
? 1
$ ln -sfr x/lkm.ko ./d/lkm.ko; modprobe -v ./d/lkm.ko
> insmod ./d/lkm.ko $

## an alias in a file whose name does not end in .conf
kernel: insert=0
file /etc/modprobe.d/mine: alias my-alias dummy
file /etc/modprobe.d/old.bak: alias my-other dummy
$ modprobe -v my_alias; modprobe -v my-other; modprobe -v -C /etc/modprobe.d my_alias
! modprobe: FATAL: Module my_alias not found in directory @MODS@
!   /etc/modprobe.d/mine has an alias my_alias, and is not read: its name does not end in .conf
!   rename it: mv /etc/modprobe.d/mine /etc/modprobe.d/mine.conf
! modprobe: FATAL: Module my-other not found in directory @MODS@
! modprobe: FATAL: Module my_alias not found in directory @MODS@
? 1
$ mv /etc/modprobe.d/mine /etc/modprobe.d/mine.conf; modprobe -v my_alias
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## a link of the module directory that leads nowhere
kernel: insert=0
$ mkdir -p /img@MODS@; cd /img@MODS@; mkmod -o a.ko --name a; ln -s x.ko lkm.ko; ln -s self.ko self.ko; depmod -b /img 2>/dev/null; modprobe -v -d /img lkm; modprobe -v -d /img self
! modprobe: FATAL: Module lkm not found in directory /img@MODS@
!   /img@MODS@/lkm.ko is a symbolic link to x.ko, which is not there; a relative link starts at /img@MODS@/
! modprobe: FATAL: Module self not found in directory /img@MODS@
!   /img@MODS@/self.ko is a symbolic link to self.ko, which leads back to it; a relative link starts at /img@MODS@/
? 1
$ cd /tmp; mkmod -o x.ko --name lkm; modprobe -v -d /img lkm
! modprobe: FATAL: Module lkm not found in directory /img@MODS@
!   /img@MODS@/lkm.ko is a symbolic link to x.ko, which is not there; a relative link starts at /img@MODS@/
!   make it again: ln -sfr x.ko /img@MODS@/lkm.ko
? 1
$ ln -sfr x.ko /img@MODS@/lkm.ko; modprobe -v -d /img lkm
! modprobe: FATAL: Module lkm not found in directory /img@MODS@
!   lkm.ko is there, and no index knows it
!   run depmod -b /img @VER@
? 1
$ depmod -b/img @VER@ 2>/dev/null; modprobe -v -d /img lkm
> insmod /img@MODS@/lkm.ko $
$ ln -sf lkm.ko /img@MODS@/lkm.ko; modprobe -v -d /img lkm
> insmod /img@MODS@/lkm.ko $
! modprobe: ERROR: could not insert 'lkm': Too many levels of symbolic links
!   /img@MODS@/lkm.ko is a symbolic link to lkm.ko, which leads back to it; a relative link starts at /img@MODS@/
? 1

## a file that depmod does not take, by its configuration or by its name
kernel: insert=0
file /etc/depmod.d/a.conf: # old ones
file /etc/depmod.d/a.conf: exclude nix old
$ mkdir -p @MODS@/old; cd @MODS@; mkmod -o old/lkm.ko --name lkm; mkmod -o b.ko --name b; mkmod -o c.ko.off --name c; bzip2 b.ko; depmod 2>/dev/null; modprobe -v lkm; modprobe -v b; modprobe -v c
! modprobe: FATAL: Module lkm not found in directory @MODS@
!   old/lkm.ko is there, and depmod leaves it out: its configuration excludes it (/etc/depmod.d/a.conf line 2 has 'old')
!   take 'old' out of /etc/depmod.d/a.conf line 2, and run depmod
! modprobe: FATAL: Module b not found in directory @MODS@
!   @MODS@/b.ko.bz2 is compressed with bzip2, which neither the kernel nor this program can decompress
!   decompress it, or compress it with xz, zstd or gzip
! modprobe: FATAL: Module c not found in directory @MODS@
!   c.ko.off is there, and depmod leaves it out: its name is not that of a module
? 1
$ mkdir @MODS@/zz; mkmod -o @MODS@/zz/lkm.ko --name lkm; modprobe -v lkm; depmod 2>/dev/null; modprobe -v lkm; rm -r @MODS@/zz
> insmod @MODS@/zz/lkm.ko $
! modprobe: FATAL: Module lkm not found in directory @MODS@
!   zz/lkm.ko is there, and no index knows it
!   run depmod @VER@
$ sed -i 's/ old//' /etc/depmod.d/a.conf; bunzip2 @MODS@/b.ko.bz2; depmod 2>/dev/null; modprobe -v lkm; modprobe -v b
> insmod @MODS@/old/lkm.ko $
> insmod @MODS@/b.ko $
