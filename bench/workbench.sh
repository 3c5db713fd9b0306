#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# workbench.sh [--tools DIR] [.../lib/modules/VERSION]
#
# Instructions and system calls of tenon beside 200 loaded modules, in a made root: /proc/modules there names the first 200
# of the tree. valgrind counts the instructions, strace the calls. Beside them lsmod, for what the same text costs there.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v valgrind >/dev/null || die 'valgrind is not installed'
command -v strace >/dev/null || die 'strace is not installed'
rounds=1
prepare
tenon=$(readlink -f "$tools")/../tenon/tenon
[[ -x $tenon ]] || die "no tenon beside $tools: build the workbench"

# Sizes and holders as they might be: a module is held by those of the 200 that modules.dep says need it.
awk -F: 'function name(path) { sub(".*/", "", path); sub("\\.ko.*", "", path); gsub("-", "_", path); return path }
    NR <= 200 { order[NR] = name($1); known[name($1)] = 1; n = split($2, deps, " "); for (i = 1; i <= n; i++) holders[name(deps[i])] = holders[name(deps[i])] name($1) "," }
    END { for (i = 1; i in order; i++) { h = holders[order[i]]; print order[i], 16384 + 4096 * (i % 50), gsub(",", ",", h), h ? h : "-", "Live 0x0000000000000000" } }' \
    "$room/root/lib/modules/$version/modules.dep" >"$room/modules"

# in_root COMMAND...: there /proc is made, but for what valgrind wants of the real one, and the tree is the running kernel's.
# shellcheck disable=SC2016
in_root() {
    unshare -Urm bash -c '
        set -e
        room=$1 release=$2 made=$1/made
        shift 2
        mkdir -p "$made"
        mount -t tmpfs tmpfs "$made"
        mkdir -p "$made"/{proc,.host/proc,usr,tmp,dev,etc,sys/module,lib/modules}
        for dir in usr dev; do mount --rbind "/$dir" "$made/$dir"; done
        mount --rbind /proc "$made/.host/proc"
        for dir in bin sbin lib32 lib64 libx32; do ln -s "usr/$dir" "$made/$dir"; done
        for entry in /usr/lib/*; do [[ ${entry##*/} = modules ]] || ln -s "$entry" "$made/lib/"; done
        ln -s /.host/proc/self "$made/proc/self"
        ln -s /.host/proc/cpuinfo "$made/proc/cpuinfo"
        cp "$room/modules" "$made/proc/modules"
        : >"$made/proc/cmdline"
        cp /etc/ld.so.cache "$made/etc/" # without it, libraries are looked for in ten places
        while read -r name _; do mkdir "$made/sys/module/$name"; echo live >"$made/sys/module/$name/initstate"; done <"$room/modules"
        mkdir "$made/lib/modules/$(uname -r)" "$made/ours"
        mount --bind "$room/root/lib/modules/$release" "$made/lib/modules/$(uname -r)"
        cp "$room/ours/lsmod" "$made/ours/lsmod"
        cp "$TENON" "$made/ours/tenon"
        exec chroot "$made" "$@"' in_root "$room" "$version" "$@"
}
export TENON=$tenon

row() {
    local title=$1 instructions calls
    shift
    instructions=$(in_root valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }')
    calls=$(in_root strace -f -qq "$@" 2>&1 >/dev/null | grep -c '(')
    printf '%-32s %14d %14d\n' "$title" "$instructions" "$calls"
}

printf '%-32s %14s %14s\n' '# beside 200 modules' instructions calls
row 'lsmod' /ours/lsmod
row 'tenon list' /ours/tenon list
row 'tenon why vfat' /ours/tenon why vfat
row 'tenon why fs-vfat' /ours/tenon why fs-vfat
row 'tenon why nf_conntrack' /ours/tenon why nf_conntrack
row 'tenon show vfat' /ours/tenon show vfat
row 'tenon graph vfat' /ours/tenon graph vfat
