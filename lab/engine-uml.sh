# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# The engine "User Mode Linux": Debian's linux.uml, with the host's / read-only
# as its first root. Sourced by lab/run, which gives stage, lab_dir, lab_cache,
# tools, memory, append and run_guest.

# A process has less address space here than AddressSanitizer's shadow needs.
refuse_sanitizer() {
    if LC_ALL=C grep -aqsE '__[atm]san_init|lib[atm]san\.so' "$1"; then
        fail "$1 is a sanitizer build, which cannot run in the guest; give --tools a plain build"
    fi
}

# Sets modules, the host's module tree for the guest's kernel.
engine_check() {
    local version

    [[ -z $kernel && $smp == 1 ]] || usage_error '--kernel and --smp are for --engine qemu'
    refuse_sanitizer "$tools/kmod"
    command -v linux.uml >/dev/null || fail 'linux.uml is not installed (package user-mode-linux)'
    version=$(linux.uml --version 2>/dev/null) || fail 'linux.uml --version failed'
    modules=/usr/lib/uml/modules/$version
    [[ -d $modules ]] || fail "no module tree in $modules (package user-mode-linux)"
}

# Prints the path of the ptrace shim, built on first use. Without a compiler
# the guest may still do: only some processors need the shim.
uml_shim() {
    local src=$lab_dir/uml-xstate.c sum lib

    sum=$(cksum <"$src")
    lib=$lab_cache/uml-xstate-${sum%% *}.so
    if [[ ! -e $lib ]]; then
        "${CC:-cc}" -O2 -shared -fPIC -o "$lib.$$" "$src" 2>/dev/null && mv -f -- "$lib.$$" "$lib"
        rm -f -- "$lib.$$"
    fi
    [[ ! -e $lib ]] || printf '%s' "$lib"
}

# The guest's first process: makes this run's files reachable, then does what
# every engine does.
engine_stage() {
    skeleton_kernel "$(readlink -f -- "$(command -v linux.uml)")"
    mkdir -- "$stage/root" "$stage/tmp" "$stage/uml"
    cp -- "$lab_dir/guest-init.sh" "$stage/guest-init.sh"
    {
        printf '#!/bin/sh\n'
        printf 'lab_stage=%s\n' "$(quote "$stage")"
        cat <<'END'
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

# DIR of the host, writable, at AT. The newer calls for mounting do not pass on an option that is a mere path.
engine_mount() {
    LIBMOUNT_FORCE_MOUNT2=always mount -n -t hostfs -o "rw,$1" none "$2"
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

# HOME, TMPDIR and uml_dir: the kernel's memory is a file in TMPDIR (a small
# /dev/shm would end in a bus error), its sockets live in uml_dir, and without
# HOME it does not start. LD_PRELOAD reaches the kernel alone, not the guest; its
# value is relative because blanks and colons would end a path in it.
engine_boot() {
    local shim

    cd -- "$stage" || fail "cannot enter $stage"
    shim=$(uml_shim)
    [[ -z $shim ]] || cp -- "$shim" uml-xstate.so
    ulimit -c 0
    run_guest env -i HOME="$stage" TMPDIR="$stage/tmp" PATH="$PATH" ${shim:+LD_PRELOAD=./uml-xstate.so} \
        linux.uml mem="${memory}M" root=/dev/root rootfstype=hostfs rootflags=/ ro \
        init="\"$stage/init\"" uml_dir=uml/ con=null con0=null,fd:1 ssl=null \
        initcall_blacklist=raid6_select_algo ${append:+"$append"}
}
