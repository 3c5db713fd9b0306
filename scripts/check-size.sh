#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-size.sh [ROOT]: names files over 400 lines and C functions over 40 in src/, over 600 and 60 elsewhere. A report
# to think about, not a verdict: the status is 0 whatever it finds, and it prints nothing when there is nothing to report.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

sources=()
while IFS= read -r -d '' file; do
    case $file in
    tests/roots/* | tests/fuzz/corpus/*) ;;
    *.c | *.h | *.py) sources+=("$file") ;;
    *) if is_script "$file"; then sources+=("$file"); fi ;;
    esac
done < <(tree_files)
[[ ${#sources[@]} -gt 0 ]] || exit 0

# A function's body stands between braces that are alone on their lines, as clang-format puts them.
awk '
function in_src(file) { return file ~ /^src\// }
function file_done() { if (lines > (in_src(last) ? 400 : 600)) printf "%s: %d lines\n", last, lines }
FNR == 1 { file_done(); last = FILENAME; head = ""; start = 0 }
{ lines = FNR }
FILENAME !~ /\.[ch]$/ { next }
/^[A-Za-z_].*\(/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head)
                   if (head == "CHECK") { head = $0; sub(/.*\(/, "", head); sub(/\).*/, "", head) } }
/^\{$/ { start = FNR }
/^\}$/ { if (start && FNR - start - 1 > (in_src(FILENAME) ? 40 : 60)) printf "%s:%d: %s has %d lines\n", FILENAME, start, head, FNR - start - 1
         start = 0 }
END { file_done() }' "${sources[@]}"
