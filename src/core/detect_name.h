/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_NAME_H
#define TN_CORE_DETECT_NAME_H

#include "core/evidence_name.h"
#include "core/finding.h"

/*
 * Why a name was not found: the first cause there is, by rows that are asked in order; nothing is appended when there is
 * none. Pure. When a row needs parts that were not gathered yet, nothing is appended, and *ret_wants is these parts, to be
 * asked again with them; otherwise it is 0. Returns 0 or -ENOMEM.
 */
int tn_detect_name(const struct tn_evidence_name *evidence, struct tn_findings *findings,
                   unsigned *ret_wants);

/* A symbolic link at path, with this text, that could not be followed; err is why, negative. Returns 0 or -ENOMEM. */
struct tn_detect_link {
        const char *path, *text;
        int err;
        bool is_here; /* a relative text names a file of the working directory */
};
int tn_detect_link(const struct tn_detect_link *link, struct tn_findings *findings);

/* A module of the catalog is like a name: equal but for case, or a slip of the finger away. For detect_name.c. */
const char *tn_detect_like_case(struct span names, struct span name);
const char *tn_detect_like_nearest(struct span names, struct span name);
bool tn_detect_like_known(struct span names, struct span name);

#endif
