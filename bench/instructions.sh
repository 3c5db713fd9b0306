#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# instructions.sh [--tools DIR] [--oracle FILE] [.../lib/modules/VERSION]
#
# Instructions that a run takes in user mode, counted by valgrind: the same number each time, whatever else the
# machine does. Tells a change of one percent from noise.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v valgrind >/dev/null || die 'valgrind is not installed'
rounds=1
prepare

# count COMMAND...
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }'
}

row() {
    local title=$1 tool=$2 ours theirs
    shift 2
    works "$tool" "$@" || return 0
    ours=$(count "$room/ours/$tool" "$@")
    theirs=$(count "$room/theirs/$tool" "$@")
    awk -v title="$title" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-32s %14d %14d %8.2f\n", title, a, b, b ? a / b : 0 }'
}

from=(-C /dev/null -d "$room/root" -S "$version")
printf '%-32s %14s %14s %8s\n' '# instructions' tenon kmod ratio
row 'modprobe -V' modprobe -V
row 'modprobe -n vfat' modprobe "${from[@]}" -n vfat
row 'modprobe -D vfat' modprobe "${from[@]}" -D vfat
row 'modprobe -R fs-vfat' modprobe "${from[@]}" -R fs-vfat
row 'modinfo vfat' modinfo -b "$room/root" -k "$version" vfat
row 'modinfo -n vfat' modinfo -b "$room/root" -k "$version" -n vfat
row 'depmod -n' depmod -n -b "$room/root" "$version"
