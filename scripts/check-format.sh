#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-format.sh [ROOT]: C as clang-format writes it, tidy line ends, sound shell scripts, and no trace of the
# machine a change was made on. Silent and 0 when all is well; otherwise one line a violation and 1. On a machine
# without clang-format 14 or shellcheck it checks the rest, says what was left out on standard error, and ends
# with 77 if nothing else was wrong.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

status=0 # what it is when nothing is bad
c=() text=() tidy=() scripts=()

sort_files() {
    local file
    while IFS= read -r -d '' file; do
        case $file in
        tests/fuzz/corpus/*) continue ;; # bytes, not text
        LICENSE) continue ;;
        esac
        text+=("$file")
        case $file in
        tests/cases/* | tests/roots/*) continue ;; # what they hold is what is tested
        *.c | *.h) c+=("$file") ;;
        esac
        tidy+=("$file")
        if is_script "$file"; then scripts+=("$file"); fi
    done < <(tree_files)
}

# skip TOOL: something could not be checked here.
skip() {
    echo "check-format: $1 is not installed, left out" >&2
    status=77
}

# found TEXT GREP-OPTION...: every line that grep finds is a violation.
found() {
    local why=$1 file line
    shift
    while IFS=: read -r file line _; do
        say "$file:$line" "$why"
    done < <(grep -HnI "$@" || true)
}

# Other versions of clang-format lay out the same code differently.
find_clang_format() {
    local tool
    for tool in clang-format-14 clang-format; do
        if [[ "$($tool --version 2>/dev/null)" =~ version\ 14\. ]]; then
            echo "$tool"
            return
        fi
    done
}

check_c() {
    local tool file line
    [[ ${#c[@]} -gt 0 ]] || return 0
    found 'a tab' -e $'\t' -- "${c[@]}"
    tool=$(find_clang_format)
    if [[ -z $tool ]]; then
        skip 'clang-format 14'
        return
    fi
    while IFS=: read -r file line _; do
        say "$file:$line" 'not as clang-format writes it'
    done < <($tool --dry-run "${c[@]}" 2>&1 | grep -oE '^[^:]+:[0-9]+:' | uniq || true)
}

check_line_ends() {
    local file byte full=()
    [[ ${#tidy[@]} -gt 0 ]] || return 0
    found 'a blank at the end of the line' -e '[[:space:]]$' -- "${tidy[@]}"
    mapfile -d '' full < <(printf '%s\0' "${tidy[@]}" | xargs -0 grep -lIZ '' || true)
    [[ ${#full[@]} -gt 0 ]] || return 0
    # One last byte for each of these files, none of which is empty.
    while read -r byte && IFS= read -r -d '' file <&3; do
        if [[ $byte != 0a ]]; then say "$file" 'no newline at the end'; fi
    done < <(tail -qc1 -- "${full[@]}" | od -An -v -tx1 -w1) 3< <(printf '%s\0' "${full[@]}")
}

check_scripts() {
    local file line
    [[ ${#scripts[@]} -gt 0 ]] || return 0
    for file in "${scripts[@]}"; do
        bash -n "$file" 2>/dev/null || say "$file" "bash -n: $(bash -n "$file" 2>&1 | head -n 1)"
    done
    if ! command -v shellcheck >/dev/null; then
        skip shellcheck
        return
    fi
    # SC2016: scripts that print shell text quote a $ on purpose.
    while IFS= read -r line; do
        say "${line%%: *}" "${line#*: }"
    done < <(shellcheck -x -e SC2016 -f gcc "${scripts[@]}" | sed -E 's/^([^:]+:[0-9]+):[0-9]+: /\1: /')
}

# The patterns are written so that they do not find themselves.
check_traces() {
    [[ ${#text[@]} -gt 0 ]] || return 0
    found 'refers to a directory outside the tree' -e '[.][.]/[s]hared' -- "${text[@]}"
    found 'names a directory of a build machine' -E \
        -e '(^|[^[:alnum:]_.}/)-])/[w]ork(/|[^[:alnum:]_-]|$)' -e '/[v]ar/tmp/[[:alnum:]]' -- "${text[@]}"
    found 'names a package archive' -iE \
        -e '(^|[^[:alnum:]-])((ftp|deb|security|snapshot|archive|ports|packages)[.][a-z.]*)(debian|ubuntu)[.](org|com)' \
        -- "${text[@]}"
}

sort_files
check_c
check_line_ends
check_scripts
check_traces
if [[ $bad -ne 0 ]]; then status=1; fi
exit "$status"
