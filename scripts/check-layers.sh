#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-layers.sh [ROOT]: no include and no link goes against the layers, HACKING.md has the same layers, and every source
# names its licence.
# Silent and 0 when all is well; otherwise one line a violation and 1.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

# Who may use whom. A new arrow is a commit of its own, with a reason.
declare -A uses=(
    [util]=''
    [format]='util'
    [kernel]='util format'
    [core]='util format kernel'
    [depmod]='util format core'
    [libkmod]='util format kernel core'
    [cli]='util format kernel core'
    [kmod]='util format kernel core depmod cli'
    [tenon]='util format kernel core depmod cli'
)
all=${!uses[*]}

# may LAYER OTHER
may() { [[ " $1 ${uses[$1]} " == *" $2 "* ]]; }

# Prints the includes of the files as FILE:LINE:"NAME" or FILE:LINE:<NAME>.
includes() {
    grep -HnoE '^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*["<][^">]*[">]' -- "$@" |
        sed -E 's/^([^:]*:[0-9]+:)[^"<]*/\1/'
}

# check_include LAYER WHERE NAME: NAME comes with its quotes or angle brackets.
check_include() {
    local layer=$1 where=$2 name=$3 other
    other=${name:1:-1}
    if [[ $name == '<'* ]]; then # the system's, unless it is one of ours in disguise
        [[ $other == */* && " $all " == *" ${other%%/*} "* ]] && [[ $other != sys/* ]] || return 0
    fi
    case $where:$other in
    tests/*:*/*) ;;
    tests/*) return 0 ;; # a helper of the tests
    src/libkmod/*:libkmod.h) return 0 ;;
    esac
    if [[ $other != */* || -z ${uses[${other%%/*}]+x} ]]; then
        say "$where" "$name is not of the form \"LAYER/noun.h\""
    elif ! may "$layer" "${other%%/*}"; then
        say "$where" "$layer may not use ${other%%/*}: $name"
    fi
}

check_includes() {
    local layer=$1 file line name
    shift
    [[ $# -gt 0 ]] || return 0
    while IFS=: read -r file line name; do
        check_include "$layer" "$file:$line" "$name"
    done < <(includes "$@")
}

# The list of libraries a layer links is its list of dependencies.
check_links() {
    local layer=$1 file=$2 line word
    [[ -f $file ]] || return 0
    while IFS=: read -r line word; do
        word=${word%_*}
        may "$layer" "$word" || say "$file:$line" "$layer may not link $word"
    done < <(sed 's/#.*//' "$file" | grep -nowE "(${all// /|})_(dep|lib)" || true)
}

check_layer() {
    local layer=${1##*/} dir=$1
    local sources=()
    if [[ -z ${uses[$layer]+x} ]]; then
        say "$dir" "there is no layer $layer"
        return
    fi
    mapfile -d '' sources < <(find "$dir" -name '*.[ch]' -print0 | sort -z)
    check_includes "$layer" "${sources[@]}"
    check_links "$layer" "$dir/meson.build"
}

check_licence() {
    local sources=() file
    while IFS= read -r -d '' file; do
        case $file in
        tests/cases/* | tests/roots/* | tests/fuzz/corpus/*) ;;
        *.c | *.h | *.py | *.ini | meson.build | */meson.build | meson_options.txt | Makefile | */Makefile)
            sources+=("$file") ;;
        *) if is_script "$file"; then sources+=("$file"); fi ;;
        esac
    done < <(tree_files)
    [[ ${#sources[@]} -gt 0 ]] || return 0
    while IFS= read -r file; do
        say "$file" "no SPDX-License-Identifier in the first three lines"
    done < <(awk '
        FNR == 1 { if (NR > 1 && !seen) print last; seen = 0; last = FILENAME }
        FNR <= 3 && /SPDX-License-Identifier: [A-Za-z0-9]/ { seen = 1 }
        END { if (NR && !seen) print last }' "${sources[@]}")
}

# The table of HACKING.md says the same as the one here.
check_rooms() {
    local file=HACKING.md line layer row dir
    local -A rooms=()
    [[ -f $file ]] || return 0
    while IFS=: read -r line layer row; do
        rooms[$layer]=$line
        [[ $row == "${uses[$layer]-}" ]] || say "$file:$line" "$layer may use \"${uses[$layer]-}\", not \"$row\""
    done < <(sed -nE '/^\| `src\//{=;s/^\| `src\/([a-z]+)` \|.*\| *([a-z ]*[a-z])? *\|$/\1:\2/p}' "$file" | paste -d: - -)
    for dir in src/*/; do
        layer=${dir#src/}
        [[ -n ${rooms[${layer%/}]-} ]] || say "$file" "no row for ${dir%/}"
    done
}

for dir in src/* tests/unit/*; do
    if [[ -d $dir ]]; then check_layer "$dir"; fi
done
check_rooms
check_licence
exit "$bad"
