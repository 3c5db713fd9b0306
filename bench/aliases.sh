#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# aliases.sh
#
# Instructions that the library needs for one lookup of a modalias: of the PCI kind, and of the devicetree kind
# (of:N*T*C...), whose wildcards come first; with the aliases of a whole kernel, and with ten times those of the second
# kind. Ours is what build/ installs, theirs is the distribution's.
set -euo pipefail

exec "$(dirname "$(readlink -f "$0")")/../tests/abi/cost.py" --table "$@"
