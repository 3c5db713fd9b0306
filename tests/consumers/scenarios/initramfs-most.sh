# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# initramfs-tools makes the image that a machine boots with: all drivers that one may need, and what live-boot adds.
# long: it takes long; initramfs-list shows another image of the same program
# result: files an initramfs of MODULES=most has the same files
# differs: files + .*/(crypto/xxhash_generic|sha256-ssse3)\.ko: btrfs has several softdep lines, and all of them count
# differs: files @weakdep
. /consumers/common.sh
depmod "$VER"
sed -i 's/^MODULES=.*/MODULES=most/; s/^COMPRESS=.*/COMPRESS=gzip/' /etc/initramfs-tools/initramfs.conf
mkinitramfs -o /tmp/initrd "$VER"
lsinitramfs /tmp/initrd | LC_ALL=C sort >/out/files
grep -q '/fs/btrfs/btrfs\.ko$' /out/files || die 'no btrfs.ko in the image'
