/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "core/plan.h"
#include "util/vec.h"

void tn_plan_fini(struct tn_plan *plan)
{
        free(plan->targets);
        free(plan->steps);
        tn_arena_fini(&plan->arena);
        *plan = (struct tn_plan){ 0 };
}

int tn_plan_add_step(struct tn_plan *plan, struct tn_step step)
{
        int r = tn_vec_grow((void **)&plan->steps, &plan->cap_steps, plan->n_steps + 1, sizeof(*plan->steps));

        if (r == 0)
                plan->steps[plan->n_steps++] = step;
        return r;
}

int tn_plan_add_target(struct tn_plan *plan, struct tn_match match)
{
        int r = tn_vec_grow((void **)&plan->targets, &plan->cap_targets, plan->n_targets + 1,
                            sizeof(*plan->targets));

        if (r == 0)
                plan->targets[plan->n_targets++] = (struct tn_target){
                        .match = match,
                        .first_step = plan->n_steps,
                };
        return r;
}
