/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_TAINT_H
#define TN_FORMAT_TAINT_H

#include "util/span.h"

/* What taints a kernel (Documentation/admin-guide/tainted-kernels.rst, kernel/panic.c). */
struct tn_taint {
        char letter;      /* as /proc/modules and an oops have it */
        unsigned bit;     /* in kernel.tainted */
        const char *word; /* "out-of-tree" */
};

/* By letter, or by bit; NULL for one that is not known. */
const struct tn_taint *tn_taint_by_letter(char letter);
const struct tn_taint *tn_taint_by_bit(unsigned bit);

#endif
