# Files that were written on another system: a carriage return at the end of each line, a byte order mark at the start.
# kmod takes both for text.
where: host
always: input that is broken
tree: small

## configuration means the same with the line ends of another system
$ printf 'blacklist msdos\r\ninstall dummy /bin/true\r\noptions loop max_loop=4 \\\r\n  max_part=2\r\nalias conf-a vfat\r\nsoftdep tun pre: dummy\r\n' >/etc/modprobe.d/a.conf
$ modprobe -c | grep -E '^(blacklist|install|options|alias conf|softdep tun)' | cat -A
> blacklist msdos$
> install dummy /bin/true$
> alias conf_a vfat$
> options loop max_loop=4   max_part=2$
> softdep tun pre: dummy$
$ modprobe -b -nv msdos; modprobe -nv dummy; modprobe -nv loop; modprobe -nv conf-a
> install /bin/true $
> insmod @MODS@/kernel/drivers/block/loop.ko max_loop=4   max_part=2 $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
!   msdos is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line

## a byte order mark does not cost the first line
$ printf '\357\273\277blacklist msdos\nblacklist vfat\n' >/etc/modprobe.d/a.conf
$ modprobe -c | grep ^blacklist
> blacklist msdos
> blacklist vfat

## modprobe.conf with both
$ mkdir /etc/inc && printf 'alias inner vfat\r\n' >/etc/inc/x.conf && printf '\357\273\277include /etc/inc\r\nalias conf-a off\r' >/etc/modprobe.conf
$ modprobe -c | grep -e conf-a -e conf_a -e inner
> install conf_a /bin/true
> alias inner vfat

## one carriage return is dropped, and what modprobe -c prints reads back the same
$ printf 'options loop a=1\r\r\n' >/tmp/x.conf; modprobe -C /tmp/x.conf -c | grep ^options | tee /tmp/y.conf | cat -A
> options loop a=1^M^M$
$ modprobe -C /tmp/y.conf -c | grep ^options | cmp - /tmp/y.conf

## depmod.d
$ cd @MODS@ && mkdir updates && cp kernel/drivers/net/dummy.ko updates/ && printf '\357\273\277search built-in updates\r\n' >/etc/depmod.d/a.conf && depmod && grep dummy modules.dep
> kernel/drivers/net/dummy.ko:

## what a kernel's build leaves
$ cd @MODS@ && sed 's/$/\r/' modules.order >t && mv t modules.order && sed 's/$/\r/' modules.builtin >t && mv t modules.builtin && depmod -n >/tmp/crlf
$ cd @MODS@ && sed -i 's/\r$//' modules.order modules.builtin && depmod -n | cmp - /tmp/crlf
$ cd @MODS@ && cp modules.builtin.bin /tmp && sed -i '1s/^/\xef\xbb\xbf/; s/$/\r/' modules.builtin && depmod && cmp /tmp/modules.builtin.bin modules.builtin.bin

## Module.symvers and System.map
$ cd /tmp && printf '0x11111111\tone\tvmlinux\tEXPORT_SYMBOL\r\n' >Module.symvers && printf '\357\273\277ffff T two\r\nffff r __ksymtab_two\r\n' >System.map
$ mkmod -o @MODS@/kernel/a.ko --name a --need one=11111111; mkmod -o @MODS@/kernel/b.ko --name b --need two
$ depmod -n -e -E /tmp/Module.symvers 2>&1 | grep -w -e 'symbol one' -e 'symbol two'
> depmod: WARNING: @MODS@/kernel/b.ko needs unknown symbol two
$ depmod -n -e -F /tmp/System.map 2>&1 | grep -w -e 'symbol one' -e 'symbol two'
> depmod: WARNING: @MODS@/kernel/a.ko needs unknown symbol one

## the text indexes
$ cd @MODS@ && rm *.bin && sed -i '1s/^/\xef\xbb\xbf/; s/$/\r/' modules.dep modules.alias && modprobe -q -nv vfat && modprobe -q -R fs-vfat && modprobe -l 'fat*'
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> vfat
> kernel/fs/fat/fat.ko

## modules.devname
$ printf 'fuse fuse c10:229\r\n' >@MODS@/modules.devname; kmod static-nodes -f tmpfiles
> c! /dev/fuse 0600 - - - 10:229
