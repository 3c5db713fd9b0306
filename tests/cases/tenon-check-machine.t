# tenon check without a module: this machine, another kernel, denials, an initramfs.
where: host
needs: workbench

## a machine in order
file /proc/sys/kernel/tainted: 0
$ mkdir -p @MODS@/kernel && mkmod -o @MODS@/kernel/a.ko --name a && depmod 2>/dev/null; tenon check
> yes  loaded modules are those of the disk, with the parameters of the configuration
> yes  no loaded module is denied
> yes  firmware of loaded modules is there
> yes  the kernel is not tainted
> yes  the indexes are up to date, and no module is there twice
> yes  DKMS has built its modules for all kernels

## a parameter is not what the configuration says, a denied module is loaded
loaded: loop 16384 0
loaded: sctp 16384 0
conf a.conf: options loop max_loop=0x10 on=1 max-part=7
conf b.conf: install sctp /bin/false
file /proc/sys/kernel/tainted: 0
file /sys/module/loop/parameters/max_loop: 16
file /sys/module/loop/parameters/max_part: 8
file /sys/module/loop/parameters/on: Y
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o sctp.ko --name sctp && mkmod -o loop.ko --name loop --info parmtype=max_loop:int --info parmtype=max_part:int --info parmtype=on:bool && depmod 2>/dev/null; tenon check
> no   loaded modules are those of the disk, with the parameters of the configuration: 1 found
> no   no loaded module is denied: 1 found
> yes  firmware of loaded modules is there
> yes  the kernel is not tainted
> yes  the indexes are up to date, and no module is there twice
> yes  DKMS has built its modules for all kernels
>
> warning: loop has max_part=8 now, and /etc/modprobe.d/a.conf line 1 says
>   max_part=7
>   [parameter-differs]
>   next: unload loop and load it again
> warning: sctp is loaded, and /etc/modprobe.d/b.conf line 1 denies it
>   [denied-loaded]
>   next: unload it, with: modprobe -r sctp

## a module was replaced since it was loaded
loaded: loop 16384 0
file /proc/sys/kernel/tainted: 0
file /sys/module/loop/srcversion: 0123456789ABCDEF
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o loop.ko --name loop --info srcversion=FEDCBA9876543210 && depmod 2>/dev/null; tenon check | grep -v ^yes
> no   loaded modules are those of the disk, with the parameters of the configuration: 1 found
>
> warning: loop in the kernel is not what
>   @MODS@/kernel/loop.ko has: it was loaded from another
>   file, or before an update
>   [loaded-differs]
>   next: unload loop and load it again, or reboot

## the indexes are older than the tree: depmod helps
file /proc/sys/kernel/tainted: 0
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o a.ko --name a && mkmod -o gone.ko --name gone && depmod 2>/dev/null; mkmod -o new.ko --name new; rm gone.ko; tenon check | grep -v ^yes; depmod @VER@ 2>/dev/null; tenon check | grep -v ^yes
> no   the indexes are up to date, and no module is there twice: 2 found
>
> error: kernel/new.ko is there, and no index knows it
>   [index-stale]
>   next: run depmod @VER@
> error: @MODS@/kernel/gone.ko is not there, although the
>   index has it
>   [file-missing]
>   next: install it again
? 1

## two files of one name
file /proc/sys/kernel/tainted: 0
$ mkdir -p @MODS@/kernel @MODS@/updates && cd @MODS@ && mkmod -o kernel/a.ko --name a && mkmod -o updates/a.ko --name a --info version=2 && depmod 2>/dev/null; tenon check | grep -v ^yes
> no   the indexes are up to date, and no module is there twice: 1 found
>
> note: a is there twice: updates/a.ko is taken, and not kernel/a.ko, because
>   'updates' is searched first
>   [file-twice]
>   next: to take the other: echo 'override a * kernel' >>/etc/depmod.d/a.conf,
>         and run depmod

## a tainted kernel
loaded: fat 86016 0
file /proc/sys/kernel/tainted: 12289
$ echo 'own 16384 0 - Live 0x0000000000000000 (OE)' >>/proc/modules; mkdir -p @MODS@; tenon check | grep -A3 tainted
> no   the kernel is not tainted: 1 found
> yes  the indexes are up to date, and no module is there twice
> yes  DKMS has built its modules for all kernels
>
> note: the kernel is tainted: proprietary, out-of-tree, unsigned (by own)
>   [kernel-tainted]

## DKMS has not built a module for a kernel that is installed
file /proc/sys/kernel/tainted: 0
file /var/lib/dkms/zfs/2.2/@VER@/x86_64/module/zfs.ko:
$ mkdir -p @MODS@/kernel /lib/modules/999.1/kernel && mkmod -o @MODS@/kernel/a.ko --name a && mkmod -o /lib/modules/999.1/kernel/a.ko --name a && depmod 2>/dev/null; tenon check | grep -v ^yes
> no   DKMS has built its modules for all kernels: 1 found
>
> warning: zfs 2.2 of DKMS is not built for 999.1, which is installed
>   [dkms-missing]
>   next: dkms install zfs/2.2 -k 999.1

## findings can be left out, and notes do not count
loaded: fat 86016 0
file /proc/sys/kernel/tainted: 4096
$ mkdir -p @MODS@/kernel && mkmod -o @MODS@/kernel/a.ko --name a && depmod 2>/dev/null; tenon check --ignore=kernel-tainted | grep -v ^yes; tenon check --strict >/dev/null

## as an ordinary user, and without /proc
$ rm /proc/modules; mkdir -p @MODS@; tenon check | grep -v ^yes
> ?    loaded modules are those of the disk, with the parameters of the configuration
> ?    no loaded module is denied
> ?    firmware of loaded modules is there
> ?    the kernel is not tainted
>
> not seen: the loaded modules (/proc/modules): No such file or directory
> not seen: what taints the kernel: No such file or directory

## two questions at once
$ tenon.real check --denied --kernel 1.0 x
! tenon: ERROR: --kernel, --initramfs and --denied are questions of their own: ask one at a time
? 2

## denied: one word for each
loaded: fat 86016 0
conf a.conf: install vfat /bin/false
conf a.conf: blacklist fat
conf a.conf: blacklist loop
conf a.conf: install ext4 /bin/false
conf b.conf: install crc /usr/bin/false
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o fat.ko --name fat --export f && mkmod -o vfat.ko --name vfat --need f && mkmod -o loop.ko --name loop --export l && mkmod -o ploop.ko --name ploop --need l && mkmod -o ok.ko --name ok && mkmod -o crc.ko --name crc --export c && mkmod -o sctp.ko --name sctp --need c && echo kernel/ext4.ko >../modules.builtin && depmod 2>/dev/null; tenon check --denied vfat fat loop ext4 ok nix sctp
> MODULE VERDICT             BECAUSE
> vfat   denied              /etc/modprobe.d/a.conf line 1
> fat    denied-but-loaded   /etc/modprobe.d/a.conf line 2; it is loaded with vfat
> loop   denied-as-name-only /etc/modprobe.d/a.conf line 3; it is loaded with
>                            ploop
> ext4   builtin             /etc/modprobe.d/a.conf line 4
> ok     loadable
> nix    absent
> sctp   denied              /etc/modprobe.d/b.conf line 1 denies crc, which it
>                            needs
? 1

## denied: all that was asked is kept out
conf a.conf: install vfat /bin/false
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o vfat.ko --name vfat && depmod 2>/dev/null; tenon check --denied vfat dccp
> MODULE VERDICT BECAUSE
> vfat   denied  /etc/modprobe.d/a.conf line 1
> dccp   absent

## denied: not by the initramfs, which has the module
conf a.conf: install vfat /bin/false
$ mkdir -p @MODS@/kernel /tmp/i@MODS@/kernel /boot && cd @MODS@/kernel && mkmod -o vfat.ko --name vfat && depmod 2>/dev/null; cp vfat.ko /tmp/i@MODS@/kernel && cd /tmp/i && find . | cpio -oH newc --quiet >/boot/initrd.img-@VER@ && tenon check --denied vfat; mkdir -p etc/modprobe.d && cp /etc/modprobe.d/a.conf etc/modprobe.d && find . | cpio -oH newc --quiet >/boot/initrd.img-@VER@ && tenon check --denied vfat
> MODULE VERDICT                 BECAUSE
> vfat   denied-but-in-initramfs /etc/modprobe.d/a.conf line 1;
>                                /boot/initrd.img-@VER@ has it, and no
>                                such line
> MODULE VERDICT BECAUSE
> vfat   denied  /etc/modprobe.d/a.conf line 1

## denied: what is no name
$ tenon.real check --denied a/b
! tenon: ERROR: 'a/b' is no name of a module
? 2

## denied: no names
$ tenon.real check --denied
! tenon: ERROR: --denied wants the names of modules
? 2

## another kernel: each thing that would be different, and nothing else
loaded: same 16384 0
loaded: own 16384 0
loaded: left 16384 1 held
loaded: held 16384 0
loaded: moved 16384 0
loaded: renamed 16384 0
loaded: fs 16384 0
loaded: parms 16384 0
loaded: net 16384 0
loaded: driver 16384 0
loaded: wifi 16384 0
conf a.conf: options parms old=1 kept=2
conf a.conf: install auth /bin/false
file /sys/devices/pci0/0/modalias: pci:v00001234d1
file /sys/devices/pci0/1/modalias: pci:v00001234d2
$ rm -f /usr/lib/firmware; mkdir -p /usr/lib/firmware && touch /usr/lib/firmware/wifi-1.bin; mkdir -p /sys/bus/pci/devices && ln -s ../../../devices/pci0/0 ../../../devices/pci0/1 /sys/bus/pci/devices/
+ m() { f=$1; shift; mkmod -o $f --name $(basename $f .ko) --info "vermagic=$R SMP mod_unload " "$@"; }
+ mkdir -p @MODS@/kernel @MODS@/extra /lib/modules/999.1/kernel /lib/modules/999.1/extra
+ for R in @VER@ 999.1; do
+ cd /lib/modules/$R && m kernel/same.ko; m kernel/base.ko --export b
+ done
+ R=@VER@; cd @MODS@; m extra/own.ko --need b; m kernel/left.ko --info alias=fs-left; m kernel/held.ko --info alias=fs-held; m kernel/moved.ko; m kernel/renamed.ko --info alias=fs-renamed
+ m kernel/fs.ko --info alias=fs-lost; m kernel/net.ko; m kernel/driver.ko --info 'alias=pci:v00001234d*'; m kernel/parms.ko --info parmtype=old:int --info parmtype=kept:int; m kernel/wifi.ko --info firmware=wifi-1.bin
+ R=999.1; cd /lib/modules/$R; m kernel/newname.ko --info alias=fs-renamed; echo kernel/moved.ko >modules.builtin; m kernel/auth.ko --export auth; m kernel/net.ko --need auth; m extra/foreign.ko --need gone_symbol
+ m kernel/held.ko --info alias=fs-held; m kernel/parms.ko --info parmtype=kept:int; m kernel/wifi.ko --info firmware=wifi-2.bin; R=@VER@ m extra/stale.ko
+ depmod 2>/dev/null; depmod 999.1 2>/dev/null; tenon check --kernel 999.1
> 999.1: 13 modules looked at: 7 as files, 1 built in, 5 not there
>
> warning: 999.1 has no module own
>   [module-lost]
>   next: install or build own for 999.1, or find out what has taken its place
> warning: 999.1 has no module fs: nothing there has the alias fs-lost
>   [module-lost]
>   next: install or build fs for 999.1, or find out what has taken its place
> warning: parms has no parameter 'old', so the kernel ignores it; it is from
>   /etc/modprobe.d/a.conf line 1
>   [parameter-unknown]
>   next: change it in /etc/modprobe.d/a.conf line 1
> error: net needs auth, and that fails
>   [dependency]
> error: /etc/modprobe.d/a.conf line 2 says that auth is never loaded: install
>   /bin/false
>   [command-noop]
>   next: remove that line, or load it once with modprobe -i auth
> warning: wifi asks for firmware wifi-2.bin, which is not in /lib/firmware
>   [firmware-missing]
>   next: install what has it, then load wifi again
> error: stale was built for kernel @VER@, and 999.1 is to load it
>   [vermagic-release]
>   next: install or build stale for 999.1, or boot @VER@
> warning: it may be that 999.1 has nothing for a device that driver serves here:
>   pci:v00001234d2
>   [device-lost]
>   next: install or build a module for 999.1 that serves it
>
> not seen: what the kernel exports: there is neither its Module.symvers nor its image
? 1

## another kernel: one that is not there
$ mkdir -p @MODS@; tenon check --kernel 999.1
> 999.1: 0 modules looked at
>
> not seen: /lib/modules/999.1: No such file or directory
? 3

## an initramfs that is as the disk, and one that is not
conf a.conf: options a x=1
$ mkdir -p @MODS@/kernel /tmp/i@MODS@/kernel /tmp/i/etc/modprobe.d && cd @MODS@/kernel && mkmod -o a.ko --name a && depmod 2>/dev/null; cp a.ko /tmp/i@MODS@/kernel && cp /etc/modprobe.d/a.conf /tmp/i/etc/modprobe.d && cd /tmp/i && find . | cpio -oH newc --quiet >../image && cd .. && tenon check --initramfs image; mkmod -o @MODS@/kernel/a.ko --name a --info version=2; echo 'options a x=2' >/etc/modprobe.d/a.conf; echo 'blacklist a' >/etc/modprobe.d/b.conf; tenon check --initramfs image
> image: modules of @VER@: 1, files of configuration: 1, not as on disk: 0
> image: modules of @VER@: 1, files of configuration: 1, not as on disk: 3
>
> warning: the initramfs has /etc/modprobe.d/a.conf, which is not what the disk
>   has: /etc/modprobe.d/a.conf
>   [initramfs-config]
>   next: build the initramfs again
> warning: the initramfs has @MODS@/kernel/a.ko, which is
>   not what the disk has: @MODS@/kernel/a.ko
>   [initramfs-module]
>   next: build the initramfs again
> warning: the initramfs does not have /etc/modprobe.d/b.conf
>   [initramfs-lacks]
>   next: build the initramfs again

## what is no initramfs
$ echo hello >image; mkdir -p @MODS@; tenon check --initramfs image
> not seen: image: it is no initramfs
? 3

## an initramfs that is not there
$ mkdir -p @MODS@; tenon check --initramfs nix
> not seen: nix: No such file or directory
? 3
