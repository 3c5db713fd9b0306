# Control characters of somebody else's text in messages. What a terminal gets is in tests/lib/terminal.py.
where: host
tree: small

## a name that is not found cannot write a message of its own
$ modprobe "$(printf 'a\033[31m\nmodprobe: ERROR: b')"; modprobe "$(printf 'M\303\274ller\302\233')"; rmmod "$(printf 'a\033\nb')"
! modprobe: FATAL: Module a\x1b[31m\nmodprobe: ERROR: b not found in directory @MODS@
! modprobe: FATAL: Module Müller\xc2\x9b not found in directory @MODS@
! rmmod: ERROR: Module a\x1b\nb is not currently loaded
? 1

## neither can the name of a directory or a file
$ d="$(printf 'x\ndepmod: ERROR: y\033[2J')" && mkdir "@MODS@/$d" && echo >"@MODS@/$d/z.ko" && depmod
! depmod: ERROR: ignoring @MODS@/x\ndepmod: ERROR: y\x1b[2J/z.ko: not a printable 7-bit ASCII name
$ insmod "$(printf '/tmp/a\ninsmod: ERROR: b.ko')"; modinfo "$(printf '/tmp/a\nmodinfo: ERROR: b.ko')"
! insmod: ERROR: could not load module /tmp/a\ninsmod: ERROR: b.ko: No such file or directory
! modinfo: ERROR: Module /tmp/a\nmodinfo: ERROR: b.ko not found.
? 1

## nor a line of configuration
$ printf 'b\033[31md x\n' >/etc/modprobe.d/a.conf && modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: ERROR: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring bad line starting with 'b\x1b[31md'
$ printf 'blacklist a \033[31m\n' >/etc/modprobe.d/a.conf && modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
! libkmod: WARNING: kmod_config_parse: /etc/modprobe.d/a.conf line 1: ignoring '\x1b[31m': blacklist takes one module a line

## nor what a module says, in an explanation
kernel: insert=EINVAL
$ mkmod -o @MODS@/kernel/odd.ko --name odd --info "parmtype=$(printf 'p\n  nothing is wrong\033'):int" && depmod && modprobe -v odd q=1
> insmod @MODS@/kernel/odd.ko q=1
! modprobe: ERROR: could not insert 'odd': Invalid argument
!   the kernel's log may say why, and there is no /dev/kmsg here to read it from
!   look at the output of dmesg
? 1

## an option that no tool has
$ modprobe "$(printf -- '--a\nb')" 2>&1 | sed 's|^/.*/||'
> modprobe: unrecognized option '--a\nb'

## a message of several lines stays one
$ mkmod -o @MODS@/kernel/one.ko --name one --info alias=twice --info alias=twice && depmod -w
! depmod: WARNING: duplicate module alias:
! twice one
