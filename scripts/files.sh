# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by the checks: what belongs to the tree, and how a violation is told.

# shellcheck disable=SC2034  # read by whoever sources this
bad=0

# say FILE[:LINE] TEXT: one violation, one line.
say() {
    echo "$1: $2"
    bad=1
}

# Every file of the tree below the current directory, NUL-terminated: what git tracks or could track, or, in a tree
# without git, all but the build directories.
tree_files() {
    if [[ -e .git ]]; then
        # A file that was deleted but is still in the index is not there to be checked.
        git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
            if [[ -f $file && ! -L $file ]]; then printf '%s\0' "$file"; fi
        done
    else
        find . \( -path './build*' -o -name .git \) -prune -o -type f -printf '%P\0'
    fi | sort -z
}

# is_script FILE: it is run by a shell.
is_script() {
    local first=''
    [[ $1 == *.sh || $1 == *.bash ]] && return 0
    [[ -x $1 ]] || return 1
    IFS= read -r first <"$1" 2>/dev/null || true
    [[ $first =~ ^#!.*[/\ ](ba|da)?sh( |$) ]]
}
