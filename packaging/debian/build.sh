#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# build.sh [DIR]: builds the Debian packages of this tree as it is, from a copy of it, into DIR (default: build-deb).
# The same tree gives the same packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$here/../.."
# shellcheck source=scripts/files.sh
source scripts/files.sh
out=$(realpath -m "${1:-build-deb}")

fail() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}

command -v dpkg-buildpackage dh >/dev/null || fail 'dpkg-buildpackage or dh is missing; run: scripts/deps.sh compile build deb'
version=$(sed -n "s/^ *version: '\(.*\)',$/\1/p" meson.build | head -n 1)
packaged=$(dpkg-parsechangelog -l packaging/debian/changelog -S Version)
[[ $packaged == "$version-"* ]] || fail "packaging/debian/changelog says $packaged, meson.build $version"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tenon"
tree_files | xargs -0 cp --parents -t "$work/tenon"
cp -r packaging/debian "$work/tenon/debian"
# The tests are not run once more, and no package of debug symbols is made.
options="nocheck noautodbgsym parallel=$(nproc)"
(cd "$work/tenon" && DEB_BUILD_PROFILES=nocheck DEB_BUILD_OPTIONS=$options dpkg-buildpackage -b -us -uc) >"$work/log" 2>&1 || {
    tail -n 60 "$work/log" >&2
    fail 'the packages cannot be built'
}
mkdir -p "$out"
rm -f "$out"/*.deb
cp "$work"/*.deb "$out"
ls "$out"/*.deb
