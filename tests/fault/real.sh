#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# real.sh KMOD MKMOD: depmod on a file system that is really full, with a file size limit, killed at any moment,
# several at once, in a bare chroot. Prints TAP.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u
PATH=$PATH:/usr/sbin:/sbin # not in a user's PATH, and a user may do this here
kmod=$(realpath "$1") mkmod=$(realpath "$2")
version=6.1.0

if [[ ${3-} != inside ]]; then
    if ! unshare -Urm true 2>/dev/null; then
        echo '1..0 # SKIP this machine allows no mount namespace (unshare -Urm)'
        exit 0
    fi
    exec unshare -Urm bash "${BASH_SOURCE[0]}" "$kmod" "$mkmod" inside
fi

top=$(mktemp -d)
trap 'umount -R "$top" 2>/dev/null; rmdir "$top"' EXIT
mount -t tmpfs -o size=64m tmpfs "$top"
mkdir "$top/bin"
cp "$kmod" "$top/bin/depmod"
tests=0 failed=0

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" || ok='not ' failed=$((failed + 1))
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
}

# tree ROOT [N]: a tree of N small modules, each needing the one before, with so many aliases that indexes have a size.
tree() {
    local dir=$1/lib/modules/$version i

    mkdir -p "$dir/kernel"
    for ((i = 0; i < ${2:-12}; i++)); do
        "$mkmod" -o "$dir/kernel/mod$i.ko" --name "mod$i" --export "sym$i" --info "alias=pci:v0000${i}d*sv*" \
            --info "softdep=pre: mod0" ${i:+$( ((i)) && printf -- '--need sym%d' $((i - 1)))}
    done
    : >"$dir/modules.order"
    : >"$dir/modules.builtin"
    : >"$dir/modules.builtin.modinfo"
}

index() { "$top/bin/depmod" -b "$1" "$version"; }
sums() { (cd "$1/lib/modules/$version" && sha256sum modules.*); }
strays() { find "$1/lib/modules/$version" -maxdepth 1 -name '.*' ! -name . | grep .; }

# the old set, all of it, or the new one, all of it, as the status says, and nothing else
one_of_two() {
    local root=$1 status=$2 now
    now=$(sums "$root")
    strays "$root" && return 1
    if ((status)); then [[ $now == "$old" ]]; else [[ $now == "$new" ]]; fi
}

# A tree with an old set, whose new set is known: what `old` and `new` say.
prepare() {
    tree "$1" 12
    index "$1"
    new=$(sums "$1")
    rm "$1/lib/modules/$version/kernel/mod11.ko"
    index "$1"
    old=$(sums "$1")
    "$mkmod" -o "$1/lib/modules/$version/kernel/mod11.ko" --name mod11 --export sym11 \
        --info "alias=pci:v000011d*sv*" --info "softdep=pre: mod0" --need sym10
}

full_disk() {
    local room status ok=0 bad=0 fits=0

    for ((room = 0; room <= 120; room += 4)); do
        mkdir -p "$top/full"
        mount -t tmpfs -o size=1m tmpfs "$top/full"
        prepare "$top/full"
        head -c "$(($(df --output=avail -B1 "$top/full" | tail -n 1) - room * 1024))" /dev/zero >"$top/full/ballast"
        index "$top/full" 2>"$top/err"
        status=$?
        if one_of_two "$top/full" "$status"; then ok=$((ok + 1)); else bad=$((bad + 1)); fi
        if ((status)); then
            # one line that says what is full, or which file could not be made
            grep -q 'No space left on device' "$top/err" || bad=$((bad + 1))
        else
            fits=$((fits + 1))
        fi
        umount "$top/full"
    done
    printf '# %d sizes of a full disk, %d of them large enough\n' "$((ok + bad))" "$fits"
    ((bad == 0 && fits > 0 && fits < ok))
}

size_limit() {
    local blocks said status bad=0 refused=0

    prepare "$top/limit"
    for blocks in 0 1 2 4; do
        said=$(ulimit -f "$blocks" && index "$top/limit" 2>&1)
        status=$?
        ((status > 1)) && bad=$((bad + 1))
        ((status == 1)) && refused=$((refused + 1)) && { [[ $said == *'File too large'* ]] || bad=$((bad + 1)); }
        one_of_two "$top/limit" "$status" || bad=$((bad + 1))
        ((status)) || break
    done
    ((bad == 0 && refused > 0))
}

# After whatever the killed run left, the next gives the new set.
killed() {
    local i bad=0 pid

    prepare "$top/kill"
    for ((i = 0; i < 150; i++)); do
        rm -f "$top/kill/lib/modules/$version"/modules.{dep,alias,symbols}*
        index "$top/kill" 2>/dev/null &
        pid=$!
        sleep "0.00$((i % 10))"
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
        if ((i % 5 == 4)); then
            index "$top/kill" || bad=$((bad + 1))
            [[ $(sums "$top/kill") == "$new" ]] || bad=$((bad + 1))
            strays "$top/kill" && bad=$((bad + 1))
        fi
    done
    ((bad == 0))
}

at_once() {
    local i bad=0 pids=()

    prepare "$top/many"
    for ((i = 0; i < 8; i++)); do
        index "$top/many" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do wait "$i" || bad=$((bad + 1)); done
    ((bad == 0)) && one_of_two "$top/many" 0
}

# Another holds the directory: a message says so, and the run waits.
waits() {
    local dir=$top/wait/lib/modules/$version pid

    prepare "$top/wait"
    flock "$dir" sleep 2.5 &
    pid=$!
    sleep 0.2
    index "$top/wait" 2>"$top/err" && wait "$pid" && grep -q "waiting for another depmod" "$top/err" &&
        one_of_two "$top/wait" 0
}

bare_chroot() {
    local lib

    prepare "$top/bare"
    mkdir -p "$top/bare/bin"
    cp "$kmod" "$top/bare/bin/depmod"
    for lib in $(ldd "$kmod" | grep -o '/[^ ]*'); do
        mkdir -p "$top/bare$(dirname "$lib")"
        cp "$lib" "$top/bare$lib"
    done
    mount --bind "$top/bare" "$top/bare"
    mkdir -p "$top/bare/lib/modules/$version"
    mount --bind "$top/bare/lib/modules/$version" "$top/bare/lib/modules/$version"
    mount -o remount,bind,ro "$top/bare"
    [[ ! -e $top/bare/proc && ! -e $top/bare/dev && ! -w $top/bare/bin ]] &&
        chroot "$top/bare" /bin/depmod "$version" && one_of_two "$top/bare" 0
}

read_only() {
    prepare "$top/ro"
    mount --bind "$top/ro" "$top/ro"
    mount -o remount,bind,ro "$top/ro"
    index "$top/ro" 2>"$top/err"
    [[ $? -eq 1 ]] && grep -q 'Read-only file system' "$top/err" && [[ $(sums "$top/ro") == "$old" ]]
}

echo '1..7'
check 'a full disk keeps the old set or takes the new one' full_disk
check 'so does a limit of file sizes' size_limit
check 'killed at any moment, the next run makes the new set' killed
check 'eight at once come one after another' at_once
check 'one that has to wait says so' waits
check 'a bare chroot without /proc, /sys and /dev, all else read-only, is enough' bare_chroot
check 'where nothing can be written the old set stays, with status 1' read_only
exit $((failed > 0))
