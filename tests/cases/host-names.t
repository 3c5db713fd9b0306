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
! modprobe: WARNING: Module /usbserial not found in directory @MODS@
! modprobe: WARNING: Module sub/dir not found in directory @MODS@
? 1
$ modprobe sub/dir
! modprobe: FATAL: Module sub/dir not found in directory @MODS@
? 1
$ modprobe ../../../tmp/x
! modprobe: FATAL: Module ../../../tmp/x not found in directory @MODS@
? 1
$ modprobe -r /usbserial
! modprobe: FATAL: Module /usbserial not found.
? 1

## an alias that leads to a path leads nowhere
$ modprobe out
! modprobe: FATAL: Module out not found in directory @MODS@
? 1
$ modprobe -R out2
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
