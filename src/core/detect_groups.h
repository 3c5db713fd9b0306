/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_GROUPS_H
#define TN_CORE_DETECT_GROUPS_H

#include "core/evidence.h"
#include "core/finding.h"
#include "util/vec.h"

/* For detectors of symbols: those of which the same is said make one finding. */
struct tn_detect_group {
        enum tn_finding_code code;
        const char *other; /* of the finding; or NULL */
        const char *path;  /* likewise */
        const char *log;   /* the first line about them */
        const char *value; /* of the finding where there is one symbol; NULL: the module's license */
        struct tn_buf names;
        size_t n;
};

struct tn_detect_groups {
        TN_VEC_FIELDS(struct tn_detect_group);
};

void tn_detect_groups_fini(struct tn_detect_groups *groups);

/* Adds a symbol to the group with that code, other and path, which is begun if there is none. Returns 0 or -ENOMEM. */
int tn_detect_groups_add(struct tn_detect_groups *groups, struct tn_detect_group like, struct span symbol);

/* Appends a finding for each group. Returns 0 or -ENOMEM. */
int tn_detect_groups_report(const struct tn_evidence *evidence, struct tn_detect_groups *groups, bool guess,
                            struct tn_findings *findings);

/* Whether a license is compatible with the GPL, as the kernel has it. */
bool tn_detect_is_gpl(struct span license);

#endif
