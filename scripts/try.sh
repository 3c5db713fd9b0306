#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# try.sh: builds the tools, boots a small Linux in a process and lets lab/try.sh show them in it. Status 0 if every step
# did what it should, else 1. Nothing outside build-try and the cache directory is written (lab/README.md). Takes the tools
# in $TENON_TOOLS, if that is set, instead of building some; gives up after $TIMEOUT seconds.
set -uo pipefail

cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." || exit 1
limit=${TIMEOUT:-300}
colour=no
if [[ -t 1 && ${TERM:-dumb} != dumb && -z ${NO_COLOR-} ]]; then colour=yes; fi

fail() {
    printf '\ntry: FAILED: %s\n' "$1" >&2
    exit 1
}

# A directory of its own: the tests and the manual pages would need more packages, and most of the time.
if [[ -z ${TENON_TOOLS-} ]]; then
    scripts/build.sh build-try 'src/kmod/kmod src/tenon/tenon' --prefix=/usr -Dtests=false -Dman=disabled -Dworkbench=enabled || exit 1
fi
tools=${TENON_TOOLS:-build-try/src/kmod}
tenon=$tools/../tenon/tenon
[[ -e $tools/kmod ]] || fail "there is no $tools/kmod"
[[ -e $tenon ]] || fail "there is no $tenon"

printf 'Booting a Linux kernel as an ordinary process of yours (User Mode Linux) ...\n'
SECONDS=0
lab/run --live --timeout "$limit" --tools "$tools" --bind "$tenon:/usr/bin/tenon" lab/try.sh "$(cksum <"$tools/kmod")" "$colour"
status=$?
((status == 0)) || ((SECONDS < limit)) ||
    fail "no end after $limit seconds. On a slow or busy machine allow more: make try TIMEOUT=$((limit * 4))"
((status == 0)) || fail "status $status: see above"
printf '\nEverything went as it should, in %d seconds.\n' "$SECONDS"
