# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by the scenarios.

# die TEXT: the scenario fails.
die() {
    printf '%s\n' "$1" >&2
    exit 1
}

# record: from now on /tmp/calls gets every command line of a tool of kmod's. The tool itself runs as before.
record() {
    local name

    mkdir /tmp/recorded
    cp /usr/bin/kmod /tmp/recorded/
    for name in modprobe insmod rmmod lsmod depmod modinfo; do ln -s kmod "/tmp/recorded/$name"; done
    cat >/tmp/wrapper <<'WRAPPER'
#!/bin/bash
printf '%s\n' "${0##*/} $*" >>/tmp/calls
exec "/tmp/recorded/${0##*/}" "$@"
WRAPPER
    chmod 755 /tmp/wrapper
    mount -n --bind /tmp/wrapper /usr/bin/kmod
}

# The recorded command lines, each once. What mktemp made up is taken out.
calls() { sed -E 's/(mkinitramfs_|initramfs\.|dracut\.|dkms\.|depmod\.|tmp\.)[A-Za-z0-9]+/\1XXXXXX/g' /tmp/calls | sort -u; }

# The text indexes of the module directory $1, one after the other.
indexes() { (cd "$1" && tail -n +1 modules.dep modules.alias modules.softdep modules.symbols modules.devname); }

# files DIR: all files below it, with their sizes left out.
files() { (cd "$1" && find . | LC_ALL=C sort); }

# lsmod, one line for each module and each holder: their order is not the same.
loaded() { lsmod | awk 'NR > 1 { print $1, $2, $3; n = split($4, holders, ","); for (i = 1; i <= n; i++) print holders[i], "holds", $1 }' | LC_ALL=C sort; }
