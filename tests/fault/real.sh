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
    local i bad=0 pid whole

    prepare "$top/kill"
    whole=${EPOCHREALTIME/./}
    index "$top/kill"
    whole=$((${EPOCHREALTIME/./} - whole)) # microseconds
    for ((i = 0; i < 150; i++)); do
        rm -f "$top/kill/lib/modules/$version"/modules.{dep,alias,symbols}*
        index "$top/kill" 2>/dev/null &
        pid=$!
        sleep "$(printf '0.%06d' "$((whole * (i % 10) / 10 % 1000000))")"
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

# Another is at work: a message says so, and the run waits until that lets go.
waits() {
    local lock pid

    prepare "$top/wait"
    (umask 077 && : >"$top/wait/lib/modules/$version/.tenon-lock")
    exec {lock}<"$top/wait/lib/modules/$version/.tenon-lock"
    flock "$lock"
    : >"$top/err"
    index "$top/wait" 2>"$top/err" {lock}<&- &
    pid=$!
    until grep -q "waiting for another depmod" "$top/err" || ! kill -0 "$pid"; do sleep 0.05; done
    [[ $(sums "$top/wait") == "$old" ]] || return
    exec {lock}<&-
    wait "$pid" && grep -q "waiting for another depmod" "$top/err" && one_of_two "$top/wait" 0
}

# A lock that others could have opened, and that somebody holds on to, is waited for, and then removed.
waits_no_longer() {
    local dir=$top/hold/lib/modules/$version pid status

    prepare "$top/hold"
    : >"$dir/.tenon-lock"
    (flock -s 9 && exec sleep 600) 9<"$dir/.tenon-lock" &
    pid=$!
    until [[ $(flock -n "$dir/.tenon-lock" echo free) != free ]]; do :; done
    timeout 300 "$top/bin/depmod" -b "$top/hold" "$version" 2>"$top/hold/err"
    status=$?
    kill "$pid"
    wait "$pid" 2>/dev/null
    ((status == 0)) && grep -q "removing .*lock" "$top/hold/err" && one_of_two "$top/hold" 0
}

# Stopped at work, it takes its lock along.
stopped() {
    local dir=$top/stop/lib/modules/$version signal pid bad=0

    prepare "$top/stop"
    mkfifo "$top/symvers"
    for signal in TERM INT HUP QUIT; do
        rm -f "$dir/.tenon-lock" # it would be taken for that of this run, before the signal counts
        # an interactive shell's: what a shell starts in the background ignores some
        env --default-signal="$signal" "$top/bin/depmod" -b "$top/stop" -e -E "$top/symvers" "$version" &
        pid=$!
        until [[ -e $dir/.tenon-lock ]]; do :; done
        kill -"$signal" "$pid"
        wait "$pid" 2>/dev/null
        (($? == 128 + $(kill -l "$signal"))) || bad=$((bad + 1))
        [[ $(sums "$top/stop") == "$old" ]] || bad=$((bad + 1))
        strays "$top/stop" && bad=$((bad + 1))
    done
    ((bad == 0))
}

# Also by one that comes as soon as the file is there.
stopped_early() {
    local dir=$top/early/lib/modules/$version status

    prepare "$top/early"
    strace -qq -o "$top/early/trace" -P .tenon-lock -e trace=openat -e inject=openat:signal=TERM:when=1 \
        env --default-signal=TERM "$top/bin/depmod" -b "$top/early" "$version"
    status=$?
    grep -q 'tenon-lock.*O_EXCL.* = [0-9]' "$top/early/trace" && ((status == 128 + 15)) && [[ ! -e $dir/.tenon-lock ]]
}

# With little address space there are fewer threads, or none, and what one thread can do is done.
little_space() {
    local dir=$top/little/lib/modules/$version kib status jobs alone bad=0 fits=0

    prepare "$top/little"
    for ((kib = 2000; kib <= 6000; kib += 100)); do
        for jobs in 1 8; do
            rm -f "$dir"/modules.{dep,alias,symbols}*
            (ulimit -v "$kib" && "$top/bin/depmod" --jobs "$jobs" -b "$top/little" "$version") 2>/dev/null
            status=$?
            ((jobs == 1)) && alone=$status
        done
        ((status == alone)) || bad=$((bad + 1))
        ((status)) || [[ $(sums "$top/little") == "$new" ]] || bad=$((bad + 1))
        ((status)) || fits=$((fits + 1))
    done
    printf '# %d of 41 sizes of address space were enough\n' "$fits"
    ((bad == 0 && fits > 0 && fits < 41))
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

# Where there is nothing to change, no lock is needed either.
read_only_current() {
    local dir=$top/current/lib/modules/$version

    prepare "$top/current"
    index "$top/current"
    : >"$dir/.tenon-lock"
    mount --bind "$top/current" "$top/current"
    mount -o remount,bind,ro "$top/current"
    index "$top/current" && "$top/bin/depmod" -A -b "$top/current" "$version" && [[ $(sums "$top/current") == "$new" ]]
}

echo '1..12'
waits_no_longer & # 10 seconds
patience=$!
check 'a full disk keeps the old set or takes the new one' full_disk
check 'so does a limit of file sizes' size_limit
check 'killed at any moment, the next run makes the new set' killed
check 'eight at once come one after another' at_once
check 'one that has to wait says so' waits
check 'stopped by a signal, a run takes its lock along' stopped
check '... also when it has only just made it' stopped_early
check 'a small address space costs threads, not modules' little_space
check 'a bare chroot without /proc, /sys and /dev, all else read-only, is enough' bare_chroot
check 'where nothing can be written the old set stays, with status 1' read_only
check '... and status 0 where it is the right one' read_only_current
check 'a lock that another user could hold is not waited for without end' wait "$patience"
exit $((failed > 0))
