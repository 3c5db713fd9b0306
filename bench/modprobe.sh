#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# modprobe.sh [--tools DIR] [--oracle FILE] [--rounds N] [.../lib/modules/VERSION]
#
# CPU time of modprobe on one tree, ours against the distribution's: what the kernel and udev cause hundreds of times
# while a machine boots. Nothing is loaded.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
prepare
common=(-C /dev/null -d "$room/root" -S "$version")

row() {
    local title=$1
    shift
    if works modprobe "${common[@]}" "$@"; then compare "$title" 50 modprobe "${common[@]}" "$@"; fi
}

# The module with the longest line of modules.dep, and any alias of hardware.
deep=$(awk '{ if (NF > most) { most = NF; name = $1 } } END { print name }' "$room/root/lib/modules/$version/modules.dep")
deep=${deep##*/}
deep=${deep%%.ko*}
hardware=$(awk '$2 ~ /^(pci|usb|virtio|acpi):.*\*/ { gsub(/\*/, "0", $2); print $2; exit }' \
    "$room/root/lib/modules/$version/modules.alias")

table_head
row 'version' -V
row 'by name, few dependencies' -D vfat
row "by name, the most ($deep)" -D "$deep"
row 'by name, dry run' -n vfat
if [[ -n $hardware ]]; then row "by alias" -R "$hardware"; fi
row 'by alias of a file system' -R fs-vfat
