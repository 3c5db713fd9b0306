/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_APPLY_H
#define TN_CORE_APPLY_H

#include "core/plan.h"

/* How a plan is carried out. */
struct tn_apply {
        /* Called before each step that does something; a step that turns out to be done already is not told. */
        void (*before)(void *data, const struct tn_step *step);
        void *data;
        unsigned init_flags;   /* of tn_kernel_init_flags */
        unsigned delete_flags; /* of tn_kernel_delete_flags */
        bool first_time;       /* that the module asked for appeared meanwhile is a failure */
};

/*
 * Carries out the steps of one target. What may have changed since the plan was made is asked again before each
 * step. A step that is not required may fail. Returns 0, or the -errno of the first required step that failed,
 * and that step in *ret_failed (borrowed from the plan): -ENOENT for a missing module, -EOPNOTSUPP for a command
 * that cannot be run, the kernel's own otherwise.
 */
int tn_apply_target(const struct tn_apply *apply, const struct tn_plan *plan, const struct tn_target *target,
                    const struct tn_step **ret_failed);

#endif
