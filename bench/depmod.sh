#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# depmod.sh [--tools DIR] [--oracle FILE] [--rounds N] [.../lib/modules/VERSION]
#
# CPU time of depmod on one tree, ours against the distribution's: once with all files written, once only printed.
# Elapsed time is not compared: ours waits for the disk, the distribution's does not.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
prepare

row() {
    local title=$1
    shift
    if works depmod "$@"; then compare "$title" 1 depmod "$@"; fi
}

table_head
row 'depmod -n' -n -b "$room/root" "$version"
row 'depmod' -b "$room/root" "$version"
