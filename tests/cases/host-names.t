# Names that no module can have.
where: host
tree: uml
conf a.conf: alias /usbserial dummy
conf a.conf: alias sub/dir dummy
conf a.conf: alias out ../../etc/passwd
conf a.conf: alias out2 ..

## a path that is none by its name is no request
$ modprobe -q -- /usbserial
? 1
$ modprobe -a /usbserial sub/dir
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: WARNING: Module /usbserial not found in directory @MODS@
! modprobe: WARNING: Module sub/dir not found in directory @MODS@
? 1
$ modprobe sub/dir
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: FATAL: Module sub/dir not found in directory @MODS@
? 1
$ modprobe ../../../tmp/x
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: FATAL: Module ../../../tmp/x not found in directory @MODS@
? 1
$ modprobe -r /usbserial
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: FATAL: Module /usbserial not found.
? 1

## an alias that leads to a path leads nowhere
$ modprobe out
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: FATAL: Module out not found in directory @MODS@
? 1
$ modprobe -R out2
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
! modprobe: FATAL: Module out2 not found in directory @MODS@
? 1

## control bytes, and more bytes than any alias has
$ modprobe -q "$(printf 'a\nb')"
? 1
$ modprobe -q "$(head -c 5000 /dev/zero | tr '\0' a)"
? 1

## what is no path may have a / in it
$ modprobe -R devname:loop-control
> loop
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 3: '../../etc/passwd' is not the name of a module; write 'passwd'
