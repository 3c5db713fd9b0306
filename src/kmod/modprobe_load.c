/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/explain.h"
#include "cli/insert_words.h"
#include "cli/operand.h"
#include "kmod/modprobe_apply.h"
#include "kmod/modprobe_load.h"
#include "kmod/modprobe_policy.h"
#include "kmod/modprobe_refuse.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* Reports what failed in a step. The line for the module that was asked for follows. */
static void report_step(struct modprobe *mp, const struct tn_step *step)
{
        if (step->kind == TN_STEP_MISSING)
                tn_tool_error(&mp->tool, "could not find module by name='%s'", step->name);
}

/* What the kernel's answer means, and whose it is when a module was refused that the one asked for needs. */
static void explain_refusal(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                            const struct tn_step *step, int err)
{
        bool is_target = strcmp(step->name, target->match.name) == 0;

        if (step->kind == TN_STEP_MISSING)
                tn_modprobe_explain_missing(mp, plan, step);
        if (step->kind != TN_STEP_INSERT)
                return;
        tn_modprobe_explain_answer(mp, step, err, is_target ? NULL : target->match.name);
}

/* With -D, which is for programs that make images, only a module that was asked for itself is missed. */
static bool is_missed(const struct modprobe *mp, const struct tn_target *target)
{
        return !(mp->plan_flags & TN_PLAN_IGNORE_LOADED) ||
               (!target->match.alias && strcmp(target->kept, target->match.name) == 0);
}

/* What the policy denies is a failure, but not where the blacklist is to hold for all that is asked for. */
static int refuse_denied(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        bool missed = is_missed(mp, target);

        if (mp->blacklist == TN_BLACKLIST_NAMES)
                return 0;
        if (missed && plan->targets.n == 1)
                return tn_modprobe_refuse(mp, -EPERM, "Module %s is denied by %s line %u", target->kept,
                                          target->record->file, target->record->line);
        tn_log(&mp->tool.log, TN_LOG_WARNING, "Module %s is denied by %s line %u", target->kept,
               target->record->file, target->record->line);
        return missed ? -EPERM : 0;
}

/* What became of an attempt; -ENOENT with *ret_missing when the catalog has no such module. */
static int load_target(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                       bool *ret_missing)
{
        const struct tn_step *failed = NULL;
        int r = 0;

        if (mp->dry_run && target->verdict != TN_VERDICT_GO)
                tn_modprobe_show_plan(mp, plan, target);
        *ret_missing = false;
        if (target->verdict == TN_VERDICT_DENIED)
                return refuse_denied(mp, plan, target);
        if (target->verdict == TN_VERDICT_EXISTS)
                r = -EEXIST;
        else if (target->verdict == TN_VERDICT_GO)
                r = tn_modprobe_apply(mp, plan, target, &failed);
        if (r < 0 && failed)
                report_step(mp, failed);
        if (r < 0)
                tn_tool_error(&mp->tool, "could not insert '%s': %s", target->match.name,
                              tn_insert_words(TN_INSERT_MODPROBE, r));
        if (target->verdict == TN_VERDICT_GO && !tn_modprobe_explain_command(mp, plan, target, failed, r) &&
            failed)
                explain_refusal(mp, plan, target, failed, r);
        *ret_missing = failed && failed->kind == TN_STEP_MISSING;
        return r;
}

/* With --first-time, what was there before is no success. */
static bool is_there(const struct tn_target *target)
{
        enum tn_kernel_state state;

        if (target->verdict == TN_VERDICT_EXISTS)
                return false;
        return target->verdict == TN_VERDICT_IN_KERNEL ||
               (tn_kernel_module_state(target->match.name, &state) == 0 && state == TN_KERNEL_LIVE);
}

/*
 * With one module its result is the result. With several behind one alias it is a failure only if an attempt
 * failed and none of them is in the kernel now; targets that do not exist count neither way.
 */
static int load_targets(struct modprobe *mp, const struct tn_plan *plan, const char *options)
{
        int failure = 0;

        for (size_t i = 0; i < plan->targets.n; i++) {
                bool missing;
                int r = load_target(mp, plan, &plan->targets.v[i], &missing);

                tn_modprobe_explain_idle(mp, plan, &plan->targets.v[i], options);
                if (r < 0 && (plan->targets.n == 1 || !missing))
                        failure = r;
        }
        for (size_t i = 0; failure < 0 && plan->targets.n > 1 && i < plan->targets.n; i++)
                if (is_there(&plan->targets.v[i]))
                        failure = 0;
        return failure;
}

/*
 * Whether an operand names a file: only who loads one module by hand may do that, and a bare word never does. What
 * starts with '/' or './' is one; any other path only when it is there and called like a module.
 */
static bool is_path(const struct modprobe *mp, const char *operand)
{
        struct span word = tn_span_of(operand);
        struct stat st;

        if (mp->all || mp->blacklist == TN_BLACKLIST_NAMES || mp->kernel_call || !tn_operand_is_path(operand))
                return false;
        return tn_span_starts(word, SPAN("/")) || tn_span_starts(word, SPAN("./")) ||
               (stat(operand, &st) == 0 && S_ISREG(st.st_mode));
}

static int load(struct modprobe *mp, const char *operand, const char *options)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const char *path = is_path(mp, operand) ? operand : NULL;
        struct tn_plan_request req = tn_modprobe_request(mp, operand, path, &live);
        struct stat st;
        int r;

        if (path && stat(path, &st) < 0) {
                r = -errno;
                tn_modprobe_refuse(mp, r, "Failed to get module from path %s: %s", path, strerror(-r));
                tn_explain_link(&mp->tool, path, r);
                return r;
        }
        req.options = options;
        if (path)
                req.inside = tn_modprobe_name_inside(mp, path);
        r = tn_plan_load(&req, &plan);
        if (r == 0 && plan.targets.n == 0)
                r = -ENOENT;
        return r < 0 ? tn_modprobe_refuse_operand(mp, operand, r, plan.culprit)
                     : load_targets(mp, &plan, options);
}

static int load_plainly(struct modprobe *mp, const char *operand)
{
        return load(mp, operand, NULL);
}

int tn_modprobe_load(struct modprobe *mp, char **operands, int n)
{
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };
        int r;

        if (mp->all)
                return tn_modprobe_each(mp, operands, n, load_plainly);
        r = tn_operand_join_options(operands + 1, n - 1, &options);
        return r < 0 ? r : load(mp, operands[0], tn_buf_str(&options));
}
