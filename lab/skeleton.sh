# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# What the guest's root has of its own: directories, a made /etc, our tools
# under all their names. Everything else in it leads to the host's /usr, which
# the guest sees at /lab/host. Sourced by lab/run.

readonly sbin_tools=(modprobe insmod rmmod lsmod depmod modinfo)

skeleton_dirs() {
    mkdir -p -- "$skeleton"/{dev,lab/{host,out},mnt/host,proc,root,run,sys,tmp,var/tmp} \
        "$skeleton"/etc/{modprobe.d,depmod.d} \
        "$skeleton"/usr/{bin,sbin,local,lib/{modules,modprobe.d,depmod.d,modules-load.d}}
    chmod 1777 "$skeleton/tmp" "$skeleton/var/tmp"
}

skeleton_usr() {
    local dir

    for dir in /usr/*; do
        case $dir in
        /usr/bin | /usr/sbin | /usr/lib | /usr/local) ;;
        *) ln -s "/lab/host$dir" "$skeleton$dir" ;;
        esac
    done
    for dir in /bin /sbin /lib /lib32 /lib64 /libx32; do
        [[ ! -L $dir ]] || cp -d -- "$dir" "$skeleton$dir"
    done
    [[ -L /bin && -L /lib ]] || fail "this host's /bin and /lib are not links into /usr"
}

skeleton_etc() {
    local etc=$skeleton/etc

    printf '%s\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin >"$etc/passwd"
    printf '%s\n' root:x:0: nogroup:x:65534: >"$etc/group"
    printf '%s\n' lab >"$etc/hostname"
    ln -s /lab/host/etc/{alternatives,ld.so.cache,ld.so.conf,ld.so.conf.d} "$etc"
    ln -s /proc/self/mounts "$etc/mtab"
}

# The tools lie where a distribution has them. In a guest that is to have none
# the names lead nowhere, so that none leads to the host's.
skeleton_tools() {
    local name

    for name in "${sbin_tools[@]}"; do
        ln -s ../bin/kmod "$skeleton/usr/sbin/$name"
    done
    ln -s kmod "$skeleton/usr/bin/lsmod"
    if [[ $tools == none ]]; then
        ln -s /nonexistent "$skeleton/usr/bin/kmod"
    else
        cp -L -- "$tools/kmod" "$skeleton/usr/bin/kmod" || fail "cannot copy $tools/kmod"
        chmod 755 "$skeleton/usr/bin/kmod"
    fi
}

# A module tree as a fresh installation has it: the modules, and what the
# kernel's build wrote about them. The indexes are our depmod's work. TREE is
# the host's; the guest binds its kernel/ (skeleton_fstab).
skeleton_modules() {
    local tree=$1 dest

    dest=$skeleton/usr/lib/modules/${tree##*/}
    [[ -d $tree/kernel ]] || fail "no module tree in $tree"
    mkdir -p -- "$dest/kernel"
    cp -- "$tree"/modules.{order,builtin,builtin.modinfo} "$dest/" || fail "$tree is not complete"
}

skeleton_fstab() {
    local tree=$1

    printf '%s\n' \
        "/lab/host$tree/kernel /lib/modules/${tree##*/}/kernel none bind 0 0" \
        'sysfs /sys sysfs defaults 0 0' \
        'devtmpfs /dev devtmpfs mode=755 0 0' \
        'devpts /dev/pts devpts ptmxmode=666,X-mount.mkdir 0 0' \
        'tmpfs /dev/shm tmpfs mode=1777,X-mount.mkdir 0 0' >"$skeleton/lab/fstab"
}

# skeleton_kernel FILE: the guest's kernel, an ELF file, which tells what it exports.
skeleton_kernel() { ln -s -- "/lab/host$1" "$skeleton/lab/kernel"; }

skeleton_make() {
    skeleton=$stage/skeleton
    skeleton_dirs
    skeleton_usr
    skeleton_etc
    skeleton_tools
    skeleton_modules "$modules"
    skeleton_fstab "$modules"
    cp -- "$stage/script" "$skeleton/lab/script"
}
