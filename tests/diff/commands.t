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

## depmod: symbols
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel && cd /tmp/r/lib/modules/1.2.3 && touch modules.order modules.builtin modules.builtin.modinfo && cd kernel && mkmod -o a.ko --name a --need s1=1 --need s2=1 --need s3=1 --need s4=1 --need .s1=1 --need _s1 --need _s2 --need __s2 --weak w=5 --weak wk=7 --need m=1 --need nix --need __this_module --need _GLOBAL_OFFSET_TABLE_ --need .TOC. && mkmod -o b.ko --name b --export m=2 --export .d=1 --export _u=1 && mkmod -o c.ko --name c --need d --need .d --need u --need m=2 --version module_layout=9
$ printf '0x1\ts1\tvmlinux\tE\n0x00000002 s2 vmlinux E\n1\ts3\tdrivers/x\tE\n7 wk vmlinux E\n\n3 module_layout vmlinux E\n5 m vmlinux E\n1\t_s2 vmlinux E\n1 s4 vmlinux E x y' >/tmp/symvers
$ printf '0 r __ksymtab_s1\n0 r __ksymtab_gpl_s2\n0 T s3\n0  r __ksymtab_s4\nx y __ksymtab_s2\n0 r ___ksymtab__s2\n0 r ___ksymtab_s1' >/tmp/map
$ depmod -b /tmp/r -e 1.2.3
$ depmod -b /tmp/r -E /tmp/symvers 1.2.3
$ depmod -b /tmp/r -e -E /tmp/symvers 1.2.3
$ depmod -b /tmp/r -e -F /tmp/map 1.2.3
$ depmod -b /tmp/r -e -E /tmp/symvers -F /nix 1.2.3
$ depmod -b /tmp/r -e -E /tmp/symvers -P _ 1.2.3
$ depmod -b /tmp/r -e -F /tmp/map -P _ 1.2.3
$ cd /tmp/r/lib/modules/1.2.3 && cat modules.dep modules.symbols
$ depmod -b /tmp/r -e -F /dev/null -P m 1.2.3
$ depmod -b /tmp/r -naeE /tmp/symvers 1.2.3 2>&1 >/dev/null
$ depmod -ae -F /tmp/map -b /tmp/r 1.2.3 -P _
$ depmod -b /tmp/r -E /nix 1.2.3
$ depmod -b /tmp/r -F /nix 1.2.3
$ depmod -b /tmp/r -P ab 1.2.3
$ depmod -b /tmp/r -P '' 1.2.3
$ depmod -P

## depmod: what it says
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel && cd /tmp/r/lib/modules/1.2.3/kernel && mkmod -o a.ko --name a --export f --export g --info alias=x --info alias=y-1 --info alias=x --info 'alias=q[-]1' --info alias=y_1 --info 'alias=z[1' && mkmod -o b.ko --name b --need f --need g --info alias=x && mkmod -o c.ko --name c --need g --info alias=x && echo broken >d.ko && : >e.ko && echo not >f.ko.txt
$ depmod -b /tmp/r -v 1.2.3
$ depmod -b /tmp/r -w 1.2.3
$ depmod -b /tmp/r -w -v 1.2.3
$ depmod -b /tmp/r -v -n 1.2.3 | grep -v '# Weak'
$ cd /tmp && depmod -b r -v 1.2.3
$ cd /tmp && depmod --basedir=./r/ -v 1.2.3
$ cd /tmp && depmod -b r -A 1.2.3
$ cd /tmp && touch -d @1000 r/lib/modules/1.2.3/modules.dep r/lib/modules/1.2.3/kernel/* && depmod -b r -A 1.2.3 && stat -c %Y r/lib/modules/1.2.3/modules.dep
$ cd /tmp && touch -d @1001 r/lib/modules/1.2.3/kernel/a.ko && depmod -b r -A 1.2.3 && test -n "$(find r -name modules.dep -newermt @1002)"
$ depmod -b /tmp/r -A -n 1.2.3
$ depmod -b /tmp/r -n 1.2.3 a.ko
$ depmod -b /tmp/r -n 1.2.3 /nix/a.ko
$ depmod -b /tmp/r -n /tmp/r/lib/modules/1.2.3/kernel/a.ko

## depmod: a list of all files
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel && cd /tmp/r/lib/modules/1.2.3/kernel && mkmod -o a.ko --name a --export f && mkmod -o b.ko --name b --need f && mkmod -o /tmp/c.ko --name c --need f
$ depmod -b /tmp/r 1.2.3 /tmp/r/lib/modules/1.2.3/kernel/a.ko /tmp/c.ko /tmp/r/lib/modules/1.2.3/kernel/b.ko && cat /tmp/r/lib/modules/1.2.3/modules.dep

## depmod: an empty tree, as the kernel's build has it
$ mkdir -p /tmp/r/lib/modules/1.2.3 && cd /tmp && depmod -b r 1.2.3 && cd r/lib/modules/1.2.3 && cat modules.dep modules.alias modules.symbols
$ depmod --version | sed -n "1s/ .*//p"

## depmod: search, override, external and exclude
# tree DIRS LINES: a.ko in each of the directories, and these lines as configuration. Between two of the same priority
# kmod takes what it happens to read last; no such choice is asked for here.
$ printf '%s\n' 'cd /tmp && rm -rf r e1 e2; for d in $1; do case $d in /*) ;; *) d=/tmp/r/lib/modules/1.2.3/$d; esac' 'mkdir -p $d && mkmod -o $d/${NAME:-a-b}.ko --name a_b; done; shift; printf "%s\n" "$@" >c; cd r/lib/modules/1.2.3' 'touch modules.order modules.builtin modules.builtin.modinfo; depmod $FLAGS -C /tmp/c -b /tmp/r 1.2.3; cat modules.dep' >/tmp/tree
$ sh /tmp/tree 'kernel updates extra' 'search extra updates built-in'
$ sh /tmp/tree 'kernel extra' 'search built-in extra'
$ sh /tmp/tree 'kernel extra' 'search extra built-in'
$ sh /tmp/tree 'kernel/drivers/net updates/dkms'
$ sh /tmp/tree 'extra updates' 'search extra' 'search updates'
$ sh /tmp/tree 'extra updates' 'search updates extra updates'
$ sh /tmp/tree 'foo foobar' 'search foo'
$ sh /tmp/tree 'foo foobar' 'search foobar'
$ sh /tmp/tree 'kernel/x kernel/y' 'search kernel/x'
$ sh /tmp/tree 'kernel/x updates' 'search updates kernel'
$ sh /tmp/tree 'kernel extra/x/y' 'search extra/x built-in'
$ sh /tmp/tree 'kernel updates' 'search'
$ sh /tmp/tree 'kernel updates' 'sear\' 'ch ker\' 'nel'
$ sh /tmp/tree 'kernel /tmp/e1 /tmp/e2' 'search external built-in' 'external * /tmp/e1' 'external * /tmp/e2'
$ sh /tmp/tree 'kernel /tmp/e1 /tmp/e2' 'search external built-in' 'external * /tmp/e2' 'external * /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search updates external' 'external * /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search external updates' 'external 1.2 /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search external updates' 'external 1.3 /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search external updates' 'external ^2 /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search external updates' 'external ^1[.]2[.](3|4)$ /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'search updates' 'external * /tmp/e1'
$ sh /tmp/tree 'updates /tmp/e1' 'external * /tmp/nix'
$ sh /tmp/tree 'updates /tmp/e1' 'search external updates' 'external * /tmp/e1' 'external * /tmp/nix'
$ sh /tmp/tree 'updates kernel' 'override a-b * kernel'
$ sh /tmp/tree 'updates kernel' 'override a_b * kernel'
$ NAME=a_b sh /tmp/tree 'updates kernel' 'override a_b * kernel'
$ sh /tmp/tree 'updates kernel' 'override a-b 1.2 kernel'
$ sh /tmp/tree 'updates kernel' 'override a-b 1.3 kernel'
$ sh /tmp/tree 'updates kernel extra' 'override a-b * extra' 'override a-b * kernel'
$ sh /tmp/tree 'updates kernel/x/y' 'override a-b * kernel/x/y'
$ sh /tmp/tree 'updates kernel/x/y' 'override a-b * kernel/x'
$ sh /tmp/tree 'updates kernel' 'override a-b * nix'
$ NAME=a_b.x sh /tmp/tree 'updates kernel' 'override a_b * kernel'
$ sh /tmp/tree 'updates kernel' 'exclude updates'
$ sh /tmp/tree 'updates/x kernel/y' 'exclude nix x'
$ sh /tmp/tree 'updates kernel' 'exclude updates' 'exclude kernel'
$ sh /tmp/tree 'updates kernel' 'exclude a-b.ko'
$ sh /tmp/tree 'updates kernel' 'exclude a-b'
$ sh /tmp/tree 'updates kernel/build kernel/x/source source build'
$ sh /tmp/tree 'updates kernel' 'search /kernel'
$ sh /tmp/tree 'updates kernel' 'make_map_files yes' 'include /tmp/nix'
$ sh /tmp/tree 'updates kernel' 'nonsense x' 'override a *' 'external *' ' # x' '#search kernel' '' ' search	kernel'
$ FLAGS=-vv sh /tmp/tree 'updates kernel' 'make_map_files yes' 'include /tmp/nix' 2>&1 | grep implemented

## depmod: its configuration directories
$ mkdir -p /tmp/r/lib/modules/1.2.3/kernel /tmp/r/lib/modules/1.2.3/extra /run/depmod.d && cd /tmp/r/lib/modules/1.2.3 && touch modules.order modules.builtin modules.builtin.modinfo && mkmod -o kernel/a.ko --name a && mkmod -o extra/a.ko --name a
$ echo search extra >/etc/depmod.d/b.conf; echo search kernel >/run/depmod.d/a.conf; depmod -b /tmp/r 1.2.3; cat /tmp/r/lib/modules/1.2.3/modules.dep; : >/etc/depmod.d/a.conf; depmod -b /tmp/r 1.2.3; cat /tmp/r/lib/modules/1.2.3/modules.dep
$ mkdir /tmp/c; echo search kernel >/tmp/c/z.conf; depmod -C /tmp/c -b /tmp/r 1.2.3; cat /tmp/r/lib/modules/1.2.3/modules.dep; depmod -C /tmp/c -C /etc/depmod.d -b /tmp/r 1.2.3; cat /tmp/r/lib/modules/1.2.3/modules.dep

## static-nodes
$ kmod static-nodes; kmod static-nodes -f tmpfiles; kmod static-nodes --form=devname x y
$ kmod static-nodes -f tmpfiles -o /run/a/b/c; kmod static-nodes -f devname -o /dev/stdout | cat; kmod static-nodes --output /proc/self/fd/1 | cat; stat -c '%a %n' /run/a/b /run/a/b/c; cat /run/a/b/c
$ kmod static-nodes -o /tmp
$ kmod static-nodes -o ''
$ printf '%s\n' 'a b' 'a b x1:1' '# x' 'a b/c b1:2' 'a b' 'a b c1' >@MODS@/modules.devname; kmod static-nodes -f devname
$ kmod static-nodes -f tmpfiles -o x 2>&1; cat x
$ rm @MODS@/modules.devname; kmod static-nodes -o y; ls /tmp
$ kmod static-nodes -f bad | head -n1
$ kmod static-nodes -V
$ kmod static-nodes --bogus
$ kmod frob >/dev/null
$ kmod >/dev/null
