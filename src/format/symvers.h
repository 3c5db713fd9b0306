/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_SYMVERS_H
#define TN_FORMAT_SYMVERS_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/* A symbol that a kernel or one of its modules exports. The spans borrow from the line. */
struct tn_symvers {
        struct span name;
        struct span owner; /* "vmlinux", or the path of a module without ".ko" */
        struct span space; /* the namespace that users must import; empty: none */
        bool gpl_only;
        bool has_rules; /* the line says which modules may use it: space and gpl_only are known */
        uint64_t crc;   /* its version; 0 in a kernel without versions */
};

/*
 * One line of Module.symvers, as the kernel's build writes it: the CRC in hexadecimal, the symbol, the namespace (kernels
 * 5.4 to 5.6 alone), who exports it, by which macro (EXPORT_SYMBOL_GPL), and the namespace (kernels from 5.7 on),
 * separated by blanks or tabs. Words that are missing at the end are not known. Returns 1 and the symbol; 0 when there
 * are less than three words; -EINVAL when the CRC is no number, then all but that is in *ret_symvers, and the word in
 * *ret_bad.
 */
int tn_symvers_parse(struct span line, struct tn_symvers *ret_symvers, struct span *ret_bad);

#endif
