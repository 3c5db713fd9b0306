# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# dracut makes an image, with the library for modules that the distribution has, and our tools for the rest.
# result: files the image has the same files
# differs: files @weakdep
# result: indexes the indexes in it are the same
# result: said dracut ends and complains in the same way
# result: checks what its functions make of our answers is the same
# result: calls our tools are called in the same way
. /consumers/common.sh
record
depmod "$VER"
status=0
dracut --no-hostonly --no-hostonly-cmdline --no-compress --no-early-microcode --kver "$VER" \
    --modules 'base kernel-modules dm fs-lib rootfs-block udev-rules' \
    --add-drivers 'dm_crypt loop btrfs' --tmpdir /tmp /tmp/image >/tmp/said 2>&1 || status=$?
{ echo "status $status" && sed -E 's/dracut\.[A-Za-z0-9]+/dracut.XXXXXX/g; /^dracut: (Files|Compared|Duration):/d; /^mknod:/d' /tmp/said; } >/out/said
mkdir /tmp/unpacked
(cd /tmp/unpacked && cpio -id --quiet </tmp/image)
[[ -d /tmp/unpacked/usr/lib/modules/$VER ]] || die 'no modules in the image'
files /tmp/unpacked >/out/files
indexes "/tmp/unpacked/usr/lib/modules/$VER" >/out/indexes
(
    # shellcheck disable=SC2034 # for dracut's functions
    dracutsysrootdir='' kernel=$VER
    for name in dm_mod loop ext4 no_such_module; do
        modprobe -d "$dracutsysrootdir" -S "$kernel" --dry-run "$name" >/dev/null 2>&1 && echo "$name is there" || echo "$name is not there"
        modinfo -k "$kernel" "$name" >/dev/null 2>&1 && echo "$name is known" || echo "$name is not known"
    done
    # the function that fips.sh has for modules that may be missing
    eval "$(sed -n '/^nonfatal_modprobe()/,/^}/p' /usr/lib/dracut/modules.d/01fips/fips.sh)"
    nonfatal_modprobe no_such_module 2>&1
    echo "status $?"
) >/out/checks || true
calls >/out/calls
