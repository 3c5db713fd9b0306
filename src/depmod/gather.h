/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_GATHER_H
#define TN_DEPMOD_GATHER_H

#include "depmod/job.h"
#include "depmod/state.h"

/* Where the results of jobs come together, one after another, in the order of the modules' numbers. */
struct tn_gather {
        struct tn_depmod *depmod;
        size_t weight[TN_DEPMOD_KINDS]; /* of what all modules up to here have */
};

/*
 * Takes the result for module number i, and logs what is wrong with the module. When all modules up to here have too
 * much of a kind, the texts of the module that has most of them are left out with a warning. Returns 0; -ENOMEM; or
 * -errno after it was logged, when the machine failed.
 */
int tn_gather_take(struct tn_gather *gather, uint32_t i, struct tn_job_result *result);

#endif
