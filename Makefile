# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Front doors for people. Each works as the first command on a fresh Debian or
# Ubuntu; everything else is meson and ninja, in build/ (and build-dev/, with
# sanitizers, for the tests).

DESTDIR =

.PHONY: try check check-long deb install clean build

# Boots a small Linux and shows real modules being found, loaded and removed.
# TIMEOUT=1200 allows more seconds than 300, on a slow machine.
try:
	@scripts/deps.sh compile try
	@scripts/try.sh

# Every suite, with samples where there is much of a kind; ends with the numbers.
check:
	@scripts/deps.sh compile build tests check deb packages
	@$(MAKE) --no-print-directory build
	@tests/run

# Everything there is: no samples, and whole systems are made and booted. As root.
check-long:
	@scripts/deps.sh compile build tests check deb packages long
	@$(MAKE) --no-print-directory build
	@tests/run --long

# Debian packages, into build-deb.
deb:
	@scripts/deps.sh compile build deb
	@packaging/debian/build.sh

# Into DESTDIR; the prefix is /usr.
install:
	@scripts/deps.sh compile build tests
	@$(MAKE) --no-print-directory build
	@DESTDIR="$(DESTDIR)" meson install -C build

clean:
	rm -rf build build-*

build:
	@scripts/build.sh build all --prefix=/usr
