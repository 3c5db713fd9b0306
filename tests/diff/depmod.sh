#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# depmod.sh TREE: indexes of copies of TREE (a directory /…/lib/modules/VERSION), made by the distribution's depmod and by
# ours, compared; and ours of the same modules in each compressed form. Prints TAP. TREE is only read.
set -u
shopt -s inherit_errexit nullglob

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tree=$(cd "$1" && pwd -P) || exit 1
version=${tree##*/}
tools=${TENON_TOOLS:-$top/build/src/kmod}
oracle=${TENON_ORACLE:-/usr/bin/kmod}
dump=${TENON_INDEXDUMP:-$top/build/tests/lib/indexdump}
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/tenon}
readonly top tree version tools oracle dump cache
readonly texts=(modules.{dep,alias,softdep,symbols,devname})
readonly bins=(modules.{dep,alias,symbols,builtin,builtin.alias}.bin)
count=0

mkdir -p "$cache"
work=$(mktemp -d "$cache/diff.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

ok() { printf 'ok %d - %s: %s\n' "$((++count))" "$version" "$1"; }

# not_ok NAME FILE...: with the beginning of each file.
not_ok() {
    printf 'not ok %d - %s: %s\n' "$((++count))" "$version" "$1"
    shift
    head -q -n 40 -- "$@" | cut -c 1-300 | sed 's/^/  # /'
}

# copy NAME: a copy of the tree as $work/NAME/lib/modules/VERSION, without indexes. Links where the file system allows.
copy() {
    local to=$work/$1/lib/modules

    mkdir -p "$to"
    cp -al "$tree" "$to/" 2>/dev/null || { rm -rf "${to:?}/$version" && cp -as "$tree" "$to/"; }
    cd "$to/$version" && rm -f modules.*.bin modules.{dep,alias,softdep,weakdep,symbols,devname}
}

# depmod WHOSE PROGRAM ROOT: neither reads the configuration of this machine.
depmod() {
    mkdir -p "$work/bin-$1"
    ln -sf "$(readlink -f "$2")" "$work/bin-$1/depmod"
    (ulimit -v 8000000 && timeout 3000 "$work/bin-$1/depmod" -C /dev/null -b "$work/$3" "$version") \
        >"$work/$3.out" 2>"$work/$3.err"
}

# dump_bins ROOT: each index as text beside it. An empty file is what kmod writes for an index it has no source for; ours
# is a whole index without keys.
dump_bins() {
    local bin

    cd "$work/$1/lib/modules/$version" || return
    for bin in "${bins[@]}"; do
        if [[ -e $bin && ! -s $bin ]]; then
            : >"$bin.txt"
        elif ! "$dump" "$bin" >"$bin.txt" 2>"$bin.err"; then
            cat "$bin.err" >>"$bin.txt"
        fi
    done
}

# compare NAME LEFT RIGHT: two files, the same to the byte.
compare() {
    if cmp -s "$2" "$3"; then
        ok "$1"
    else
        diff -u --label "$2" --label "$3" "$2" "$3" >"$work/difference" 2>&1
        not_ok "$1" "$work/difference"
    fi
}

run_ours() {
    local status

    depmod ours "$tools/kmod" "$1"
    status=$?
    if ((status)) || [[ -s $work/$1.err ]]; then
        not_ok "depmod of ${1} ends well and says nothing (status $status)" "$work/$1.err"
    else
        ok "depmod of $1 ends well and says nothing"
    fi
    dump_bins "$1"
}

compare_with_oracle() {
    local a=$work/distribution/lib/modules/$version b=$work/ours/lib/modules/$version file

    for file in "${texts[@]}"; do
        compare "$file is the distribution's, to the byte" "$a/$file" "$b/$file"
    done
    for file in "${bins[@]}"; do
        compare "$file holds what the distribution's holds" "$a/$file.txt" "$b/$file.txt"
    done
    # The distribution's depmod may be too old to know this file.
    /usr/bin/python3 "$top/tests/diff/weakdep.py" "$b" >"$work/weakdep"
    compare 'modules.weakdep is what .modinfo says' "$work/weakdep" "$b/modules.weakdep"
}

# One layout is right: each node before its children, nothing between them.
check_layout() {
    local bin bad=()

    cd "$work/ours/lib/modules/$version" || return
    for bin in "${bins[@]}"; do
        "$dump" --layout "$bin" >/dev/null 2>>"$work/layout" || bad+=("$bin")
    done
    if ((${#bad[@]})); then not_ok "nodes are in pre-order in ${bad[*]}" "$work/layout"; else ok 'nodes are in pre-order'; fi
}

# The same files, made one by one in another order in other directories, give the same bytes; so does a second run.
check_again() {
    local a=$work/ours/lib/modules/$version b=$work/again/lib/modules/$version file

    : >"$work/difference"
    mkdir -p "$b" && /usr/bin/python3 - "$tree" "$b" <<'END'
import os, sys
files = [os.path.relpath(os.path.join(top, name), sys.argv[1]) for top, _, names in os.walk(sys.argv[1]) for name in names]
for name in sorted(files, reverse=True):
    os.makedirs(os.path.dirname(os.path.join(sys.argv[2], name)), exist_ok=True)
    os.symlink(os.path.join(sys.argv[1], name), os.path.join(sys.argv[2], name))
END
    (cd "$b" && rm -f modules.*.bin modules.{dep,alias,softdep,weakdep,symbols,devname})
    for _ in 1 2; do
        depmod ours "$tools/kmod" again || echo "depmod failed" >>"$work/difference"
        for file in "${texts[@]}" modules.weakdep "${bins[@]}"; do
            cmp "$a/$file" "$b/$file" >>"$work/difference" 2>&1
        done
    done
    if [[ -s $work/difference ]]; then
        not_ok 'another directory order and another run give the same bytes' "$work/difference"
    else
        ok 'another directory order and another run give the same bytes'
    fi
    rm -rf "$work/again"
}

# compress COMMAND...: every module of the current tree. -f, because the files are links to those of TREE, which stay.
compress() { find kernel -name '*.ko' -print0 | xargs -0 -P "$(nproc)" -n 200 "$@" -f --; }

plain() {
    find kernel -name '*.ko.xz' -print0 | xargs -r -0 -P "$(nproc)" -n 200 xz -df -- &&
        find kernel -name '*.ko.zst' -print0 | xargs -r -0 -P "$(nproc)" -n 200 zstd -qdf --rm -- &&
        find kernel -name '*.ko.gz' -print0 | xargs -r -0 -P "$(nproc)" -n 200 gzip -df --
}

# A sample of the modules of the current tree, with those that they need, stays.
thin_out() {
    [[ -s $work/dep ]] || { depmod ours "$tools/kmod" plain && cp modules.dep "$work/dep"; } || return
    "$top/tests/lib/sample.py" --least 50 <"$work/dep" | tr -d : | tr ' ' '\n' | sort -u >"$work/sample"
    find kernel -name '*.ko*' | sort | comm -23 - "$work/sample" | tr '\n' '\0' | xargs -r -0 rm --
}

# variant NAME SUFFIX TOOL: ours of the compressed modules is ours of the plain ones but for the suffix.
variant() {
    local a=$work/plain/lib/modules/$version b=$work/$1/lib/modules/$version file

    if ! command -v "${3%% *}" >/dev/null; then
        printf 'ok %d - %s: the tree as .ko%s # SKIP no program %s\n' "$((++count))" "$version" "$2" "${3%% *}"
        return
    fi
    # shellcheck disable=SC2086 # a program and its options
    mkdir -p "$work/$1/lib/modules" && cp -al "$a" "$work/$1/lib/modules/" && cd "$b" &&
        rm -f modules.*.bin modules.*.txt modules.{dep,alias,softdep,weakdep,symbols,devname} && compress $3 || exit 1
    run_ours "$1"
    : >"$work/difference"
    for file in "${texts[@]}" modules.weakdep "${bins[@]/%/.txt}"; do
        sed "s/\.ko${2//./\\.}\b/.ko/g" "$b/$file" | diff -u --label "plain $file" --label "$1 $file" "$a/$file" - >>"$work/difference" 2>&1
    done
    if [[ -s $work/difference ]]; then
        not_ok "as .ko$2 nothing differs but the suffix" "$work/difference"
    else
        ok "as .ko$2 nothing differs but the suffix"
    fi
    rm -rf "${work:?}/$1"
}

[[ -x $tools/kmod ]] || { echo "Bail out! no kmod in $tools: build it, or set TENON_TOOLS" && exit 1; }
[[ -x $dump ]] || { echo "Bail out! no $dump: build it, or set TENON_INDEXDUMP" && exit 1; }
copy distribution && depmod distribution "$oracle" distribution
status=$?
if ((status >= 124)); then
    printf 'ok %d - %s # SKIP the distribution'\''s depmod does not survive this tree (status %d)\n' "$((++count))" "$version" "$status"
else
    dump_bins distribution
    copy ours && run_ours ours && compare_with_oracle && check_layout && check_again
    cp "$work/ours/lib/modules/$version/modules.dep" "$work/dep"
    rm -rf "$work/distribution" "$work/ours"
fi
copy plain && thin_out && plain && run_ours plain
variant gz .gz 'gzip -1'
variant zst .zst 'zstd -q -1 --rm'
variant xz .xz 'xz -0 --check=crc32'
printf '1..%d\n' "$count"
