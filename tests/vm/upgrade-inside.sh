#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What tests/vm/debian-boot runs in a system with dkms: a small module of dkms, a second kernel (/debs) with that module,
# and the removal of both. Tells in sections what the tools made of it; what went wrong is in the section "trouble".
set -u
{ read -r old && read -r new; } </kernels
exec 3>/tmp/trouble

section() { printf '\n== %s\n' "$1"; }
trouble() { echo "$*" >&3; }
quietly() { "$@" >/tmp/log 2>&1 || { trouble "status $? of: $*" && cat /tmp/log >&3; }; }

# The index files of a kernel with their sums; binary ones as what can be found in them.
indexes() {
    (cd "/lib/modules/$1" && sha256sum modules.{dep,alias,symbols,softdep,devname} && echo modules.*.bin)
}

mkdir /usr/src/tenon-test-1.0 && cd /usr/src/tenon-test-1.0 || exit 1
cat >tenon_test.c <<'END'
#include <linux/module.h>
static int __init start(void) { return 0; }
static void __exit stop(void) { }
module_init(start);
module_exit(stop);
MODULE_ALIAS("of-the-test");
MODULE_VERSION("1.0");
MODULE_LICENSE("GPL");
END
echo 'obj-m := tenon_test.o' >Makefile
cat >dkms.conf <<'END'
PACKAGE_NAME=tenon-test
PACKAGE_VERSION=1.0
BUILT_MODULE_NAME=tenon_test
DEST_MODULE_LOCATION=/updates/dkms
AUTOINSTALL=yes
MAKE="make -C ${kernel_source_dir} M=${dkms_tree}/${PACKAGE_NAME}/${PACKAGE_VERSION}/build modules"
END

quietly dkms install tenon-test/1.0 -k "$old"
section 'dkms'
dkms status -k "$old"
modprobe -S "$old" -n -v of-the-test
modinfo -k "$old" -F version tenon_test

quietly dpkg -i /debs/*.deb
section 'second kernel'
(cd / && echo boot/*"$new")
dkms status -k "$new"
modprobe -S "$new" -n -v of-the-test
indexes "$new"
section 'second kernel, weak dependencies'
(cd "/lib/modules/$new" && echo modules.weakdep*)

quietly dpkg --purge "linux-headers-$new"
quietly dpkg --purge "linux-image-$new"
section 'second kernel, left behind'
find / -xdev -path /proc -prune -o -path /debs -prune -o -path /var/lib/dpkg -prune -o -name "*$new*" -print
section 'first kernel, after that'
indexes "$old"

quietly dkms remove tenon-test/1.0 --all
section 'dkms, left behind'
find /lib/modules /var/lib/dkms -name '*tenon*'
modprobe -S "$old" -n -q of-the-test; echo "status $?"
section 'trouble'
cat /tmp/trouble
