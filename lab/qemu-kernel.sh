# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# What QEMU boots, made from the unpacked package of a kernel: the kernel in a form that starts fast, and an initramfs
# that reaches the host's files. Sourced by engine-qemu.sh.

# bytes FILE OFFSET SIZE: a little-endian number, as the boot protocol has them.
bytes() { od -An -v "-tu$3" -j "$2" -N "$3" -- "$1" | tr -d ' '; }

# kernel_plain BZIMAGE OUT: the ELF file that BZIMAGE holds compressed. Unpacked by an emulated processor it would cost
# three seconds a boot. The boot header (Documentation/arch/x86/boot.rst) says where it lies; its size, four bytes, is
# the last thing there, and the decompressors rightly complain about that. Fails when the form is not known.
kernel_plain() {
    local image=$1 out=$2 start len tool

    start=$((($(bytes "$image" $((0x1f1)) 1) + 1) * 512 + $(bytes "$image" $((0x248)) 4)))
    len=$(bytes "$image" $((0x24c)) 4)
    case $(od -An -v -tx1 -j "$start" -N 4 -- "$image" | tr -d ' ') in
    fd377a58) tool='xz --single-stream' ;;
    28b52ffd) tool='zstd -q' ;;
    1f8b*) tool=gzip ;;
    *) return 1 ;;
    esac
    tail -c "+$((start + 1))" -- "$image" | head -c "$((len - 4))" | $tool -dc >"$out" 2>/dev/null
    [[ $(stat -c %s -- "$out") == "$(bytes "$image" $((start + len - 4)) 4)" ]]
}

module_bytes() {
    case $1 in
    *.xz) xz -dc -- "$1" ;;
    *) cat -- "$1" ;;
    esac
}

# add_module TREE NAME: appends the files of NAME's dependencies, then its own, to ordered. The package has no
# modules.dep; a module that has no file is built in.
add_module() {
    local file dep

    [[ -z ${added[$2]-} ]] || return 0
    added[$2]=yes
    file=$(find "$1/kernel" -regex ".*/${2//[-_]/[-_]}\\.ko\\(\\.xz\\)?" -print -quit)
    [[ -n $file ]] || return 0
    for dep in $(module_bytes "$file" | tr '\0' '\n' | sed -n 's/^depends=//p' | tr , ' '); do
        add_module "$1" "$dep"
    done
    ordered+=("$file")
}

# kernel_initrd TREE DIR: makes DIR/initrd.
kernel_initrd() {
    local root=$2/initrd.d number=10 file
    local -A added=()
    local ordered=()

    for file in virtio_pci 9pnet_virtio 9p; do
        add_module "$1" "$file"
    done
    [[ " ${ordered[*]}" == */9p.ko* ]] || fail "${1##*/} has no 9p (the cloud flavour has none): choose another kernel"
    mkdir -p -- "$root"/{host,modules}
    "${CC:-cc}" -O2 -static -o "$root/init" "$lab_dir/qemu-init.c" || return
    for file in "${ordered[@]}"; do
        module_bytes "$file" >"$root/modules/$number-$(basename -- "$file" .xz)" || return
        number=$((number + 1))
    done
    (cd -- "$root" && find . | cpio --quiet -o -H newc) >"$2/initrd" && rm -rf -- "$root"
}

# kernel_prepare TREE: sets kernel_dir, where `kernel` and `initrd` are ready to boot; made once, kept in the cache.
# The kernel lies in the boot/ that TREE's package has beside lib/.
kernel_prepare() {
    local tree=$1 image=${1%/lib/modules/*}/boot/vmlinuz-${1##*/} sum new

    sum=$(cat -- "$lab_dir"/qemu-{kernel.sh,init.c} | cksum)
    kernel_dir=$lab_cache/qemu-${tree##*/}-${sum%% *}
    [[ ! -d $kernel_dir ]] || return 0
    new=$(mktemp -d -- "$kernel_dir.XXXXXX") || fail "cannot create a directory in $lab_cache"
    partial+=("$new")
    kernel_plain "$image" "$new/kernel" || cp -- "$image" "$new/kernel" || fail "no kernel $image"
    kernel_initrd "$tree" "$new" || fail "cannot make an initramfs of $tree"
    mv -T -- "$new" "$kernel_dir" 2>/dev/null || [[ -d $kernel_dir ]] || fail "cannot create $kernel_dir"
}
