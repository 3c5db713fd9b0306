#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# modinfo.sh [--tools DIR] [--oracle FILE] [--rounds N] [.../lib/modules/VERSION]
#
# CPU time of modinfo on one tree, ours against the distribution's: one module, and all of them in one call; then the
# wall time and the memory that the latter takes at most.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
prepare
common=(-b "$room/root" -k "$version")
mapfile -t names < <(find "$room/root" -name '*.ko*' -printf '%f\n' | sed 's/\.ko.*//')

row() {
    local title=$1 times=$2
    shift 2
    if works modinfo "${common[@]}" "$@"; then compare "$title" "$times" modinfo "${common[@]}" "$@"; fi
}

# peak WHOSE ARGUMENT...: the largest resident size in KiB; the kernel keeps it for a process until it is waited for.
peak() {
    local tool=$room/$1/modinfo
    shift
    /usr/bin/python3 - "$tool" "$@" <<'END'
import os
import sys

null = os.open("/dev/null", os.O_WRONLY)
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
print(os.wait4(pid, 0)[2].ru_maxrss)
END
}

table_head
row 'by name' 50 vfat
row 'file name, by name' 50 -n vfat
row 'file name, by alias' 50 -n fs-vfat
row 'built in' 50 -m unix
row "all ${#names[@]}" 1 -m "${names[@]}"
row "all ${#names[@]}, a field" 1 -m -F depends "${names[@]}"
row "all ${#names[@]}, file names" 5 -m -n "${names[@]}"
CLOCK=wall row "all ${#names[@]}, wall time" 1 -m "${names[@]}"
if [[ -x /usr/bin/python3 ]]; then
    printf '%-32s %10d %10d\n' '# KiB at most: one' "$(peak ours "${common[@]}" vfat)" "$(peak theirs "${common[@]}" vfat)" \
        '# KiB at most: all' "$(peak ours "${common[@]}" -m "${names[@]}")" "$(peak theirs "${common[@]}" -m "${names[@]}")"
fi
