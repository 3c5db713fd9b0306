#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# index-roundtrip.sh INDEXDUMP INDEXBUILD: indexes that another depmod has written, taken apart by a reader of their
# own and put together again by our writer, are the same in content and in size.
set -uo pipefail

dump=$1 build=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

shopt -s nullglob
files=(/lib/modules/*/modules.*.bin /usr/lib/uml/modules/*/modules.*.bin)
if [ ${#files[@]} -eq 0 ]; then
    echo "1..0 # SKIP no indexes on this machine"
    exit 0
fi

same() {
    "$dump" "$1" >"$tmp/before" || return
    "$build" <"$tmp/before" >"$tmp/index" || return
    "$dump" --layout "$tmp/index" >"$tmp/after" || return
    cmp "$tmp/before" "$tmp/after" || return
    # a missing input makes other tools leave an empty file
    [ ! -s "$1" ] || [ "$(stat -Lc %s "$1")" -eq "$(stat -c %s "$tmp/index")" ]
}

echo "1..${#files[@]}"
status=0 n=0
for file in "${files[@]}"; do
    n=$((n + 1))
    if same "$file"; then
        echo "ok $n - $file"
    else
        echo "not ok $n - $file"
        status=1
    fi
done
exit $status
