# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=dash disable=SC2154
#
# Inside the guest, first process: makes a root that has nothing of the host's
# configuration, runs the script in it, leaves the results in /lab/out.
# Starting a program costs 10 to 20 ms in some guests: hence the few, big calls,
# and hence a skeleton that lab/run has prepared on the host. mount -n, because
# /run shall be empty.
#
# The engine's init, which sources this file, gives:
#   lab_stage             this run's directory, as the guest sees it at first
#   engine_mount DIR AT   mounts the host's DIR, writable, at AT
#   engine_poweroff       does not return

# The guest is not fit to run the script: say why, and end.
lab_die() {
    printf '%s\n' "$1" >"$lab_out/error" || printf 'lab: %s\n' "$1" >/dev/console
    sync
    engine_poweroff
}

# Fills a directory of the new root with links to what the host has in its own.
# What the skeleton has put there stays.
lab_farm() {
    cd "$lab_root/$1" || lab_die "no /$1"
    ln -s ../../lab/host/"$1"/* . 2>/dev/null
    cd "$lab_root" || lab_die 'lost the new root'
}

# /usr/bin, /usr/sbin and /usr/lib are made anew, because our tools, /lib/modules
# and mount points for --bind must have a place in them.
lab_make_root() {
    lab_root=$lab_stage/root
    mount -n -t tmpfs -o mode=755 lab "$lab_root" || lab_die 'cannot make a new root'
    cd "$lab_root" || lab_die 'cannot enter the new root'
    cp -dR --preserve=mode "$lab_stage/skeleton/." . || lab_die 'cannot copy the skeleton'
    engine_mount "$lab_stage/out" "$lab_root/lab/out" || lab_die 'cannot mount the directory for results'
    lab_out=$lab_root/lab/out
    mount -n --bind / lab/host || lab_die 'cannot bind the host'
    mount -n -t proc proc proc || lab_die 'cannot mount /proc'
    [ -z "$lab_rw" ] || engine_mount "$lab_rw" "$lab_root/mnt/host" || lab_die "cannot mount $lab_rw"
    lab_farm usr/bin
    lab_farm usr/sbin
    lab_farm usr/lib
    [ -e usr/bin/env ] || lab_die "the host's programs are not in /usr/bin"
}

# After this / is the new root, for the programs that the kernel itself starts
# too (a chroot would not do that), and the host's root is /lab/host.
lab_enter_root() {
    pivot_root . lab/host || lab_die 'cannot make the new root the root'
    cd /tmp || lab_die 'no /tmp'
    lab_out=/lab/out
    mount -n -a -T /lab/fstab || lab_die 'cannot mount what /lab/fstab lists'
}

# What an installed system has set up before anybody logs in.
lab_settle() {
    # Opening it makes the kernel ask for the module, as on any distribution.
    [ -e /dev/loop-control ] || mknod /dev/loop-control c 10 237
    echo /sbin/modprobe >/proc/sys/kernel/modprobe
    # Output reaches the host within a fifth of a second, also if we hang later.
    echo 10 >/proc/sys/vm/dirty_writeback_centisecs
    echo 10 >/proc/sys/vm/dirty_expire_centisecs
}

# The host's SRC at DST, which need not exist unless its directory is the host's.
lab_bind() {
    [ ! -L "$2" ] || rm -f "$2"
    if [ ! -e "$2" ]; then
        mkdir -p "${2%/*}/"
        if [ -d "/lab/host$1" ]; then mkdir "$2"; else true >"$2"; fi
    fi
    mount -n --bind "/lab/host$1" "$2" || lab_die "cannot bind $1 to $2"
}

lab_run_script() {
    : >"$lab_out/began"
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C \
        /lab/script "$@" </dev/null >"$lab_out/stdout" 2>"$lab_out/stderr"
    echo $? >"$lab_out/status"
    sync
}

lab_out=$lab_stage/out
# shellcheck source=/dev/null
. "$lab_stage/params"
lab_make_root
lab_enter_root
lab_settle
lab_binds
lab_args
engine_poweroff
