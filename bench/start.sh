#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# start.sh [--tools DIR] [--oracle FILE] [.../lib/modules/VERSION]
#
# What it takes to start a tool and do something small, in a made root with the configuration of a usual system and 200
# loaded modules: instructions in user mode, counted by valgrind, and system calls, by strace. The first row is a program
# that does nothing, beside itself.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v valgrind >/dev/null || die 'valgrind is not installed'
command -v strace >/dev/null || die 'strace is not installed'
rounds=1
prepare
depends() { "$room/theirs/modprobe" -C /dev/null -d "$room/root" -S "$version" -D "$@" | sed 's,.*/,,; s,\.ko.*,,; s,-,_,g'; }
# shellcheck disable=SC2046 # a word each
list_loaded 200 $(depends -a vfat nouveau)
builtin=$(sed -n '1{s,.*/,,; s,\.ko.*,,; p}' "$room/root/lib/modules/$version/modules.builtin")
if command -v cc >/dev/null; then
    echo 'int main(void) { return 0; }' | cc -O2 -x c -o "$room/nothing" - && cp "$room/nothing" "$room/ours" && cp "$room/nothing" "$room/theirs"
fi

row() {
    local title=$1 tool=$2 i_ours i_theirs c_ours c_theirs
    shift 2
    i_ours=$(instructions_in_root "/ours/$tool" "$@") i_theirs=$(instructions_in_root "/theirs/$tool" "$@")
    c_ours=$(calls_in_root "/ours/$tool" "$@") c_theirs=$(calls_in_root "/theirs/$tool" "$@")
    awk -v title="$title" -v a="$i_ours" -v b="$i_theirs" -v c="$c_ours" -v d="$c_theirs" \
        'BEGIN { printf "%-28s %10d %10d %6.2f %8d %6d %6.2f\n", title, a, b, b ? a / b : 0, c, d, d ? c / d : 0 }'
}

printf '%-28s %10s %10s %6s %8s %6s %6s\n' '# instructions and calls' tenon kmod ratio tenon kmod ratio
[[ ! -e $room/nothing ]] || row 'nothing' nothing
row 'modprobe -V' modprobe -V
row 'modprobe -n vfat' modprobe -n vfat
row 'modprobe -n nouveau' modprobe -n nouveau
row 'modprobe -n ext4, loaded' modprobe -n ext4
row "modprobe -n $builtin, built in" modprobe -n "$builtin"
row 'modprobe -q missing' modprobe -q missing
row 'modprobe -n pci:...' modprobe -n pci:v00008086d00001539sv00008086sd00000000bc02sc00i00
row 'lsmod' lsmod
row 'modinfo vfat' modinfo vfat
