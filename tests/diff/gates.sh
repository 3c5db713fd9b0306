#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# gates.sh TREE: every module of TREE (a directory /…/lib/modules/RELEASE of a Debian kernel, with /…/boot beside it) would
# load into its own kernel: tenon check finds nothing, and can look at everything. Firmware does not count. Some that are
# made for a kernel of another kind would not. Prints TAP. TREE is only read.
set -u
shopt -s inherit_errexit

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tree=$(cd "$1" && pwd -P) || exit 1
release=${tree##*/}
tools=${TENON_TOOLS:-$top/build/src/kmod}
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/tenon}
readonly top tree release tools cache
tenon=$tools/../tenon/tenon
count=0

if [[ ! -x $tenon ]]; then echo "1..0 # SKIP built without the workbench" && exit; fi
work=$(mktemp -d "$cache/gates.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

report() { # STATUS TEXT [FILE]
    (($1 == 0)) || printf 'not '
    printf 'ok %d - %s: %s\n' "$((++count))" "$release" "$2"
    if (($1 != 0)) && [[ -n ${3-} ]]; then head -n 40 "$3" | cut -c 1-300 | sed 's/^/  # /'; fi
}

mkdir -p "$work/lib/modules" "$work/boot"
cp -al "$tree" "$work/lib/modules/" && cp -l "${tree%/lib/modules/*}/boot/vmlinuz-$release" "$work/boot/" || exit 1
rm -f "$work/lib/modules/$release/"{build,source}
ln -s "$(readlink -f "$tools/kmod")" "$work/depmod"
"$work/depmod" -b "$work" "$release" || exit 1

check() {
    "$tenon" check --ignore=firmware-missing --json --root "$work" -k "$release" "$@"
}

# verdicts FILE...: how many modules of the documents have which.
verdicts() {
    sed -n 's/^ *"verdict": "\(.*\)".*/\1/p' "$@" | sort | uniq -c | awk '{ print $1, $2 }'
}

sed 's/:.*//; s/.*\///; s/\.ko.*//' "$work/lib/modules/$release/modules.dep" | sort | "$top/tests/lib/sample.py" --least 200 >"$work/names"
n=$(wc -l <"$work/names")
mapfile -t names <"$work/names"
check "${names[@]}" >"$work/good"
report $? "$n modules: nothing is found, and all could be looked at" <(grep -E '"(text|what|reason)":' "$work/good")
[[ $(verdicts "$work/good") == "$n loads" ]]
report $? "all $n would load" <(verdicts "$work/good")

# With another flag in the version magic, of the same length.
mkdir "$work/odd"
for name in $(head -n 5 "$work/names"); do
    file=$work/lib/modules/$release/$(sed -n "s,^\(\(.*/\)*$name\.ko[^:]*\):.*,\1,p" "$work/lib/modules/$release/modules.dep")
    case $file in *.xz) xz -dc "$file" ;; *.zst) zstd -dqc "$file" ;; *) cat "$file" ;; esac |
        sed 's/ mod_unload/ mod_ungood/' >"$work/odd/$name.ko"
done
check "$work"/odd/*.ko >"$work/bad"
[[ $? == 1 && $(verdicts "$work/bad") == "5 stopped" && $(grep -c '"id": "vermagic-flags"' "$work/bad") == 5 ]]
report $? "5 modules of another kind would not load" "$work/bad"
printf '1..%d\n' "$count"
