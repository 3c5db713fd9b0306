# tenon check, of modules and files. What stops one is in lab-check.t, asked of real kernels. With --root the host's own
# kernel does not count; what User Mode Linux exports is in its image.
where: host
needs: workbench
tree: uml

## modules that would load
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ tenon check --root / vfat loop
> MODULE VERDICT    FILE
> vfat   would load /usr@MODS@/kernel/fs/fat/vfat.ko
> loop   would load /usr@MODS@/kernel/drivers/block/loop.ko
$ tenon check --root / vfat --json | grep -E '"(verdict|path|name|status)"'
>           "name": "vfat",
>           "path": null,
>             "name": "vfat",
>             "path": "/usr@MODS@/kernel/fs/fat/vfat.ko",
>             "verdict": "loads"
>   "status": 0

## an alias leads to its module
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ tenon check --root / fs-vfat
> MODULE VERDICT    FILE
> vfat   would load /usr@MODS@/kernel/fs/fat/vfat.ko

## the file of a module
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ tenon check --root / @MODS@/kernel/fs/fat/vfat.ko
> MODULE VERDICT    FILE
> vfat   would load @MODS@/kernel/fs/fat/vfat.ko

## where nothing tells what the kernel exports, that is said
$ tenon check --root / vfat
> MODULE VERDICT    FILE
> vfat   would load /usr@MODS@/kernel/fs/fat/vfat.ko
>
> not seen: what the kernel exports: there is neither its Module.symvers nor its image
? 3

## this process could load nothing: that is said once
$ tenon check vfat msdos
> MODULE VERDICT        FILE
> vfat   would not load @MODS@/kernel/fs/fat/vfat.ko
> msdos  would not load @MODS@/kernel/fs/fat/msdos.ko
>
> error: this process has not the capability CAP_SYS_MODULE: it is in a user
>   namespace, as containers are
>   [no-capability]
>   next: run it outside of that namespace
>
> not seen: what the kernel exports: there is neither its Module.symvers nor its image
? 1

## a module that is built in
$ tenon check --root / ext4
> MODULE VERDICT     FILE
> ext4   is built in

## names that there are not
$ tenon check --root / vfta
> MODULE VERDICT    FILE
> vfta   is unknown
>
> error: there is no vfta; the nearest name is vfat
>   [name-nearest]
>   next: try vfat
? 1
$ tenon check --root / nosuchthing
> MODULE      VERDICT    FILE
> nosuchthing is unknown
>
> error: there is no nosuchthing in /usr@MODS@
>   [name-unknown]
? 1
$ tenon check --root / vfat.ko
> MODULE  VERDICT    FILE
> vfat.ko is unknown
>
> error: vfat.ko is the name of a file; the module is vfat
>   [name-suffix]
>   next: give the name alone: vfat
? 1
$ tenon check --root / ./nosuch.ko
> MODULE      VERDICT    FILE
> ./nosuch.ko is unknown
>
> error: ./nosuch.ko cannot be read: No such file or directory
>   [file-unreadable]
? 1
$ tenon check --root / 'odd['
> MODULE VERDICT    FILE
> odd[   is unknown
>
> error: there is no odd[ in /usr@MODS@
>   [name-unknown]
? 1

## what the configuration denies
conf a.conf: install fat /bin/false
conf a.conf: blacklist msdos
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ tenon check --root / vfat
> MODULE VERDICT        FILE
> vfat   would not load /usr@MODS@/kernel/fs/fat/vfat.ko
>
> error: vfat needs fat, and that fails
>   [dependency]
> error: /etc/modprobe.d/a.conf line 1 says that fat is never loaded: install
>   /bin/false
>   [command-noop]
>   next: remove that line, or load it once with modprobe -i fat
? 1
$ tenon check --root / vfat msdos fs-msdos --json | grep '"id"'
>       "id": "dependency",
>       "id": "command-noop",
>       "id": "dependency",
>       "id": "blacklisted",

## a command that loads a module could do anything
conf a.conf: install dummy echo hello
$ tenon check --root / dummy
> MODULE VERDICT       FILE
> dummy  has a command
>
> not seen: what the command of dummy in /etc/modprobe.d/a.conf line 1 loads: only running it would tell
? 3

## parameters of the configuration, and those that are named
conf a.conf: options dummy numdumies=2
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ tenon check --root / dummy
> MODULE VERDICT    FILE
> dummy  would load /usr@MODS@/kernel/drivers/net/dummy.ko
>
> warning: dummy has no parameter 'numdumies', so the kernel ignores it; the
>   nearest is 'numdummies'; it is from /etc/modprobe.d/a.conf line 1
>   [parameter-unknown]
>   next: change it in /etc/modprobe.d/a.conf line 1
$ tenon check --root / dummy numdummies=2
> MODULE VERDICT    FILE
> dummy  would load /usr@MODS@/kernel/drivers/net/dummy.ko
>
> warning: dummy has no parameter 'numdumies', so the kernel ignores it; the
>   nearest is 'numdummies'; it is from /etc/modprobe.d/a.conf line 1
>   [parameter-unknown]
>   next: change it in /etc/modprobe.d/a.conf line 1
$ tenon check --root / dummy numdummies=-3000000000
> MODULE VERDICT        FILE
> dummy  would not load /usr@MODS@/kernel/drivers/net/dummy.ko
>
> warning: dummy has no parameter 'numdumies', so the kernel ignores it; the
>   nearest is 'numdummies'; it is from /etc/modprobe.d/a.conf line 1
>   [parameter-unknown]
>   next: change it in /etc/modprobe.d/a.conf line 1
> error: '-3000000000' is no value for parameter numdummies of dummy, which takes
>   int (-2147483648 to 2147483647)
>   [parameter-value]
>   next: modinfo -p /usr@MODS@/kernel/drivers/net/dummy.ko
>         shows the parameters
? 1
$ tenon check --root / --strict dummy >/dev/null
? 1
$ tenon check --root / --strict --ignore=parameter-unknown dummy
> MODULE VERDICT    FILE
> dummy  would load /usr@MODS@/kernel/drivers/net/dummy.ko

## a parameter of the kernel command line
cmdline: brd.rd_nr=x
$ tenon check --ignore=no-capability brd
> MODULE VERDICT        FILE
> brd    would not load @MODS@/kernel/drivers/block/brd.ko
>
> error: 'x' is no value for parameter rd_nr of brd, which takes int (-2147483648
>   to 2147483647); it is from the kernel command line
>   [parameter-value] /proc/cmdline
>   next: change it in the kernel command line; modinfo -p
>         @MODS@/kernel/drivers/block/brd.ko shows the
>         parameters
>
> not seen: what the kernel exports: there is neither its Module.symvers nor its image
? 1

## a module for another kernel
$ mkdir /boot && ln -s /usr/bin/linux.uml /boot/vmlinux-@VER@
$ sed 's/vermagic=6/vermagic=5/' @MODS@/kernel/drivers/net/dummy.ko >dummy.ko && tenon check --root / ./dummy.ko
> MODULE VERDICT        FILE
> dummy  would not load ./dummy.ko
>
> error: dummy was built for kernel 5.1.176, and 6.1.176 is to load it
>   [vermagic-release]
>   next: install or build dummy for 6.1.176
? 1

## a file that is no module
$ echo hello >hello.ko && tenon check --root / ./hello.ko
> MODULE VERDICT        FILE
> hello  would not load ./hello.ko
>
> error: ./hello.ko is no module but text
>   [file-not-elf]
>   next: install or build it again
? 1

## wrong command lines
$ tenon.real check a=b
! tenon: ERROR: a parameter follows its module, so 'a=b' cannot be first
? 2
$ tenon.real check --ignore=nosuch vfat
! tenon: ERROR: there is no finding 'nosuch': tenon-findings(7) has all of them
? 2
$ tenon.real check /etc/modprobe.d/a.conf
! tenon: ERROR: /etc/modprobe.d/a.conf is a file of the configuration, which tenon config checks
? 2

## a word that the module reads by rules of its own is right, and another one is not
conf a.conf: options own mode=auto limit=never
$ cd /tmp && mkmod -o own.ko --name own --info parmtype=mode:bool --info parmtype=limit:int --info author=auto --need param_ops_bool --need param_ops_int && tenon check --root / ./own.ko | grep value
> error: 'never' is no value for parameter limit of own, which takes int
>   [parameter-value]
