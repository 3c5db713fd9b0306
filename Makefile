# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Front doors for people. Each works as the first command on a fresh Debian or
# Ubuntu; everything else is meson and ninja, in build/ (and build-dev/, with
# sanitizers, for the tests).

DESTDIR =

.PHONY: try check check-long deb install clean build

# Boots a small Linux and shows real modules being found, loaded and removed.
try:
	@scripts/deps.sh build try
	@$(MAKE) --no-print-directory build
	@scripts/try.sh

# Every suite, with samples where there is much of a kind; ends with the numbers.
check:
	@scripts/deps.sh build check packages
	@$(MAKE) --no-print-directory build
	@tests/run

# Everything there is: no samples, and whole systems are made and booted. As root.
check-long:
	@scripts/deps.sh build check packages long
	@$(MAKE) --no-print-directory build
	@tests/run --long

# Debian packages, into build-deb.
deb:
	@scripts/deps.sh build packages
	@packaging/debian/build.sh

# Into DESTDIR; the prefix is /usr.
install:
	@scripts/deps.sh build
	@$(MAKE) --no-print-directory build
	@DESTDIR="$(DESTDIR)" meson install -C build

clean:
	rm -rf build build-*

build: build/build.ninja
	@ninja --quiet -C build

build/build.ninja:
	@meson setup build --prefix=/usr
