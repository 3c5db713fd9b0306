# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by the benchmarks: arguments, both tool sets under their names, a copy of a module tree, the table.

here=$(dirname "$(readlink -f "$0")")
tools=$here/../build/src/kmod
oracle=/usr/bin/kmod
tree=''
rounds=15

die() {
    echo "${0##*/}: $*" >&2
    exit 2
}

usage() {
    # The comment at the head of the script is its help.
    sed -n '3,/^set /{/^# \{0,1\}/s///p}' "$0"
}

parse_arguments() {
    while [[ $# -gt 0 ]]; do
        case $1 in
        --tools | --oracle | --rounds) [[ $# -gt 1 ]] || die "$1 needs an argument" ;;&
        --tools) tools=$2; shift ;;
        --oracle) oracle=$2; shift ;;
        --rounds) rounds=$2; shift ;;
        -h | --help) usage; exit 0 ;;
        -*) die "unknown option $1" ;;
        *) tree=$1 ;;
        esac
        shift
    done
}

# The module directory (.../VERSION) to work on: the one given, else the first with modules in it.
find_tree() {
    local dir
    for dir in "$tree" "/lib/modules/$(uname -r)" /lib/modules/* /usr/lib/uml/modules/*; do
        if [[ -n $dir && -d $dir/kernel ]]; then
            readlink -f "$dir"
            return
        fi
    done
    die 'no module tree: give one, .../lib/modules/VERSION'
}

# Makes $room with ours/ and theirs/, and $room/root/lib/modules/$version; away at the end.
prepare() {
    local name
    [[ -x $tools/kmod ]] || die "no kmod in $tools: build it (without sanitizers), or say --tools DIR"
    [[ -x $oracle ]] || die "no $oracle to compare with, say --oracle FILE"
    tree=$(find_tree)
    version=${tree##*/}
    room=$(mktemp -d "${TMPDIR:-/var/tmp}/tenon-bench-XXXXXX")
    trap 'rm -rf "$room"' EXIT
    mkdir -p "$room/ours" "$room/theirs" "$room/root/lib/modules"
    for name in modprobe depmod lsmod modinfo; do
        ln -s "$(readlink -f "$tools/kmod")" "$room/ours/$name"
        ln -s "$(readlink -f "$oracle")" "$room/theirs/$name"
    done
    # Links where the file system allows it: nothing writes into a module file.
    cp -al "$tree" "$room/root/lib/modules/" 2>/dev/null || cp -a "$tree" "$room/root/lib/modules/"
    # The copies of the indexes must not be links, because depmod will write them.
    rm -f "$room/root/lib/modules/$version"/modules.{dep,alias,symbols,softdep,weakdep,devname}{,.bin}
    rm -f "$room/root/lib/modules/$version"/modules.builtin{,.alias}.bin
    "$room/theirs/depmod" -b "$room/root" "$version" 2>/dev/null || die "$oracle cannot index $tree"
    echo "# $(find "$room/root" -name '*.ko*' | wc -l) modules of $version, $rounds rounds, $(nproc) processors"
}

# cpu TIMES COMMAND...: user and system milliseconds of one of so many runs; with CLOCK=wall, those that pass meanwhile.
cpu() {
    local n=$1 i line
    local TIMEFORMAT='%U %S'
    shift
    [[ ${CLOCK-} != wall ]] || TIMEFORMAT=%R
    line=$({ time for ((i = 0; i < n; i++)); do "$@" >/dev/null 2>&1 || true; done; } 2>&1)
    awk -v n="$n" '{ printf "%.4f\n", ($1 + $2) * 1000 / n }' <<<"$line"
}

# compare TITLE TIMES TOOL ARGUMENT...: a row of the table. Ours and theirs take turns, so that what else the
# machine does meets both; the ratio is the median of the ratios of the pairs.
compare() {
    local title=$1 times=$2 tool=$3 i
    shift 3
    cpu 1 "$room/ours/$tool" "$@" >/dev/null
    cpu 1 "$room/theirs/$tool" "$@" >/dev/null
    for ((i = 0; i < rounds; i++)); do
        echo "$(cpu "$times" "$room/ours/$tool" "$@") $(cpu "$times" "$room/theirs/$tool" "$@")"
    done | awk -v title="$title" '
        function median(a, n,   i, j, t) {
            for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j - 1] > a[j]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
            return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
        }
        { ours[NR] = $1; theirs[NR] = $2; ratio[NR] = $2 > 0 ? $1 / $2 : 0 }
        END {
            m = median(ratio, NR)
            printf "%-32s %10.2f %10.2f %8.2f   %.2f-%.2f\n", title, median(ours, NR), median(theirs, NR), m, ratio[1], ratio[NR]
        }'
}

table_head() {
    printf '%-32s %10s %10s %8s   %s\n' '# CPU time a run, ms' tenon kmod ratio 'of the pairs'
}

# works TOOL ARGUMENT...: whether both tools can do it at all; a benchmark of an error message is worth nothing.
works() {
    local tool=$1 set
    shift
    for set in ours theirs; do
        if ! "$room/$set/$tool" "$@" >/dev/null 2>"$room/error"; then
            echo "# left out: $tool $*: $set: $(head -n 1 "$room/error")"
            return 1
        fi
    done
}

# list_loaded COUNT NAME...: writes $room/modules, a /proc/modules of the first COUNT modules of the tree that are not
# among the names. Sizes and holders are as they might be: a module is held by those of them that modules.dep says need it.
list_loaded() {
    local count=$1
    shift
    awk -F: -v count="$count" -v without=" $* " '
        function name(path) { sub(".*/", "", path); sub("\\.ko.*", "", path); gsub("-", "_", path); return path }
        n < count && index(without, " " name($1) " ") == 0 {
            order[++n] = name($1)
            for (i = split($2, deps, " "); i > 0; i--) holders[name(deps[i])] = holders[name(deps[i])] name($1) ","
        }
        END {
            for (i = 1; i <= n; i++) {
                h = holders[order[i]]
                print order[i], 16384 + 4096 * (i % 50), gsub(",", ",", h), h ? h : "-", "Live 0x0000000000000000"
            }
        }' "$room/root/lib/modules/$version/modules.dep" >"$room/modules"
}

# in_root COMMAND...: in the made root, which README.md describes, with the tools of both in /ours and /theirs. There must be
# a $room/modules. TENON, if set, is a file that is in /ours, too.
# shellcheck disable=SC2016
in_root() {
    unshare -Urm bash -c '
        set -e
        room=$1 release=$2 files=$3 made=$1/made
        shift 3
        mkdir -p "$made"
        mount -t tmpfs tmpfs "$made"
        mkdir -p "$made"/{proc,run,tmp,dev,etc/modprobe.d,usr/lib/modprobe.d,usr/lib/modules/"$(uname -r)",boot,sys/module}
        mkdir -p "$made"/.host/{proc,usr} "$made"/{ours,theirs}
        for dir in usr proc; do mount --rbind "/$dir" "$made/.host/$dir"; done
        mount --rbind /dev "$made/dev"
        for entry in /usr/* /usr/lib/*; do [[ -e $made$entry ]] || ln -s "/.host$entry" "$made$entry"; done
        for dir in bin sbin lib lib32 lib64 libx32; do ln -s "usr/$dir" "$made/$dir"; done
        cp /etc/ld.so.cache "$made/etc/" # without it, libraries are looked for in ten places
        cp "$files"/modprobe.d/* "$made/usr/lib/modprobe.d/"
        mount --bind "$room/root/lib/modules/$release" "$made/usr/lib/modules/$(uname -r)"
        for entry in self cpuinfo; do ln -s "/.host/proc/$entry" "$made/proc/$entry"; done # valgrind wants them
        cp "$files/cmdline" "$room/modules" "$made/proc/"
        while read -r name _ refs _; do
            mkdir "$made/sys/module/$name"
            echo live >"$made/sys/module/$name/initstate"
            echo "$refs" >"$made/sys/module/$name/refcnt"
        done <"$room/modules"
        cp -L "$room"/ours/* ${TENON:+"$TENON"} "$made/ours/"
        cp -L "$room"/theirs/* "$made/theirs/"
        exec chroot "$made" "$@"' in_root "$room" "$version" "$here/root" "$@"
}

# Instructions that a command takes in user mode, and its system calls, both in the made root. Its status is all one.
instructions_in_root() {
    { in_root valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null || true; } |
        awk '/Collected/ { print $NF }'
}

calls_in_root() {
    { in_root strace -f -qq "$@" 2>&1 >/dev/null || true; } | grep -c '('
}
