#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs in the booted system when all is up: tells on standard output what there is, in sections, and ends the machine.

stty raw -echo <&1 2>/dev/null # a serial line, which is to show the bytes as they are
section() { printf '\n== %s\n' "$1"; }

# When it happened, in microseconds since the kernel's start.
reached() { systemctl show --property="$2" --value "$1"; }

forks=$(awk '$1 == "processes" { print $2 }' /proc/stat)
systemctl is-system-running --wait >/dev/null
udevadm settle

section 'tools'
modprobe --version
grep -o '/[^ ]*/libkmod[^ ]*' "/proc/$(systemctl show --property=MainPID --value systemd-udevd)/maps" | sort -u
section 'modules'
lsmod | tail -n +2 | cut -d ' ' -f 1 | sort
section 'units'
for unit in kmod-static-nodes systemd-modules-load systemd-tmpfiles-setup-dev systemd-tmpfiles-setup systemd-udevd \
    systemd-udev-trigger systemd-udev-settle; do
    echo "$unit $(systemctl show --property=ActiveState,Result --value "$unit" | paste -sd ' ')"
done
section 'failed'
systemctl list-units --failed --plain --no-legend
section 'static nodes'
cat /run/tmpfiles.d/static-nodes.conf
section 'nodes'
find /dev -type c -printf '%p %m\n' | grep -vE '/(tty|vcs|input/|pts/|bus/|bsg/)' | sort
section 'interfaces'
ls -1 /sys/class/net
section 'udev'
journalctl -b -t systemd-udevd -t udevadm -p warning -o cat --no-pager -q
section 'complaints'
journalctl -b -o cat --no-pager -q | grep -iE 'modprobe|kmod|depmod|libkmod' |
    grep -vE 'Starting|Finished|Deactivated|Stopped|Reached|Created slice|Consumed|running in system mode' | sort -u
section 'by name'
modprobe -r dummy && modprobe dummy && echo /sys/class/net/dummy*
mount -t squashfs /dev/null /mnt 2>/dev/null || grep -o '^squashfs' /proc/modules
section 'numbers'
init=$(dmesg | sed -n 's/^\[ *\([0-9.]*\)\] Run \/init as init process.*/\1/p')
echo "settle $(awk -v at="$(reached systemd-udev-settle ActiveEnterTimestampMonotonic)" -v init="$init" \
    'BEGIN { printf "%.2f", at / 1e6 - init }')"
echo "processes $forks"
section 'end'
sync
sleep 1
echo o >/proc/sysrq-trigger
sleep 60
