# What tenon config --check says is tried on a real kernel: what it says does not work does not, and the next step does.
where: lab
needs: workbench

## a blacklist does not keep out what another module needs; a deny line keeps out both
conf a.conf: blacklist fat
$ tenon config -c | grep -A 1 config-name-only
>   [config-name-only] /etc/modprobe.d/a.conf:1
>   next: write deny fat to keep out both
$ modprobe vfat; @LOADED@
> vfat
> fat
$ modprobe -r vfat; echo 'deny fat' >>/etc/modprobe.d/a.conf; tenon config -c | grep -c name-only
> 0
? 1
$ modprobe vfat; @LOADED@
! modprobe: FATAL: Module fat is denied by /etc/modprobe.d/a.conf line 2

## a blacklist of an alias keeps nothing out; one of the module does
conf a.conf: blacklist fs-vfat
$ tenon config -c | grep -A 2 'is an alias'
> warning: fs_vfat is an alias of vfat, and blacklist takes modules
>   [config-blacklist-alias] /etc/modprobe.d/a.conf:1
>   next: write vfat
$ modprobe fs-vfat; @LOADED@; modprobe -r vfat
> vfat
> fat
$ echo 'blacklist vfat' >/etc/modprobe.d/a.conf; tenon config -c | grep -c blacklist-alias
> 0
? 1
$ modprobe fs-vfat; @LOADED@

## a name with a slip in it, and the nearest one
conf a.conf: options dumy numdummies=2
$ tenon config -c | grep nearest; modprobe dummy; ls /sys/class/net | grep -c dummy; modprobe -r dummy
> warning: there is no module dumy; the nearest name is dummy
>   [config-name-nearest] /etc/modprobe.d/a.conf:1
> 1
$ sed -i s/dumy/dummy/ /etc/modprobe.d/a.conf; modprobe dummy; ls /sys/class/net | grep -c dummy
> 2

## a value that the kernel refuses
conf a.conf: options dummy numdummies=two
$ tenon config -c | grep 'is no value'
> error: 'two' is no value for parameter numdummies of dummy, which takes int
$ modprobe dummy 2>&1
> modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1
$ sed -i s/two/2/ /etc/modprobe.d/a.conf; tenon config -c | grep -c 'no value'
> 0
? 1
$ modprobe dummy; ls /sys/class/net | grep -c dummy
> 2

## the parameter that is set last counts
conf a.conf: options dummy numdummies=1
conf b.conf: options dummy numdummies=3
$ tenon config -c | grep config-option-twice
>   [config-option-twice] /etc/modprobe.d/a.conf:1
$ modprobe dummy; ls /sys/class/net | grep -c dummy
> 3

## an alias that takes the place of a module
conf a.conf: alias dummy ifb
$ tenon config -c | grep 'who asks'
> warning: who asks for the module dummy gets ifb, by the alias dummy
$ modprobe dummy; @LOADED@
> ifb
