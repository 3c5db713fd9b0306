/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_OTHERS_H
#define TN_CORE_EVIDENCE_OTHERS_H

#include "util/buf.h"
#include "util/dir.h"
#include "util/span.h"

/* The directories of other kernels beside a module directory. Zero-initialised is empty. */
struct tn_evidence_others {
        struct tn_buf all;  /* those that have module files: their names, sorted, blanks between */
        struct tn_buf with; /* those of them that know the module */
};

/* name is the module, normalised. Returns 0, also when there is no such place; -ENOMEM. */
int tn_evidence_others_load(const struct tn_dir *where, struct span version, struct span name,
                            struct tn_evidence_others *ret_others);

void tn_evidence_others_fini(struct tn_evidence_others *others);

#endif
