# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# systemd's kernel-install with the plugin for depmod.
# result: added kernel-install add makes the same files
# differs: added @weakdep
# result: indexes the indexes are the same
# result: removed kernel-install remove takes them away
# result: said it prints the same
# result: calls depmod is called in the same way
. /consumers/common.sh
record
tree=/lib/modules/$VER
rm -rf /etc/kernel/install.d
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
mkdir -p /efi /boot/0123456789abcdef0123456789abcdef
{
    kernel-install -v add "$VER" "/boot/vmlinuz-$VER" 2>&1
    echo "status $?"
    files "$tree" >/out/added
    indexes "$tree" >/out/indexes
    kernel-install -v remove "$VER" 2>&1
    echo "status $?"
} >/out/said
files "$tree" >/out/removed
calls >/out/calls
