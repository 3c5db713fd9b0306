# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# Makes images with initramfs-tools and dracut, in /out: NAME.COMPRESSION.
. /consumers/common.sh
depmod "$VER"
rm /usr/share/initramfs-tools/hooks/live
echo 'options loop max_loop=3' >/etc/modprobe.d/mine.conf
sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=zstd/' /etc/initramfs-tools/initramfs.conf
printf '%s\n' ext4 dm-crypt loop >>/etc/initramfs-tools/modules
mkinitramfs -o /out/initramfs-tools.zstd "$VER"
dracut --no-hostonly --no-hostonly-cmdline --gzip --no-early-microcode --kver "$VER" --modules 'base kernel-modules' \
    --drivers 'dm_crypt loop btrfs' --tmpdir /tmp /out/dracut.gzip
