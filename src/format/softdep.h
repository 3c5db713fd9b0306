/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_SOFTDEP_H
#define TN_FORMAT_SOFTDEP_H

#include <stdbool.h>

#include "util/span.h"

/*
 * The names in a softdep's text, "pre: a b post: c", in writing order. Words before the first "pre:" or "post:"
 * are passed over; the two may alternate. Borrows.
 */
struct tn_softdep {
        struct span rest;
        enum tn_softdep_part { TN_SOFTDEP_NONE, TN_SOFTDEP_PRE, TN_SOFTDEP_POST } part;
};

static inline struct tn_softdep tn_softdep_init(struct span text)
{
        return (struct tn_softdep){ .rest = text };
}

/* The next name; after it softdep->part says which part it is of. False at the end. */
bool tn_softdep_next(struct tn_softdep *softdep, struct span *ret_name);

#endif
