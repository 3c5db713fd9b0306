/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/apply.h"
#include "core/insert.h"
#include "kernel/kernel.h"

static bool is_live(const char *name)
{
        enum tn_kernel_state state;

        return tn_kernel_module_state(name, &state) == 0 && state == TN_KERNEL_LIVE;
}

static bool is_gone(const char *name)
{
        enum tn_kernel_state state;

        return tn_kernel_module_state(name, &state) == 0 && state == TN_KERNEL_ABSENT;
}

static void tell(const struct tn_apply *apply, const struct tn_step *step)
{
        if (apply->before)
                apply->before(apply->data, step);
}

/* Somebody else was faster: what was wanted is so, unless it was to be done by us. */
static int already_there(const struct tn_apply *apply, const struct tn_step *step)
{
        return apply->first_time && step->reason == TN_REASON_REQUESTED ? -EEXIST : 0;
}

static int apply_insert(const struct tn_apply *apply, const struct tn_step *step)
{
        int r;

        if (is_live(step->name))
                return already_there(apply, step);
        tell(apply, step);
        r = tn_insert_file(step->path, step->options, apply->init_flags);
        return r == -EEXIST ? already_there(apply, step) : r;
}

/* The two commands that only say yes or no need no shell. */
static int apply_command(const struct tn_apply *apply, const struct tn_step *step)
{
        struct span command = tn_span_of(step->command);

        if (step->kind == TN_STEP_INSTALL && is_live(step->name))
                return already_there(apply, step);
        tell(apply, step);
        if (tn_span_eq(command, SPAN("/bin/true")))
                return 0;
        return tn_span_eq(command, SPAN("/bin/false")) ? -EINVAL : -EOPNOTSUPP;
}

static int apply_delete(const struct tn_apply *apply, const struct tn_step *step)
{
        if (is_gone(step->name))
                return 0;
        tell(apply, step);
        return tn_kernel_delete(step->name, apply->delete_flags);
}

static int apply_step(const struct tn_apply *apply, const struct tn_step *step)
{
        switch (step->kind) {
        case TN_STEP_INSERT: return apply_insert(apply, step);
        case TN_STEP_INSTALL:
        case TN_STEP_REMOVE: return apply_command(apply, step);
        case TN_STEP_DELETE: return apply_delete(apply, step);
        case TN_STEP_MISSING: return -ENOENT;
        case TN_STEP_BUILTIN:
        case TN_STEP_LOADED: return 0;
        }
        return -EINVAL;
}

int tn_apply_target(const struct tn_apply *apply, const struct tn_plan *plan, const struct tn_target *target,
                    const struct tn_step **ret_failed)
{
        for (size_t i = 0; i < target->n_steps; i++) {
                const struct tn_step *step = &plan->steps[target->first_step + i];
                int r = apply_step(apply, step);

                if (r < 0 && step->required) {
                        *ret_failed = step;
                        return r;
                }
        }
        return 0;
}
