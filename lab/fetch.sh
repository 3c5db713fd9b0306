# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
#
# Sourced: downloads packages of the distribution and unpacks them into $cache, a directory. Nothing is installed, and
# no privilege is needed. What else apt is to be told stands in apt_opts.

# Ends with status 77: what is wanted cannot be had, and why.
none() {
    printf '%s\n' "$1" >&2
    exit 77
}

fetch_ready() {
    local program

    for program in apt-cache apt-get dpkg-deb; do
        command -v "$program" >/dev/null || none "no program $program: is this not Debian?"
    done
    mkdir -p "$cache" || none "cannot write in $cache"
}

# Unpacks PACKAGE as $cache/PACKAGE, unless it is there; it takes that name only when it is whole.
fetch() {
    local new

    [[ ! -d $cache/$1 ]] || return 0
    new=$(mktemp -d "$cache/new.XXXXXX") || none "cannot write in $cache"
    # What mktemp gives is for one user alone; the tree is for whoever may enter the cache.
    if (cd "$new" && apt-get -o APT::Sandbox::User=root "${apt_opts[@]}" download -qq "$1" >log 2>&1 && mkdir root) &&
        dpkg-deb -x "$new/$1"_*.deb "$new/root" && mv -T "$new/root" "$cache/$1"; then
        rm -rf "$new"
        return 0
    fi
    tail -n 3 "$new/log" >&2
    rm -rf "$new"
    [[ -d $cache/$1 ]] # another run may have been first
}
