/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_KERNSYM_H
#define TN_FORMAT_KERNSYM_H

#include <stdint.h>

#include "util/span.h"

/* A symbol that the kernel itself exports. The name borrows from the line. */
struct tn_kernsym {
        struct span name;
        uint64_t crc; /* its version; 0 where the file has none */
};

/*
 * One line of Module.symvers (format/symvers.h). Returns 1 and the symbol when it is vmlinux that exports it, 0 when it
 * is a module or the line has too few words, -EINVAL and the word in *ret_bad when the CRC of such a line is no number.
 */
int tn_kernsym_parse_symvers(struct span line, struct tn_kernsym *ret_sym, struct span *ret_bad);

/*
 * One line of System.map: address, type and name with one blank between. Returns 1 and the symbol for the name
 * __ksymtab_SYMBOL, which is where SYMBOL's export is, 0 for other names, -EINVAL when the line has no three
 * parts. A name that begins with the prefix, unless that is NUL, is taken without it.
 */
int tn_kernsym_parse_map(struct span line, char prefix, struct tn_kernsym *ret_sym);

#endif
