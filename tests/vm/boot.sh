# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# Sourced: boots a whole system under QEMU. Wants $work and $here.

# shellcheck source=lab/qemu-kernel.sh
source "$here/../../lab/qemu-kernel.sh"

# Puts what looks at the system, and ends it, into the root.
add_probe() {
    local root=$1 unit
    cp "$here/probe.sh" "$root/usr/local/sbin/probe"
    chmod 755 "$root/usr/local/sbin/probe"
    cat >"$root/etc/systemd/system/probe.service" <<'END'
[Unit]
After=multi-user.target
[Service]
ExecStart=/usr/local/sbin/probe
StandardOutput=file:/dev/ttyS1
END
    for unit in multi-user.target.wants/probe.service:/etc/systemd/system/probe.service \
        sysinit.target.wants/systemd-udev-settle.service:/lib/systemd/system/systemd-udev-settle.service; do
        mkdir -p "$root/etc/systemd/system/${unit%%/*}"
        ln -s "${unit#*:}" "$root/etc/systemd/system/${unit%:*}"
    done
}

# boot ROOT RELEASE OUT: makes an image of the root and boots it; OUT gets what the probe says, OUT.console the console.
# The machine has a device of many kinds, so that udev has something to do.
boot() {
    local root=$1 release=$2 out=$3 image=$work/image kernel=$work/kernel
    rm -f "$image"
    mke2fs -q -t ext4 -O ^has_journal -d "$root" "$image" "$(($(du -xsm "$root" | cut -f 1) * 5 / 4 + 200))M" || return 1
    kernel_plain "$root/boot/vmlinuz-$release" "$kernel" || cp "$root/boot/vmlinuz-$release" "$kernel"
    timeout 3000 qemu-system-x86_64 -machine q35 -accel tcg,thread=multi -cpu Nehalem -m 1024 -smp 2 \
        -nodefaults -no-user-config -display none -no-reboot -serial "file:$out.console" -serial "file:$out" \
        -drive "file=$image,format=raw,if=virtio,snapshot=on" -nic user,model=virtio-net-pci -nic user,model=e1000e \
        -vga std -device virtio-rng-pci -device virtio-balloon -device qemu-xhci -device usb-tablet -device usb-storage,drive=stick \
        -drive "if=none,id=stick,format=raw,file=$kernel,snapshot=on" -device intel-hda -audiodev none,id=sound -device hda-duplex,audiodev=sound -device i6300esb \
        -kernel "$kernel" -initrd "$root/boot/initrd.img-$release" \
        -append 'root=/dev/vda ro console=ttyS0 panic=-1 no_timer_check mitigations=off cryptomgr.notests rcupdate.rcu_expedited=1 quiet' \
        </dev/null >"$out.qemu" 2>&1
    grep -q '^== end' "$out" && return
    echo "# the system did not come up; the end of its console:"
    tail -n 40 "$out.console" "$out.qemu" | sed 's/^/# /'
    return 1
}

# part OUT SECTION: what the probe said there.
part() { awk -v want="== $2" '/^== / { on = $0 == want; next } on && NF' "$1"; }
