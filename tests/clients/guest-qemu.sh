#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs in the lab's guest: programs that use the library of /clients/lib, on hardware. The indexes lie in /clients/indexes.
trusted() { env -u LD_LIBRARY_PATH "$@"; }
section() { echo "== $1"; }
loaded() { trusted cut -d ' ' -f 1 /proc/modules; }

trusted cp /clients/indexes/modules.* "/lib/modules/$(uname -r)/"
echo 'blacklist i2c_i801
install lpc_ich /bin/sh -c "exit 7"
options ahci mobile_lpm_policy=1' >/etc/modprobe.d/a.conf
export LD_LIBRARY_PATH=/clients/lib:/clients/libpci3/usr/lib/x86_64-linux-gnu
udevadm=/clients/udev/bin/udevadm
lspci=/clients/pciutils/usr/bin/lspci

section library
for program in "$udevadm" "$lspci"; do
    LD_TRACE_LOADED_OBJECTS=1 "$program" | trusted grep -o 'libkmod.so.2 => [^ ]*'
done

section 'lspci -k'
"$lspci" -nk 2>&1
echo "status $?"

trusted find /sys/devices -name modalias | trusted sort | while read -r file; do
    read -r alias <"$file" || continue
    echo "$alias ${file%/modalias}"
done | trusted sort -u -k 1,1 >/tmp/devices
section 'modaliases of the machine'
trusted cut -d ' ' -f 1 /tmp/devices

section 'udevadm test-builtin kmod'
while read -r alias device; do
    echo "$alias"
    SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=debug "$udevadm" test-builtin "kmod load $alias" "$device" 2>&1 </dev/null |
        trusted grep -Ei 'modul|assert|builtin'
done </tmp/devices
# What a driver asks for by itself comes later: until nothing is being loaded, and nothing has come for some looks.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    before=$(loaded)
    trusted sleep 0.2
    while trusted pgrep -x modprobe || [ "$(loaded)" != "$before" ]; do
        before=$(loaded)
        trusted sleep 0.5
    done >/dev/null
done
section 'modules after udevadm'
loaded | trusted sort

section 'lspci -k with drivers'
"$lspci" -nk 2>&1
exit 0
