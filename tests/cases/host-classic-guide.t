# The classic guide to kernel modules, see lab-classic-guide.t: what the kernel of the lab has not, or only prints.
where: host
tree: uml

## modprobe --dump-modversions FILE
$ mkmod -o lkm.ko --name lkm --need printk=0x92997ed8 --need other=1 && modprobe --dump-modversions /tmp/lkm.ko
> 0x92997ed8	printk
> 0x00000001	other

## an identifier that the kernel asks for, and the lines that answer it
file /etc/modprobe.conf: alias char-major-10-30 softdog
file /etc/modprobe.d/old: alias char-major-10-31 softdog
conf new.conf: alias block-major-250 loop
conf new.conf: alias ppp0 ppp_generic
$ modprobe -R char-major-10-30; modprobe -R block-major-250; modprobe -R ppp0
> softdog
> loop
> ppp_generic
$ modprobe -R char-major-10-31
! modprobe: FATAL: Module char-major-10-31 not found in directory @MODS@
? 1

## modprobe -vn of one's own module
$ mkmod -o lkm.ko --name lkm && ln -s /tmp/lkm.ko @MODS@/lkm.ko && depmod -a 2>/dev/null; modprobe -vn lkm
> insmod @MODS@/lkm.ko $
$ modprobe lk
! modprobe: FATAL: Module lk not found in directory @MODS@
? 1
$ modprobe -q lk
? 1

## the pattern of -l is the shell's
$ modprobe -l 'crc*' | head -n 1; modprobe -l rds* | head -n 1; modprobe -l -t kernel/fs/fat '[mv]*'
> kernel/crypto/crc32_generic.ko
> kernel/net/rds/rds.ko
> kernel/fs/fat/vfat.ko
> kernel/fs/fat/msdos.ko

## -v and others pass on to install commands through MODPROBE_OPTIONS
kernel: insert=0
conf a.conf: install dummy echo $MODPROBE_OPTIONS; /sbin/modprobe -i dummy
$ modprobe -v dummy
> install echo $MODPROBE_OPTIONS; /sbin/modprobe -i dummy $
> -v
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## the forms of the manual
conf a.conf: install dummy echo command
$ modprobe -v -n -i -b dummy numdummies=1; modprobe -n -v -C /dev/null dummy; modprobe -q -n -i dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=1
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -r -v -n -i dummy ifb
$ modprobe --verbose --dry-run --ignore-install dummy; modprobe --quiet --dry-run --remove --ignore-remove dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
