# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# What systemd's units and udev's boot script run, and what becomes of it.
# where: lab
# result: nodes kmod-static-nodes.service writes the same file
# result: made systemd-tmpfiles makes the same device nodes from it
# result: udev udev's boot script makes the same nodes
# result: loaded modprobe@.service loads the same modules
# result: said it prints the same, and ends in the same way
. /consumers/common.sh
# start UNIT INSTANCE: what the unit starts, as it stands there.
start() {
    local line

    line=$(sed -n 's/^ExecStart=-\?//p' "/lib/systemd/system/$1")
    [[ $line ]] || die "no command in $1"
    # shellcheck disable=SC2086 # words
    set -- ${line//%i/$2}
    "$@" 2>&1 && echo "$*: done" || echo "$*: status $?"
}

# nodes DIR: what is below it, with the numbers of devices.
nodes() { (cd "$1" && find . -exec stat -c '%n %F %a %t:%T' {} + | LC_ALL=C sort); }

start kmod-static-nodes.service '' >/out/said
cp /run/tmpfiles.d/static-nodes.conf /out/nodes
mkdir /tmp/made
systemd-tmpfiles --boot --create --root=/tmp/made --prefix=/dev /run/tmpfiles.d/static-nodes.conf
nodes /tmp/made >/out/made
grep -q ':' /out/made || die 'no device node was made'
(
    eval "$(sed -n '/^make_static_nodes()/,/^}/p' /etc/init.d/udev)"
    mount -n -t tmpfs dev /dev
    : >/dev/null
    make_static_nodes
    rm /dev/null
    nodes /dev
    umount -n /dev
) >/out/udev
grep -q 'net/tun character' /out/udev || die 'no /dev/net/tun'
echo 'blacklist btrfs' >/etc/modprobe.d/blacklist.conf
for name in configfs vfat fs-ext4 btrfs fs-btrfs no-such-module; do
    start modprobe@.service "$name" >>/out/said
    { echo "== $name" && loaded; } >>/out/loaded
done
