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

/* An index that could not be asked; err is why, negative. Of the evidence no part is needed. Returns 0 or -ENOMEM. */
int tn_detect_index(const struct tn_evidence_name *evidence, const char *index, int err,
                    struct tn_findings *findings);

/*
 * Why there is no module directory: the same of TN_EVIDENCE_NAME_DIR and TN_EVIDENCE_NAME_OTHERS alone, which must have
 * been gathered. Returns 0 or -ENOMEM.
 */
int tn_detect_directory(const struct tn_evidence_name *evidence, struct tn_findings *findings);

/* A module of the catalog is like a name: equal but for case, or a slip of the finger away. For detect_name.c. */
const char *tn_detect_like_case(struct span names, struct span name);
const char *tn_detect_like_nearest(struct span names, struct span name);
bool tn_detect_like_known(struct span names, struct span name);

#endif
