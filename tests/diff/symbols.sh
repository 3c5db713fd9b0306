#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# symbols.sh TREE: what depmod -e says of the modules of TREE (a directory /…/lib/modules/VERSION), the distribution's and
# ours, compared. The kernel's symbols are made up from what the modules need: most of them, some in another version.
# Prints TAP. TREE is only read.
set -u
shopt -s inherit_errexit

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tree=$(cd "$1" && pwd -P) || exit 1
version=${tree##*/}
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/tenon}
readonly top tree version cache
count=0

mkdir -p "$cache"
work=$(mktemp -d "$cache/symbols.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/lib/modules" "$work/ours" "$work/theirs"
cp -al "$tree" "$work/root/lib/modules/" 2>/dev/null || cp -as "$tree" "$work/root/lib/modules/"
ln -s "$(readlink -f "${TENON_TOOLS:-$top/build/src/kmod}/kmod")" "$work/ours/depmod"
ln -s "$(readlink -f "${TENON_ORACLE:-/usr/bin/kmod}")" "$work/theirs/depmod"
ln -s "$(readlink -f "${TENON_ORACLE:-/usr/bin/kmod}")" "$work/theirs/modprobe"

find "$work/root" -name '*.ko*' -print0 | xargs -0 -n 1 "$work/theirs/modprobe" --dump-modversions | sort -u -k 2,2 |
    awk '{ if (NR % 50 == 0) next; print (NR % 70 ? $1 : "0x00000001") "\t" $2 "\tvmlinux\tEXPORT_SYMBOL" }' >"$work/symvers"
awk '{ print "ffffffff81000000 r __ksymtab_" $2 }' "$work/symvers" >"$work/map"

# compare OPTION...
compare() {
    local whose status=0

    for whose in theirs ours; do
        timeout 3000 "$work/$whose/depmod" -n -C /dev/null -b "$work/root" "$@" "$version" 2>"$work/$whose.err" >/dev/null
    done
    cmp -s "$work/theirs.err" "$work/ours.err" || status=1
    ((status)) && printf 'not '
    printf 'ok %d - %s: depmod' "$((++count))" "$version"
    printf ' %s' "${@//"$work/"/}"
    printf ': the same %d lines\n' "$(wc -l <"$work/theirs.err")"
    ((status == 0)) || diff "$work/theirs.err" "$work/ours.err" | head -n 40 | sed 's/^/  # /'
}

compare -e -E "$work/symvers"
compare -e -F "$work/map"
printf '1..%d\n' "$count"
