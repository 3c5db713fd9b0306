#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# empty-root.sh KMOD MKMOD [MODULEDIR SYSCONFDIR DISTCONFDIR]: a static build in a root that has nothing but the program
# and a module tree, with every compression that the build has. Prints TAP.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u
PATH=$PATH:/usr/sbin:/sbin # chroot, for a user
kmod=$(realpath "$1") mkmod=$(realpath "$2")
modules=${3-/lib/modules} etc=${4-/etc} dist=${5-/usr/lib}
mods=$modules/6.1.0

if [[ ${6-} != inside ]]; then
    if ! unshare -Urm true 2>/dev/null; then
        echo '1..0 # SKIP this machine allows no mount namespace (unshare -Urm)'
        exit 0
    fi
    exec unshare -Urm bash "${BASH_SOURCE[0]}" "$kmod" "$mkmod" "$modules" "$etc" "$dist" inside
fi

top=$(mktemp -d)
trap 'umount "$top"; rmdir "$top"' EXIT
mount -t tmpfs tmpfs "$top"
tests=0 failed=0

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" || ok='not ' failed=$((failed + 1))
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
}

# says EXPECTED COMMAND...: in the root, the command prints this, on both streams, and succeeds.
says() {
    local expected=$1 out
    shift
    out=$(chroot "$top" "$@" 2>&1) && [[ $out == "$expected" ]] && return
    printf '# %s\n' "$*: not what is expected:" "${out//$'\n'/$'\n# '}"
    return 1
}

is_static() { ! readelf -lW "$kmod" | grep -q INTERP; }
lists_commands() { chroot "$top" /kmod help | grep -q modprobe; }
has() { [[ $("$kmod" --version) == *"+$1"* ]]; }

for name in kmod modprobe depmod lsmod modinfo; do cp "$kmod" "$top/$name"; done
mkdir -p "$top$mods/kernel" "$top$etc/modprobe.d" "$top$dist/modprobe.d"
touch "$top$mods/"modules.{order,builtin,builtin.modinfo}
deps=() need=() insmods=

# The large one of gzip is decompressed by another library.
for form in plain:ko:9 ZLIB:ko.gz:9 ZLIB:ko.gz:40000000 XZ:ko.xz:9 ZSTD:ko.zst:9; do
    IFS=: read -r feature suffix size <<<"$form"
    [[ $feature == plain ]] || has "$feature" || continue
    name=m${suffix//./_}_$size
    "$mkmod" -o "$top$mods/kernel/$name.ko" --name "$name" --export "f_$name" --info "alias=a:$name" --data "$size" "${need[@]}"
    case $suffix in
    ko.gz) gzip "$top$mods/kernel/$name.ko" ;;
    ko.xz) xz --check=crc32 "$top$mods/kernel/$name.ko" ;;
    ko.zst) zstd -q --rm "$top$mods/kernel/$name.ko" ;;
    esac
    deps=("kernel/$name.$suffix:$(printf ' %s' "${deps[@]%%:*}")" "${deps[@]}")
    [[ ${deps[0]} == *': ' ]] && deps[0]=${deps[0]% }
    insmods+=${insmods:+$'\n'}"insmod $mods/kernel/$name.$suffix "
    need=(--need "f_$name")
done
echo "options $name x=etc" >"$top$etc/modprobe.d/a.conf"
echo "options $name x=hidden" >"$top$dist/modprobe.d/a.conf"
echo "options $name y=dist" >"$top$dist/modprobe.d/b.conf"

check 'it needs no library' is_static
check 'depmod indexes the tree' says '' /depmod 6.1.0
check 'the dependencies are right' diff <(printf '%s\n' "${deps[@]}" | sort) <(sort "$top$mods/modules.dep")
check 'modprobe finds them by an alias, with options from both directories' \
    says "${insmods}x=etc y=dist " /modprobe -S 6.1.0 -n "a:$name"
check 'options after the name, and abbreviated' says "${insmods}x=etc y=dist " /modprobe "$name" --set-ver=6.1.0 --dry
check 'modinfo reads the last of them' says "a:$name" /modinfo -k 6.1.0 -F alias "$name"
check 'the program names its commands' lists_commands
check 'nothing else was written' diff - \
    <(cd "$top" && find . -type f ! -path "./${mods#/}/modules.*" | sort) <<<"$(
        cd "$top" && printf '%s\n' ./{kmod,modprobe,depmod,lsmod,modinfo} ".$etc/modprobe.d/a.conf" ".$dist/modprobe.d/"{a,b}.conf \
            ".$mods/kernel/"* | sort)"
echo "1..$tests"
((failed == 0))
