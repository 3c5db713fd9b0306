/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_DL_H
#define TN_UTIL_DL_H

#include <stddef.h>
#include <threads.h>

#include "util/cleanup.h"

/*
 * A shared library that is opened when first needed, once for the process. The one permitted piece of
 * process-wide state: a table of function pointers, filled in one go and never taken back.
 */
struct tn_dl {
        const char *soname;
        const struct tn_dl_symbol *symbols;
        size_t n_symbols;
        once_flag once;
        int err; /* what binding returned; valid after once */
};

struct tn_dl_symbol {
        const char *name;
        void *slot; /* the address of a function pointer */
};

#define TN_DL_INIT(so, syms)                                                                                 \
        {                                                                                                    \
                .soname = (so), .symbols = (syms), .n_symbols = ARRAY_SIZE(syms), .once = ONCE_FLAG_INIT     \
        }

/*
 * Opens the library and binds every symbol, the first time; later calls only tell the result. Returns 0, or
 * -ENOSYS when the library is not there or lacks a symbol; then no slot is filled. Safe from several threads.
 */
int tn_dl_bind(struct tn_dl *dl);

#endif
