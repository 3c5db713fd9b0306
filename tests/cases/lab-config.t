# The configuration, down to the kernel.
where: lab

## options of a file reach the kernel
conf a.conf: options brd rd_nr=5
$ modprobe brd
$ cat /sys/module/brd/parameters/rd_nr
> 5

## options of the command line come after those of a file
conf a.conf: options brd rd_nr=5 max_part=2
$ modprobe brd rd_nr=6
$ cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/max_part
> 6
> 2

## options of several files are joined
conf a.conf: options brd rd_nr=5
conf b.conf: options brd rd_size=512
$ modprobe -v brd
> insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=5 rd_size=512 $
$ cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size
> 5
> 512

## options apply to a dependency
conf a.conf: options fat nix=1
$ modprobe -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko nix=1 $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
!   fat has no parameter 'nix', so the kernel ignores it; it is from /etc/modprobe.d/a.conf line 1
!   change it in /etc/modprobe.d/a.conf line 1

## an alias of a file
conf a.conf: alias my-disk brd
$ modprobe my-disk
$ @LOADED@
> brd

## an alias of a file with a wildcard
conf a.conf: alias disk-* brd
$ modprobe disk-7
$ @LOADED@
> brd

## an alias for two modules loads both
conf a.conf: alias both dummy
conf a.conf: alias both ifb
$ modprobe both
$ @LOADED@
> ifb
> dummy

## a blacklisted module is not loaded by an alias
conf a.conf: blacklist msdos
$ modprobe fs-msdos
$ @LOADED@

## a blacklisted module is loaded by its name
conf a.conf: blacklist msdos
$ modprobe msdos
$ @LOADED@
> msdos
> fat

## a blacklisted module is not loaded by its name with -b
conf a.conf: blacklist msdos
$ modprobe -b msdos
$ @LOADED@

## pre and post softdeps are loaded
conf a.conf: softdep dummy pre: ifb post: tun
$ modprobe dummy
$ @LOADED@
> tun
> dummy
> ifb

## softdeps that are not there do no harm
conf a.conf: softdep dummy pre: nix post: nix2
$ modprobe dummy
$ @LOADED@
> dummy

## the softdep that a module names itself
$ modprobe xt_LOG
$ @LOADED@ | grep -x -e xt_LOG -e nf_log_syslog
> xt_LOG
> nf_log_syslog

## every softdep line counts
# kmod takes the first only.
conf a.conf: softdep dummy pre: ifb
conf b.conf: softdep dummy pre: tun
$ modprobe dummy
$ @LOADED@
> dummy
> tun
> ifb

## -C reads another configuration
conf a.conf: options brd rd_nr=5
file /tmp/other.conf: options brd rd_nr=7
$ modprobe -C /tmp/other.conf brd
$ cat /sys/module/brd/parameters/rd_nr
> 7

## the kernel loads a file system that is asked for
$ mkdir d; mount -t msdos /dev/null d 2>/dev/null; @LOADED@
> msdos
> fat

## the kernel loads a character device that is opened
$ mknod tun c 10 200 && : <tun; @LOADED@
> tun

## the kernel's request keeps to the blacklist
conf a.conf: blacklist msdos
$ mkdir d; mount -t msdos /dev/null d 2>/dev/null; @LOADED@

## the kernel's request takes the options
conf a.conf: options brd rd_nr=9
$ mknod ram b 1 0 && : <ram; cat /sys/module/brd/parameters/rd_nr
> 9

## the kernel loads what a network device needs
needs: command ip
$ ip link add br0 type bridge && ip link del br0 && @LOADED@
> bridge
> stp
> llc

## a softdep that leads back to a module that is on its way keeps what it needs before it
conf a.conf: softdep llc pre: bridge
$ modprobe stp && for m in llc stp bridge; do grep -q "^$m " /proc/modules && echo $m; done
> llc
> stp
> bridge
