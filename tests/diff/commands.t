# Commands that are run by the distribution's tools and by ours in rooms made alike. Each '$' line is a test; it needs
# no expected result. Differences that are meant are in the file "allowed".
tree: uml

## dry run: names, aliases, parameters
$ modprobe -nv vfat
$ modprobe -nv bridge
$ modprobe -n vfat
$ modprobe -n -q vfat
$ modprobe -nv nls-iso8859-1
$ modprobe -nv nls_iso8859_1
$ modprobe -nv loop max_loop=4
$ modprobe -nv dummy 'a=b c' 'd="e f"' g
$ modprobe -nv dummy a= =b ''
$ modprobe -nv dummy -- -x=1
$ modprobe -nv fs-msdos
$ modprobe -nv fs-vfat iocharset=utf8
$ modprobe -nv char-major-10-200
$ modprobe -nv virtio:d00000003v00001AF4
$ modprobe -nv net-pf-10
$ modprobe -nv crc32
$ modprobe -nv ext4
$ modprobe -nv fs-ext4
$ modprobe -nv symbol:fat_attach
$ modprobe -nv nix
$ modprobe -nvq nix
$ modprobe -nv vfat.ko
$ modprobe -nv fs/fat/vfat
$ modprobe -nv ''
$ modprobe -nv 'va*'
$ modprobe -nv 'v[f]at'
$ modprobe -nv 'v[fat'
$ modprobe -nva dummy ifb nix tun
$ modprobe -nvaq dummy ifb nix tun
$ modprobe -nv --first-time dummy
$ modprobe -nv cifs
$ modprobe -nv f2fs
$ modprobe -nv xt_LOG
$ modprobe -nv act_mpls
$ modprobe --dry-run --verbose --all dummy
$ modprobe --dry --verb dummy

## wrong use
$ modprobe
$ modprobe -n
$ modprobe -r
$ modprobe --nonsense
$ modprobe -S
$ modprobe --set-version
$ insmod
$ insmod nix.ko
$ insmod /tmp
$ insmod --nonsense
$ rmmod
$ rmmod --nonsense
$ depmod --nonsense
$ depmod x.y
$ depmod 1

## -D, -R
$ modprobe -D vfat
$ modprobe -D bridge
$ modprobe -D ext4
$ modprobe -D fs-ext4
$ modprobe -D fs-msdos x=1
$ modprobe -D nix
$ modprobe -Dq nix
$ modprobe -a -D dummy ifb
$ modprobe --show-depends dummy
$ modprobe -R fs-msdos
$ modprobe -R vfat
$ modprobe -R ext4
$ modprobe -R nix
$ modprobe -Rq nix
$ modprobe -R crypto-stdrng

## -S and -d
$ mkdir -p /tmp/r/lib/modules && cp -r @MODS@ /tmp/r/lib/modules/1.2.3
$ modprobe -d /tmp/r -S 1.2.3 -nv vfat
$ modprobe --dirname=/tmp/r --set-version=1.2.3 -D bridge
$ cd /tmp && modprobe -d r -S 1.2.3 -nv vfat
$ cd /tmp/r && modprobe -d . -S 1.2.3 -nv vfat
$ modprobe -d /tmp/r/ -S 1.2.3 -nv vfat
$ modprobe -d /tmp/r -nv vfat
$ modprobe -S 1.2.3 -nv vfat
$ modprobe -S nonsense -nv vfat

## -C
conf a.conf: options dummy a=1
file /tmp/b: options dummy b=1
file /tmp/d/c.conf: options dummy c=1
$ modprobe -C /tmp/b -nv dummy
$ modprobe -C /tmp/d -nv dummy
$ modprobe -C /tmp/d -C /tmp/b -nv dummy
$ modprobe -C /dev/null -nv dummy
$ modprobe -C /tmp/nix -nv dummy
$ modprobe --config=/tmp/b -nv dummy

## configuration
conf a.conf: options dummy a=1	b=2
conf a.conf: alias n[0-9]-* dummy
conf a.conf: alias n5-* ifb
conf a.conf: options n5-* c=3
conf b.conf: softdep dummy pre: ifb nix post: tun
conf c.conf: blacklist tun
conf c.conf: blacklist msdos
conf c.conf: options dummy d=4 \
conf c.conf: e=\"5\"
cmdline: ro dummy.f=6 dummy.g dummy.h="i j" "dummy.k=l m" msdos.n=1.5 modprobe.blacklist=vfat,fat x.y.z=1
$ modprobe -nv dummy
$ modprobe -nv n5-1
$ modprobe -nv n4-1
$ modprobe -nv n-1
$ modprobe -nv msdos
$ modprobe -nv fs-msdos
$ modprobe -nv fs-vfat
$ modprobe -b -nv vfat
$ modprobe -b -nv tun
$ modprobe -i -nv dummy
$ modprobe -R n5-1

## softdeps in a circle
conf a.conf: softdep dummy pre: ifb
conf a.conf: softdep ifb pre: dummy
conf a.conf: softdep tun post: brd
conf a.conf: softdep brd pre: tun
$ modprobe -nv ifb
$ modprobe -nv dummy
$ modprobe -nv tun

## bad configuration
conf a.conf: nonsense
conf a.conf: alias x
conf a.conf: alias x]y dummy
conf a.conf: options
conf a.conf: blacklist
conf a.conf: include /tmp/x
conf a.conf:   # not a comment
conf a.conf: options dummy a=1
$ modprobe -nv dummy 2>/tmp/err; cut -d: -f1 /tmp/err | sort | uniq -c

## state: lsmod, -r, rmmod
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
loaded: dummy 20480 0
loaded: tun 61440 2
loaded: stp 16384 1 bridge
loaded: llc 16384 2 bridge
file /sys/module/ext4/parameters/x: 1
$ lsmod
$ kmod list
$ modprobe -nv vfat
$ modprobe -nv msdos
$ modprobe -nv --first-time vfat
$ modprobe -r -nv dummy
$ modprobe -r -nv fat
$ modprobe -r -nv tun
$ modprobe -r -nv dummy ifb
$ modprobe -r -nv ifb
$ modprobe -r -nv --first-time ifb
$ modprobe -r -nv ext4
$ modprobe -r -nv nix
$ modprobe -r -q tun
$ modprobe -r dummy
$ rmmod fat
$ rmmod tun
$ rmmod ifb
$ rmmod ext4
$ rmmod stp
$ rmmod nix dummy tun
$ rmmod /lib/modules/vfat.ko
$ rmmod -v dummy

## an empty machine
$ lsmod
$ rm /proc/modules; lsmod
$ modprobe -nv dummy

## the kernel's answers
$ modprobe dummy
$ insmod @MODS@/kernel/drivers/net/dummy.ko
$ modprobe -v vfat
$ modprobe -q dummy
$ modprobe -a dummy ifb

## the kernel says: there already
kernel: insert=EEXIST
$ modprobe dummy
$ modprobe --first-time dummy
$ insmod @MODS@/kernel/drivers/net/dummy.ko

## the kernel says: unknown symbol
kernel: insert=ENOENT
$ modprobe dummy
$ insmod @MODS@/kernel/drivers/net/dummy.ko

## the kernel says: wrong format
kernel: insert=ENOEXEC
$ modprobe dummy
$ insmod @MODS@/kernel/drivers/net/dummy.ko

## the kernel says yes
kernel: insert=0 remove=0
loaded: ifb 20480 0
$ modprobe -v vfat x=1
$ modprobe vfat
$ modprobe -v -a dummy fs-msdos
$ insmod @MODS@/kernel/drivers/net/dummy.ko a=1
$ rmmod ifb
$ modprobe -v -r ifb

## depmod
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel && cd /tmp/r/lib/modules/1.2.3 && cp @MODS@/modules.order @MODS@/modules.builtin* . && cp @MODS@/kernel/fs/fat/*.ko @MODS@/kernel/net/llc/llc.ko @MODS@/kernel/net/802/stp.ko kernel
$ depmod -n -b /tmp/r 1.2.3
$ depmod -n -b /tmp/r 1.2.3 | grep -v -i weak
$ depmod -b /tmp/r 1.2.3
$ cd /tmp/r/lib/modules/1.2.3 && cat modules.dep modules.alias modules.softdep modules.symbols modules.devname
$ cd /tmp && depmod -a -b r 1.2.3
$ depmod -b /tmp/nix 1.2.3
$ depmod 9.9.9
$ rm /tmp/r/lib/modules/1.2.3/modules.builtin* && depmod -b /tmp/r 1.2.3
$ depmod -n | md5sum
