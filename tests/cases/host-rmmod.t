# rmmod on a made /proc/modules and /sys/module.
where: host
tree: uml

## rmmod of a module that is not loaded
$ rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## rmmod of a built-in module
file /sys/module/ext4/parameters/x: 1
$ rmmod ext4
! rmmod: ERROR: Module ext4 is builtin.
? 1

## rmmod of a module with holders
loaded: fat 86016 2 vfat msdos
loaded: vfat 20480 0
loaded: msdos 20480 0
$ rmmod fat 2>err; sed 's/msdos vfat/vfat msdos/' err; grep -c . err
> rmmod: ERROR: Module fat is in use by: vfat msdos
> 1
$ rmmod fat 2>/dev/null
? 1

## rmmod of a module that is in use
loaded: dummy 20480 3
$ rmmod dummy
! rmmod: ERROR: Module dummy is in use
? 1

## rmmod takes - for _
loaded: nls_utf8 16384 1
$ rmmod nls-utf8
! rmmod: ERROR: Module nls_utf8 is in use
? 1

## rmmod takes a path for its module's name
loaded: vfat 20480 1
$ rmmod @MODS@/kernel/fs/fat/vfat.ko
! rmmod: ERROR: Module vfat is in use
? 1

## rmmod goes on with the next module
loaded: dummy 20480 1
$ rmmod ifb dummy
! rmmod: ERROR: Module ifb is not currently loaded
! rmmod: ERROR: Module dummy is in use
? 1

## rmmod that the kernel refuses
kernel: remove=EBUSY
loaded: dummy 20480 0
$ rmmod dummy
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
? 1

## rmmod that the kernel does
kernel: remove=0
loaded: dummy 20480 0
$ rmmod dummy
$ rmmod -v dummy

## rmmod without an operand
$ rmmod
! rmmod: ERROR: missing module name.
? 1

## rmmod of a kernel that cannot unload
loaded: dummy 20480 0
$ rm /sys/module/dummy/refcnt; rmmod dummy
! rmmod: ERROR: Module unloading is not supported
? 1

## rmmod -f asks the kernel whatever speaks against it
kernel: remove=0
loaded: dummy 20480 3
$ rmmod -f dummy && rmmod --force nix

## rmmod -f tells what the kernel says
kernel: remove=EAGAIN
loaded: dummy 20480 3
$ rmmod -f dummy
! rmmod: ERROR: could not remove 'dummy': Resource temporarily unavailable
! rmmod: ERROR: could not remove module dummy: Resource temporarily unavailable
? 1

## rmmod -w does not wait for what is not in use
# kmod 34 has no -w.
kernel: remove=0
loaded: dummy 20480 0
$ rmmod -w dummy && rmmod --wait dummy

## rmmod -w waits for a module that is in use, and can be interrupted
# kmod 34 has no -w.
kernel: remove=EAGAIN
loaded: dummy 20480 1
loaded: fat 20480 1 vfat
$ env --default-signal=INT rmmod -w dummy & await sleeps $!; kill -INT $!; wait $!
? 130
$ env --default-signal=INT rmmod -vw dummy 2>said & await test -s said; kill -INT $!; wait $!; echo $?; cat said
> 130
> rmmod: WARNING: Module dummy is in use; waiting
$ env --default-signal=INT rmmod -w -v fat 2>said2 & await test -s said2; kill -INT $!; wait $!; echo $?; cat said2
> 130
> rmmod: WARNING: Module fat is in use by: vfat; waiting

## rmmod -w does not wait for what will never go
# kmod 34 has no -w.
kernel: remove=EBUSY
loaded: dummy 20480 1
file /sys/module/ext4/parameters/x: 1
$ rmmod -w nix ext4 dummy
! rmmod: ERROR: Module nix is not currently loaded
! rmmod: ERROR: Module ext4 is builtin.
! rmmod: ERROR: could not remove 'dummy': Device or resource busy
! rmmod: ERROR: could not remove module dummy: Device or resource busy
? 1

## rmmod -a with names removes these
# It has been gone for long.
kernel: remove=0
loaded: dummy 20480 0
loaded: ifb 20480 1
$ rmmod -a dummy
$ rmmod --all dummy ifb
! rmmod: ERROR: Module ifb is in use
? 1

## rmmod -a without a name sweeps nothing
# It has been gone for long.
kernel: remove=0
loaded: dummy 20480 0
$ rmmod -a
! rmmod: ERROR: unused modules are not swept any more: name those to remove.
? 1

## rmmod takes options after names, bundled and abbreviated
kernel: remove=0
loaded: dummy 20480 1
$ rmmod dummy -vf; rmmod --forc dummy; rmmod --verb --fo dummy
$ POSIXLY_CORRECT=1 rmmod dummy -f
! rmmod: ERROR: Module dummy is in use
! rmmod: ERROR: Module _f is not currently loaded
? 1
$ rmmod -- -f
! rmmod: ERROR: Module _f is not currently loaded
? 1
$ rmmod --ver
! rmmod: option '--ver' is ambiguous; possibilities: '--verbose' '--version'
? 1

## rmmod -s tells syslog
$ rmmod -s dummy
? 1
$ rmmod dummy 2>&-
? 1

## rmmod of what no module can be called
# kmod looks below /sys/module for some of them.
kernel: remove=0
loaded: dummy 20480 0
$ rmmod '' a/b ../dummy . / 'a b' dummy; rmmod -f ../dummy
! rmmod: ERROR: Module  is not currently loaded
! rmmod: ERROR: Module a/b is not currently loaded
! rmmod: ERROR: Module ../dummy is not currently loaded
! rmmod: ERROR: Module . is not currently loaded
! rmmod: ERROR: Module / is not currently loaded
! rmmod: ERROR: Module a b is not currently loaded
! rmmod: ERROR: Module ../dummy is not currently loaded
? 1
$ mkdir nix dummy; rmmod nix/ dummy/
! rmmod: ERROR: Module nix/ is not currently loaded
! rmmod: ERROR: Module dummy/ is not currently loaded
? 1

## rmmod names the operand when the kernel refuses
loaded: foo_bar 20480 0
$ touch foo-bar.ko.xz; rmmod foo-bar foo-bar.ko.xz
! rmmod: ERROR: could not remove 'foo_bar': Operation not permitted
! rmmod: ERROR: could not remove module foo-bar: Operation not permitted
! rmmod: ERROR: could not remove 'foo_bar': Operation not permitted
! rmmod: ERROR: could not remove module foo-bar.ko.xz: Operation not permitted
? 1

## rmmod takes a path for its module's name when the file is gone, too
# kmod looks below /sys/module for the path.
kernel: remove=0
loaded: loop 16384 0
loaded: ifb 16384 1
$ rmmod ./loop.ko.xz /lib/modules/x/loop.ko ../loop.ko
$ rmmod /lib/modules/x/ifb.ko.zst
! rmmod: ERROR: Module ifb is in use
? 1
$ rmmod ./dummy.ko.xz /lib/modules/x/dummy.ko ./loop
! rmmod: ERROR: Module dummy is not currently loaded
! rmmod: ERROR: Module dummy is not currently loaded
! rmmod: ERROR: Module ./loop is not currently loaded
? 1
