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

apt_opts=()

# shellcheck source=lab/fetch.sh
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../../lab/fetch.sh"

fetch_ready
for package in "${packages[@]}"; do
    fetch "$package" || none "cannot download $package"
    printf '%s\n' "$cache/$package"
done
