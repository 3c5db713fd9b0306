# /etc/modprobe.conf, from the days before modprobe.d. kmod does not read it.
where: host
tree: uml

## /etc/modprobe.conf is read after the directories
conf z.conf: options dummy z=1
file /usr/lib/modprobe.d/a.conf: options dummy a=1
file /etc/modprobe.conf: options dummy conf=1
cmdline: dummy.cmdline=1
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 z=1 conf=1 cmdline=1 $

## /etc/modprobe.conf is not read beside -C
file /etc/modprobe.conf: options dummy conf=1
$ modprobe -C /dev/null -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## an identifier of the kernel finds its module in /etc/modprobe.conf
file /etc/modprobe.conf: alias char-major-10-30 dummy
$ modprobe -n char-major-10-30
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## modprobe.conf includes modprobe.d, whose files are read once
file /etc/modprobe.conf: include /etc/modprobe.d
conf a.conf: options dummy a=1
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $

## modprobe.conf includes files below its own directory
file /etc/modprobe.conf: include extra/dummy
file /etc/extra/dummy: options dummy extra=1
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko extra=1 $

## a file given with -C may include
file /tmp/mine: include /tmp/other
file /tmp/other: options dummy other=1
$ modprobe -C /tmp/mine -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko other=1 $

## a file of a directory may not include
file /tmp/d/mine.conf: include /tmp/other
file /tmp/other: options dummy other=1
$ modprobe -C /tmp/d -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /tmp/d/mine.conf: command include is deprecated and not parsed anymore

## an include that is not there is told
file /etc/modprobe.conf: include /etc/none
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 1: could not read the included file /etc/none: No such file or directory

## an alias of off or null loads nothing
file /etc/modprobe.conf: alias fs-vfat off
file /etc/modprobe.conf: alias dummy null
$ modprobe -n fs-vfat
> install /bin/true $
$ modprobe -a fs-vfat dummy
$ modprobe -c | sed '/^$/,$d' | grep ^install
> install fs_vfat /bin/true
> install dummy /bin/true

## a pattern cannot be off
file /etc/modprobe.conf: alias fs-* off
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 1: a pattern cannot be an alias of 'off'; write a line 'install NAME /bin/true' for each name instead

## commands of modutils say what to write instead
file /etc/modprobe.conf: path[net]=/lib/net
file /etc/modprobe.conf: keep
file /etc/modprobe.conf: depfile=/lib/modules/dep
file /etc/modprobe.conf: persistdir=/var/lib/modules
file /etc/modprobe.conf: insmod_opt=-s
file /etc/modprobe.conf: define X 1
file /etc/modprobe.conf: if -f /etc/x
file /etc/modprobe.conf: endif
file /etc/modprobe.conf: add above a b
file /etc/modprobe.conf: above usb-hcd hid usb-storage
file /etc/modprobe.conf: below usb-hcd usbcore
file /etc/modprobe.conf: pre-install dummy echo hello
file /etc/modprobe.conf: post-install dummy echo hello
file /etc/modprobe.conf: pre-remove dummy echo bye
file /etc/modprobe.conf: post-remove dummy echo bye
file /etc/modprobe.conf: probe eth0 e100 eepro100
file /etc/modprobe.conf: probeall scsi_hostadapter aic7xxx sym53c8xx
file /etc/modprobe.conf: prune modules.alias
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 1: the command 'path' of modutils is not supported; write 'search' or 'external' in depmod.d instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 2: the command 'keep' of modutils is not supported; it belonged to 'path'; take the line out
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 3: the command 'depfile' of modutils is not supported; the indexes are in the module directory; take the line out
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 4: the command 'persistdir' of modutils is not supported; modules keep no data over an unload; take the line out
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 5: the command 'insmod_opt' of modutils is not supported; there is no insmod to hand options to; take the line out
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 6: the command 'define' of modutils is not supported; there are no variables; write the value where it is used
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 7: the command 'if' of modutils is not supported; there are no conditions; keep the lines that apply
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 8: the command 'endif' of modutils is not supported; there are no conditions; take the line out
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 9: the command 'add' of modutils is not supported; write the line without 'add'; lines add up by themselves
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 10: the command 'above' of modutils is not supported; write 'softdep usb-hcd post: hid usb-storage' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 11: the command 'below' of modutils is not supported; write 'softdep usb-hcd pre: usbcore' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 12: the command 'pre-install' of modutils is not supported; write 'install dummy { echo hello; } && /sbin/modprobe --ignore-install dummy $CMDLINE_OPTS' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 13: the command 'post-install' of modutils is not supported; write 'install dummy /sbin/modprobe --ignore-install dummy $CMDLINE_OPTS && { echo hello; }' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 14: the command 'pre-remove' of modutils is not supported; write 'remove dummy { echo bye; } && /sbin/modprobe -r --ignore-remove dummy' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 15: the command 'post-remove' of modutils is not supported; write 'remove dummy /sbin/modprobe -r --ignore-remove dummy && { echo bye; }' instead
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 16: the command 'probe' of modutils is not supported; write 'install eth0 /sbin/modprobe FIRST || /sbin/modprobe SECOND' instead, with each of: e100 eepro100
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 17: the command 'probeall' of modutils is not supported; write a line 'alias scsi_hostadapter MODULE' instead for each of: aic7xxx sym53c8xx
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 18: the command 'prune' of modutils is not supported; write 'exclude' in depmod.d instead

## what modprobe.conf cannot say any more is told with its line, and the rest is done
file /etc/modprobe.conf: nonsense
file /etc/modprobe.conf: options dummy \
file /etc/modprobe.conf: a=1
file /etc/modprobe.conf: keep
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 1: ignoring bad line starting with 'nonsense'
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.conf line 4: the command 'keep' of modutils is not supported; it belonged to 'path'; take the line out
