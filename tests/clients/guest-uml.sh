#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs in the lab's guest: programs that use the library of /clients/lib. What they do comes out in sections.
export LD_LIBRARY_PATH=/clients/lib
trusted() { env -u LD_LIBRARY_PATH "$@"; }

section() { echo "== $1"; }
loaded() { trusted cut -d ' ' -f 1 /proc/modules; }
unload_all() { while loaded | while read -r m; do trusted rmmod "$m" 2>/dev/null && echo "$m"; done | trusted grep -q .; do :; done; }

trusted depmod -a
section library
LD_TRACE_LOADED_OBJECTS=1 /lib/systemd/systemd-modules-load | trusted grep -o 'libkmod.so.2 => [^ ]*'
LD_TRACE_LOADED_OBJECTS=1 /clients/load | trusted grep -o 'libkmod.so.2 => [^ ]*'

trusted mkdir -p /run/modules-load.d /etc/modules-load.d
echo 'options dummy numdummies=3
blacklist tun
blacklist ifb
alias wanted-by-alias loop
install macvlan /bin/sh -c "exit 7"
install nlmon /bin/true
softdep veth pre: bridge post: vcan' >/etc/modprobe.d/a.conf
printf '%s\n' '# a comment' vfat dummy no_such_module wanted-by-alias tun fs-ext3 >/etc/modules-load.d/a.conf
printf '%s\n' macvlan nlmon veth vfat >/run/modules-load.d/b.conf

section systemd-modules-load
SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=info /lib/systemd/systemd-modules-load 2>&1
echo "status $?"
section 'modules after systemd-modules-load'
loaded
section 'parameters after systemd-modules-load'
trusted ls /sys/class/net
unload_all

section 'load, look, unload'
/clients/load vfat bridge ifb macvlan nlmon dummy no_such_module fs-msdos wanted-by-alias veth
echo "status $?"
section 'modules after load, look, unload'
loaded
exit 0
