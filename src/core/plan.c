/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "core/plan.h"
#include "format/noop.h"

void tn_plan_fini(struct tn_plan *plan)
{
        tn_vec_fini(&plan->targets);
        tn_vec_fini(&plan->steps);
        tn_arena_fini(&plan->arena);
}

void tn_plan_set_culprit(struct tn_plan *plan, const char *module)
{
        plan->culprit = tn_arena_dup(&plan->arena, tn_span_of(module));
}

bool tn_plan_is_refused(const struct tn_conf_record *command)
{
        return command && tn_noop_parse(command->value) != TN_NOOP_NONE;
}
