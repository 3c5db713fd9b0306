# The small tools: rmmod, insmod, lsmod, kmod.
where: host
tree: uml

## rmmod: names of all kinds
loaded: dummy 20480 0
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ rmmod a/b dummy
$ rmmod x.ko
$ rmmod '[' dummy
$ rmmod 'a[b]' 'a]'
$ rmmod "$(printf %0300d 1)" dummy
$ rmmod "$(printf %0200d 1)" dummy
$ rmmod fat vfat nix
$ rmmod -f fat
$ rmmod -fv fat
$ rmmod -sf fat
$ rmmod --force --verbose dummy fat
$ rmmod -x
$ rmmod --forc=1 x
$ rmmod ext4 tcp_cubic
$ touch dummy; rmmod dummy; mkdir fat; rmmod fat
$ touch dummy.ko.xz foo-bar.x.ko; rmmod dummy.ko.xz foo-bar.x.ko
$ rmmod dUMMY 'dummy ' ' dummy'
$ rmmod -h >/dev/null
$ rmmod -- dummy
$ rmmod dummy 2>/dev/full
$ echo coming >/sys/module/dummy/initstate; rmmod dummy; echo going >/sys/module/dummy/initstate; rmmod dummy
$ rm /sys/module/dummy/initstate; rmmod dummy
$ rm -r /sys/module; rmmod dummy
$ rm /proc/modules; rmmod dummy

## rmmod: what the kernel says
loaded: dummy 20480 0
kernel: remove=ENOENT
$ rmmod dummy; rmmod -f dummy

## rmmod: what the kernel says, more
loaded: dummy 20480 0
kernel: remove=0
$ rmmod dummy dummy && rmmod -f nix

## insmod: files of all kinds
kernel: insert=0
$ insmod ''
$ insmod . a=b
$ insmod @MODS@/kernel/fs/fat/fat.ko a=b c 'd=e f' ''
$ insmod --force @MODS@/kernel/fs/fat/fat.ko
$ insmod --force-vermagic @MODS@/kernel/fs/fat/fat.ko --force-modversion
$ insmod -fs @MODS@/kernel/fs/fat/fat.ko
$ insmod -p @MODS@/kernel/fs/fat/fat.ko
$ insmod -s -p -f @MODS@/kernel/fs/fat/fat.ko
$ ln -s nix l; insmod l; insmod l/x; : >f; insmod f/x; insmod "$(printf %0300d 1)"; insmod "$(printf %0200d 1)"
$ ln -s @MODS@/kernel/fs/fat/fat.ko g; insmod g; insmod ./g
$ xz <g >g.ko.xz; insmod g.ko.xz; cp g.ko.xz plain; insmod plain; head -c 1000 g.ko.xz >cut; insmod cut
$ zstd -q <g >g.ko.zst; insmod g.ko.zst
$ head -c 1000 g.ko.zst >cut; insmod cut
$ mkdir d; insmod d; insmod d.ko
$ insmod fat
$ insmod -x
$ insmod -h >/dev/null
$ insmod -- g

## insmod: what the kernel says
kernel: insert=EBUSY
$ insmod @MODS@/kernel/fs/fat/fat.ko

## insmod: what the kernel says, unknown key
kernel: insert=ENOKEY
$ insmod @MODS@/kernel/fs/fat/fat.ko; cp @MODS@/kernel/fs/fat/fat.ko x; xz x; insmod x.xz

## insmod: what the kernel says, rejected
kernel: insert=EKEYREJECTED
$ insmod @MODS@/kernel/fs/fat/fat.ko

## insmod: what the kernel says, no memory
kernel: insert=ENOMEM
$ insmod @MODS@/kernel/fs/fat/fat.ko

## insmod: what the kernel says, no device
kernel: insert=ENODEV
$ insmod @MODS@/kernel/fs/fat/fat.ko

## lsmod: odd lines
loaded: dummy 20480 0
loaded: fat 86016 1 vfat
$ lsmod; kmod list
$ printf 'dummy 20480 0 - Live 0x0' >/proc/modules; lsmod
$ lsmod -s
$ : >/proc/modules; lsmod

## kmod: commands and options
$ kmod >/dev/null
$ kmod frob >/dev/null
$ kmod --frob
$ kmod -x list
$ kmod help >/dev/null; kmod --help >/dev/null; kmod -h list >/dev/null
$ kmod list --frob x
$ kmod modprobe vfat >/dev/null
$ POSIXLY_CORRECT=1 kmod list
