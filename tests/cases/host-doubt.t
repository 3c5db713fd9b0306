# Lines of modprobe.d that are well-formed and do not do what they seem to. They mean what kmod makes of them.
where: host
tree: small

## what has no effect is reported with its line, and the line counts as before
conf a.conf: softdep dummy pre:tun
conf a.conf: softdep dummy tun
conf a.conf: blacklist msdos vfat
conf a.conf: blacklist vfat.ko
conf a.conf: blacklist /lib/modules/x/vfat.ko.xz
conf a.conf: blacklist vf*
conf a.conf: alias conf-a vfat dummy
conf a.conf: options dummy.ko a=1
conf a.conf: blacklist "msdos"
conf a.conf: weakdep dummy pre: tun
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'pre:tun': no blank behind 'pre:'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 2: ignoring 'tun': neither 'pre:' nor 'post:' stands before it
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: ignoring 'vfat': blacklist takes one module a line
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 4: 'vfat.ko' is not the name of a module; write 'vfat'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 5: '/lib/modules/x/vfat.ko.xz' is not the name of a module; write 'vfat'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 6: blacklist knows no patterns: 'vf*' is taken for a name
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 7: ignoring 'dummy': alias takes one module a line
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 8: 'dummy.ko' is not the name of a module; write 'dummy'
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 9: '"msdos"' is not the name of a module
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 10: 'pre:' is taken for a module: weakdep has no parts
$ modprobe -q -n dummy; modprobe -q -b -n -a msdos vfat conf-a
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## a softdep that is half a one
conf a.conf: softdep dummy tun pre: nls_utf8 post:loop
$ modprobe -n dummy
> insmod @MODS@/kernel/fs/nls/nls_utf8.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring 'tun': neither 'pre:' nor 'post:' stands before it

## a long line is named by its last part
$ printf 'options dummy a=1\nblacklist \\\n  msdos \\\n  vfat\n' >/etc/modprobe.d/a.conf
$ modprobe -n tun
> insmod @MODS@/kernel/drivers/net/tun.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 4: ignoring 'vfat': blacklist takes one module a line

## what is often written, and does no harm, is not reported
conf a.conf: blacklist msdos # it is not wanted here
conf a.conf: alias conf-a vfat # as before
conf a.conf: softdep dummy pre: tun # both are needed
conf a.conf: options dummy a=/x/y.ko
conf a.conf: install loop /sbin/modprobe -i loop; : /x/y.ko
conf a.conf: remove loop /bin/true # y.ko
conf a.conf: alias /dev/thing dummy
conf a.conf: options devname:net/tun a=1
conf a.conf: weakdep dummy tun nls_utf8
conf a.conf: softdep s* post: tun
$ modprobe -q -n msdos; modprobe -c >/dev/null
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $

## nor is what modules say of themselves, or what is behind a NUL
$ mkmod -o @MODS@/kernel/odd.ko --name odd --info 'softdep=pre:tun' && depmod && grep odd @MODS@/modules.softdep
> softdep odd pre:tun
$ printf 'blacklist msdos \0 vfat\n' >/etc/modprobe.d/a.conf
$ modprobe -n odd
> insmod @MODS@/kernel/odd.ko $
