#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-docs.sh [ROOT]: the texts for people who change Tenon name only paths and functions that exist. A path stands
# between backquotes, with a slash in it, or in a link. It is there as it is, below src/ with or without .c or .h, or
# beside the text; capitals stand for any name. Prints FILE:LINE and the name per violation; status 1 if there is any.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

# there GLOB...: one of them is there.
there() {
    local glob
    for glob in "$@"; do
        if compgen -G "$glob" >/dev/null; then return 0; fi
    done
    return 1
}

# check_path WHERE NAME
check_path() {
    local file=${1%%:*} beside='' glob
    [[ $file != */* ]] || beside=${file%/*}/
    glob=$(sed -E 's/[A-Z]+/*/g' <<<"$2")
    there "$glob" "src/$glob" "src/$glob".{c,h} "$beside$glob" || say "$1" "there is no $2"
}

# check_name WHERE NAME: a function, type or macro of ours; "tn_plan_" stands for all that begin so.
check_name() {
    local word=$2
    [[ $word == *_ ]] || word+='\b'
    grep -rqE "\b$word" src || say "$1" "there is no $2"
}

# Prints LINE:TEXT for what stands between backquotes or is linked to, outside of blocks of code.
quoted() {
    awk '/^(    |```)/ { next }
         { n = split($0, part, "`"); for (i = 2; i < n; i += 2) print FNR ":" part[i]
           n = split($0, part, /\]\(/); for (i = 2; i <= n; i++) { sub(/[)#].*/, "", part[i]); print FNR ":./" part[i] } }' "$1"
}

check_text() {
    local file=$1 line text word
    while IFS=: read -r line text; do
        for word in $text; do
            word=${word%"()"}
            case $word in
            *[!A-Za-z0-9_./*\[\]-]* | /* | -* | *://*) ;;
            tn_[a-z]*) check_name "$file:$line" "$word" ;;
            [a-z.]*/*) check_path "$file:$line" "$word" ;;
            esac
        done
    done < <(quoted "$file")
}

for file in HACKING.md CONTRIBUTING.md tests/README.md; do
    if [[ -f $file ]]; then check_text "$file"; fi
done
exit "$bad"
