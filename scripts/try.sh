#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# try.sh: boots a small Linux in a process and lets lab/try.sh show the tools in it. Status 0 if every step did what
# it should, else 1. Nothing outside the cache directory is written (lab/README.md).
set -uo pipefail

cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." || exit 1
tools=${TENON_TOOLS:-build/src/kmod}
colour=no
if [[ -t 1 && ${TERM:-dumb} != dumb && -z ${NO_COLOR-} ]]; then colour=yes; fi

if [[ ! -e $tools/kmod ]]; then
    printf 'try: FAILED: there is no %s/kmod: build first\n' "$tools" >&2
    exit 1
fi
printf 'Booting a Linux kernel as an ordinary process of yours (User Mode Linux) ...\n'
lab/run --live --timeout 600 --tools "$tools" lab/try.sh "$(cksum <"$tools/kmod")" "$colour"
status=$?
if ((status == 0)); then
    printf '\nEverything went as it should, in %d seconds.\n' "$SECONDS"
else
    printf '\ntry: FAILED (status %d): see above\n' "$status" >&2
    exit 1
fi
