#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# root.sh: makes a small Debian with the programs that use our tools as a directory in the cache, and prints its name. There are two kernels in it, the
# whole one and the one for the cloud, and the headers of the second. The packages are downloaded and unpacked, never installed: no script of theirs runs, and nothing of the machine is touched
# or used but apt and its lists. No privilege is needed. What is in the cache already is not made again.
# Status 77, with the reason on standard error, when it cannot be had.
set -u
shopt -s inherit_errexit nullglob

# With what they depend on. What is in different rows may conflict: it does so in its scripts, which do not run.
readonly whole=(
    '?essential mawk zstd kmod udev systemd busybox initramfs-tools dkms linux-base iptables procps ansible-core'
    'dracut'
)
# The files alone: scripts that need no more than the root has by now. PACKAGE, and a pattern if not all is wanted.
readonly parts=(
    'ansible ./usr/lib/python3/dist-packages/ansible_collections/community/general/plugins/*/modprobe.py'
    'live-boot'
    'live-boot-initramfs-tools'
    'alsa-utils ./usr/sbin/alsa-info'
    'lm-sensors ./usr/sbin/sensors-detect'
    'lxc ./usr/bin/lxc-checkconfig'
)

top=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd -P)
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or TENON_CACHE must be set}/.cache}/tenon}/roots
readonly top cache
new=

none() {
    printf '%s\n' "$1" >&2
    exit 77
}

# get ARG...: apt-get, for a machine on which no package is installed yet.
get() {
    apt-get -qq -o "Dir::State::status=$new/status" -o "Dir::Cache=$new/apt" -o APT::Sandbox::User=root "$@" >"$new/log" 2>&1 && return
    cat "$new/log" >&2
    none "cannot download: apt-get $*"
}

download() {
    local row words

    mkdir -p "$new/apt/archives/partial" "$new/parts" || none "cannot write in $new"
    : >"$new/status"
    for row in "${whole[@]}" "linux-headers-$1"; do
        read -ra words <<<"$row"
        get --yes --no-install-recommends --download-only install "${words[@]}"
    done
    cd "$new/parts" || exit
    get download "${parts[@]%% *}"
    get download "linux-image-$1"
}

# unpack DEB [PATTERN]: into $new/root, through the links there.
unpack() {
    dpkg-deb --fsys-tarfile "$1" |
        tar -C "$new/root" -x --keep-directory-symlink --no-same-owner --wildcards --exclude='./usr/share/doc/*' \
            --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' -f - ${2+"$2"}
}

unpack_all() {
    local name part words

    for name in bin sbin lib lib32 lib64 libx32; do
        mkdir -p "$new/root/usr/$name"
        ln -s "usr/$name" "$new/root/$name"
    done
    export -f unpack
    export new
    # shellcheck disable=SC2016 # for the inner shell
    printf '%s\0' "$new"/apt/archives/*.deb | xargs -0 -n 8 -P 2 bash -c 'for deb; do unpack "$deb" || exit 255; done' _ || return
    for part in "${parts[@]}"; do
        read -ra words <<<"$part"
        unpack "$new/parts/${words[0]}"_*.deb "${words[@]:1}" || return
    done
}

# The kernels' files are the cache's own, by a second name.
add_kernels() {
    local kernel

    mkdir -p "$new/root/boot" "$new/root/usr/lib/modules"
    for kernel in "${kernels[@]}"; do
        cp -al "$kernel"/boot/* "$new/root/boot/" && cp -al "$kernel"/lib/modules/* "$new/root/usr/lib/modules/" || return
    done
    dpkg-deb -e "$new"/parts/linux-image-*.deb "$new/root/linux-image"
}

# What the packages' scripts would have done, as far as anybody here needs it.
settle() {
    cd "$new/root" || return
    mkdir -p consumers dev out proc sys run root tmp var/tmp var/lib/dpkg etc/{modprobe.d,depmod.d}
    ln -s mawk usr/bin/awk
    ln -s which.debianutils usr/bin/which
    printf '%s\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin >etc/passwd
    printf '%s\n' root:x:0: nogroup:x:65534: >etc/group
    printf '%s\n' consumers >etc/hostname
    : >etc/fstab
    : >var/lib/dpkg/status
    ln -s /proc/self/mounts etc/mtab
    # In a guest, root is no longer root after a program that is set to another owner.
    find usr -xdev -perm /6000 -exec chmod a-s {} + || return
    /sbin/ldconfig -r . || return
}

for program in apt-get dpkg-deb; do
    command -v "$program" >/dev/null || none "no program $program: is this not Debian?"
done
trees=$("$top/lab/kernels.sh" 6.1 6.1-cloud) || exit
mapfile -t kernels <<<"$trees"
release=${kernels[1]##*/}
kernels=("${kernels[@]%/lib/modules/*}")
root=$cache/consumers-$release-$(sha256sum <"$0" | head -c 12)
if [[ ! -d $root ]]; then
    mkdir -p "$cache" || none "cannot write in $cache"
    new=$(mktemp -d "$cache/new.XXXXXX") || none "cannot write in $cache"
    trap 'rm -rf "$new"' EXIT
    trap 'exit 130' HUP INT TERM
    download "$release"
    if ! { unpack_all && add_kernels && settle; }; then none 'cannot unpack what was downloaded'; fi
    chmod 755 "$new/root"
    mv -T "$new/root" "$root" 2>/dev/null || [[ -d $root ]] || none "cannot write in $cache" # another run may have been first
fi
printf '%s\n' "$root"
