# install and remove commands around a real kernel.
where: lab
# Two kernels will do: nothing here depends on more.
engine: uml qemu-6.1

## the classic command
conf a.conf: install dummy echo first; /sbin/modprobe --ignore-install dummy $CMDLINE_OPTS && echo then
conf a.conf: remove dummy echo last; /sbin/modprobe -r --ignore-remove dummy
$ modprobe -v dummy numdummies=2
> install echo first; /sbin/modprobe --ignore-install dummy $CMDLINE_OPTS && echo then numdummies=2
> first
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2
> then
$ @LOADED@; ls -d /sys/class/net/dummy*
> dummy
> /sys/class/net/dummy0
> /sys/class/net/dummy1
$ modprobe -rv dummy
> remove echo last; /sbin/modprobe -r --ignore-remove dummy
> last
> rmmod dummy
$ @LOADED@

## a command that loads its own module without -i
conf a.conf: install dummy modprobe dummy $CMDLINE_OPTS
conf a.conf: remove dummy modprobe -r dummy
$ modprobe dummy numdummies=1
$ @LOADED@
> dummy
$ modprobe -r dummy
$ @LOADED@

## a command loads what the plan still has to load
conf a.conf: install loop modprobe dummy; modprobe -i loop
conf a.conf: softdep dummy pre: loop
$ modprobe dummy
$ @LOADED@
> dummy
> loop

## options reach the kernel through a command
conf a.conf: install brd modprobe -i brd $CMDLINE_OPTS
$ modprobe brd 'rd_nr=1' 'rd_size=4096'; cat /sys/module/brd/parameters/rd_size
> 4096

## in a process with more power than its caller no command is run
needs: command setpriv
conf a.conf: install dummy echo pwned
conf a.conf: install ifb /bin/false
$ cp -L /usr/bin/kmod modprobe && chmod 4755 modprobe && setpriv --reuid 1000 --clear-groups ./modprobe dummy
! modprobe: ERROR: Could not run install command 'echo pwned' for module dummy: not in the environment of a less privileged user
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1
$ cp -L /usr/bin/kmod modprobe && chmod 4755 modprobe && setpriv --reuid 1000 --clear-groups ./modprobe ifb
! modprobe: ERROR: Error running install command '/bin/false' for module ifb: retcode 1
! modprobe: ERROR: could not insert 'ifb': Invalid argument
? 1
$ @LOADED@
