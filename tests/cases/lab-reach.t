# What a process without privileges can make the kernel ask for: it tries each form, and the trace agrees with the table.
where: lab
engine: qemu
needs: workbench

## each form is asked for by whoever may, and by the function that the table says
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing; modprobe -a ip_tables ip6_tables; cd /tmp; chmod 1777 .
$ mknod -m 666 node-char c 99 1; mknod -m 666 node-misc c 10 251; mknod -m 666 node-block b 99 1
$ tenon.real trace --json -- setpriv --reuid=1000 --clear-groups asks userns >json; reached json | grep -v ^cryptomgr
> net-pf- nothing asked for
> net-pf-2-proto- nothing asked for
> net-pf-10-proto- nothing asked for
> net-pf-16-proto- nothing asked for
> net-pf-16-proto-4-type- nothing asked for
> net-pf-16-proto-16-family- nothing asked for
> net-pf-24-proto- nothing asked for
> can-proto- nothing asked for
> bt-proto- nothing asked for
> algif- nothing asked for
> crypto- nothing asked for
> binfmt- nothing asked for
> tty-ldisc- nothing asked for
> bridge nothing asked for
> 8021q nothing asked for
> fs- user-namespace asked for
> rtnl-link- user-namespace asked for
> rtnl-lwt- user-namespace asked for
> nfnetlink-subsys- user-namespace asked for
> nft- user-namespace asked for
> ipt_ user-namespace asked for
> ip6t_ user-namespace asked for
> ip_set_ user-namespace asked for
> xfrm-type- user-namespace asked for
> sch_ user-namespace asked for
> cls_ user-namespace asked for
> act_ user-namespace asked for
> char-major- node asked for
> char-major-10- node asked for
> block-major- node asked for
> tcp_ privilege not asked for
> tcp-ulp- privilege not asked for
> netdev- privilege not asked for
