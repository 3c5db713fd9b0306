#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# syscalls.sh [--tools DIR] [--oracle FILE] [.../lib/modules/VERSION]
#
# System calls of a run, counted by strace. No module is loaded: strace answers in the kernel's place. The rows of -v show
# what an explanation costs; those without it must not grow when explanations do.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v strace >/dev/null || die 'strace is not installed'
rounds=1
prepare

# count ANSWER COMMAND...: ANSWER is as in strace's inject=.
count() {
    local answer=$1
    shift
    strace -f -qq -o "$room/trace" -e inject=finit_module,init_module:"$answer" "$@" </dev/null >/dev/null 2>&1 || true
    grep -c '(' "$room/trace"
}

row() {
    local title=$1 answer=$2 tool=$3 ours theirs
    shift 3
    ours=$(count "$answer" "$room/ours/$tool" "$@")
    theirs=$(count "$answer" "$room/theirs/$tool" "$@")
    awk -v title="$title" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-32s %14d %14d %8.2f\n", title, a, b, b ? a / b : 0 }'
}

from=(-C /dev/null -d "$room/root" -S "$version")
printf '%-32s %14s %14s %8s\n' '# system calls' tenon kmod ratio
row 'modprobe vfat' retval=0 modprobe "${from[@]}" vfat
row 'modprobe -q vfat' retval=0 modprobe "${from[@]}" -q vfat
row 'modprobe -v vfat' retval=0 modprobe "${from[@]}" -v vfat
row 'modprobe vfat, EINVAL' error=EINVAL modprobe "${from[@]}" vfat
row 'modprobe -q vfat, EINVAL' error=EINVAL modprobe "${from[@]}" -q vfat
row 'modprobe -s vfat, EINVAL' error=EINVAL modprobe "${from[@]}" -s vfat
row 'modprobe -v vfat, EINVAL' error=EINVAL modprobe "${from[@]}" -v vfat
