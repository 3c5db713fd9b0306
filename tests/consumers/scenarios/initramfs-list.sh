# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# initramfs-tools again: modules by name and by alias, with options, commands and softdeps in the configuration; hooks; firmware.
# result: modules modules, their dependencies, softdeps and firmware are in the image, and what has an install command if it was named
# result: indexes the indexes in it are the same
# result: said mkinitramfs ends and complains in the same way
# result: hooks what hook-functions print of modules and firmware is the same
# result: calls our tools are called in the same way
. /consumers/common.sh
record
rm /usr/share/initramfs-tools/hooks/live
depmod "$FULL"
sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=gzip/' /etc/initramfs-tools/initramfs.conf
cat >>/etc/initramfs-tools/modules <<'LIST'
# names, with - and _, aliases, parameters, a built-in one and one that is not there
dm-crypt
dm_mirror
r8169
bnx2
nvme nvme_core.io_timeout=1
pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00
fs-vfat
usb_storage delay_use=2
snd-hda-intel
unix
no-such-module
LIST
cat >/etc/modprobe.d/scenario.conf <<'CONF'
install usb_storage /bin/true
install scsi_mod echo loading scsi_mod; modprobe --ignore-install scsi_mod $CMDLINE_OPTS
options nvme poll_queues=1
softdep dm_crypt pre: xts post: serpent_generic
blacklist bnx2
blacklist snd_hda_intel
alias my-disk ahci
CONF
for name in bnx2/bnx2-mips-09-6.2.1b.fw rtl_nic/rtl8168g-2.fw; do
    mkdir -p "/lib/firmware/${name%/*}"
    echo "$name" >"/lib/firmware/$name"
done
cat >/etc/initramfs-tools/hooks/scenario <<'HOOK'
#!/bin/sh
[ "$1" != prereqs ] || exit 0
. /usr/share/initramfs-tools/hook-functions
manual_add_modules my-disk virtio_net ext4 no-such-module
manual_add_modules loop
force_load i2c-dev
copy_modules_dir kernel/fs/nls nls_utf8.ko
add_firmware no/such/firmware || echo 'no such firmware'
HOOK
chmod 755 /etc/initramfs-tools/hooks/scenario
status=0
mkinitramfs -v -o /tmp/initrd "$FULL" >/tmp/said 2>&1 || status=$?
{
    echo "status $status"
    grep -v -e '^Copying' -e '^Adding' -e '^Calling' -e '^Building' /tmp/said || true
} >/out/said
grep -e '^Adding module' -e '^Adding firmware' -e '^Adding [^ ]*/firmware' /tmp/said >/out/hooks
unmkinitramfs /tmp/initrd /tmp/image
(cd /tmp/image && find . -name '*.ko' -o -path '*/firmware/*' -o -path '*/modprobe.d/*' | LC_ALL=C sort) >/out/modules
for name in dm-crypt serpent_generic dm-mirror usb-storage e1000 bnx2-mips-09-6.2.1b rtl8168g-2 ahci jbd2 realtek; do
    grep -q "/$name\.\(ko\|fw\)$" /out/modules || die "no $name in the image"
done
indexes "/tmp/image/usr/lib/modules/$FULL" >/out/indexes
calls >/out/calls
