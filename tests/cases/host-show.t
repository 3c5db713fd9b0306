# What modprobe only prints: -c, -D, -R, --show-modversions, --show-exports.
where: host
tree: uml

## -c prints the configuration by kinds, each in its order, and then the indexes
conf a.conf: weakdep w-1 x-y z
conf a.conf: softdep s-1 pre: a-b c post: d
conf a.conf: options o-1 a-b=c	d
conf a.conf: alias a-[b-c]-* d-e
conf a.conf: remove r-1 echo  two   blanks
conf a.conf: install i-1 echo  two   blanks
conf b.conf: blacklist b-1
conf b.conf: install i-1 second
conf b.conf: options o-1 second=1
cmdline: x-y.z-a=b modprobe.blacklist=q
$ rm @MODS@/modules.softdep; modprobe -c | sed '/^# End/,$d'
> blacklist b_1
> blacklist q
> install i_1 echo  two   blanks
> install i_1 second
> remove r_1 echo  two   blanks
> alias a_[b-c]_* d_e
> options o_1 a-b=c d
> options o_1 second=1
> options x_y z-a=b
> softdep s_1 pre: a-b c post: d
> weakdep w_1 x-y z
>
$ modprobe -c | sed -n '/^# End/,$p' | head -n 5
> # End of configuration files. Dumping indexes now:
>
> alias 842 842
> alias 842_generic 842
> alias 9p_fd 9pnet_fd
$ modprobe -c | sed '1,/^# End/d' | grep -v '^alias [^ ]* [^ ]*$'
>
$ modprobe -c | tail -n 1
> alias symbol:zs_unmap_object zsmalloc

## what -c prints can be read back
conf a.conf: options dummy back\\slash="a  b" c\\\\d
conf a.conf: softdep dummy post: c pre: a b post: d
conf a.conf: softdep dummy nothing
conf a.conf: weakdep dummy a-b  c
conf a.conf: install dummy echo 'a\\nb'; exit 0 # no comment
conf a.conf: alias x-* dummy
$ rm @MODS@/modules.softdep; modprobe -c | sed '/^$/,$d' >/tmp/one; modprobe -C /tmp/one -c | sed '/^$/,$d' >/tmp/two; cmp /tmp/one /tmp/two; grep dummy /tmp/one
> install dummy echo 'a\\nb'; exit 0 # no comment
> alias x_* dummy
> options dummy back\\slash="a  b" c\\\\d
> softdep dummy pre: a b post: c d
> weakdep dummy a-b c
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring 'nothing': neither 'pre:' nor 'post:' stands before it

## -c of a tree without indexes
$ modprobe -c -S 1.2.3
>
> # End of configuration files. Dumping indexes now:
>

## -c takes no operand
$ modprobe -c dummy x=1 | tail -n 1
> alias symbol:zs_unmap_object zsmalloc

## -c prints a blacklist as others look for it
conf a.conf: blacklist nls-utf8
conf a.conf: install cramfs /bin/true
conf a.conf: install usb-storage /bin/false
$ modprobe --showconfig | grep -P '^\h*blacklist\h+nls_utf8\b'
> blacklist nls_utf8
$ modprobe --showconfig | grep -P '^install (cramfs|usb_storage) /bin/(true|false)'
> install cramfs /bin/true
> install usb_storage /bin/false
$ modprobe -c | grep -q '^blacklist nls_utf8$' && echo yes
> yes

## -D prints the steps as if nothing were loaded, options and all
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
conf a.conf: options fat a=1
$ modprobe -D vfat b=2
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 $
> insmod @MODS@/kernel/fs/fat/vfat.ko b=2
$ modprobe --show-depends vfat
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -D fs-vfat
> insmod @MODS@/kernel/fs/fat/fat.ko a=1 $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## -D prints commands and built-in modules
conf a.conf: install fat echo fat
$ modprobe -D vfat; modprobe -D ext4; modprobe -D fs-ext4
> install echo fat $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> builtin ext4
> builtin ext4
$ modprobe -i -D vfat; modprobe -i -D fat
> install echo fat $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $

## -D of several names, as the hooks of an initramfs call it
$ modprobe --all --set-version=@VER@ --ignore-install --quiet --show-depends vfat nix ext4 dummy
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> builtin ext4
> insmod @MODS@/kernel/drivers/net/dummy.ko $
? 1
$ modprobe --all --set-version=@VER@ --ignore-install --quiet --show-depends vfat dummy | awk '/^insmod/ {print $2}'
> @MODS@/kernel/fs/fat/fat.ko
> @MODS@/kernel/fs/fat/vfat.ko
> @MODS@/kernel/drivers/net/dummy.ko

## -D of what is not there
$ modprobe -D nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ modprobe -qD nix
? 1
$ modprobe -aD nix dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! modprobe: WARNING: Module nix not found in directory @MODS@
? 1

## -D of what has another configuration that is not there
$ modprobe --config no-config -d / --set-version @VER@ --show-depends vfat
> insmod /@MODS@/kernel/fs/fat/fat.ko $
> insmod /@MODS@/kernel/fs/fat/vfat.ko $

## -R prints the names that a name stands for
conf a.conf: alias two vfat
conf a.conf: alias two dummy
conf a.conf: alias two nix
$ modprobe -R two; modprobe -R dummy; modprobe -R ext4; modprobe -R fs-ext4; modprobe -R fs-vfat
> vfat
> dummy
> nix
> dummy
> ext4
> ext4
> vfat
$ modprobe -R nix
! modprobe: FATAL: Module nix not found in directory @MODS@
? 1
$ modprobe -Rq nix
? 1
$ modprobe -qaR two nix dummy
> vfat
> dummy
> nix
> dummy
? 1
$ modprobe --show-alias virtio:d00000003v00001AF4
> virtio_console

## -R loads nothing, and blacklists nothing
conf a.conf: alias one dummy
conf a.conf: blacklist dummy
$ modprobe -R one; modprobe -bR one; modprobe -R -v one
> dummy
> dummy
> dummy

## --show-modversions prints what a module needs, in hexadecimal
$ mkmod -o a.ko --name a --need f=1 --need g=0xdeadbeef --version module_layout=0x2a --export e=5; modprobe --show-modversions ./a.ko
> 0x00000001	f
> 0xdeadbeef	g
> 0x0000002a	module_layout
$ modprobe --dump-modversions /tmp/a.ko | sed 's/^0x0*//'
> 1	f
> deadbeef	g
> 2a	module_layout
$ mkdir d; cp a.ko d; modprobe --show-modversions d/a.ko | wc -l
> 3

## --show-exports prints what a module exports
$ mkmod -o a.ko --name a --export e=5 --export z --need f=1; modprobe --show-exports ./a.ko
> 0x00000005	e
$ modprobe --show-exports fat | head -n 2
> 0x00000000	fat_search_long
> 0x00000000	fat_get_dotdot_entry
$ modprobe --show-exports fs-vfat
! modprobe: FATAL: could not get symbols of fs-vfat: No data available
? 1

## what has none, or is no module
$ modprobe --show-modversions vfat
! modprobe: FATAL: could not get modversions of vfat: No data available
? 1
$ modprobe --show-exports vfat
! modprobe: FATAL: could not get symbols of vfat: No data available
? 1
$ modprobe --show-exports nix
! modprobe: FATAL: Module nix not found.
? 1
$ modprobe --show-modversions /nix.ko
! modprobe: FATAL: Module /nix.ko not found.
? 1
$ modprobe --show-exports a.ko
! modprobe: FATAL: Module a.ko not found.
? 1
$ echo junk >a.ko; modprobe --show-exports ./a.ko
! modprobe: FATAL: could not get symbols of ./a.ko: Invalid argument
? 1
$ modprobe --show-modversions ./a.ko -q
? 1
$ modprobe --show-exports /tmp
! modprobe: FATAL: could not get symbols of /tmp: Is a directory
? 1
$ modprobe --show-exports ext4
! modprobe: FATAL: Module ext4 not found.
? 1
