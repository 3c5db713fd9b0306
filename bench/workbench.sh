#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# workbench.sh [--tools DIR] [.../lib/modules/VERSION]
#
# Instructions and system calls of tenon beside 200 loaded modules, in a made root: /proc/modules there names the first 200
# of the tree. valgrind counts the instructions, strace the calls. Beside them lsmod, for what the same text costs there.
# Then the time that tenon check --kernel takes for 100 modules and another kernel, which is fetched; TREE is plain 6.1 then.
set -euo pipefail

# shellcheck source=bench/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
parse_arguments "$@"
command -v valgrind >/dev/null || die 'valgrind is not installed'
command -v strace >/dev/null || die 'strace is not installed'
rounds=1
prepare
tenon=$(readlink -f "$tools")/../tenon/tenon
[[ -x $tenon ]] || die "no tenon beside $tools: build the workbench"

list_loaded 200
export TENON=$tenon

# row TITLE COMMAND...; bounded TITLE COMMAND...: the latter is to stay within 3 million instructions and 150 calls.
row() {
    local title=$1 instructions calls
    shift
    instructions=$(instructions_in_root "$@")
    calls=$(calls_in_root "$@")
    printf '%-32s %14d %14d%s\n' "$title" "$instructions" "$calls" "$(verdict)"
}

verdict() { :; }

bounded() {
    verdict() { if ((instructions < 3000000 && calls < 150)); then echo '   under 3,000,000 and 150: yes'; else echo '   under 3,000,000 and 150: NO'; fi; }
    row "$@"
    verdict() { :; }
}

printf '%-32s %14s %14s\n' '# beside 200 modules' instructions calls
row 'lsmod' /ours/lsmod
bounded 'tenon list' /ours/tenon list
bounded 'tenon why vfat' /ours/tenon why vfat
bounded 'tenon why fs-vfat' /ours/tenon why fs-vfat
bounded 'tenon why nf_conntrack' /ours/tenon why nf_conntrack
row 'tenon show vfat' /ours/tenon show vfat
row 'tenon graph vfat' /ours/tenon graph vfat

# upgrade_to TREE: in $room/two the kernel of TREE, with its image, beside the one that the rows above are about.
upgrade_to() {
    local top=${1%/lib/modules/*} release=${1##*/}
    mkdir -p "$room/two/lib/modules" "$room/two/boot"
    ln "${top%/usr}/boot/vmlinuz-$release" "$room/two/boot/" 2>/dev/null || cp "${top%/usr}/boot/vmlinuz-$release" "$room/two/boot/"
    cp -al "$1" "$room/two/lib/modules/" 2>/dev/null || cp -a "$1" "$room/two/lib/modules/"
    mv "$room/root/lib/modules/$version" "$room/two/lib/modules/"
    # The copies of the indexes must not be links, because depmod will write them.
    rm -f "$room/two/lib/modules/$release"/modules.{dep,alias,symbols,softdep,weakdep,devname}{,.bin} \
        "$room/two/lib/modules/$release"/modules.builtin{,.alias}.bin
    "$room/ours/depmod" -b "$room/two" "$release"
}

# files_of TREE NAME...: the files of the modules, and of all that they need.
files_of() {
    local tree=$1
    shift
    awk -F: -v tree="$tree" -v names="$*" '
        function name(path) { sub(".*/", "", path); sub("\\.ko.*", "", path); gsub("-", "_", path); return path }
        BEGIN { for (i = split(names, list, " "); i > 0; i--) wanted[list[i]] = 1 }
        name($1) in wanted { file[$1] = 1; for (i = split($2, deps, " "); i > 0; i--) file[deps[i]] = 1 }
        END { for (path in file) print tree "/" path }' "$tree/modules.dep"
}

# milliseconds COMMAND...: elapsed, the median of nine runs.
milliseconds() {
    local i
    local TIMEFORMAT=%3R
    for i in 1 2 3 4 5 6 7 8 9; do
        { time "$@" >/dev/null 2>&1 || true; } 2>&1
    done | sort -n | awk 'NR == 5 { print $1 * 1000 }'
}

# Everything that a laptop has loaded, against another kernel; beside it, what it takes to decompress the same files.
row_upgrade() {
    local other release files names ours theirs
    other=$("$here/../lab/kernels.sh" 6.12 2>/dev/null) || { echo '# left out: check --kernel: no kernel 6.12' && return; }
    release=${other##*/}
    upgrade_to "$other"
    mapfile -t names < <(tr ' ' '\n' <"$here/laptop")
    mapfile -t files < <(files_of "$room/two/lib/modules/$release" "${names[@]}")
    ours=$(milliseconds "$tenon" check --root "$room/two" -k "$version" --kernel "$release" "${names[@]}")
    theirs=$(milliseconds xz -dc "${files[@]}")
    printf '\n%-32s %14s %14s %8s\n' '# elapsed, ms' tenon 'xz -dc' ratio
    awk -v title="check --kernel, ${#names[@]} modules" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-32s %14.0f %14.0f %8.2f   at most 1000 ms: %s\n", title, a, b, a / b, a <= 1000 ? "yes" : "NO" }'
}

row_upgrade
