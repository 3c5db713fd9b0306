# The classic guide to kernel modules, written before kmod, command by command: each works as it says.
where: lab
# Two kernels will do: nothing here depends on more.
engine: uml qemu-6.1

## lsmod shows what is loaded, from /proc/modules
$ modprobe msdos; lsmod | sed 's/  */ /g; s/ [0-9]\{4,\} / SIZE /' | head -n 3; lsmod | sed 1d | wc -l >a; wc -l </proc/modules | cmp - a
> Module Size Used by
> msdos SIZE 0
> fat SIZE 1 msdos

## the kernel runs modprobe with a name, or with an identifier that the configuration knows
conf a.conf: alias char-major-10-30 dummy
$ mknod node c 10 30; cat node 2>/dev/null; @LOADED@
> dummy
$ mkdir d; mount -t msdos /dev/null d 2>/dev/null; @LOADED@
> msdos
> fat
> dummy

## an identifier is looked up in /etc/modprobe.conf, too
file /etc/modprobe.conf: alias char-major-10-30 dummy
$ modprobe char-major-10-30; @LOADED@; rm /etc/modprobe.conf
> dummy

## depmod -a makes modules.dep, where modprobe finds what must come first
# Of 4,000 modules depmod takes an emulated processor minutes.
engine: uml
$ depmod -a && grep /msdos.ko: @MODS@/modules.dep
> kernel/fs/fat/msdos.ko: kernel/fs/fat/fat.ko

## insmod is dumb: it takes a path, and the user keeps the order
$ insmod @MODS@/kernel/fs/fat/msdos.ko
! insmod: ERROR: could not insert module @MODS@/kernel/fs/fat/msdos.ko: Unknown symbol in module
? 1
$ insmod @MODS@/kernel/fs/fat/fat.ko; insmod @MODS@/kernel/fs/fat/msdos.ko; @LOADED@
> msdos
> fat

## modprobe takes a bare name, and does the same
$ modprobe msdos; @LOADED@
> msdos
> fat

## users need not care which era their configuration is from
file /etc/modprobe.conf: include /etc/modprobe.d
file /etc/modprobe.conf: alias eth0 dummy
file /etc/modprobe.conf: options dummy numdummies=2
file /etc/modprobe.conf: below dummy ifb
conf a.conf: alias eth1 ifb
$ modprobe -a eth0 eth1 2>/tmp/err; cat err; rm /etc/modprobe.conf; @LOADED@; ls -d /sys/class/net/dummy*
> libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 4: the command 'below' of modutils is not supported; write 'softdep dummy pre: ifb' instead
> ifb
> dummy
> /sys/class/net/dummy0
> /sys/class/net/dummy1

## a link to one's own module in the tree, depmod -a, modprobe; lsmod and dmesg confirm
# Of 4,000 modules depmod takes an emulated processor minutes.
engine: uml
$ sed 's/dummy\x00/lkm\x00\x00\x00/g' @MODS@/kernel/drivers/net/dummy.ko >lkm.ko && ln -s /tmp/lkm.ko @MODS@/lkm.ko && depmod -a && modprobe lkm; lsmod | cut -d' ' -f1 | sed -n 2p
> lkm
$ modprobe -r lkm; @LOADED@; modprobe -vn lkm; @LOADED@
> insmod @MODS@/lkm.ko $
$ modprobe lk
! modprobe: FATAL: Module lk not found in directory @MODS@
? 1
$ modprobe -q lk
? 1
$ rm @MODS@/lkm.ko; depmod -a

## modprobe -r takes it out again, with what it needed
$ modprobe msdos && modprobe -r msdos; @LOADED@

## modprobe -l lists modules by pattern, -t within a directory
# The other trees have more.
engine: uml
$ modprobe -l 'crc*'; modprobe -l rds*; modprobe -l -t kernel/fs/fat 'v*'; modprobe -l -t fs/fat
> kernel/crypto/crc32_generic.ko
> kernel/crypto/crc64_rocksoft_generic.ko
> kernel/lib/crc-ccitt.ko
> kernel/lib/crc-itu-t.ko
> kernel/lib/crc64.ko
> kernel/lib/crc4.ko
> kernel/lib/crc7.ko
> kernel/lib/crc8.ko
> kernel/lib/crc64-rocksoft.ko
> kernel/net/rds/rds.ko
> kernel/net/rds/rds_tcp.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/fat.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/msdos.ko

## modprobe -vn prints what it would do, and does nothing
$ modprobe -vn msdos; @LOADED@
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $

## -C FILE takes another configuration
file /tmp/mine: options dummy numdummies=3
$ modprobe -C /tmp/mine dummy; ls -d /sys/class/net/dummy*
> /sys/class/net/dummy0
> /sys/class/net/dummy1
> /sys/class/net/dummy2

## -i leaves install and remove commands out
conf a.conf: install dummy echo command
conf a.conf: remove dummy echo command
$ modprobe dummy; @LOADED@; modprobe -i dummy; @LOADED@
> command
> dummy
$ modprobe -r dummy; modprobe -r -i dummy; @LOADED@
> command
$ modprobe --ignore-install dummy && modprobe -r --ignore-remove dummy; @LOADED@

## -b holds the blacklist up against plain names
conf a.conf: blacklist dummy
$ modprobe -b dummy; @LOADED@; modprobe dummy; @LOADED@
> dummy

## -q serves the kernel's own probing with names that mean nothing
$ modprobe -q nonsense-14
? 1
$ /sbin/modprobe -q -- net-pf-44
? 1

## -v passes on to install and remove commands
conf a.conf: install dummy /sbin/modprobe --ignore-install dummy
conf a.conf: remove dummy /sbin/modprobe -r --ignore-remove dummy
$ modprobe -v dummy; modprobe -r -v dummy
> install /sbin/modprobe --ignore-install dummy $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> remove /sbin/modprobe -r --ignore-remove dummy
> rmmod dummy
$ modprobe dummy; modprobe -r dummy

## -r takes several names, and removes unused modules below as well
$ modprobe -a msdos dummy ifb && modprobe -r dummy msdos; @LOADED@
> ifb

## -o, another name, is refused with one clear message
$ modprobe -o dummy1 dummy; @LOADED@
! modprobe: ERROR: -o dummy1: a module cannot be loaded under another name: its name is part of it

## -c and its long name print the configuration
conf a.conf: alias char-major-10-30 dummy
$ modprobe -c | head -n 1; modprobe --showconfig | head -n 1
> alias char_major_10_30 dummy
> alias char_major_10_30 dummy

## -f strips the versioning information: a module of another kernel is loaded
$ mkdir -p /tmp/r@MODS@; plainmod -u dummy; sed 's/ mod_unload/ mod_ungood/' dummy.ko >/tmp/r@MODS@/dummy.ko; depmod -b /tmp/r 2>/dev/null; modprobe -d /tmp/r dummy
! modprobe: ERROR: could not insert 'dummy': Exec format error
? 1
$ modprobe -d /tmp/r -f dummy; @LOADED@; rmmod dummy; modprobe -d /tmp/r --force dummy; @LOADED@
> dummy
> dummy

## --dump-modversions takes files
# The others have versions.
engine: uml
# This kernel has none. Those of other modules are in host-classic-guide.t.
$ modprobe --dump-modversions @MODS@/kernel/fs/fat/msdos.ko
! modprobe: FATAL: could not get modversions of @MODS@/kernel/fs/fat/msdos.ko: No data available
? 1

## -V says which version it is
$ modprobe -V | head -n 1 | cut -d' ' -f1; modprobe --version | head -n 1 | cut -d' ' -f1
> kmod
> kmod

## the long names
$ modprobe --verbose --dry-run --config /dev/null dummy; modprobe --quiet --remove --force dummy; @LOADED@
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## insmod FILE [PARAM...]
$ insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2; ls -d /sys/class/net/dummy*
> /sys/class/net/dummy0
> /sys/class/net/dummy1

## insmod -, the module on standard input
$ insmod - <@MODS@/kernel/drivers/net/dummy.ko; @LOADED@
> dummy
$ insmod - rd_nr=2 <@MODS@/kernel/drivers/block/brd.ko; cat /sys/module/brd/parameters/rd_nr
> 2
