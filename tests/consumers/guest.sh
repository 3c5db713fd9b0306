#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# guest.sh SCENARIO...: the script that the lab runs. Each scenario finds the machine of the packages as its root, with the guest's modules and tools.
set -eu
machine=/machine
PATH=/usr/sbin:/usr/bin:/sbin:/bin

depmod -a
mkdir /lab/upper
mount -n -t tmpfs upper /lab/upper
mkdir /lab/upper/usr /lab/upper/lib
# What scenarios may write to; the rest of the root is the cache's, read-only.
for name in etc var; do
    cp -a "$machine/$name" "/lab/upper/$name"
    mount -n --bind "/lab/upper/$name" "$machine/$name"
done
mount -n -t tmpfs root "$machine/root"
for name in proc sys dev consumers run tmp; do mount -n --rbind "/$name" "$machine/$name"; done
mount -n --rbind /usr/lib/modules "$machine/usr/lib/modules"
mount -n --bind /usr/bin/kmod "$machine/usr/bin/kmod"

# Unloads all that can be.
unload_all() {
    before=
    while [ "$before" != "$(cat /proc/modules)" ]; do
        before=$(cat /proc/modules)
        # shellcheck disable=SC2046 # names
        rmmod $(cut -d' ' -f1 /proc/modules) 2>/dev/null || true
    done
}

for name; do
    mkdir "/mnt/host/$name"
    mount -n --bind "/mnt/host/$name" "$machine/out"
    status=0
    VER=$(uname -r) chroot "$machine" /bin/bash -eu "/consumers/scenarios/$name.sh" >"/mnt/host/$name/log" 2>&1 || status=$?
    echo "$status" >"/mnt/host/$name/status"
    umount -n "$machine/out"
    umount -n "$machine/usr/bin/kmod" 2>/dev/null # what it was recorded with
    mount -n --bind /usr/bin/kmod "$machine/usr/bin/kmod" # and ours again
    rm -rf /tmp/*
    unload_all
done
