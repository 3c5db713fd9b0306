# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# The kernel's build system: make modules_install, and its script for depmod as older kernels have it.
# result: made make modules_install ends with the same files
# differs: made @weakdep
# result: indexes the indexes are the same
# result: calls depmod is called in the same way
. /consumers/common.sh
record
mkdir -p /tmp/module /tmp/root/lib/modules
cd /tmp/module || exit
echo 'obj-m := giver.o' >Makefile
printf '%s\n' '#include <linux/module.h>' 'int given(void); int given(void) { return 0; } EXPORT_SYMBOL(given);' 'MODULE_LICENSE("GPL");' >giver.c
headers=/usr/src/linux-headers-$VER
make -s -C "$headers" M="$PWD" modules
cp -a "/lib/modules/$VER" /tmp/root/lib/modules/
cp "/boot/System.map-$VER" "$headers/System.map"
make -s -C "$headers" M="$PWD" INSTALL_MOD_PATH=/tmp/root modules_install
files /tmp/root >/out/made
indexes "/tmp/root/lib/modules/$VER" >/out/indexes
grep -q 'extra/giver.ko:' /out/indexes || grep -q 'updates/giver.ko:' /out/indexes || die 'no giver.ko in modules.dep'
calls >/out/calls
