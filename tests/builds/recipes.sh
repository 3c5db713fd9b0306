#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# recipes.sh: the packages' recipes of other distributions, as far as they can be tried on this one: rpmbuild makes the RPM
# package, with what meson's macros are there, and the functions of PKGBUILD and APKBUILD are run. Prints TAP.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
# shellcheck source=scripts/files.sh
source scripts/files.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(sed -n "s/^ *version: '\(.*\)',$/\1/p" meson.build | head -n 1)
name=tenon-$version
tests=0 failed=0

# Where samples are tried, what is not shown here is not built: neither the unit tests, nor as a fast program.
quick=
if [[ ${TENON_SAMPLE:-100} != 100 ]]; then
    export CFLAGS=-O0
    quick=-Dtests=false
fi

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" >"$work/out" 2>&1 || ok='not ' failed=$((failed + 1))
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
    [[ -z $ok ]] || tail -n 40 "$work/out" | sed 's/^/# /'
}

agree() {
    grep -qx "Version: *$version" packaging/rpm/tenon.spec && grep -qx "pkgver=$version" packaging/arch/PKGBUILD &&
        grep -qx "pkgver=$version" packaging/alpine/APKBUILD
}

rpm_package() {
    tar -czf "$work/$name.tar.gz" -C "$work" "$name" &&
        rpmbuild -bb --nodeps --nocheck --define "_topdir $work/rpm" --define "_sourcedir $work" \
            --define "debug_package %{nil}" \
            --define "meson meson setup _build --prefix=/usr --libdir=%{_libdir} -Dtests=false" \
            --define 'meson_build meson compile -C _build' \
            --define 'meson_install DESTDIR=%{buildroot} meson install -C _build' --define 'meson_test true' \
            packaging/rpm/tenon.spec
}

# Each function in a shell that ends at the first failure, in the directory where its distribution calls it.
provides_kmod() { rpm -qp --provides "$work"/rpm/RPMS/*/*.rpm | grep -q '^kmod = 34'; }
pkgbuild() {
    (cd "$work" && mkdir -p pkg && mkdir -p pkg-workbench && pkgdir=$work/pkg srcdir=$work quick=$quick bash -euc 'meson() { if [[ $1 == setup ]]; then command meson "$@" $quick; else command meson "$@"; fi; }
        source '"$name"'/packaging/arch/PKGBUILD && build && package_tenon && pkgdir=$srcdir/pkg-workbench && package_tenon-workbench')
}
apkbuild() {
    (cd "$work/$name" && mkdir -p "$work/apk" "$work/apk-static" "$work/apk-workbench" && builddir=$PWD pkgdir=$work/apk subpkgdir=$work/apk-static \
        quick=$quick sh -euc 'abuild_meson() { meson setup --prefix=/usr --wrap-mode=nodownload "$@" $quick; }
        alias abuild-meson=abuild_meson
        amove() { mkdir -p "$subpkgdir/${1%/*}" && mv "$pkgdir/$1" "$subpkgdir/${1%/*}"; }
        . packaging/alpine/APKBUILD && build && package && static && subpkgdir=$subpkgdir/../apk-workbench && workbench')
}
# has DIR PATH...: the tools are there.
has() {
    local dir=$1 path
    shift
    for path; do [[ -e $dir/$path || -L $dir/$path ]] || { echo "no $path" && return 1; }; done
}

# lacks DIR PATH...: they are not.
lacks() {
    local dir=$1 path
    shift
    for path; do [[ ! -e $dir/$path ]] || { echo "there is $path" && return 1; }; done
}

mkdir "$work/$name" && tree_files | xargs -0 cp --parents -t "$work/$name" || exit 1
check 'all recipes name the version of meson.build' agree
if command -v rpmbuild >/dev/null; then
    check 'rpmbuild makes a package' rpm_package
    check 'which provides kmod' provides_kmod
else
    echo "ok $((++tests)) - rpmbuild makes a package # SKIP no rpmbuild (package rpm)"
fi
check 'PKGBUILD builds and installs' pkgbuild
check 'which gives the programs' has "$work/pkg/usr/bin" kmod depmod insmod lsmod modinfo modprobe rmmod
check 'and those of the workbench apart' has "$work/pkg-workbench/usr" bin/tenon share/tenon/schemas/document.schema.json
check 'and not with the others' lacks "$work/pkg/usr" bin/tenon share/tenon share/zsh/site-functions/_tenon
check 'APKBUILD builds and installs' apkbuild
check 'which gives the programs, too' has "$work/apk" bin/kmod sbin/{depmod,insmod,lsmod,modinfo,modprobe,rmmod}
check 'and the workbench apart' has "$work/apk-workbench" bin/tenon usr/share/tenon/schemas/document.schema.json
check 'and not with the others' lacks "$work/apk" bin/tenon usr/share/tenon
check 'and one without libraries' has "$work/apk-static" usr/libexec/tenon/kmod
echo "1..$tests"
((failed == 0))
