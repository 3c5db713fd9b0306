# Commands that load and unload, run by the distribution's tools and by ours in a real kernel. Each '$' line is a test; it
# needs no expected result. Differences that are meant are in the file "allowed-lab".
where: lab

## which tool this is
# Must differ: else one is compared with itself.
$ modprobe --version

## lsmod
$ lsmod
$ kmod list
$ lsmod -v
$ lsmod -s
$ lsmod x
$ lsmod --nonsense
$ lsmod -x

## lsmod: one module
$ modprobe dummy; lsmod
$ kmod list
$ lsmod | od -c | tail -n 8

## lsmod: a holder
$ modprobe vfat; lsmod

## lsmod: a chain
$ modprobe bridge; lsmod

## lsmod: two holders
$ modprobe -a vfat msdos; lsmod

## lsmod: three holders
$ modprobe -a vfat msdos bridge garp; lsmod

## lsmod: used by an open file
$ modprobe tun; mknod tun c 10 200; exec 3<tun; lsmod

## lsmod: 40 modules
$ modprobe -a $(ls @MODS@/kernel/fs/nls | sed 's/\..*//' | head -n 40); lsmod

## lsmod: long names
$ modprobe -a nf_defrag_ipv4 xt_connlimit nf_conntrack_netbios_ns; lsmod

## lsmod: no permission is needed
$ modprobe vfat; setpriv --reuid=65534 lsmod

## rmmod: not loaded
$ rmmod dummy
$ rmmod nix
$ rmmod -f dummy
$ rmmod -s dummy
$ rmmod -v dummy
$ rmmod dummy nix

## rmmod: built in
$ rmmod tcp_cubic
$ rmmod -f tcp_cubic

## rmmod: a holder
$ modprobe vfat; rmmod fat; @LOADED@
$ rmmod -f fat
$ rmmod -v fat
$ rmmod -s fat
$ rmmod fat vfat; @LOADED@
$ rmmod fat; @LOADED@

## rmmod: two holders
$ modprobe -a vfat msdos; rmmod fat

## rmmod: used by an open file
$ modprobe tun; mknod tun c 10 200; exec 3<tun; rmmod tun; rmmod -v tun; rmmod -f tun; @LOADED@

## rmmod: used by an address family
$ rmmod ipv6

## rmmod: one, several, with a wrong one among them
$ modprobe dummy; rmmod dummy; @LOADED@
$ modprobe -a dummy ifb; rmmod dummy ifb; @LOADED@
$ modprobe -a dummy ifb; rmmod nix dummy nix2 ifb; @LOADED@
$ modprobe vfat; rmmod vfat fat; @LOADED@
$ modprobe dummy; rmmod dummy dummy; @LOADED@

## rmmod: options
$ modprobe dummy; rmmod -v dummy; @LOADED@
$ modprobe dummy; rmmod -vv dummy; @LOADED@
$ modprobe dummy; rmmod -f dummy; @LOADED@
$ modprobe dummy; rmmod -fv dummy; @LOADED@
$ modprobe dummy; rmmod -s dummy; @LOADED@
$ modprobe dummy; rmmod --force --verbose --syslog dummy; @LOADED@
$ modprobe dummy; rmmod --forc dummy; @LOADED@
$ modprobe dummy; rmmod dummy -v; @LOADED@
$ modprobe dummy; rmmod -- dummy; @LOADED@
$ modprobe dummy; rmmod -- -v dummy; @LOADED@
$ rmmod
$ rmmod -v
$ rmmod --nonsense
$ rmmod -x
$ rmmod --force=1 dummy

## rmmod: names
$ modprobe nls-iso8859-1; rmmod nls-iso8859-1; @LOADED@
$ modprobe nls-iso8859-1; rmmod nls_iso8859_1; @LOADED@
$ modprobe nls-iso8859-1; rmmod nls-iso8859_1; @LOADED@
$ modprobe dummy; rmmod DUMMY; rmmod dummy.ko; @LOADED@
$ rmmod ''
$ rmmod 'a b'
$ rmmod ..
$ rmmod .
$ rmmod /tmp
$ rmmod aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

## rmmod: files
$ modprobe dummy; rmmod @MODS@/kernel/drivers/net/dummy.ko; @LOADED@
$ modprobe dummy; plainmod dummy; rmmod dummy.ko; @LOADED@
$ modprobe dummy; rmmod ./dummy.ko; @LOADED@
$ modprobe dummy; mv dummy.ko dummy; rmmod dummy; @LOADED@
$ modprobe dummy; mv dummy other.ko; rmmod ./other.ko; @LOADED@
$ modprobe nls-iso8859-1; rmmod @MODS@/kernel/fs/nls/nls_iso8859-1.ko; @LOADED@
$ rmmod @MODS@/kernel/drivers/net/nix.ko

## rmmod: without the right
$ modprobe dummy; setpriv --reuid=65534 rmmod dummy; @LOADED@
$ setpriv --reuid=65534 rmmod nix

## insmod: a file
$ insmod @MODS@/kernel/drivers/net/dummy.ko; @LOADED@
$ insmod @MODS@/kernel/drivers/net/dummy.ko; @LOADED@
$ insmod -f @MODS@/kernel/drivers/net/dummy.ko; @LOADED@
$ rmmod dummy; plainmod dummy; insmod dummy.ko; @LOADED@
$ rmmod dummy; insmod ./dummy.ko; @LOADED@
$ rmmod dummy; mv dummy.ko dummy; insmod dummy; @LOADED@
$ rmmod dummy; ln -s dummy link; insmod link; @LOADED@
$ rmmod dummy; mkdir d; cd d; insmod ../dummy; @LOADED@

## insmod: parameters
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=3 rd_size=1024; cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko nix='a rd_nr=7' rd_size=512; cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko nix='"a rd_nr=7"' rd_size=512; cat /sys/module/brd/parameters/rd_nr /sys/module/brd/parameters/rd_size; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko 'rd_nr=7 rd_size=512'; cat /sys/module/brd/parameters/rd_nr; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko nix=1; @LOADED@; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko nix; @LOADED@; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko ''; @LOADED@; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko =; @LOADED@; rmmod brd
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=x; @LOADED@
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr; @LOADED@
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=99999999999999999999; @LOADED@
$ insmod @MODS@/kernel/drivers/block/brd.ko rd_nr=1 -- rd_size=512; cat /sys/module/brd/parameters/rd_nr; rmmod brd

## insmod: options
$ insmod -v @MODS@/kernel/drivers/net/dummy.ko; rmmod dummy
$ insmod -s @MODS@/kernel/drivers/net/dummy.ko; rmmod dummy
$ insmod -f @MODS@/kernel/drivers/net/dummy.ko; rmmod dummy
$ insmod -fvs @MODS@/kernel/drivers/net/dummy.ko; rmmod dummy
$ insmod @MODS@/kernel/drivers/net/dummy.ko -v; rmmod dummy
$ insmod -- @MODS@/kernel/drivers/net/dummy.ko; rmmod dummy
$ insmod
$ insmod -v
$ insmod --nonsense
$ insmod -x
$ insmod --ver

## insmod: what is no module
$ insmod nix.ko
$ insmod ''
$ insmod /tmp
$ : >x.ko; insmod x.ko
$ echo nonsense >x.ko; insmod x.ko
$ head -c 100000 /dev/zero >x.ko; insmod x.ko
$ plainmod dummy; head -c 2000 dummy.ko >x.ko; insmod x.ko
$ head -c 63 dummy.ko >x.ko; insmod x.ko; insmod -f x.ko
$ cp /bin/true x.ko; insmod x.ko
$ cp dummy.ko x.ko; printf '\267' | dd of=x.ko bs=1 seek=18 conv=notrunc status=none; insmod x.ko
$ cp dummy.ko x.ko; printf '\001' | dd of=x.ko bs=1 seek=4 conv=notrunc status=none; insmod x.ko
$ insmod dummy.ko/x
$ ln -s loop loop; insmod loop
$ insmod /dev/null
$ chmod 0 dummy.ko; setpriv --reuid=65534 insmod dummy.ko

## insmod: what the kernel does not take
$ insmod @MODS@/kernel/fs/fat/vfat.ko
$ insmod -f @MODS@/kernel/fs/fat/vfat.ko
$ insmod -s @MODS@/kernel/fs/fat/vfat.ko
$ plainmod dummy; sed -i 's/ mod_unload/ mod_ungood/' dummy.ko; insmod dummy.ko
$ insmod --force-modversion dummy.ko; @LOADED@
$ insmod --force-vermagic dummy.ko; @LOADED@
$ rmmod dummy 2>/dev/null; insmod -f dummy.ko; @LOADED@
$ rmmod dummy; plainmod dummy; breakmod --init ENODEV dummy.ko; insmod dummy.ko
$ plainmod dummy; breakmod --init EBUSY dummy.ko; insmod dummy.ko
$ plainmod dummy; breakmod --init ENOEXEC dummy.ko; insmod dummy.ko
$ plainmod dummy; breakmod --init ESRCH dummy.ko; insmod dummy.ko
$ setpriv --reuid=65534 insmod @MODS@/kernel/drivers/net/dummy.ko

## insmod: compressed
# Not gzip: Debian's kmod is built without.
$ plainmod dummy; xz -k dummy.ko; insmod dummy.ko.xz; @LOADED@
$ rmmod dummy; zstd -q dummy.ko; insmod dummy.ko.zst; @LOADED@
$ rmmod dummy; mv dummy.ko.zst dummy.ko; insmod dummy.ko; @LOADED@
$ rmmod dummy; mv dummy.ko.xz x; insmod x; @LOADED@
$ insmod x; @LOADED@
$ rmmod dummy; head -c 3000 x >y; insmod y; @LOADED@
$ head -c 3000 dummy.ko >y; insmod y 2>/dev/null; @LOADED@
$ plainmod vfat; xz vfat.ko; insmod vfat.ko.xz

## insmod: a compressed module by force
$ plainmod dummy; sed -i 's/ mod_unload/ mod_ungood/' dummy.ko; xz dummy.ko; insmod dummy.ko.xz; insmod -f dummy.ko.xz; @LOADED@

## modprobe
$ modprobe -v vfat; @LOADED@
$ modprobe -v vfat
$ modprobe --first-time vfat
$ modprobe -rv vfat; @LOADED@
$ modprobe -r vfat
$ modprobe -r --first-time vfat
$ modprobe -a dummy nix ifb; @LOADED@
$ modprobe -r dummy ifb; @LOADED@
$ modprobe brd rd_nr=x
$ modprobe brd rd_nr=2; cat /sys/module/brd/parameters/rd_nr
$ modprobe -r tcp_cubic
$ modprobe -r ipv6
$ setpriv --reuid=65534 modprobe dummy
$ modprobe fs-vfat; @LOADED@
$ modprobe -r fat; @LOADED@
$ modprobe -r --remove-holders fat; @LOADED@
$ modprobe tun; mknod tun c 10 200; exec 3<tun; modprobe -r tun; modprobe -rq tun; @LOADED@
