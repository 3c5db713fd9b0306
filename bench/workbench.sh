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

list_loaded 200
export TENON=$tenon

row() {
    local title=$1 instructions calls
    shift
    instructions=$(instructions_in_root "$@")
    calls=$(calls_in_root "$@")
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
