#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# policy.sh [--tools DIR] [--oracle FILE] [.../lib/modules/VERSION]
#
# What a policy costs, in instructions of a dry run: 4,000 lines deny beside 4,000 lines blacklist, which is to be at most
# twice as much; allow lines that name what is asked for, and that do not; and no line at all. The last column is the ratio
# to the blacklist.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v valgrind >/dev/null || die 'valgrind is not installed'
rounds=1
prepare

# count CONF MODULE
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$room/ours/modprobe" -C "$1" -d "$room/root" \
        -S "$version" -n "$2" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}

names() { seq -f 'no_such_module_%.0f' 4000; }
names | sed 's/^/blacklist /' >"$room/blacklist.conf"
names | sed 's/^/deny /' >"$room/deny.conf"
{ echo deny && names; } | paste -sd ' ' >"$room/one.conf"
{ names | sed 's/^/allow /' && echo allow vfat && echo policy enforce; } >"$room/allow.conf"
{ names | sed 's/^/allow /' && echo allow msdos && echo policy enforce; } >"$room/other.conf"
printf '%s\n' 'allow vf*' 'policy enforce' >"$room/pattern.conf"
: >"$room/none.conf"

base=$(count "$room/blacklist.conf" vfat)
row() {
    awk -v title="$1" -v a="$(count "$room/$2.conf" "$3")" -v b="$base" \
        'BEGIN { printf "%-44s %12d %8.2f\n", title, a, a / b }'
}

printf '%-44s %12s %8s\n' '# instructions of modprobe -n' tenon ratio
row '4,000 lines blacklist' blacklist vfat
row '4,000 lines deny' deny vfat
row 'one line deny of 4,000 modules' one vfat
row '4,001 lines allow, one of them names it' allow vfat
row '4,001 lines allow, one that needs it' other fat
row 'a pattern allows what needs it' pattern fat
row 'no line' none vfat
