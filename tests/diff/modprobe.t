# modprobe's commands, as commands.t has them: configuration, removal, blacklist, commands, softdeps, the kernel command
# line, and what only prints.
tree: uml

## -r
kernel: remove=0
loaded: vfat 20480 0
loaded: dummy 20480 0
loaded: tun 61440 2
loaded: msdos 20480 1
conf a.conf: alias both tun
conf a.conf: alias both dummy
$ modprobe -r dummy ifb
$ modprobe -rv vfat
$ modprobe -rv fs-vfat dummy
$ modprobe -rv both ifb
$ modprobe -rq both
$ modprobe -rv dummy tun ifb
$ modprobe -rv tun dummy
$ modprobe -rq tun dummy
$ modprobe -rqv dummy
$ modprobe --remove --verbose dummy
$ modprobe dummy -rv
$ modprobe -r --first-time nix
$ modprobe -r --first-time ifb
$ modprobe -r --first-time -q ifb
$ modprobe -r ext4
$ modprobe -r fs-ext4
$ modprobe -r nix.ko
$ modprobe -r ./vfat.ko
$ modprobe -r ''
$ modprobe -rf dummy
$ modprobe -rif dummy

## -r -a
kernel: remove=0
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
loaded: dummy 20480 0
loaded: tun 61440 2
conf a.conf: alias both tun
conf a.conf: alias both dummy
$ modprobe -ra tun dummy
$ modprobe -rav fat nix ext4 dummy
$ modprobe -rav --first-time ifb dummy
$ modprobe -raq tun dummy
$ modprobe -rav both ifb
$ modprobe -a -r
$ modprobe -a --remove-holders -v nix dummy

## -r, refused by the kernel
kernel: remove=EAGAIN
loaded: dummy 20480 0
loaded: ifb 20480 0
conf a.conf: alias both dummy
conf a.conf: alias both ifb
$ modprobe -r dummy
$ modprobe -rv dummy ifb
$ modprobe -rav dummy ifb
$ modprobe -rv both
$ modprobe -rqv dummy ifb

## -r, not permitted, and busy
kernel: remove=EBUSY
loaded: dummy 20480 0
loaded: tun 61440 2
$ modprobe -r dummy
$ modprobe -rw 20 dummy
$ modprobe -rvw 0 tun
$ modprobe -rvw 20 -w 0 tun
$ modprobe -rw 1x dummy
$ modprobe -rw '' dummy
$ modprobe -rw 099 dummy
$ modprobe -rnvw 0x10 dummy
$ modprobe -rnvw ' +010' dummy
$ modprobe -rnvw 99999999999 dummy
$ modprobe -r --wait=1 -n -v dummy
$ modprobe -r --wait

## -r, holders
loaded: llc 16384 2 stp bridge
loaded: stp 16384 1 bridge
loaded: bridge 16384 0
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
$ modprobe -rnv llc
$ modprobe -rnv --remove-holders stp
$ modprobe -rnv --remove-holders fat
$ modprobe -nv --remove-holders vfat
$ modprobe -rnv --remove-holders bridge
$ modprobe -rnv --remove-holders llc
$ modprobe -rnv --remove-holders ifb

## -r, softdeps
kernel: remove=0
loaded: dummy 20480 0
loaded: ifb 20480 0
loaded: tun 61440 0
loaded: brd 16384 1
conf a.conf: softdep dummy pre: ifb brd post: tun nix
conf b.conf: softdep tun post: ifb
$ modprobe -rnv dummy
$ modprobe -rv dummy
$ modprobe -rinv dummy
$ modprobe -rnv tun

## -r, commands
kernel: remove=0
loaded: vfat 20480 0
loaded: dummy 20480 0
conf a.conf: remove dummy echo removed $MODPROBE_MODULE
conf a.conf: remove ifb exit 3
conf a.conf: remove none echo none
conf a.conf: remove br* echo br
conf a.conf: softdep vfat post: dummy
$ modprobe -r dummy
$ modprobe -rnv dummy
$ modprobe -rinv dummy
$ modprobe -r --ignore-remove -nv dummy
$ modprobe -r ifb
$ modprobe -rq ifb
$ modprobe -ra ifb dummy
$ modprobe -rnv vfat
$ modprobe -r none
$ modprobe -r bridge
$ modprobe -nv none
$ modprobe -R none

## install commands
kernel: insert=0
conf a.conf: install dummy echo in place of $MODPROBE_MODULE
conf a.conf: install dummy echo never
conf a.conf: install ifb exit 3
conf a.conf: install tun /bin/false
conf a.conf: install cramfs /bin/true
conf a.conf: install br* echo star
conf a.conf: install none echo none
conf a.conf: install loop echo <$CMDLINE_OPTS>
conf a.conf: options loop max_loop=8
conf a.conf: install fat exit 4
conf a.conf: softdep brd pre: ifb post: dummy
$ modprobe dummy
$ modprobe -nv dummy a=1
$ modprobe -D dummy
$ modprobe -i -nv dummy
$ modprobe --ignore-install -D dummy
$ modprobe ifb
$ modprobe -q ifb
$ modprobe tun
$ modprobe -nv tun
$ modprobe cramfs
$ modprobe -n -v cramfs
$ modprobe -nv bridge
$ modprobe none
$ modprobe -b none
$ modprobe -nv none
$ modprobe -R none
$ modprobe -nv loop x=1
$ modprobe vfat
$ modprobe -D vfat
$ modprobe brd
$ modprobe -a none dummy ifb
$ modprobe --first-time dummy

## blacklist
kernel: insert=0
conf a.conf: blacklist msdos
conf a.conf: blacklist nls-utf8
conf a.conf: blacklist fat
conf a.conf: blacklist dummy extra words
conf a.conf: alias one dummy
conf a.conf: alias two dummy
conf a.conf: alias two ifb
conf a.conf: install tun echo tun
conf a.conf: blacklist tun
$ modprobe -v fs-msdos
$ modprobe -v msdos
$ modprobe -bv msdos
$ modprobe --use-blacklist -v nls_utf8
$ modprobe -bv vfat
$ modprobe -v one
$ modprobe -v two
$ modprobe -bv two
$ modprobe -abv dummy ifb
$ modprobe -abq dummy ifb
$ modprobe -bv tun
$ modprobe -v tun
$ modprobe -R two
$ modprobe -b -R two
$ modprobe -D one
$ modprobe -b -D dummy
$ modprobe -b --first-time dummy

## aliases
conf a.conf: alias net-[0-9] dummy
conf a.conf: alias net-? ifb
conf a.conf: alias deep* tun
conf a.conf: alias loop dummy
conf a.conf: alias to-none none
conf a.conf: alias to-none2 none
conf a.conf: alias to-none2 dummy
conf a.conf: alias char-major-10-30 dummy
conf a.conf: alias block-major-250-* brd
conf a.conf: alias net-pf-99 ifb extra words
conf a.conf: options net-[0-9] a=1
conf a.conf: options net-5 b=2
conf a.conf: options char-major-10-30 c=3
conf a.conf: options fs-vfat d=4
$ modprobe -nv net-5
$ modprobe -nv net_5
$ modprobe -nv net-x
$ modprobe -nv deep/er
$ modprobe -nv loop
$ modprobe -nv to-none
$ modprobe to-none
$ modprobe -nv to-none2
$ modprobe -R to-none2
$ modprobe -nv char-major-10-30
$ modprobe -nv block-major-250-3
$ modprobe -nv net-pf-99
$ modprobe -nv fs-vfat
$ modprobe -nv binfmt-464c
$ modprobe -nv net-pf-16-proto-4
$ modprobe -nv char-major-10-237
$ modprobe -nv block-major-7-1
$ modprobe -nv crypto-aes
$ modprobe -R crypto-aes
$ modprobe -R net-5
$ modprobe -a -R net-5 vfat nix
$ modprobe -aR net-5 vfat
$ modprobe -qaR nix vfat
$ modprobe -nv pci:v00008086d00001000sv0sd0bc0sc0i0
$ modprobe -nv 'usb:*'

## options
conf a.conf: options dummy  a=1	b  c="d e"
conf a.conf: options nls-utf8 n=1
conf b.conf: options dummy d=4
conf b.conf: options dummy f=\
conf b.conf: 5
conf b.conf: options dum* g=6
conf c.conf:   options	dummy h=7
$ modprobe -nv dummy
$ modprobe -nv dummy i=8 'j=k l' 'm="n o"' "p='q r'" s
$ modprobe -D dummy
$ modprobe -nv nls_utf8
$ modprobe -nv nls-utf8 x
$ modprobe -nv dummy '' x
$ modprobe -nv dummy a=
$ modprobe -nv dummy 'a b=c d'
$ modprobe -nv dummy 'a=	b'

## softdeps
conf a.conf: softdep dummy pre: ifb tun
conf a.conf: softdep tun post: loop
conf a.conf: softdep loop pre: nix post: fs-msdos
conf a.conf: softdep vfat nonsense pre: post:
conf a.conf: softdep br* pre: brd
conf a.conf: softdep ifb ignored pre: brd post: pre: loop
$ modprobe -nv dummy
$ modprobe -nv tun
$ modprobe -nv loop
$ modprobe -nv vfat
$ modprobe -nv bridge
$ modprobe -nv ifb
$ modprobe -D tun
$ modprobe -inv tun
$ modprobe -inv dummy

## the kernel command line
conf a.conf: options dummy a=1
cmdline: dummy.b=2 dummy.c dummy.d= dummy.e="f g" "dummy.h=i j" dummy.k="l" m"n.o=p ifb.q.r=s =t .u=v dummy.w=1.5G nls-utf8.x=y a]b.c=d modprobe.blacklist=vfat,msdos,loop
$ modprobe -nv dummy
$ modprobe -nv nls_utf8
$ modprobe -nv fs-vfat
$ modprobe -bnv loop
$ modprobe -nv loop
$ modprobe -nv dummy b=3

## -C, and masked files
conf m.conf: options dummy etc=1
file /run/modprobe.d/m.conf: options dummy run=1
file /run/modprobe.d/n.conf: options dummy run=2
file /usr/local/lib/modprobe.d/n.conf: options dummy local=1
file /usr/local/lib/modprobe.d/o.conf: options dummy local=2
file /usr/lib/modprobe.d/o.conf: options dummy lib=1
file /lib/modprobe.d/p.conf: options dummy lib=2
file /usr/lib/modprobe.d/q.conf: options dummy lib=3
file /etc/modprobe.d/q.conf:
file /etc/modprobe.d/r: options dummy none=1
file /etc/modprobe.d/.s.conf: options dummy none=2
file /etc/modprobe.d/.conf: options dummy none=3
file /etc/modprobe.d/t.conf.bak: options dummy none=4
file /tmp/one: options dummy one=1
file /tmp/d/two.conf: options dummy two=1
file /tmp/d/one: options dummy none=5
file /tmp/e/two.conf: options dummy none=6
$ modprobe -nv dummy
$ modprobe -C /tmp/one -nv dummy
$ modprobe -C /tmp/d -nv dummy
$ modprobe -C /tmp/d -C /tmp/one -C /tmp/e -nv dummy
$ modprobe -C /tmp/none -nv dummy
$ modprobe --config no-config -nv dummy
$ modprobe -nv dummy -C /tmp/one
$ cd /tmp && modprobe -C one -nv dummy
$ cd /tmp && modprobe -C d -nv dummy
$ modprobe -C '' -nv dummy
$ modprobe -C
$ MODPROBE_OPTIONS='-C /tmp/one' modprobe -nv dummy
$ MODPROBE_OPTIONS='-n' modprobe -v dummy
$ MODPROBE_OPTIONS='-nv -C /tmp/one' modprobe -C /tmp/d dummy
$ ln -s /dev/null /etc/modprobe.d/n.conf; ln -s /tmp/one /etc/modprobe.d/u.conf; modprobe -nv dummy
$ chmod 0 /etc/modprobe.d/m.conf; modprobe -nv dummy 2>&1 | head -n1 | cut -c1-7

## bad lines
conf a.conf: nonsense
conf a.conf: nonsense with words
conf a.conf: alias
conf a.conf: alias x
conf a.conf: alias x]y dummy
conf a.conf: alias x y[z
conf a.conf: blacklist
conf a.conf: blacklist a]
conf a.conf: options
conf a.conf: options dummy
conf a.conf: options x] a=1
conf a.conf: install
conf a.conf: install dummy
conf a.conf: install x] a
conf a.conf: remove
conf a.conf: remove dummy
conf a.conf: softdep
conf a.conf: softdep dummy
conf a.conf: softdep x] pre: a
conf a.conf: include
conf a.conf: include /tmp/x
conf a.conf: config x
conf a.conf: Options dummy a=1
conf a.conf:   # not a comment
conf a.conf: # a comment \
conf a.conf: options dummy swallowed=1
conf a.conf: options dummy a\b=c\\d
conf a.conf: options dummy last=1 \
$ modprobe -nv dummy
$ modprobe -c 2>/dev/null | sed '/^$/,$d' | grep -v ^softdep

## -c
conf a.conf: blacklist b-c
conf a.conf: alias a-[b-c]-* d-e
conf a.conf: options dummy a=1	b=2
conf a.conf: options fs-x x-y=z
conf a.conf: install a-b echo  two   blanks
conf a.conf: remove a-b exit 0
conf a.conf: softdep a-b pre: c-d e
conf b.conf: softdep b post: c
conf b.conf: options dummy c=3
cmdline: x-y.z-a=b modprobe.blacklist=q dummy.d="e f"
$ modprobe -c | sed '/^$/,$d' | grep -v ^softdep
$ modprobe -c | sed '/^$/,$d' | grep -e 'softdep a_b' -e 'softdep b '
$ modprobe --showconfig | sed -n '/^# End/,$p' | head -n 30
$ modprobe -c | sed -n '/^# End/,$p' | grep -v 'alias symbol' | md5sum
$ modprobe -c | sed -n '/^# End/,$p' | grep 'alias symbol' | md5sum
$ modprobe -c | tail -n 5
$ modprobe --show-config >/dev/null
$ modprobe -c ignored operands | grep -v ^softdep | wc -l
$ modprobe -c -S nonsense | tail -n 3
$ modprobe -C /dev/null -c | grep -v softdep | head -n 5
$ modprobe -cq | head -n 1
$ modprobe -c -r nix | grep -c ^alias
$ rm @MODS@/modules.*.bin @MODS@/modules.softdep; modprobe -c | grep -v -e ^alias -e ^softdep

## what only prints
$ modprobe --show-modversions @MODS@/kernel/fs/fat/vfat.ko
$ modprobe --dump-modversions @MODS@/kernel/fs/fat/fat.ko
$ modprobe --show-exports @MODS@/kernel/fs/fat/fat.ko
$ modprobe --show-exports /nix.ko
$ modprobe --show-modversions nix
$ modprobe --dump-modversions
$ mkmod -o /tmp/a.ko --name a --export f=1 --export g=0xdeadbeef --need h=2 --version i=3; modprobe --show-exports /tmp/a.ko; modprobe --show-modversions /tmp/a.ko
$ echo junk >/tmp/b.ko; modprobe --show-exports /tmp/b.ko
$ : >/tmp/c.ko; modprobe --show-modversions /tmp/c.ko
$ modprobe -D vfat x=1
$ modprobe -D symbol:fat_attach
$ modprobe --show-depends -a dummy nix ifb
$ modprobe --all --set-version=@VER@ --ignore-install --quiet --show-depends vfat nix dummy ext4
$ modprobe -S @VER@ -qaR fs-vfat nix virtio:d00000003v00001AF4
$ modprobe --resolve-alias fs-vfat
$ modprobe --show -v dummy

## -D and state
loaded: vfat 20480 0
loaded: fat 86016 1 vfat
loaded: dummy 20480 0
$ modprobe -D vfat
$ modprobe -D --first-time dummy
$ modprobe -nv --first-time dummy
$ modprobe --first-time dummy
$ modprobe -n --first-time dummy
$ modprobe -n --first-time fs-vfat
$ modprobe -n --first-time ext4
$ modprobe -D ext4
$ modprobe -va dummy vfat ifb

## abbreviations, permutation
$ modprobe --dry-r --verb dummy
$ modprobe --first dummy -nv
$ modprobe --ignore-i -nv dummy
$ modprobe --ignore -nv dummy
$ modprobe --re dummy
$ modprobe --us -nv dummy
$ modprobe --show dummy
$ modprobe --show-d vfat
$ modprobe --force dummy
$ modprobe --force-v dummy
$ modprobe --set-v=@VER@ --dir=/ -nv dummy
$ modprobe dummy -n -v numdummies=2
$ modprobe dummy -nv -- -a=1
$ modprobe -nv -- dummy
$ modprobe -q -- nix
$ modprobe ip_tables -q -nv
$ POSIXLY_CORRECT=1 modprobe -nv dummy -a
$ modprobe -nv dummy -z
$ modprobe --version=1
$ modprobe -nvS @VER@ dummy
$ modprobe -vV | head -n1 | cut -d' ' -f1,2
$ modprobe -s nix
$ modprobe -s -nv dummy
$ modprobe nix 2>&-
$ modprobe -nv dummy 2>&-
$ modprobe -v nix >&-
$ modprobe -q
$ modprobe -s -w x dummy
