# modinfo, run by the distribution's and by ours; the format is that of commands.t. The distribution's is too old to know
# build ids.
tree: uml

## modinfo: names and aliases
$ modinfo vfat | grep -v ^build-id
$ modinfo -n vfat
$ modinfo -n nls-utf8 nls_utf8 nls-iso8859-1
$ modinfo -n fs-vfat char-major-10-200 net-pf-10 tun
$ modinfo -F license crc32 ext4 unix vfat
$ modinfo -n virtio:d00000003v00001AF4
$ modinfo -n symbol:fat_attach
$ modinfo -n symbol:nix
$ modinfo -n nix vfat ''
$ modinfo -n 'a[b' 'a]b' 'v[f]at' 'va*' 'v?at'
$ modinfo -n vfat.ko kernel/fs/fat/vfat.ko fs/vfat .ko ./vfat
$ modinfo unix
$ modinfo -n unix loop 8250
$ modinfo -p unix loop
$ modinfo -n devname:loop-control

## modinfo: -m
$ modinfo -m -n vfat nls-utf8 unix
$ modinfo -m -n crc32
$ modinfo --modname fs-vfat
$ modinfo -m -l nix vfat.ko
$ modinfo -nm vfat.ko vfat.x ./vfat
$ modinfo -m 'a[b' '' symbol:fat_attach
$ modinfo -nm net-pf-1 net_pf_1

## modinfo: files
$ modinfo @MODS@/kernel/fs/fat/fat.ko | grep -v ^build-id
$ cd @MODS@/kernel/fs && modinfo -n fat/vfat.ko ./fat/vfat.ko fat/../fat/vfat.ko
$ cd / && modinfo -n .@MODS@/kernel/fs/fat/fat.ko
$ mkmod -o /tmp/x.ko --name x --info license=GPL && cp x.ko a-b.c.ko && cp x.ko x.o && ln -s x.ko link.ko && ln -s nix.ko dangling.ko && mkdir dir.ko && mkfifo fifo.ko && cp x.ko 'with blank.ko'
$ modinfo x.ko ./x.ko /tmp/x.ko
$ modinfo a-b.c.ko link.ko 'with blank.ko'
$ modinfo x.o ./x.o /tmp/x.o
$ modinfo dangling.ko dir.ko fifo.ko /dev/null /tmp
$ modinfo nix.ko ./nix.ko /tmp/nix.ko x.ko
$ xz -k x.ko && zstd -qk x.ko && cp x.ko.xz other.ko && cp x.ko plain.ko.zst
$ modinfo x.ko.xz x.ko.zst other.ko plain.ko.zst
$ modinfo -l x.ko.xz x.ko.zst other.ko plain.ko.zst
$ mkmod -o big.ko --class 64 --big --name big --info license=MIT && mkmod -o small.ko --class 32 --name small --info license=MIT && mkmod -o old.ko --class 32 --big --stripped --name old
$ modinfo big.ko small.ko old.ko

## modinfo: what is no module
$ : >empty.ko; echo text >text.ko; printf '\177ELF' >magic.ko; mkmod -o x.ko --name x; head -c 100 x.ko >cut.ko; head -c 400 x.ko >cut2.ko; printf '\050\265\057\375nonsense' >zst.ko; printf '\3757zXZ\0nonsense' >xz.ko
$ modinfo empty.ko
$ modinfo -F license text.ko magic.ko cut.ko cut2.ko zst.ko xz.ko x.ko
$ modinfo -n text.ko empty.ko
$ modinfo text.ko x.ko
$ modinfo -0 text.ko x.ko | tr '\0' '@'

## modinfo: fields
$ mkmod -o x.ko --name x --info author=A --info 'author=B C' --info 'description=D: it is' --info license=GPL --info parm=p:what --info parmtype=p:int --info flag --info =empty --info equal=a=b --info license=MIT --info none=
$ modinfo -a x.ko
$ modinfo -d x.ko
$ modinfo -l x.ko
$ modinfo -p x.ko
$ modinfo -n x.ko
$ modinfo -F flag x.ko
$ modinfo -F equal x.ko
$ modinfo -F none x.ko
$ modinfo -F '' x.ko
$ modinfo -F nix x.ko
$ modinfo -F name x.ko
$ modinfo -F filename x.ko
$ modinfo -F parm x.ko
$ modinfo -F parmtype x.ko
$ modinfo -F sig_id x.ko
$ modinfo -adlpn x.ko
$ modinfo -n -F license x.ko
$ modinfo -F license -a x.ko
$ modinfo --author --license x.ko
$ modinfo --field license x.ko
$ modinfo --fiel=license x.ko x.ko nix x.ko
$ modinfo x.ko
$ modinfo -0 x.ko | tr '\0' '@'
$ modinfo --null --license x.ko | tr '\0' '@'
$ modinfo -0n x.ko | tr '\0' '@'
$ modinfo -0 unix | tr '\0' '@'
$ modinfo -0 -F name unix | tr '\0' '@'

## modinfo: columns and lines
$ mkmod -o x.ko --name x --info fourteen_lette=1 --info fifteen_letters=2 --info sixteen_letters_=3 --info seventeen_letters=4 --info a_key_that_is_longer_than_any_other=5 --info 'two=li
+ nes' --info 'key with blanks=6' && modinfo x.ko
$ modinfo -0 x.ko | tr '\0' '@'

## modinfo: parameters
$ mkmod -o x.ko --name x --info parm=a:first --info parmtype=b:int --info parmtype=a:bool --info 'parm=c:with: colon' --info parm=a:again --info parm=d: --info parmtype=d:uint --info parmtype=e: --info parm=:noname --info parmtype=:int --info parm=f: --info parmtype=f: --info parmtype=b:uint --info parm=g:only
$ modinfo x.ko
$ modinfo -p x.ko
$ modinfo -0 x.ko | tr '\0' '@'
$ modinfo -0p x.ko | tr '\0' '@'
$ mkmod -o y.ko --name y --info parm=bad --info parmtype=worse --info parm= --info parm=a:good
$ modinfo y.ko
$ modinfo -p y.ko
$ modinfo -F parmtype y.ko
$ modinfo -l y.ko

## modinfo: signatures
$ sig() { mkmod -o $1.ko --name $1 --info license=GPL; printf "$2" >>$1.ko; printf '~Module signature appended~\n' >>$1.ko; modinfo $1.ko; }
+ sig a 'Some OneKEYsignature\001\004\001\010\003\000\000\000\000\000\000\011'
+ sig b 'Some OneKEYsignature\000\000\000\010\003\000\000\000\000\000\000\011'
+ sig c 'x\001\010\001\000\000\000\000\000\000\000\000\001'
+ sig d '0123456789012345678901234567890123456789\001\006\001\000\024\000\000\000\000\000\000\024'
+ sig e 'Some OneKEYsignature\002\004\001\010\003\000\000\000\000\000\000\011'
+ sig f 'Some OneKEYsignature\001\011\001\010\003\000\000\000\000\000\000\011'
+ sig g 'Some OneKEYsignature\001\004\003\010\003\000\000\000\000\000\000\011'
+ sig h 'Some OneKEYsignature\001\004\001\010\003\000\000\000\001\000\000\011'
+ sig i 'Some OneKEYsignature\001\004\001\010\003\000\000\000\000\000\000\000'
+ sig j 'Some\000OneKEYsignature\001\004\001\010\003\000\000\000\000\000\000\011'
+ sig k ''
$ modinfo -F signer a.ko b.ko j.ko; modinfo -F sig_key d.ko; modinfo -0 -F signature d.ko a.ko | tr '\0' '@'

## modinfo: -b and -k
$ mkdir -p /tmp/r/lib/modules && cp -r @MODS@ /tmp/r/lib/modules/1.2.3
$ modinfo -b /tmp/r -k 1.2.3 -n vfat unix
$ modinfo --basedir=/tmp/r/ --set-version=1.2.3 -n vfat
$ modinfo -b r -k 1.2.3 -n vfat
$ modinfo -b ./r/ -k 1.2.3/ -n vfat
$ modinfo --base r --set 1.2.3 -n vfat
$ modinfo -b r -n vfat
$ modinfo -k 1.2.3 vfat
$ modinfo -b /nix -k 1.2.3 vfat unix
$ rm r/lib/modules/1.2.3/modules.builtin.modinfo; modinfo -b r -k 1.2.3 unix; modinfo -b r -k 1.2.3 -l unix; modinfo -b r -k 1.2.3 -F name unix

## modinfo: a file that is gone since depmod
$ mkdir -p /tmp/r/lib/modules/1.2.3 && cp @MODS@/modules.* /tmp/r/lib/modules/1.2.3
$ modinfo -b r -k 1.2.3 fat
$ modinfo -b r -k 1.2.3 -n fat
$ modinfo -b r -k 1.2.3 -l fat unix

## modinfo: wrong use
$ modinfo
$ modinfo -n
$ modinfo --bogus vfat
$ modinfo -z vfat
$ modinfo -F
$ modinfo vfat -k
$ modinfo --field
$ modinfo --f vfat
$ modinfo -l -- vfat -x
$ modinfo vfat -l loop
$ POSIXLY_CORRECT=1 modinfo -l vfat -a
