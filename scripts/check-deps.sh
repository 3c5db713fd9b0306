#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-deps.sh [ROOT]: wherever `scripts/deps.sh SET...` is written, in a program, a message or a text, it has these sets.
# Prints FILE:LINE and the rule per violation; status 1 if there is any.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"
[[ -e scripts/deps.sh ]] || exit 0

sets=$(sed -nE 's/^ *\[([a-z]+)\]=.*/\1/p' scripts/deps.sh)
while IFS=: read -r -d '' file; do
    while IFS=: read -r line text; do
        # shellcheck disable=SC2086 # words
        for word in ${text#*scripts/deps.sh }; do
            grep -qxF -- "$word" <<<"$sets" || say "$file:$line" "there is no set $word in scripts/deps.sh"
        done
    done < <(grep -InoE 'scripts/deps\.sh( [a-z]+)+' "$file")
done < <(tree_files)
exit "$bad"
