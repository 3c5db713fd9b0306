#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Downloads and unpacks the newest cloud kernels of Debian 12, and prints the directory of each module tree. Nothing is
# installed, no privilege is needed. What is in the cache already is not downloaded again.
# Status 77, with the reason on standard error, when they cannot be had.
set -u
shopt -s inherit_errexit

cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or TENON_CACHE must be set}/.cache}/tenon}/trees
readonly cache
readonly patterns=(
    '^linux-image-6\.1\.[0-9.]+-[0-9]+-cloud-amd64$'
    '^linux-image-6\.12\.[0-9.]+\+deb12-cloud-amd64$'
)

skip() {
    printf '%s\n' "$1" >&2
    exit 77
}

# The newest package whose name matches, of the archive or else of the cache.
newest() {
    local found

    found=$(apt-cache search --names-only "$1" 2>/dev/null | cut -d' ' -f1 | grep -E "$1" | sort -V | tail -n 1)
    [[ -n $found ]] || found=$(find "$cache" -mindepth 1 -maxdepth 1 -printf '%f\n' | grep -E "$1" | sort -V | tail -n 1)
    printf '%s' "$found"
}

# Unpacks PACKAGE as $cache/PACKAGE; it takes that name only when it is whole.
fetch() {
    local new

    new=$(mktemp -d "$cache/new.XXXXXX") || skip "cannot write in $cache"
    if (cd "$new" && apt-get -o APT::Sandbox::User=root download -qq "$1" >log 2>&1) &&
        dpkg-deb -x "$new/$1"_*.deb "$new/root" && mv -T "$new/root" "$cache/$1"; then
        rm -rf "$new"
        return 0
    fi
    tail -n 3 "$new/log" >&2
    rm -rf "$new"
    [[ -d $cache/$1 ]] # another run may have been first
}

if ! command -v apt-get dpkg-deb >/dev/null; then
    skip 'no apt-get or dpkg-deb'
fi
mkdir -p "$cache" || skip "cannot write in $cache"
for pattern in "${patterns[@]}"; do
    package=$(newest "$pattern")
    [[ -n $package ]] || skip "apt-cache search finds no $pattern (apt-get update?)"
    [[ -d $cache/$package ]] || fetch "$package" || skip "cannot download $package"
    printf '%s\n' "$cache/$package"/lib/modules/*
done
