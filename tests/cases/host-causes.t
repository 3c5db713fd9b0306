# What -n with a second -v says: what led to each step of a plan, and what is left out.
where: host
tree: uml

## a dependency is needed by the module that uses it, not by the one that was asked for
$ modprobe -n -vv bridge
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> # crc_ccitt: needed by ipv6
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> # ipv6: needed by bridge
> insmod @MODS@/kernel/net/llc/llc.ko $
> # llc: needed by stp
> insmod @MODS@/kernel/net/802/stp.ko $
> # stp: needed by bridge
> insmod @MODS@/kernel/net/bridge/bridge.ko $
> # bridge: requested

## an alias, a pattern and a symbol
conf a.conf: alias mine vfat
$ modprobe -nvv fs-msdos; modprobe -nvv mine; modprobe -nvv symbol:fat_attach
> insmod @MODS@/kernel/fs/fat/fat.ko $
> # fat: needed by msdos
> insmod @MODS@/kernel/fs/fat/msdos.ko $
> # msdos: alias fs_msdos of modules.alias
> insmod @MODS@/kernel/fs/fat/fat.ko $
> # fat: needed by vfat
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> # vfat: alias mine (/etc/modprobe.d/a.conf:1)
> insmod @MODS@/kernel/fs/fat/fat.ko $
> # fat: symbol:fat_attach of modules.symbols

## softdeps, their words and their lines; every cause is kept
conf a.conf: softdep bridge pre: dummy tuntap nosuch post: ifb
conf a.conf: alias tuntap tun
conf b.conf: softdep stp pre: dummy
$ modprobe -nvv bridge
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> # crc_ccitt: needed by ipv6
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> # ipv6: needed by bridge
> insmod @MODS@/kernel/net/llc/llc.ko $
> # llc: needed by stp
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> # dummy: softdep pre of stp (/etc/modprobe.d/b.conf:1)
> # dummy: softdep pre of bridge (/etc/modprobe.d/a.conf:1)
> insmod @MODS@/kernel/net/802/stp.ko $
> # stp: needed by bridge
> insmod @MODS@/kernel/drivers/net/tun.ko $
> # tun: softdep pre tuntap of bridge (/etc/modprobe.d/a.conf:1), alias tuntap (/etc/modprobe.d/a.conf:2)
> insmod @MODS@/kernel/net/bridge/bridge.ko $
> # bridge: requested
> insmod @MODS@/kernel/drivers/net/ifb.ko $
> # ifb: softdep post of bridge (/etc/modprobe.d/a.conf:1)
> # nosuch: left out, no such module
> # nosuch: softdep pre of bridge (/etc/modprobe.d/a.conf:1)
$ modprobe -nvv -i bridge
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> # crc_ccitt: needed by ipv6
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> # ipv6: needed by bridge
> insmod @MODS@/kernel/net/llc/llc.ko $
> # llc: needed by stp
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> # dummy: softdep pre of stp (/etc/modprobe.d/b.conf:1)
> insmod @MODS@/kernel/net/802/stp.ko $
> # stp: needed by bridge
> insmod @MODS@/kernel/net/bridge/bridge.ko $
> # bridge: requested
> # tun: left out as asked
> # tun: softdep pre tuntap of bridge (/etc/modprobe.d/a.conf:1), alias tuntap (/etc/modprobe.d/a.conf:2)
> # nosuch: left out, no such module
> # nosuch: softdep pre of bridge (/etc/modprobe.d/a.conf:1)
> # ifb: left out as asked
> # ifb: softdep post of bridge (/etc/modprobe.d/a.conf:1)

## options, and where they are from
conf a.conf: options dummy numdummies=2  x="a b"
conf b.conf: options dummy y=1
cmdline: dummy.z=3
$ modprobe -nvv dummy numdummies=4
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2  x="a b" y=1 z=3 numdummies=4
> # dummy: requested
> # dummy: options numdummies=2 x="a b" from /etc/modprobe.d/a.conf:1
> # dummy: options y=1 from /etc/modprobe.d/b.conf:1
> # dummy: options z=3 from /proc/cmdline
> # dummy: options numdummies=4 from the request

## a command stands for a module and its softdeps
conf a.conf: install bridge echo hi
conf a.conf: softdep bridge pre: dummy
$ modprobe -nvv bridge
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> # crc_ccitt: needed by ipv6
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> # ipv6: needed by bridge
> insmod @MODS@/kernel/net/llc/llc.ko $
> # llc: needed by stp
> insmod @MODS@/kernel/net/802/stp.ko $
> # stp: needed by bridge
> install echo hi $
> # bridge: command of /etc/modprobe.d/a.conf:1
> # bridge: requested
> # dummy: left out by the command of /etc/modprobe.d/a.conf:1
> # dummy: softdep pre of bridge (/etc/modprobe.d/a.conf:2)

## a command that says no denies what the module would have brought
conf a.conf: install bridge /bin/false
conf a.conf: softdep bridge post: dummy
$ modprobe -nvv bridge
> install /bin/false $
> # bridge: denied by /etc/modprobe.d/a.conf:1
> # bridge: requested
> # crc_ccitt: left out by the command of /etc/modprobe.d/a.conf:1
> # crc_ccitt: needed by ipv6
> # ipv6: left out by the command of /etc/modprobe.d/a.conf:1
> # ipv6: needed by bridge
> # llc: left out by the command of /etc/modprobe.d/a.conf:1
> # llc: needed by stp
> # stp: left out by the command of /etc/modprobe.d/a.conf:1
> # stp: needed by bridge
> # dummy: left out by the command of /etc/modprobe.d/a.conf:1
> # dummy: softdep post of bridge (/etc/modprobe.d/a.conf:2)

## what is there, what is blacklisted
conf a.conf: blacklist dummy
conf a.conf: alias one dummy
loaded: llc 20480 1 stp
loaded: stp 20480 0
$ modprobe -nvv bridge; modprobe -nvv llc; modprobe -nvv one; modprobe -bnvv dummy
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> # crc_ccitt: needed by ipv6
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> # ipv6: needed by bridge
> # llc: in the kernel already
> # llc: needed by stp
> # stp: in the kernel already
> # stp: needed by bridge
> insmod @MODS@/kernel/net/bridge/bridge.ko $
> # bridge: requested
> # llc: in the kernel already
> # llc: requested
> # dummy: left out, blacklisted by /etc/modprobe.d/a.conf:1
> # dummy: alias one (/etc/modprobe.d/a.conf:2)
> # dummy: left out, blacklisted by /etc/modprobe.d/a.conf:1
> # dummy: requested
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line
!   dummy is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 1
!   load it by its own name without -b, or remove that line

## an alias to nothing
conf a.conf: alias one nosuch
$ modprobe -nvv one
> # nosuch: no such module
> # nosuch: alias one (/etc/modprobe.d/a.conf:1)
!   /etc/modprobe.d/a.conf line 1 leads to nosuch, and there is no such module in @MODS@

## a module that an alias of a softdep leads to, and a softdep of a denied module names
conf a.conf: softdep dummy pre: bridge one
conf a.conf: softdep bridge pre: nosuch
conf a.conf: install bridge /bin/false
conf a.conf: alias one nosuch
$ modprobe -nvv dummy
> install /bin/false $
> # bridge: denied by /etc/modprobe.d/a.conf:3
> # bridge: softdep pre of dummy (/etc/modprobe.d/a.conf:1)
> # nosuch: no such module
> # nosuch: softdep pre one of dummy (/etc/modprobe.d/a.conf:1), alias one (/etc/modprobe.d/a.conf:4)
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> # dummy: requested
> # crc_ccitt: left out by the command of /etc/modprobe.d/a.conf:3
> # crc_ccitt: needed by ipv6
> # ipv6: left out by the command of /etc/modprobe.d/a.conf:3
> # ipv6: needed by bridge
> # llc: left out by the command of /etc/modprobe.d/a.conf:3
> # llc: needed by stp
> # stp: left out by the command of /etc/modprobe.d/a.conf:3
> # stp: needed by bridge
!   /etc/modprobe.d/a.conf line 1 leads to nosuch, and there is no such module in @MODS@

## removal: holders, what becomes unused, what stays
loaded: llc 20480 2 bridge stp
loaded: stp 20480 1 bridge
loaded: bridge 20480 0
conf a.conf: softdep bridge pre: dummy
$ modprobe -r -nvv bridge
> rmmod bridge
> # bridge: requested
> rmmod stp
> # stp: no longer needed by bridge
> rmmod llc
> # llc: no longer needed by bridge
> # llc: no longer needed by stp
> # ipv6: left out, not in the kernel
> # ipv6: no longer needed by bridge
> # dummy: left out, not in the kernel
> # dummy: softdep pre of bridge (/etc/modprobe.d/a.conf:1)
$ modprobe -r --remove-holders -nvv llc
> rmmod bridge
> # bridge: holds llc
> # bridge: holds stp
> rmmod stp
> # stp: no longer needed by bridge
> # stp: holds llc
> rmmod llc
> # llc: requested
> # llc: no longer needed by bridge
> # llc: no longer needed by stp
> # ipv6: left out, not in the kernel
> # ipv6: no longer needed by bridge
> # dummy: left out, not in the kernel
> # dummy: softdep pre of bridge (/etc/modprobe.d/a.conf:1)
$ modprobe -r -nvv llc
> # llc: left out, in use
> # llc: requested
! modprobe: FATAL: Module llc is in use.
!   llc is used by stp
!   llc is used by bridge
!   remove that first: modprobe -r stp
? 1
$ modprobe -r -nvv tcp_cubic; modprobe -r -nvv loop
> # tcp_cubic: left out, built in
> # tcp_cubic: in modules.builtin
> # loop: left out, not in the kernel
> # loop: requested
! modprobe: FATAL: Module tcp_cubic is builtin.

## removal: a command, and one that says no
loaded: llc 20480 2 bridge stp
loaded: stp 20480 1 bridge
loaded: bridge 20480 0
conf a.conf: remove bridge echo bye
conf a.conf: remove stp /bin/true
$ modprobe -r -nvv bridge
> remove echo bye
> # bridge: command of /etc/modprobe.d/a.conf:1
> # bridge: requested
> # crc_ccitt: left out by the command of /etc/modprobe.d/a.conf:1
> # crc_ccitt: no longer needed by bridge
> # ipv6: left out by the command of /etc/modprobe.d/a.conf:1
> # ipv6: no longer needed by bridge
> # llc: left out by the command of /etc/modprobe.d/a.conf:1
> # llc: no longer needed by bridge
> # stp: left out by the command of /etc/modprobe.d/a.conf:1
> # stp: no longer needed by bridge
$ modprobe -r --remove-holders -nvv llc
> # stp: left out by the command of /etc/modprobe.d/a.conf:2
> # stp: holds llc
> # llc: left out, in use
> # llc: requested
! modprobe: FATAL: Module llc is in use.
!   llc is used by stp
!   llc is used by bridge
!   remove that first: modprobe -r stp
? 1
$ modprobe -r -nvv stp
> remove /bin/true
> # stp: denied by /etc/modprobe.d/a.conf:2
> # stp: requested
> # llc: left out by the command of /etc/modprobe.d/a.conf:2
> # llc: no longer needed by stp

## the lines are there with -n and two -v alone, and never with -q or -D
$ modprobe -n vfat; modprobe -nv vfat; modprobe -nvvq vfat; modprobe -D -vv vfat; modprobe -vv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
! modprobe: ERROR: could not insert 'vfat': Operation not permitted
!   vfat needs fat, and that fails
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1
