# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# The scripts of Debian's kernel package, when it is installed, removed and purged. Those of initramfs-tools run with them.
# result: installed after the installation the module directory has the same files
# differs: installed @weakdep
# result: indexes the indexes are the same
# result: image the scripts of others had a module tree to work with
# result: removed after the removal it has the same files
# differs: removed @weakdep
# result: purged after the purge the same is left
# differs: purged + .*-cloud-amd64: the script does not know modules.weakdep, which the distribution's kmod does not write
# differs: purged @weakdep
# result: said the scripts print the same
# differs: said + rmdir:.*: the same
# result: calls our tools are called in the same way
. /consumers/common.sh
record
rm /usr/share/initramfs-tools/hooks/live
tree=/lib/modules/$VER
export DPKG_MAINTSCRIPT_PACKAGE=linux-image-$VER DPKG_MAINTSCRIPT_ARCH=amd64 DPKG_RUNNING_VERSION=1.21.22 DEBIAN_FRONTEND=noninteractive

# script NAME ARG...: a script of the package, as dpkg runs it.
script() {
    local status=0

    echo "== $*"
    DPKG_MAINTSCRIPT_NAME=$1 "/linux-image/$1" "${@:2}" 2>&1 || status=$?
    echo "status $status"
}

rm /etc/kernel/post*.d/dracut
sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=gzip/' /etc/initramfs-tools/initramfs.conf
echo loop >>/etc/initramfs-tools/modules
{
    script preinst install
    script postinst configure ''
} >/tmp/said
files "$tree" >/out/installed
indexes "$tree" >/out/indexes
lsinitramfs "/boot/initrd.img-$VER" | grep '\.ko$' | LC_ALL=C sort >/out/image
script prerm remove >>/tmp/said
# what dpkg itself takes away
rm -r "$tree"/{kernel,build,source,modules.order,modules.builtin,modules.builtin.modinfo} "/boot/vmlinuz-$VER"
script postrm remove >>/tmp/said
files "$tree" >/out/removed
script postrm purge >>/tmp/said
find /lib/modules/ -maxdepth 2 -not -path "*/$FULL/*" >/out/purged
cp /tmp/said /out/said
calls >/out/calls
