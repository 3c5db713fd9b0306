#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck disable=SC2317 # the functions that check is given
# preflight.sh: tenon check --kernel on a real kernel 6.1 with the modules of 6.12 beside it. First as the distribution has
# them, where nothing is to be found; then with seven things that differ, each of which is found, and no other. Prints TAP.
set -uo pipefail

# shellcheck source=tests/lab/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lab/lib.sh"
TENON_CACHE=$user_cache # the kernels are large

build=${TENON_BUILD:-$top/build}
skip() {
    echo "1..0 # SKIP $*"
    exit 0
}
command -v qemu-system-x86_64 >/dev/null || skip 'no qemu-system-x86_64 (package qemu-system-x86)'
[[ -e $build/src/tenon/tenon ]] || skip 'built without the workbench (json-c, libsmartcols)'
from=$("$top/lab/kernels.sh" 6.1 2>"$tmp/err") || skip "no kernel 6.1: $(tail -n 1 "$tmp/err")"
to=$("$top/lab/kernels.sh" 6.12 2>"$tmp/err") || skip "no kernel 6.12: $(tail -n 1 "$tmp/err")"
release=${to##*/}
image=${to%/lib/modules/*}/boot/vmlinuz-$release
[[ -e $image ]] || image=${to%/usr/lib/modules/*}/boot/vmlinuz-$release

# What the guest loads, and what these need there: a part of the trees, so that depmod has little to read.
parts=(kernel/fs/{9p,netfs,fscache,fat,minix,nls} kernel/net/9p kernel/drivers/{virtio,nvme,net/dummy.ko,block} kernel/crypto kernel/lib
    kernel/arch kernel/drivers/net/ethernet/broadcom kernel/drivers/net/{phy,mdio} kernel/drivers/{ptp,pps,hwmon,net/mdio})
ln -s "$build/src/kmod/kmod" "$tmp/depmod"

# copy TREE DIR: makes DIR/lib/modules/RELEASE of a part of it.
copy() {
    local tree=$1 to=$2/lib/modules/${1##*/} part
    mkdir -p "$to"
    cp "$tree"/modules.{order,builtin,builtin.modinfo} "$to"
    for part in "${parts[@]}"; do
        mkdir -p "$to/${part%/*}"
        cp -r "$tree/$part"* "$to/${part%/*}/" 2>/dev/null
    done
}

index() {
    "$tmp/depmod" -b "$1" "$2" 2>"$tmp/err" || { cat "$tmp/err" && exit 1; }
}

unpack() {
    xz -d "$1".xz && printf '%s\n' "$1"
}

# As 6.12 is, and with what an upgrade can take away.
copy "$to" "$tmp/same"
index "$tmp/same" "$release"
cp -r "$tmp/same" "$tmp/worse"
tree=$tmp/worse/lib/modules/$release
mkdir "$tree/extra"
cp -r "$from/kernel/drivers/net/dummy.ko" "$tree/extra/stale.ko"                                  # another kernel's
rm -r "$tree/kernel/fs/minix"                                                                     # gone
sed -i 's/parm\(type\)\?=max_part:/parm\1=max_pary:/g' "$(unpack "$tree/kernel/drivers/block/brd.ko")" # without a parameter
sed -i 's/firmware=tigon/firmware=tigox/g' "$(unpack "$tree/kernel/drivers/net/ethernet/broadcom/tg3.ko")"
xz -dc "$tree/kernel/drivers/block/loop.ko.xz" >"$tree/extra/lost.ko"
sed -i 's/blk_mq_alloc_tag_set/blk_mq_alloc_tag_sex/g' "$tree/extra/lost.ko" # needs what nobody exports
xz -dc "$tree/kernel/drivers/block/loop.ko.xz" >"$tree/extra/crc.ko"
"$top/tests/lib/breakmod" --crc blk_mq_alloc_tag_set=12345678 "$tree/extra/crc.ko" # a symbol in another version
# virtio_pci is built in there, which is not written down for its devices; here it is neither
sed -i '/virtio_pci.ko/d' "$tree/modules.builtin"
index "$tmp/worse" "$release"

cat >"$tmp/script" <<END
cd /tmp
depmod
mount -t tmpfs tmpfs /lib/firmware 2>/dev/null || mkdir -p /lib/firmware
mkdir -p /lib/firmware/tigon /etc/modprobe.d && touch /lib/firmware/tigon/tg3.bin
modprobe -a dummy brd loop vfat minix nvme tg3 || exit 9
tenon check --kernel $release --json >same.json
echo same \$?
tenon view same.json >&2
printf 'options brd max_part=1\ninstall nvme_auth /bin/false\n' >/etc/modprobe.d/a.conf
mount --bind /worse/lib/modules/$release /lib/modules/$release
tenon check --kernel $release --json >worse.json
echo worse \$?
tenon view --width=1000 worse.json | grep -E '^(error|warning|note|not seen): ' | sort
END
"$top/lab/run" --timeout 900 --memory 512 --engine qemu --kernel 6.1 --tools "$build/src/kmod" \
    --bind "$build/src/tenon/tenon:/usr/bin/tenon" --bind "$tmp/same/lib/modules/$release:/lib/modules/$release" \
    --bind "$tmp/worse:/worse" --bind "$image:/boot/vmlinuz-$release" "$tmp/script" >"$tmp/out" 2>"$tmp/err"
status=$?

said() { grep -qE "^$1\$" "$tmp/out"; }
check 'the guest ran to its end' said 'worse 1'
check 'nothing is found of the kernel as the distribution has it' said 'same 0'
check 'a module that is gone' said "warning: .* has no module minix: nothing there has the alias fs-minix"
check 'a module that was built for another kernel' said "error: stale was built for kernel 6\.1\..*"
check 'a symbol that is gone' said 'error: lost needs blk_mq_alloc_tag_sex, which neither .*'
check 'a symbol of another version' said 'error: crc was built against another version of blk_mq_alloc_tag_set .*'
check 'a new dependency that is denied' said 'error: nvme(_core)? needs nvme_auth, and that fails'
check 'by which line' said 'error: /etc/modprobe.d/a.conf line 2 says that nvme_auth is never loaded: .*'
check 'a parameter that is gone' said "warning: brd has no parameter 'max_part', .*"
check 'firmware that is gone' said 'warning: tg3 asks for firmware tigox/.*'
check 'a device that nothing serves' said 'warning: it may be that .* has nothing for a device that virtio_pci serves here: pci:.*'
others() { ! grep -E '^(error|warning|note|not seen): ' "$tmp/out" | grep -vE ' (minix:?|stale|lost|crc|nvme|nvme_core|brd|tg3) |nvme_auth|virtio_pci'; }
check 'and nothing else' others
echo "1..$n"
exit "$failed"
