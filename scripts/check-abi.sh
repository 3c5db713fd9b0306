#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-abi.sh [ROOT]: the public header, the version script and, where it is built, the library in ROOT/build are those
# of the list src/libkmod/libkmod.abi. Silent and 0 when all is well; otherwise one line a violation and 1.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

list=src/libkmod/libkmod.abi
script=src/libkmod/libkmod.sym
header=include/libkmod.h
library=build/src/libkmod/libkmod.so.2
program=build/src/kmod/kmod
nodes=(LIBKMOD_5 LIBKMOD_6 LIBKMOD_22 LIBKMOD_30 LIBKMOD_33)

[[ -f $list ]] || exit 0 # a tree without the library

# names KIND...: what the list has of these kinds, without the kind.
names() { awk -v kinds=" $* " 'index(kinds, " " $1 " ") { print $2, $3 }' "$list" | sort; }

# same FILE WHAT: of two sorted lists, the first is ours: tells the lines that only one has.
same() {
    local line
    while IFS= read -r line; do
        case $line in
        $'\t'*) say "$1" "$2 ${line#?} is not in the list" ;;
        *) say "$1" "lacks $2 $line" ;;
        esac
    done < <(comm -3 "$3" "$4")
}

check_script() {
    same "$script" 'function' <(names function) <(awk '
        /^[A-Z_0-9]+ \{/ { node = $1 }
        /^ +[a-z_]+;/ { sub(/;/, ""); print node, $1 }' "$script" | sort)
    same "$script" 'node' <(inheritance) <(awk '
        /^[A-Z_0-9]+ \{/ { node = $1 }
        /^\}/ { sub(/;/, ""); print node, $2 }' "$script" | sort)
}

# Each node with the one before it.
inheritance() {
    local node before=''
    for node in "${nodes[@]}"; do
        echo "$node $before"
        before=$node
    done | sort
}

# A program that is compiled only if every enumerator and every size is as in the list, and every function is there.
probe() {
    echo '#include "libkmod.h"'
    awk '
        $1 == "enum" { print "typedef char size_of_" $2 "[sizeof(enum " $2 ") == " $3 " ? 1 : -1];" }
        $1 == "value" { print "typedef char value_of_" $2 "[(unsigned)" $2 " == " $3 "U ? 1 : -1];" }
        $1 == "function" { print "void use" NR "(void); void use" NR "(void) { (void)" $3 "; }" }' "$list"
}

# compiles WHAT COMMAND...: the probe does.
compiles() {
    local what=$1 line
    shift
    if ! command -v "$1" >/dev/null; then
        say "$header" "$1 is not installed, to compile it $what"
        return
    fi
    line=$(probe | "$@" -Iinclude -Wall -Wextra -Werror -Wno-deprecated-declarations -Wno-unused-local-typedefs \
        -fsyntax-only - 2>&1 | grep -m 1 'error:' || true)
    [[ -z $line ]] || say "$header" "$what: ${line#*error: }"
}

check_header() {
    same "$header" 'function' <(names function | cut -d' ' -f2 | sort) <(
        # without comments
        sed -e 's,/\*.*\*/,,' -e '/\/\*/,/\*\//d' "$header" | grep -v '^#' | grep -oE '\bkmod_[a-z_]+\(' |
            grep -v '^kmod_list_foreach' | tr -d '(' | sort -u)
    compiles 'as C99' "${CC:-cc}" -std=c99 -pedantic-errors -x c
    compiles 'as C++' "${CXX:-c++}" -std=c++11 -pedantic-errors -x c++
}

# Exported symbols of a library as "NODE NAME", as "@" the versions of old ones.
exports() {
    readelf --wide --dyn-syms "$1" | awk '$5 ~ /GLOBAL|WEAK/ && $7 != "UND" && $7 != "ABS" { print $8 }' |
        sed -nE 's/^([^@]+)(@@?)(.*)$/\3 \1 \2/p; t; s/$/ (no version)/p' | sort
}

check_library() {
    same "$library" 'export' <({ names function | sed 's/$/ @@/'; names compat | sed 's/$/ @/'; } | sort) \
        <(exports "$library")
    same "$library" 'node' <(inheritance | sed 's/ $//') <(readelf --wide --version-info "$library" | awk '
        /^Version definition/ { defs = 1 }
        /^Version needs/ { defs = 0 }
        defs && /Name: LIBKMOD/ { if (node) print node; node = $NF }
        defs && /Parent/ { node = node " " $NF }
        END { if (node) print node }' | sort)
    [[ $(readelf --dynamic "$library") == *'soname: [libkmod.so.2]'* ]] ||
        say "$library" 'its soname is not libkmod.so.2'
}

# What program and library are to be: in need of libc alone, and open about what they open.
check_object() {
    local object=$1 so told
    for so in $(readelf --dynamic "$object" | sed -nE 's/.*NEEDED.*\[(.*)\]/\1/p'); do
        [[ $so == libc.so.* ]] || say "$object" "needs $so"
    done
    told=$(notes "$object")
    for so in $(tr '\0' '\n' <"$object" | grep -aoE '^lib(zstd|lzma|deflate|z|crypto)\.so\.[0-9]+$' | sort -u); do
        [[ $told == *"\"soname\":[\"$so\"]"* ]] || say "$object" "has no .note.dlopen for $so"
    done
}

# The JSON of the notes of owner FDO and type 0x407c0c0a, one a line.
notes() {
    local heads
    heads=$(readelf --wide --notes "$1")
    [[ $heads == *'FDO '*'0x407c0c0a'* ]] || return 0
    readelf --string-dump=.note.dlopen "$1" | grep -oE '\[\{.*\}\]'
}

check_script
check_header
if [[ -f $library ]]; then
    check_library
    check_object "$library"
    check_object "$program"
fi
exit "$bad"
