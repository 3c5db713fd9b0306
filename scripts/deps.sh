#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# deps.sh SET...: installs by apt what the sets of packages need and what is not there yet. Silent and quick when all
# is there. Nothing is removed, and nothing upgraded that the missing packages do not insist on. This is the one list.
# deps.sh --missing SET...: only prints what it would install.
set -euo pipefail

declare -rA sets=(
    # A compiler and what drives it: enough for the tools, without what is optional.
    [compile]='gcc libc6-dev meson ninja-build pkg-config'
    [build]='libarchive-dev libdeflate-dev libjson-c-dev liblzma-dev libsmartcols-dev libssl-dev libzstd-dev scdoc zlib1g-dev'
    [tests]='libcmocka-dev'
    [try]='dosfstools libjson-c-dev libsmartcols-dev user-mode-linux'
    # kmod is what we compare with; the lab runs a part of the cases.
    [check]='bash-completion clang-format cpio dosfstools doxygen fish g++ gzip iproute2 kmod libc6-dbg libkmod-dev mandoc
             musl-tools python3 python3-jsonschema qemu-system-x86 shellcheck strace systemd user-mode-linux valgrind xz-utils zsh zstd'
    # What makes the Debian packages, and what tests them and those of others.
    [deb]='build-essential debhelper'
    [packages]='debootstrap lintian rpm'
    [long]='e2fsprogs'
)

missing=()

fail() {
    printf 'deps: %s\n' "$@" >&2
    exit 1
}

find_missing() {
    local set package state

    for set; do
        [[ -n ${sets[$set]-} ]] || fail "no such set: $set (there are: ${!sets[*]})"
        for package in ${sets[$set]}; do
            state=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | head -n 1) || true
            [[ $state == installed ]] || missing+=("$package")
        done
    done
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Another program (a fresh machine's automatic upgrade) may hold the lock for a while.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

command -v dpkg-query apt-get >/dev/null ||
    fail 'this is not Debian or Ubuntu: install what these Debian packages hold, then use meson directly:' "${sets[@]}"
if [[ ${1-} == --missing ]]; then
    shift
    find_missing "$@"
    printf '%s\n' "${missing[@]}"
    exit 0
fi
find_missing "$@"
((${#missing[@]})) || exit 0

printf 'deps: installing %s\n' "${missing[*]}"
((EUID == 0)) || command -v sudo >/dev/null ||
    fail 'neither root nor sudo; as root, run:' "  apt-get install --no-install-recommends ${missing[*]}"
apt update || printf 'deps: apt-get update failed; trying with the lists that are there\n' >&2
apt install -y --no-install-recommends --no-remove --no-upgrade "${missing[@]}" ||
    fail "could not install: ${missing[*]}" "(Ubuntu has some of them in \"universe\": add-apt-repository universe)"
