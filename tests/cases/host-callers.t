# How other programs call modprobe, and the very text they look for in what it prints.
where: host
tree: uml

## the kernel: a name, no message
$ env -i HOME=/ TERM=linux PATH=/sbin:/usr/sbin:/bin:/usr/bin /sbin/modprobe -q -- nix
? 1
$ env -i HOME=/ TERM=linux PATH=/sbin:/usr/sbin:/bin:/usr/bin /sbin/modprobe -q -- net-pf-10 </dev/null >/dev/null 2>&1
? 1
$ env -i /sbin/modprobe -q -- fs-msdos 2>&- >&- <&-
? 1

## systemd and udev: -abq, -a -b -q
kernel: insert=0
conf a.conf: blacklist dummy
$ modprobe -abq dummy; modprobe -abq -v vfat; modprobe -a -b -q ifb tun
$ modprobe -abq nix vfat
? 1

## iptables: the option after the name
kernel: insert=0
$ modprobe ip_tables -q
$ modprobe nix -q
? 1

## keepalived, xorg, firewalls: -s --, -va
$ modprobe -s -- nix
? 1
$ modprobe -nva dummy ifb; modprobe -n -- dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## benchmarks of security: the byte after the command
conf a.conf: install cramfs /bin/true
conf a.conf: install freevxfs /bin/false
conf a.conf: install usb-storage /bin/true
$ modprobe -n -v cramfs | cat -A; modprobe -n -v freevxfs | cat -A; modprobe -nv usb_storage
> install /bin/true $$
> install /bin/false $$
> install /bin/true $
$ modprobe -n -v nix 2>&1 | grep -o 'FATAL: Module nix not found'
> FATAL: Module nix not found
$ modprobe -n -v cramfs | grep -E '(install /bin/(true|false)|Module cramfs not found)'
> install /bin/true $

## libvirt: blacklisted or not
conf a.conf: blacklist vhost-net
$ modprobe -c | grep -c '^blacklist vhost_net$'
> 1

## alsa-info, and checks of options
conf a.conf: options snd-hda-intel model=auto
$ modprobe -c | sed -n 's/^options \(snd[-_a-z]*\)/\1:/p'
> snd_hda_intel: model=auto

## mkinitcpio: names of aliases, partial failures
$ modprobe -S @VER@ -qaR fs-vfat nix virtio:d00000003v00001AF4
> vfat
> virtio_console
? 1
$ modprobe -d / -S @VER@ -D vfat | awk '{ print $2 }'
> /@MODS@/kernel/fs/fat/fat.ko
> /@MODS@/kernel/fs/fat/vfat.ko

## dracut: the status of a dry run, and the message without its beginning
$ modprobe -d / -S @VER@ --dry-run vfat >/dev/null
$ modprobe -d / -S @VER@ --dry-run nix 2>&1 | sed 's/^modprobe: FATAL: //'
> Module nix not found in directory /@MODS@
$ modprobe -d / -S @VER@ --dry-run nix
! modprobe: FATAL: Module nix not found in directory /@MODS@
? 1

# its image's root is the empty text, for the running system
$ modprobe -d "" -S @VER@ --dry-run vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## initramfs-tools: what the boot script loads, with options from the environment, and how images are filled
kernel: insert=0
conf a.conf: blacklist vfat
$ export MODPROBE_OPTIONS=-qb; modprobe -v dummy; modprobe -v vfat; modprobe nix; echo $?
> 1
$ MODPROBE_OPTIONS=-b modprobe -v virtio:d00000003v00001AF4; MODPROBE_OPTIONS=-b modprobe -v -a ifb vfat tun
> insmod @MODS@/kernel/drivers/char/virtio_console.ko $
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> insmod @MODS@/kernel/drivers/net/tun.ko $
!   vfat is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line
$ modprobe --all --set-version=@VER@ --ignore-install --quiet --show-depends vfat nix ext4 dummy | while read -r prefix kmod options; do echo "$prefix $kmod"; done
> insmod @MODS@/kernel/fs/fat/fat.ko
> insmod @MODS@/kernel/fs/fat/vfat.ko
> builtin ext4
> insmod @MODS@/kernel/drivers/net/dummy.ko

## drbd, live-boot, live-config: -s, -q -b, a file, --ignore-install
kernel: insert=0
conf a.conf: install dummy /bin/false
$ modprobe -s ifb; modprobe -q -b vfat; insmod @MODS@/kernel/drivers/net/tun.ko; modprobe --ignore-install dummy

## the kernel's build, before it trusts depmod: the first word of the version, an empty tree
$ depmod --version | head -n 1 | cut -d' ' -f1
> kmod
$ mkdir -p /tmp/t/lib/modules/6.1.0 && depmod -b /tmp/t 6.1.0 2>/dev/null && ls /tmp/t/lib/modules/6.1.0/modules.dep /tmp/t/lib/modules/6.1.0/modules.dep.bin
> /tmp/t/lib/modules/6.1.0/modules.dep
> /tmp/t/lib/modules/6.1.0/modules.dep.bin

## builders of images: -a -b ROOT VERSION
$ mkdir -p /tmp/t/lib/modules/6.1.0/kernel && cp @MODS@/modules.order @MODS@/modules.builtin @MODS@/modules.builtin.modinfo /tmp/t/lib/modules/6.1.0
$ cp @MODS@/kernel/drivers/net/dummy.ko /tmp/t/lib/modules/6.1.0/kernel && depmod -a -b /tmp/t 6.1.0 && cat /tmp/t/lib/modules/6.1.0/modules.dep
> kernel/dummy.ko:
$ modprobe -d /tmp/t -S 6.1.0 -nv dummy; modprobe -vnd /tmp/t -S 6.1.0 dummy
> insmod /tmp/t/lib/modules/6.1.0/kernel/dummy.ko $
> insmod /tmp/t/lib/modules/6.1.0/kernel/dummy.ko $

## what reads lsmod: a name at the start of a line, and columns
loaded: fat 81920 1 vfat
loaded: vfat 20480 0
$ lsmod | grep '^fat '; lsmod | awk '/^vfat/ { print $1, $2, $3, NF }'; lsmod | tail -n +2 | cut -d' ' -f1
> fat                    81920  1 vfat
> vfat 20480 0 3
> fat
> vfat

## nix: a configuration that is not there, words of a line
conf a.conf: options vfat no=1
$ modprobe --config no-config -d / --set-version @VER@ --show-depends vfat | while read cmd module args; do echo "$cmd ${module##*/} <$args>"; done
> insmod fat.ko <>
> insmod vfat.ko <>
$ modprobe --config no-config -d / --set-version @VER@ --show-depends ext4 | while read cmd module args; do echo "$cmd $module"; done
> builtin ext4

## ansible, netconsole, lm-sensors: --first-time with -n
loaded: dummy 20480 0
$ modprobe -n --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1
$ modprobe -n --first-time ext4
! modprobe: ERROR: could not insert 'ext4': Module already in kernel
? 1
$ modprobe -n --first-time ifb
> insmod @MODS@/kernel/drivers/net/ifb.ko $
$ modprobe -n -v --first-time nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ modprobe -r dummy -n
> rmmod dummy

## NetworkManager, cloud-init: --use-blacklist with parameters
conf a.conf: blacklist floppy
$ modprobe --use-blacklist dummy numdummies=0 -n; modprobe --show dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=0
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe --use-blacklist floppy
! modprobe: FATAL: Module floppy not found in directory @MODS@
? 1

## ndctl: the command that it brings
kernel: insert=0
conf a.conf: install dummy echo load-keys ; /sbin/modprobe -v --ignore-install dummy $CMDLINE_OPTS
$ modprobe dummy numdummies=2
> load-keys
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2

## dkms: names by xargs
kernel: insert=0
$ printf 'virtio:d00000003v00001AF4\nnix\n' | xargs modprobe -a -b -q -v
? 123

## openipmi, ocfs2: -q -r, -rs
kernel: remove=0
loaded: dummy 20480 0
$ modprobe -q -r dummy; modprobe -rs dummy; modprobe -q -r ifb
$ modprobe -q -r nix
? 1
