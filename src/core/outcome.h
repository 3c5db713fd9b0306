/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_OUTCOME_H
#define TN_CORE_OUTCOME_H

#include "core/finding.h"
#include "core/plan.h"

/* What carrying out a plan to load would come to, as far as the plan and the kernel's own list tell it. Pure. */

enum tn_outcome_kind {
        TN_OUTCOME_LOADS,       /* it would be given to the kernel */
        TN_OUTCOME_LOADED,      /* it is in the kernel already */
        TN_OUTCOME_BUILTIN,     /* so it is, and always will be */
        TN_OUTCOME_COMMAND,     /* that is up to a command */
        TN_OUTCOME_BLACKLISTED, /* by the configuration */
        TN_OUTCOME_DENIED,  /* so is it, or what it needs: by a command that does nothing, or by the policy */
        TN_OUTCOME_KERNEL,  /* the kernel refuses it, or what it needs, by module_blacklist= */
        TN_OUTCOME_MISSING, /* the catalog does not have it, or what it needs */
        TN_OUTCOME_KINDS,   /* how many */
};

struct tn_outcome {
        enum tn_outcome_kind kind;
        size_t step; /* the number of the one that decides it; TN_STEP_NONE: no single one */
};

struct tn_outcome_facts {
        struct tn_catalog *catalog;
        struct span refused; /* the names that the kernel refuses, commas between */
};

/* "loads": lower case and '-', and the same in all versions. */
const char *tn_outcome_id(enum tn_outcome_kind kind);

/* Whether the kernel refuses a module by its list. */
bool tn_outcome_is_refused(const struct tn_outcome_facts *facts, const char *module);

/* The outcome for one target of the plan: the first step that it needs and that fails decides it. */
struct tn_outcome tn_outcome_of(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                                const struct tn_target *target);

/* Whether the module is in the kernel then, or is there already. */
static inline bool tn_outcome_is_good(enum tn_outcome_kind kind)
{
        return kind <= TN_OUTCOME_BUILTIN;
}

/* Appends why the module is not loaded; nothing of one that is, or that is up to a command. Returns 0 or -ENOMEM. */
int tn_outcome_findings(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                        const struct tn_target *target, const struct tn_outcome *outcome,
                        struct tn_findings *findings);

#endif
