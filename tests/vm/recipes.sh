# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# Sourced: the recipes of the layers (layers.sh). The text of a recipe is what its layer is known by.

# The smallest Debian there is, and the archive's addresses.
bare() {
    local root=$1 mirror
    mirror=$(apt_sources | awk 'NR == 1 { print $2 }')
    debootstrap --variant=minbase "$suite" "$root" "$mirror"
    apt_sources >"$root/etc/apt/sources.list"
    apt_in "$root" clean
}

# A small Debian with systemd, udev and an initramfs generator, no kernel, and the archive's lists.
small() {
    local root=$1 mirror
    mirror=$(apt_sources | awk 'NR == 1 { print $2 }')
    debootstrap --variant=minbase --include=systemd-sysv,udev,kmod,pciutils,initramfs-tools,zstd,xz-utils \
        "$suite" "$root" "$mirror"
    apt_sources >"$root/etc/apt/sources.list"
    apt_in "$root" update
    apt_in "$root" upgrade
    apt_in "$root" clean
}

# Upon small: what the way back to kmod needs, and a package that has files of similar names.
switching() {
    local root=$1
    apt_in "$root" install bash-completion
    mkdir -p "$root/t/kmod/partial"
    apt_in "$root" -o Dir::Cache::Archives=/t/kmod install --reinstall -d kmod libkmod2
    apt_in "$root" clean
}

# Upon small: the older of the two newest kernels, installed. /kernels names both.
kernel() {
    local root=$1
    inside "$root" apt-cache pkgnames linux-image-6.1. | sed -nE 's/^linux-image-(6\.1\.0-[0-9]+-amd64)$/\1/p' |
        sort -V | tail -n 2 >"$root/kernels"
    [[ $(wc -l <"$root/kernels") -eq 2 ]]
    apt_in "$root" install "linux-image-$(head -n 1 "$root/kernels")"
    apt_in "$root" clean
    # What systemd-modules-load is to do, and with which parameter.
    echo dummy >"$root/etc/modules-load.d/test.conf"
    echo 'options dummy numdummies=3' >"$root/etc/modprobe.d/test.conf"
    echo '/dev/vda / ext4 errors=remount-ro 0 1' >"$root/etc/fstab"
    echo debian >"$root/etc/hostname"
}

# Upon kernel: dracut in the place of initramfs-tools.
dracut() {
    local root=$1
    apt_in "$root" install dracut initramfs-tools- initramfs-tools-core-
    apt_in "$root" clean
}

# Upon kernel: its modules compressed, as this kernel cannot decompress them.
compressed() {
    find "$1/lib/modules" -name '*.ko' -print0 | xargs -0 -P "$(nproc)" -n 64 xz -0 --check=crc32
}

# Upon kernel: dkms with all it needs to build, and in /debs the other kernel, to be installed later.
builder() {
    local root=$1 old new
    { read -r old && read -r new; } <"$root/kernels"
    apt_in "$root" install dkms "linux-headers-$old" libdpkg-perl
    mkdir "$root/debs" "$root/debs/partial"
    apt_in "$root" -o Dir::Cache::Archives=/debs install -d "linux-image-$new" "linux-headers-$new"
    rm -rf "$root/debs/partial" "$root/debs/lock"
    apt_in "$root" clean
}
