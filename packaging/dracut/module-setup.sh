#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A module for dracut: the libraries that kmod opens when it meets a compressed module, which no list of linked libraries
# shows. Newer versions of dracut find them by themselves.

check() {
    require_binaries kmod
}

depends() {
    return 0
}

# The program's .note.dlopen names them. What is only suggested is not for an initramfs.
install() {
    local soname

    # shellcheck disable=SC2154 # dracut has it
    while read -r soname; do
        inst_libdir_file "$soname*"
    done < <(grep -ao '"priority":"re[a-z]*","soname":\["[^"]*"' "$dracutsysrootdir$(command -v kmod)" | cut -d '"' -f 8)
}
