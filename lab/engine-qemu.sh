# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# The engine "QEMU": a kernel of the distribution in an emulated PC, without KVM,
# with the host's / read-only as its first root (9p). Sourced by lab/run, which
# gives stage, lab_dir, lab_cache, kernel, memory, smp, append, rw_dir,
# partial and run_guest.

# shellcheck source=lab/qemu-kernel.sh
. "$lab_dir/qemu-kernel.sh"

# Sets modules, the host's module tree for the guest's kernel.
engine_check() {
    local program

    for program in qemu-system-x86_64:qemu-system-x86 cpio:cpio; do
        command -v "${program%:*}" >/dev/null || fail "${program%:*} is not installed (package ${program#*:})"
    done
    modules=$("$lab_dir/kernels.sh" "${kernel:-6.1}") || fail "there is no kernel ${kernel:-6.1}"
    modules=$(readlink -f -- "$modules")
}

# The guest's first process: makes this run's files reachable, then does what
# every engine does.
engine_stage() {
    kernel_prepare "$modules"
    skeleton_kernel "$kernel_dir/kernel"
    mkdir -- "$stage/root"
    cp -- "$lab_dir/guest-init.sh" "$stage/guest-init.sh"
    {
        printf '#!/bin/sh\n'
        printf 'lab_stage=%s\n' "$(quote "$stage")"
        cat <<'END'
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

# DIR of the host, writable, at AT. What the guest writes is the host's at once.
engine_mount() {
    case $1 in
    "$lab_stage/out") engine_tag=out ;;
    *) engine_tag=rw ;;
    esac
    mount -n -t 9p -o rw,trans=virtio,version=9p2000.L,msize=512000,cache=none "$engine_tag" "$2"
}

# Before there is a /proc, the end of this process is a panic, and that the end of the guest.
engine_poweroff() {
    echo o >/proc/sysrq-trigger || exit 1
    while :; do sleep 1; done
}

. "$lab_stage/guest-init.sh"
END
    } >"$stage/init"
    chmod 755 "$stage/init"
}

# share TAG DIR MORE: a directory of the host's, as an argument for -virtfs.
share() { printf 'local,mount_tag=%s,path=%s,security_model=none,multidevs=remap%s' "$1" "${2//,/,,}" "$3"; }

# The machine: a processor without vulnerabilities to mitigate, no device that
# is not used. -accel tcg although /dev/kvm may be there: not everybody may use
# it, and in a virtual machine it may hang. no_timer_check: on a busy machine the
# timer looks broken to the kernel, which then panics. Emulated code that changes
# itself, as a kernel's does while it boots, is now and then run as it was before:
# a kernel that dies of that is booted again.
engine_boot() {
    local boots=1

    cd -- "$stage" || fail "cannot enter $stage"
    ulimit -c 0
    boot_once
    while died_booting && ((boots++ < 3)); do boot_once; done
}

boot_once() {
    local words='console=ttyS0 panic=-1 no_timer_check mitigations=off cryptomgr.notests rcupdate.rcu_expedited=1 quiet'

    run_guest qemu-system-x86_64 -machine q35 -accel tcg -cpu Nehalem -m "$memory" -smp "$smp" \
        -nodefaults -no-user-config -display none -no-reboot -chardev stdio,id=console,signal=off -serial chardev:console \
        -virtfs "$(share root / ,readonly=on)" -virtfs "$(share out "$stage/out" '')" \
        ${rw_dir:+-virtfs "$(share rw "$(readlink -f -- "$rw_dir")" '')"} \
        -kernel "$kernel_dir/kernel" -initrd "$kernel_dir/initrd" \
        -append "$words lab_init=\"$stage/init\"${append:+ $append}"
}
