#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# held.sh KMOD MKMOD: an ordinary user holds every lock that he can take in the module directory, on whatever he can open
# there, and takes new ones all the time; root's depmod ends all the same. Prints TAP.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
kmod=$(realpath "$1") mkmod=$(realpath "$2")
version=6.1.0
PATH=$PATH:/usr/sbin:/sbin

# Root, and somebody else: the real ones, or those of a user namespace with more than one user.
if [[ ${3-} != inside ]]; then
    if ((UID == 0)); then
        enter=(unshare -m)
    else
        enter=(unshare -Urm --map-auto)
    fi
    if ! "${enter[@]}" setpriv --reuid 1 --clear-groups true 2>/dev/null; then
        echo '1..0 # SKIP needs root, or a user with subordinate user ids (/etc/subuid)'
        exit 0
    fi
    exec "${enter[@]}" bash "${BASH_SOURCE[0]}" "$kmod" "$mkmod" inside
fi

top=$(mktemp -d)
mount -t tmpfs -o mode=755 tmpfs "$top"
holder=
trap 'kill $holder 2>/dev/null; wait; umount -l "$top"; rmdir "$top"' EXIT
dir=$top/lib/modules/$version
mkdir -p "$dir/kernel"
cp "$kmod" "$top/depmod"
cp "$here/held.py" "$top" # both may be where others cannot look
other=(setpriv --reuid 1 --regid 1 --clear-groups)
for python in python3 /usr/bin/python3 ''; do
    "${other[@]}" "$python" -c '' 2>/dev/null && break
done
if [[ -z $python ]]; then
    echo '1..0 # SKIP no python3 that everybody may run'
    exit 0
fi
"$mkmod" -o "$dir/kernel/a.ko" --name a --export sym --info alias=x
: >"$dir/modules.order"
: >"$dir/modules.builtin"
: >"$dir/modules.builtin.modinfo"
tests=0 failed=0

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" || ok='not ' failed=$((failed + 1))
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
}

depmod() { timeout 30 "$top/depmod" -b "$top" "$version"; }

# It says when it has all that there is.
hold() {
    coproc HOLDER { exec "${other[@]}" "$python" "$top/held.py" "$dir" "$1"; }
    holder=$HOLDER_PID
    read -r -t 60 <&"${HOLDER[0]}"
}

release() {
    kill "$holder"
    wait "$holder" 2>/dev/null
    holder=
}

# While somebody holds all, a module is added, and then is in the index; nothing hidden is left.
goes_on() {
    local how=$1 name=$2 status

    hold "$how" || return 1
    if [[ $(flock -n "$dir" echo free) == free && $how == exclusive ]]; then return 1; fi
    "$mkmod" -o "$dir/kernel/$name.ko" --name "$name" --need sym
    depmod
    status=$?
    release
    ((status == 0)) && grep -qx "kernel/$name.ko: kernel/a.ko" "$dir/modules.dep" && ! find "$dir" -name '.*' | grep .
}

# What root left in a directory of another user, who may not read it.
replaces() {
    (umask 077 && depmod) || return 1
    chown 1:1 "$dir"
    rm "$dir/kernel/c.ko"
    "${other[@]}" "$top/depmod" -b "$top" "$version" || return 1
    chown 0:0 "$dir"
    [[ $(stat -c %u "$dir/modules.dep") == 1 ]] && ! grep c.ko "$dir/modules.dep" && ! find "$dir" -name '.*' | grep . &&
        depmod && [[ $(stat -c '%u %a' "$dir/modules.dep") == '0 644' ]]
}

# A lease is a lock, too: who has one on a file of his lets the others wait to open it.
leased() {
    rm -f "$dir"/modules.{dep,order} && "$mkmod" -o "$dir/theirs.ko" --name theirs --info alias=theirs &&
        : >"$dir/modules.order" && cp "$dir/modules.alias" "$dir/modules.dep" &&
        chown 1:1 "$dir/theirs.ko" "$dir"/modules.{dep,order,alias} || return 1
    goes_on exclusive d && grep -qx theirs.ko: "$dir/modules.dep" && ! grep theirs "$dir/modules.alias" &&
        grep -qx 'alias x a' "$dir/modules.alias" && [[ $(stat -c %u "$dir/modules.alias") == 0 ]]
    local status=$?
    rm "$dir/theirs.ko"
    return "$status"
}

# What the kernel's package and its script remove, and ours.
purged() {
    rm -r "$dir/kernel" "$dir"/modules.{order,builtin,builtin.modinfo}
    : >"$dir/.tenon-lock" # as a run leaves it that was killed
    : >"$dir/.tenon-new-modules.dep"
    DPKG_ROOT=$top sh "$here/../../packaging/kernel/postrm" "$version" || return 1
    rm "$dir"/modules.{dep,dep.bin,alias,alias.bin,softdep,symbols,symbols.bin,builtin.bin,builtin.alias.bin,devname} &&
        rmdir "$dir"
}

echo '1..6'
check 'the first run' depmod
check 'all shared locks are held' goes_on shared b
check 'all exclusive locks are held' goes_on exclusive c
check 'leases are held' leased
check 'who owns the directory replaces what root left there, and root what he did' replaces
check 'with the modules goes the directory' purged
exit $((failed > 0))
