#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# build.sh DIR TARGETS [OPTION]...: builds TARGETS, words of one argument (all: everything), in DIR, which meson configures with the OPTIONs when it
# is not there yet. Says beforehand what will take its time; silent when there is nothing to do.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")/.."
dir=$1
read -ra targets <<<"$2"
shift 2

if [[ ! -e $dir/build.ninja ]]; then
    printf 'Configuring %s ...\n' "$dir"
    log=$(meson setup "$dir" "$@" </dev/null 2>&1) || {
        printf '%s\nbuild: FAILED: meson cannot configure %s: see above\n' "$log" "$dir" >&2
        exit 1
    }
fi
# What a dry run would do; its last line is [N/N].
steps=$(NINJA_STATUS='[%f/%t] ' ninja -C "$dir" -n "${targets[@]}" | sed -n 's/^\[[0-9]*\/\([0-9]*\)\] .*/\1/p' | tail -n 1) || steps=
[[ -z $steps ]] || printf 'Building %s in %s: %d steps ...\n' "${targets[*]}" "$dir" "$steps"
# On a terminal ninja counts them in one line; elsewhere it would be a line each.
quiet=(--quiet)
[[ ! -t 1 ]] || quiet=()
[[ -z $steps ]] || ninja "${quiet[@]}" -C "$dir" "${targets[@]}"
