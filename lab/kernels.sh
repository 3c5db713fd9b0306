#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# kernels.sh VERSION...: downloads Debian's kernel packages of these versions, unpacks them into the cache, and prints
# the module tree of each, CACHE/trees/PACKAGE/lib/modules/RELEASE. Nothing is installed, and no privilege is needed. What is in the cache already is not
# downloaded again. A VERSION is a release (6.1.0-50-amd64), or the beginning of one, perhaps with a flavour (6.1,
# 6.12-cloud): the newest of it that the archive has, or else the cache.
# 6.1:s390x is one of another architecture, to be read as data: apt gets lists of its own in the cache for it, and the
# machine's are left alone. Status 77, with the reason on standard error, when a kernel cannot be had.
set -u
shopt -s inherit_errexit nullglob

cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or TENON_CACHE must be set}/.cache}/tenon}/trees
readonly cache

# shellcheck source=lab/fetch.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/fetch.sh"

# The newest of the names that come in on standard input and match the pattern.
newest() { grep -E -- "$1" | sort -V | tail -n 1; }

# for_arch ARCH: what apt is to be told of another architecture than the machine's; its lists are fetched once a day.
for_arch() {
    local own=$cache/apt-$1

    apt_opts=()
    [[ $1 != "$(dpkg --print-architecture)" ]] || return 0
    mkdir -p "$own/state/lists/partial" "$own/cache/archives/partial" || none "cannot write in $cache"
    : >"$own/status"
    apt_opts=(-o "Dir::State=$own/state" -o "Dir::State::status=$own/status" -o "Dir::Cache=$own/cache"
        -o "APT::Architecture=$1" -o "APT::Architectures=$1" -o APT::Sandbox::User=root -o Acquire::Languages=none)
    (
        flock 9 # another run may be at it
        [[ -z $(find "$own/updated" -mtime -1 2>/dev/null) ]] || exit 0
        # a list that is missing leaves the others; what is not there is not found
        apt-get "${apt_opts[@]}" update -qq >&2
        : >"$own/updated"
    ) 9>"$own/lock"
}

# package_of VERSION ARCH: prints the name of its package.
package_of() {
    local release flavour='' pattern found arch=$2

    [[ $arch != i386 ]] || arch=686
    if [[ $1 == *-"$arch" || ! $1 =~ ^[0-9.]+(-[a-z0-9]+)?$ ]]; then
        printf 'linux-image-%s' "$1"
        return
    fi
    release=${1%%-*}
    [[ $1 != *-* ]] || flavour=-${1#*-}
    pattern="^linux-image-${release//./\\.}\\.[0-9][0-9.]*([+~][a-z0-9.]+)?(-[0-9]+)?$flavour-$arch\$"
    found=$(apt-cache "${apt_opts[@]}" pkgnames "linux-image-$release." 2>/dev/null | newest "$pattern")
    [[ -n $found ]] || found=$(cd "$cache" && printf '%s\n' linux-image-* | newest "$pattern")
    printf '%s' "$found"
}

fetch_ready
for wanted; do
    version=${wanted%:*} arch=$(dpkg --print-architecture)
    [[ $wanted != *:* ]] || arch=${wanted#*:}
    for_arch "$arch"
    package=$(package_of "$version" "$arch")
    [[ -n $package ]] || none "apt-cache knows no kernel $wanted (apt-get update?)"
    fetch "$package" || none "cannot download $package"
    printf '%s\n' "$cache/$package"/lib/modules/*
done
