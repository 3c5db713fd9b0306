#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# archive.sh LIBKMOD.A: the archive alone is the library: the example links with it and nothing else, and it takes no
# name from its users but those that begin with kmod_ or tn_. Prints TAP.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u

archive=$1 tests=0 failed=0
top=$(dirname "$(readlink -f "$0")")/../..
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" >"$tmp/out" 2>&1 || ok='not ' failed=$((failed + 1))
    [[ -z $ok ]] || sed 's/^/# /' "$tmp/out"
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
}

names() { nm --extern-only --defined-only "$archive" | awk 'NF == 3 { print $3 }' | sort -u; }

takes_no_other_name() {
    local other
    [[ $(names | grep -c '^kmod_') -eq 75 ]] || { echo 'it has not 75 functions'; return 1; }
    other=$(names | grep -vE '^(kmod|tn)_') || return 0
    echo "$other"
    return 1
}

# links FLAG...: a program that nothing is installed for.
links() {
    "${CC:-cc}" "$@" -I"$top/include" "$top/examples/whatfor.c" -o "$tmp/whatfor" -L"$(dirname "$archive")" -l:libkmod.a &&
        "$tmp/whatfor" "$tmp/none" fs-vfat >"$tmp/said" && [[ $(<"$tmp/said") == 'fs-vfat: nothing' ]]
}

needs_libc_alone() {
    links -pie || return
    readelf --dynamic "$tmp/whatfor" | sed -nE 's/.*NEEDED.*\[(.*)\]/\1/p' >"$tmp/needed"
    [[ $(<"$tmp/needed") == libc.so.6 ]] || { cat "$tmp/needed"; return 1; }
}

check archive_takes_no_name_but_its_own takes_no_other_name
check program_with_the_archive_needs_libc_alone needs_libc_alone
check program_with_the_archive_may_be_static links -static
echo "1..$tests"
exit $((failed > 0))
