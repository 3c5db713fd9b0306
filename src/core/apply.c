/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/apply.h"
#include "core/delete.h"
#include "core/insert.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

static enum tn_kernel_state state_of(const char *name)
{
        enum tn_kernel_state state;

        return tn_kernel_module_state(name, &state) == 0 ? state : TN_KERNEL_ABSENT;
}

static bool is_live(const char *name)
{
        return state_of(name) == TN_KERNEL_LIVE;
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
        return apply->first_time && step->causes[0].reason == TN_REASON_REQUESTED ? -EEXIST : 0;
}

static int insert(const struct tn_apply *apply, const struct tn_step *step)
{
        _cleanup_(closep) int fd = -1;

        if (!apply->catalog)
                return tn_insert_file(step->path, step->options, apply->init_flags);
        fd = tn_catalog_open_file(apply->catalog, step->path);
        return fd < 0 ? fd : tn_insert_fd(fd, step->options, apply->init_flags);
}

static int apply_insert(const struct tn_apply *apply, const struct tn_step *step)
{
        enum tn_kernel_state state = apply->ignore_loaded ? TN_KERNEL_ABSENT : state_of(step->name);
        int r, told;

        if (state == TN_KERNEL_LIVE)
                return already_there(apply, step);
        if (apply->ret_state)
                *apply->ret_state = state;
        tell(apply, step);
        r = insert(apply, step);
        told = r == -EEXIST ? already_there(apply, step) : r;
        if (told == 0 && apply->inserted)
                apply->inserted(apply->data, step, r);
        return told;
}

static int run(const struct tn_apply *apply, const struct tn_command *cmd, struct tn_command_end *ret_end)
{
        if (apply->flush)
                apply->flush(apply->data);
        return apply->run ? apply->run(apply->data, cmd, ret_end) : tn_command_run(cmd, ret_end);
}

/*
 * Whether a command has loaded or removed the module is its own affair. *ret_fatal: its failure ends the target even
 * if the step is not required.
 */
static int apply_command(const struct tn_apply *apply, const struct tn_step *step, bool *ret_fatal)
{
        const struct tn_command cmd = {
                .text = step->command,
                .module = step->name,
                .options = step->options,
                .underway = apply->underway,
                .env = apply->command_env,
                .remove = tn_step_removes(step),
        };
        struct tn_command_end end = { 0 };
        int r;

        if (!cmd.remove && !apply->ignore_loaded && is_live(step->name))
                return already_there(apply, step);
        tell(apply, step);
        r = run(apply, &cmd, &end);
        if (r < 0 || (end.status == 0 && end.err == 0))
                return r;
        r = apply->command_failed ? apply->command_failed(apply->data, step, &end) : 0;
        *ret_fatal = r < 0;
        return r < 0 ? r : -EINVAL;
}

static int apply_delete(const struct tn_apply *apply, const struct tn_step *step)
{
        if (is_gone(step->name))
                return 0;
        tell(apply, step);
        return tn_delete_module(step->name, apply->delete_flags, apply->wait_ms);
}

static int apply_step(const struct tn_apply *apply, const struct tn_step *step, bool *ret_fatal)
{
        switch (step->kind) {
        case TN_STEP_INSERT: return apply_insert(apply, step);
        case TN_STEP_INSTALL:
        case TN_STEP_REMOVE:
        case TN_STEP_DENIED: return apply_command(apply, step, ret_fatal);
        case TN_STEP_DELETE: return apply_delete(apply, step);
        case TN_STEP_MISSING:
        case TN_STEP_BUILTIN: tell(apply, step); return -ENOENT;
        case TN_STEP_LOADED:
        case TN_STEP_SKIPPED:
        case TN_STEP_BLACKLISTED:
        case TN_STEP_BARRED:
        case TN_STEP_UNKNOWN: return 0;
        }
        return -EINVAL;
}

int tn_apply_target(const struct tn_apply *apply, const struct tn_plan *plan, const struct tn_target *target,
                    const struct tn_step **ret_failed)
{
        for (size_t i = 0; i < target->n_steps; i++) {
                const struct tn_step *step = &plan->steps.v[target->first_step + i];
                bool fatal = false;
                int r = apply_step(apply, step, &fatal);

                if (r < 0 && (step->required || fatal)) {
                        *ret_failed = step;
                        return r;
                }
        }
        return 0;
}
