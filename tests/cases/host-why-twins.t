# Several files of one module: which one is taken, why, and how to take the other.
where: host
kernel: insert=0

## updates before the rest, until an override names the other
$ mkdir -p @MODS@/updates @MODS@/kernel/fs; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o updates/a-b.ko --name a_b; mkmod -o kernel/fs/a-b.ko --name a_b; depmod --explain; modprobe -v --explain a_b; modinfo --explain -F name a_b
> insmod @MODS@/updates/a-b.ko $
> a_b
!   a_b is there twice: updates/a-b.ko is taken, and not kernel/fs/a-b.ko, because 'updates' is searched first
!   to take the other: echo 'override a-b * kernel/fs' >>/etc/depmod.d/a_b.conf, and run depmod
!   a_b is there twice: updates/a-b.ko is taken, and not kernel/fs/a-b.ko, because 'updates' is searched first
!   to take the other: echo 'override a-b * kernel/fs' >>/etc/depmod.d/a_b.conf, and run depmod
!   a_b is there twice: updates/a-b.ko is taken, and not kernel/fs/a-b.ko, because 'updates' is searched first
!   to take the other: echo 'override a-b * kernel/fs' >>/etc/depmod.d/a_b.conf, and run depmod
$ modprobe a_b; modprobe -v a_b; modprobe -qv --explain a_b; modprobe -v -n a_b; depmod -v -q; depmod; modinfo -F name a_b
> insmod @MODS@/updates/a-b.ko $
> insmod @MODS@/updates/a-b.ko $
> a_b
$ mkdir -p /etc/depmod.d; echo 'override a-b * kernel/fs' >/etc/depmod.d/a_b.conf; modprobe -v --explain a_b
> insmod @MODS@/updates/a-b.ko $
!   kernel/fs/a-b.ko is there, and no index knows it
!   run depmod @VER@
$ depmod; modprobe -v --explain a_b
> insmod @MODS@/kernel/fs/a-b.ko $
!   a_b is there twice: kernel/fs/a-b.ko is taken, and not updates/a-b.ko, because 'override' says so (/etc/depmod.d/a_b.conf line 1)
$ rm /etc/depmod.d/a_b.conf; depmod -v
!   a_b is there twice: updates/a-b.ko is taken, and not kernel/fs/a-b.ko, because 'updates' is searched first
!   to take the other: echo 'override a-b * kernel/fs' >>/etc/depmod.d/a_b.conf, and run depmod

## the order of search, and what it does not name
file /etc/depmod.d/a.conf: # ours
file /etc/depmod.d/a.conf: search extra built-in updates
$ mkdir -p @MODS@/updates @MODS@/kernel @MODS@/extra; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o updates/a.ko --name a; mkmod -o kernel/a.ko --name a; mkmod -o extra/a.ko --name a; depmod --explain; modprobe -v --explain a
> insmod @MODS@/extra/a.ko $
!   a is there twice: extra/a.ko is taken, and not kernel/a.ko, because 'extra' is searched before 'built-in' (/etc/depmod.d/a.conf line 2)
!   to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf, and run depmod
!   a is there twice: extra/a.ko is taken, and not updates/a.ko, because 'extra' is searched before 'updates' (/etc/depmod.d/a.conf line 2)
!   to take the other: echo 'override a * updates' >>/etc/depmod.d/a.conf, and run depmod
!   a is there twice: extra/a.ko is taken, and not kernel/a.ko, because 'extra' is searched before 'built-in' (/etc/depmod.d/a.conf line 2)
!   a is there twice: extra/a.ko is taken, and not updates/a.ko, because 'extra' is searched before 'updates' (/etc/depmod.d/a.conf line 2)
!   to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf, and run depmod
$ sed -i 's/ built-in//' /etc/depmod.d/a.conf; rm @MODS@/updates/a.ko; depmod --explain
!   a is there twice: extra/a.ko is taken, and not kernel/a.ko, because 'extra' is searched first (/etc/depmod.d/a.conf line 2)
!   to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf, and run depmod
$ sed -i '/search/d' /etc/depmod.d/a.conf; depmod --explain
!   a is there twice: extra/a.ko is taken, and not kernel/a.ko, because its path comes first in byte order
!   to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf, and run depmod

## the index is older than the file that counts
$ mkdir -p @MODS@/updates @MODS@/kernel; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o kernel/a.ko --name a; depmod; mkmod -o updates/a.ko --name a; modprobe -v --explain a; modinfo --explain -F name a
> insmod @MODS@/kernel/a.ko $
> a
!   updates/a.ko is there, and no index knows it
!   run depmod @VER@
!   updates/a.ko is there, and no index knows it
!   run depmod @VER@
$ depmod; modprobe -v --explain a
> insmod @MODS@/updates/a.ko $
!   a is there twice: updates/a.ko is taken, and not kernel/a.ko, because 'updates' is searched first
!   to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf, and run depmod

## a file that was compressed after depmod
$ mkdir -p /img@MODS@; cd /img@MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o a.ko --name a; depmod -b /img; xz a.ko; modprobe -v -d /img a
> insmod /img@MODS@/a.ko $
! modprobe: ERROR: could not insert 'a': Unknown symbol in module, or unknown parameter (see dmesg)
!   a.ko.xz is there, and no index knows it
!   /img@MODS@/a.ko is not there, although the index has it
!   run depmod -b /img @VER@
? 1
$ depmod -b/img @VER@; modprobe -v -d /img a
> insmod /img@MODS@/a.ko.xz $

## two names of one file are no twins
$ mkdir -p @MODS@/updates @MODS@/kernel; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o kernel/a.ko --name a; ln -s ../kernel/a.ko updates/a.ko; ln kernel/a.ko b.ko; depmod --explain; modprobe -v --explain a
> insmod @MODS@/updates/a.ko $

## one that is compressed beside one that is not: no override tells them apart
$ mkdir -p @MODS@/kernel; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o kernel/a.ko --name a; xz -k kernel/a.ko; depmod --explain
!   a is there twice: kernel/a.ko is taken, and not kernel/a.ko.xz, because its path comes first in byte order

## a module that is refused is explained, and that there is another file
kernel: insert=ENOEXEC
$ mkdir -p @MODS@/updates @MODS@/kernel; cd @MODS@; touch modules.order modules.builtin modules.builtin.modinfo; mkmod -o kernel/a.ko --name a; echo text >updates/a.ko; depmod 2>/dev/null; modprobe --explain a
! modprobe: ERROR: could not insert 'a': Exec format error
!   @MODS@/updates/a.ko is no module but text
!   a is there twice: updates/a.ko is taken, and not kernel/a.ko, because 'updates' is searched first
!   install or build it again
? 1
