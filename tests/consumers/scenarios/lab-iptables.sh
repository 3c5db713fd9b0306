# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# iptables starts the program that /proc/sys/kernel/modprobe names, with the option after the module's name.
# where: lab
# result: listed iptables finds its tables
# result: loaded the modules are loaded
# result: calls it calls modprobe in the same way, and so does the kernel
. /consumers/common.sh
cat >/run/modprobe <<'WRAPPER'
#!/bin/sh
echo "modprobe $*" >>/tmp/calls
exec /sbin/modprobe "$@"
WRAPPER
chmod 755 /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
xtables-legacy-multi iptables -A INPUT -p tcp --dport 22 -m limit --limit 3/minute -j ACCEPT
xtables-legacy-multi iptables-save | grep -v '^#' >/out/listed
loaded >/out/loaded
grep -q '^modprobe ip_tables -q$' /tmp/calls || die 'no option after the name'
xtables-legacy-multi iptables -F
modprobe -r iptable_filter xt_limit xt_tcpudp
echo 'and again:' >>/tmp/calls
xtables-legacy-multi iptables -L -n >>/out/listed
loaded >>/out/loaded
cp /tmp/calls /out/calls
echo /sbin/modprobe >/proc/sys/kernel/modprobe
