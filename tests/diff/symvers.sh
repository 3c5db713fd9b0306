#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# symvers.sh TREE: what the kernel of TREE (a directory /…/lib/modules/RELEASE of a Debian kernel, with /…/boot beside it)
# exports, as tests/lib/exportsdump prints it from each source: its headers, which are downloaded, its image, its modules.
# All must agree with Module.symvers as awk reads it. Prints TAP. TREE is only read.
set -u
shopt -s inherit_errexit

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tree=$(cd "$1" && pwd -P) || exit 1
release=${tree##*/}
dump=${TENON_EXPORTSDUMP:-$top/build/tests/lib/exportsdump}
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/tenon}/trees
readonly top tree release cache dump
count=0

# shellcheck source=lab/fetch.sh
. "$top/lab/fetch.sh"
# shellcheck disable=SC2034 # fetch.sh reads it
apt_opts=()

report() { # STATUS TEXT
    (($1 == 0)) || printf 'not '
    printf 'ok %d - %s: %s\n' "$((++count))" "$release" "$2"
}

# is_from SOURCE FILE: the first line of what the system there says.
is_from() {
    [[ $(head -n 1 "$work/got") == "from $1 $2" ]]
    report $? "the source is $1"
}

# What is known of each name is what the build of the kernel wrote down; of the kernel's own without who may use them.
agree() {
    awk '
        NR == FNR { want[$1] = $0; next }
        FNR == 1 || $2 == "untold" { next }
        $4 == "unknown" && $3 == "vmlinux" { split(want[$1], w, " "); $0 = w[1] == $1 && w[2] == $2 && w[3] == $3 ? want[$1] : $0 }
        { n++; if (want[$1] != $0) { bad++; print "  # " $0 ", and not " want[$1] >"/dev/stderr" } }
        END { print n + 0; exit bad || !n }' "$work/want" "$work/got" >"$work/n" 2>"$work/diff"
    report $? "what modules need agrees in $(cat "$work/n") symbols"
    head -n 40 "$work/diff"
}

# Has the module tree, of links, with its indexes, and nothing else.
system() {
    mkdir -p "$work/$1/lib/modules"
    cp -al "$work/tree" "$work/$1/lib/modules/$release" || exit 1
}

fetch_ready
fetch "linux-headers-$release" || none "cannot download linux-headers-$release"
work=$(mktemp -d "$cache/symvers.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
headers=usr/src/linux-headers-$release
mkdir -p "$work/root/lib/modules"
cp -al "$tree" "$work/root/lib/modules/$release" || exit 1
ln -s "$(readlink -f "${TENON_TOOLS:-$top/build/src/kmod}/kmod")" "$work/depmod"
"$work/depmod" -b "$work/root" "$release" || exit 1
mv "$work/root/lib/modules/$release" "$work/tree"
rm -f "$work/tree/build" "$work/tree/source"

LC_ALL=C
export LC_ALL
# An empty namespace is a word too, behind a tab.
awk -F '\t' '{
    owner = $3; sub(/.*\//, "", owner); gsub(/-/, "_", owner)
    print $2, $1, owner, ($4 == "EXPORT_SYMBOL_GPL" ? "gpl" : "all"), $5
}' "$cache/linux-headers-$release/$headers/Module.symvers" | sort >"$work/want"
"$top/tests/lib/sample.py" --least 2000 <"$work/want" >"$work/sample"
cut -d' ' -f1 "$work/sample" >"$work/names"
echo no_such_symbol >>"$work/names"

system headers
mkdir -p "$work/headers/$headers"
ln -s "$cache/linux-headers-$release/$headers/Module.symvers" "$work/headers/$headers/"
"$dump" "$work/headers/lib/modules/$release" <"$work/names" >"$work/got"
is_from symvers "$work/headers/$headers/Module.symvers"
diff <(tail -n +2 "$work/got" | sort) <({ cat "$work/sample" && echo no_such_symbol nobody; } | sort)
report $? "Module.symvers is read as it is"

system image
ln -s "${tree%/lib/modules/*}/boot" "$work/image/boot"
"$dump" "$work/image/lib/modules/$release" <"$work/names" >"$work/got"
if [[ $(head -n 1 "$work/got") == "from modules " ]]; then
    # without the library that decompresses it
    report 0 "the image # SKIP cannot be read"
else
    is_from image "$work/image/boot/vmlinuz-$release"
    diff <(tail -n +2 "$work/got" | sort) <({ cat "$work/sample" && echo no_such_symbol nobody; } | sort)
    report $? "the image and the modules say the same"
fi

# Of compressed modules one needs long to read all.
if [[ ${TENON_SAMPLE:-100} == 100 || -n $(find "$tree" -name '*.ko' -print -quit) ]]; then
    system modules
    "$dump" "$work/modules/lib/modules/$release" <"$work/names" >"$work/got"
    is_from modules ''
    agree
fi
printf '1..%d\n' "$count"
