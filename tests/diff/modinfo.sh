#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# modinfo.sh TREE: what the distribution's modinfo and ours say of every module of TREE (a directory /…/lib/modules/VERSION)
# and of every one that is built into its kernel, in every way of asking; and modprobe of their symbols; and what they export. Prints TAP. TREE is only read.
set -u
shopt -s inherit_errexit nullglob

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tree=$(cd "$1" && pwd -P) || exit 1
version=${tree##*/}
tools=${TENON_TOOLS:-$top/build/src/kmod}
oracle=${TENON_ORACLE:-/usr/bin/kmod}
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/tenon}
dump=${TENON_FACTSDUMP:-$top/build/tests/lib/factsdump}
readonly top tree version tools oracle cache dump
count=0

# KiB that ours may have, for a whole tree in one call: some times the largest module, a fraction of all.
readonly memory=131072
readonly sample_of=40 # one module in so many is also looked at in other forms: 20 at least

mkdir -p "$cache"
work=$(mktemp -d "$cache/diff.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

ok() { printf 'ok %d - %s: %s\n' "$((++count))" "$version" "$1"; }

not_ok() {
    printf 'not ok %d - %s: %s\n' "$((++count))" "$version" "$1"
    head -n 20 -- "$work/difference" | cut -c 1-300 | tr '\0' '@' | sed 's/^/  # /'
}

# all WHOSE LIST ARGUMENT...: one run over all operands of the list, a line each; standard output, messages and status
# are put into $work/WHOSE.*.
all() {
    local whose=$1 list=$2
    shift 2
    {
        (
            [[ $whose == distribution ]] || ulimit -v "$memory"
            tr '\n' '\0' <"$list" | xargs -0 -s 2000000 "$work/bin-$whose/modinfo" "$@"
        )
        echo "status $?" >&2
    } 2>"$work/$whose.err" | without_new "$whose" "$@" >"$work/$whose.out"
}

# What the distribution's is too old to know.
without_new() {
    if [[ $1 == distribution || $new_fields != yes || " $* " == *' -F '* ]]; then
        cat
    elif [[ " $* " == *' -0 '* ]]; then
        sed -z '/^build-id=/d'
    else
        sed '/^build-id:/d'
    fi
}

# same LIST ARGUMENT...: whether both say the same of all of the list.
same() {
    local list=$1 what
    shift
    all distribution "$list" "$@" &
    all ours "$list" "$@"
    wait
    if [[ $(<"$work/distribution.err") != 'status 0' || ! -s $work/ours.out && " $* " != *' -F '* ]]; then
        { echo 'this compares nothing' && cat "$work/distribution.err"; } >"$work/difference"
        return 1
    fi
    for what in out err; do
        cmp "$work/distribution.$what" "$work/ours.$what" || {
            diff -a -u "$work/distribution.$what" "$work/ours.$what"
            return 1
        }
    done >"$work/difference" 2>&1
}

# compare NAME LIST ARGUMENT...
compare() {
    local name=$1
    shift
    if same "$@"; then ok "$name"; else not_ok "$name"; fi
}

# each_field NAME LIST ARGUMENT...: every field that one of the list has, asked for by itself: of those that have it, and
# of a sample of the others.
each_field() {
    local name=$1 list=$2 field n=0
    shift 2
    rm -rf "$work/fields" && mkdir "$work/fields" || exit 1
    all distribution "$list" -0 "$@"
    tr '\n\0' '\1\n' <"$work/distribution.out" | awk -v list="$list" -v dir="$work/fields/" '
        /^(name|filename):/ { if (!/\(builtin\)/ && (getline module <list) < 1) exit 1; next }
        match($0, /[=:]/) > 1 {
            key = substr($0, 1, RSTART - 1)
            if (last[key] != module) print module >(dir key)
            last[key] = module
        }' || { not_ok "$name: fields" && return; }
    touch "$work/fields"/{filename,name,parm,parmtype,nix}
    for field in "$work/fields"/*; do
        { cat "$field" && awk -v n="$stride" 'NR % n == 2 % n' "$list"; } >"$work/having"
        same "$work/having" -F "${field##*/}" "$@" || { not_ok "$name: field ${field##*/}" && return; }
        n=$((n + 1))
    done
    if ((n > 12)); then ok "$name: each of $n fields"; else not_ok "$name: only $n fields"; fi
}

# The tree with a sample of its modules, without compression, and its indexes by the distribution's depmod.
prepare() {
    local whose name

    for whose in ours distribution; do mkdir -p "$work/bin-$whose"; done
    for name in modinfo modprobe; do ln -s "$(readlink -f "$tools/kmod")" "$work/bin-ours/$name"; done
    for name in modinfo modprobe depmod; do ln -s "$(readlink -f "$oracle")" "$work/bin-distribution/$name"; done
    (cd "$tree" && find kernel -name '*.ko*' | sort) >"$work/all"
    "$top/tests/lib/sample.py" --least 80 <"$work/all" >"$work/modules"
    forms=$("$top/tests/lib/sample.py" --least 20 --count "$(($(wc -l <"$work/all") / sample_of))")
    mkdir -p "$work/lib/modules" && cp -as "$tree" "$work/lib/modules/" && cd "$work/lib/modules/$version" || exit 1
    rm -f modules.*.bin modules.{dep,alias,softdep,weakdep,symbols,devname}
    comm -23 "$work/all" "$work/modules" | tr '\n' '\0' | xargs -r -0 rm -- || exit 1
    # -f, because they are links
    find kernel -name '*.ko.xz' -print0 | xargs -r -0 -P "$(nproc)" -n 200 xz -dkf -- || exit 1
    find kernel -name '*.ko.zst' -print0 | xargs -r -0 -P "$(nproc)" -n 200 zstd -qdf -- || exit 1
    find kernel -name '*.ko.*' -delete
    timeout 3000 "$work/bin-distribution/depmod" -C /dev/null -b "$work" "$version" 2>/dev/null || exit 1
    find kernel -name '*.ko' | sort >"$work/files"
    sed 's/.*\///; s/\.ko$//' "$work/files" >"$work/names"
    sed 's/.*\///; s/\.ko$//' modules.builtin | sort -u >"$work/builtin"
    stride=$(($(wc -l <"$work/files") / (forms + !forms)))
    awk -v n="$stride" 'NR % n == 1 % n' "$work/files" >"$work/sample"
    new_fields=
    [[ -n $("$work/bin-distribution/modinfo" -F build-id "$(head -n 1 "$work/files")") ]] || new_fields=yes
}

compare_files() {
    # All of them in one call, where that is a matter of a second.
    if grep -q '\.ko\.' "$work/all"; then
        sed "s|^|$tree/|" "$work/modules" >"$work/compressed"
        compare "$(wc -l <"$work/compressed") modules by file, as they are compressed" "$work/compressed"
    else
        sed "s|^|$tree/|" "$work/all" >"$work/whole"
        compare "all $(wc -l <"$work/whole") modules by file" "$work/whole"
    fi
    compare "$(wc -l <"$work/files") modules by file" "$work/files"
    compare 'the same, with -0' "$work/files" -0
    compare 'the same, with -p' "$work/files" -p
    compare 'the same, with -0 -p' "$work/files" -0 -p
    each_field 'modules by file' "$work/files"
}

compare_names() {
    local where=(-b "$work" -k "$version")

    compare "$(wc -l <"$work/names") modules by name" "$work/names" -m "${where[@]}"
    compare 'modules by name or alias' "$work/names" -n "${where[@]}"
    compare "$(wc -l <"$work/builtin") built-in modules by name" "$work/builtin" -m "${where[@]}"
    compare 'the same, with -0' "$work/builtin" -0 -m "${where[@]}"
    compare 'the same, with -p' "$work/builtin" -p -m "${where[@]}"
    compare 'built-in modules by name or alias' "$work/builtin" "${where[@]}"
    each_field 'built-in modules' "$work/builtin" -m "${where[@]}"
}

# form NAME SUFFIX COMMAND...: makes the sample anew as files $work/NAME/*.ko SUFFIX, each through the command.
form() {
    local name=$1 suffix=$2 ko
    shift 2
    mkdir -p "$work/$name" || exit 1
    while IFS= read -r ko; do
        "$@" <"$ko" >"$work/$name/${ko##*/}$suffix" || exit 1
    done <"$work/sample"
    find "$work/$name" -type f | sort >"$work/$name.list"
}

# The signature is cut off: its length stands before the last 28 bytes.
unsigned() {
    local file=$work/unsigned.one size

    cat >"$file"
    if [[ $(tail -c 28 "$file") == '~Module signature appended~'* ]]; then
        size=$((0x$(tail -c 32 "$file" | head -c 4 | od -An -tx1 | tr -d ' ') + 40))
        head -c "-$size" "$file"
    else
        cat "$file"
    fi
}

# Debug information goes, and with it the signature.
stripped() {
    cat >"$work/stripped.one" && strip --strip-debug "$work/stripped.one" && cat "$work/stripped.one"
}

through_pipe() {
    local ko

    while IFS= read -r ko; do
        [[ $("$work/bin-ours/modinfo" - <"$ko") == "filename:       (standard input)"$'\n'"$("$work/bin-ours/modinfo" "$ko" | tail -n +2)" ]] ||
            echo "$ko"
    done <"$1" >"$work/difference" 2>&1
    if [[ -s $work/difference ]]; then not_ok "$2 through a pipe"; else ok "$2 through a pipe"; fi
}

# gzip is not in every build of the distribution's, so that ours is held against ours there.
compare_forms() {
    form zst .zst zstd -q -1 && compare 'a sample as .ko.zst' "$work/zst.list"
    form xz .xz xz -0 --check=crc32 && compare 'a sample as .ko.xz' "$work/xz.list"
    form gz .gz gzip -1
    all ours "$work/xz.list" && sed '/^filename:/s/\.xz$//; s|/xz/|/|' "$work/ours.out" >"$work/want"
    all ours "$work/gz.list" && sed '/^filename:/s/\.gz$//; s|/gz/|/|' "$work/ours.out" >"$work/have"
    if diff -a -u "$work/want" "$work/have" >"$work/difference"; then ok 'a sample as .ko.gz'; else not_ok 'a sample as .ko.gz'; fi
    through_pipe "$work/zst.list" 'a sample, compressed,'
    form unsigned '' unsigned && compare 'a sample without signatures' "$work/unsigned.list"
    # binutils may not know the architecture
    stripped <"$(head -n 1 "$work/sample")" >/dev/null 2>&1 || return
    form stripped '' stripped && compare 'a sample without debug information' "$work/stripped.list"
}

# What modprobe shows of their symbols and the versions of these. It takes one file a call. Messages are left out: older
# versions word it in another way that there is nothing to show.
compare_symbols() {
    local option whose

    for option in --show-modversions --show-exports; do
        for whose in distribution ours; do
            xargs -n 1 "$work/bin-$whose/modprobe" "$option" <"$work/sample" >"$work/$whose.out" 2>/dev/null
        done
        echo 'this compares nothing' >"$work/difference"
        if grep -q '^0x' "$work/distribution.out" && diff -u "$work/distribution.out" "$work/ours.out" >"$work/difference"; then
            ok "a sample with modprobe $option: $(wc -l <"$work/ours.out") lines"
        else
            not_ok "a sample with modprobe $option"
        fi
    done
}

# What the distribution's may not know, binutils knows.
compare_build_ids() {
    local ko

    while IFS= read -r ko; do
        readelf -n "$ko" | sed -n 's/^ *Build ID: //p' | tr a-f A-F | sed 's/../&:/g; s/:$//'
    done <"$work/sample" >"$work/want"
    all ours "$work/sample" -F build-id
    if diff -u "$work/want" "$work/ours.out" >"$work/difference"; then
        ok "the build ids of a sample are those that readelf shows"
    else
        not_ok "the build ids of a sample are those that readelf shows"
    fi
}

# Which exports are for the GPL only, and their namespaces: our facts against the tables that the kernel reads.
compare_exports() {
    local name="exports of each module, their licence and namespace"

    echo 'this compares nothing' >"$work/difference"
    xargs "$dump" <"$work/files" | awk '$2 == "export" { print $1, $4, $5, $6 }' | sort >"$work/have"
    xargs "$top/tests/diff/exports.py" <"$work/files" | sort >"$work/want"
    if [[ -s $work/want ]] && diff -u "$work/want" "$work/have" >"$work/difference"; then
        ok "$name: $(wc -l <"$work/have"), $(grep -c ' gpl ' "$work/have") for the GPL, $(grep -c '[^ ]$' "$work/have") in a namespace"
    else
        not_ok "$name"
    fi
}

[[ -x $tools/kmod ]] || { echo "Bail out! no kmod in $tools: build it, or set TENON_TOOLS" && exit 1; }
prepare
compare_files
compare_names
compare_forms
compare_symbols
compare_build_ids
compare_exports
printf '1..%d\n' "$count"
