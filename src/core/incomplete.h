/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_INCOMPLETE_H
#define TN_CORE_INCOMPLETE_H

#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

/* What could not be looked at, so that nothing is known of it: words for people. */
struct tn_incomplete {
        const char *what; /* "the keys that the kernel knows" */
        const char *why;  /* "Permission denied" */
};

/* Zero-initialised is empty. */
struct tn_incompletes {
        struct tn_arena arena;
        TN_VEC(struct tn_incomplete) list;
};

void tn_incompletes_fini(struct tn_incompletes *incompletes);

/* Appends one, unless the same is there; both are copied. Returns 0 or -ENOMEM. */
int tn_incompletes_add(struct tn_incompletes *incompletes, const char *what, const char *why);

#endif
