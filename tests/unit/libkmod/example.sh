#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# example.sh WHATFOR KMOD MKMOD: the example of docs/libkmod.md does on a made tree what the text says. Prints TAP.
set -euo pipefail

whatfor=$1 kmod=$(realpath "$2") mkmod=$3
base=$(mktemp -d)
trap 'rm -rf "$base"' EXIT
mods=$base/lib/modules/6.1.0
mkdir -p "$mods/kernel/fs/fat"
"$mkmod" -o "$mods/kernel/fs/fat/fat.ko" --name fat --export f
"$mkmod" -o "$mods/kernel/fs/fat/vfat.ko" --name vfat --need f --info alias=fs-vfat
touch "$mods/modules.order" "$mods/modules.builtin" "$mods/modules.builtin.modinfo"
ln -s "$kmod" "$base/depmod"
"$base/depmod" -b "$base" 6.1.0

no_options=' '
expected="fs-vfat
  vfat
    load $mods/kernel/fs/fat/fat.ko$no_options
    load $mods/kernel/fs/fat/vfat.ko$no_options
fs-none: nothing"
echo 1..1
if out=$("$whatfor" "$mods" fs-vfat fs-none 2>&1) && [[ $out == "$expected" ]]; then
    echo 'ok 1 - the_example_says_what_loading_would_take'
else
    printf '# %s\n' "${out//$'\n'/$'\n# '}"
    echo 'not ok 1 - the_example_says_what_loading_would_take'
fi
