#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# programs.sh: downloads the distribution's packages of programs that use the library, unpacks them into the cache, and
# prints the directory of each, in the order of the list. Nothing is installed, and no privilege is needed. What is in
# the cache already is not downloaded again. Status 77, with the reason on standard error, when one cannot be had.
set -u
shopt -s inherit_errexit nullglob

readonly packages=(udev pciutils libpci3 dracut-core)
cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or TENON_CACHE must be set}/.cache}/tenon}/clients
readonly cache

none() {
    printf '%s\n' "$1" >&2
    exit 77
}

# Unpacks PACKAGE as $cache/PACKAGE; it takes that name only when it is whole.
fetch() {
    local new

    new=$(mktemp -d "$cache/new.XXXXXX") || none "cannot write in $cache"
    if (cd "$new" && apt-get -o APT::Sandbox::User=root download -qq "$1" >log 2>&1 && mkdir root) &&
        dpkg-deb -x "$new/$1"_*.deb "$new/root" && mv -T "$new/root" "$cache/$1"; then
        rm -rf "$new"
        return 0
    fi
    tail -n 3 "$new/log" >&2
    rm -rf "$new"
    [[ -d $cache/$1 ]] # another run may have been first
}

for program in apt-get dpkg-deb; do
    command -v "$program" >/dev/null || none "no program $program: is this not Debian?"
done
mkdir -p "$cache" || none "cannot write in $cache"
for package in "${packages[@]}"; do
    [[ -d $cache/$package ]] || fetch "$package" || none "cannot download $package"
    printf '%s\n' "$cache/$package"
done
