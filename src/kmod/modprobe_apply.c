/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cause_words.h"
#include "cli/explain.h"
#include "cli/out.h"
#include "cli/step_words.h"
#include "core/apply.h"
#include "core/audit.h"
#include "format/cmdopts.h"
#include "kernel/kernel.h"
#include "kmod/modprobe_apply.h"
#include "kmod/modprobe_refuse.h"
#include "util/cleanup.h"

/* A plan that is carried out, or only printed. */
struct applying {
        struct modprobe *mp;
        const struct tn_plan *plan;
        const char *target; /* the module */
};

/*
 * One step, as scripts read it. Steps that do nothing print nothing. One that cannot be carried out is explained, here
 * unless its failure will be reported.
 */
static void print_step(void *data, const struct tn_step *step)
{
        const struct applying *applying = data;
        struct modprobe *mp = applying->mp;
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        if (!mp->dry_run && (!mp->tool.verbose || mp->tool.quiet))
                return;
        tn_step_words_add(step, &words);
        if (tn_buf_str(&words) && words.len)
                tn_out_line(words.ptr);
        else if (step->kind == TN_STEP_MISSING && (mp->dry_run || !step->required))
                tn_modprobe_explain_missing(mp, applying->plan, step);
}

static void begin_step(void *data, const struct tn_step *step)
{
        tn_audit_step(step, TN_AUDIT_DIR);
        print_step(data, step);
}

/* With -n and a second -v. What -D prints is for programs. */
static bool shows_causes(const struct modprobe *mp)
{
        return mp->dry_run && !(mp->plan_flags & TN_PLAN_IGNORE_LOADED) && mp->tool.log.max >= TN_LOG_INFO;
}

/* What a target is denied for. */
static bool is_denial(const struct tn_target *target, const struct tn_step *step)
{
        return target->verdict == TN_VERDICT_DENIED && step->kind == TN_STEP_BARRED && step->required;
}

void tn_modprobe_show_plan(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        struct applying applying = { mp, plan, target->match.name };

        for (size_t i = target->first_step; i < target->first_step + target->n_steps; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf causes = { 0 };

                if (target->verdict == TN_VERDICT_GO || is_denial(target, &plan->steps.v[i]))
                        print_step(&applying, &plan->steps.v[i]);
                if (!shows_causes(mp))
                        continue;
                tn_cause_words_add(plan, i, &causes);
                tn_out_text(tn_buf_span(&causes));
        }
}

/* Who wants to know is told of a module that is not there, although the kernel says so. */
static bool is_there(struct modprobe *mp, const char *name)
{
        enum tn_kernel_state state;

        return !tn_explain_wanted(&mp->tool) || tn_kernel_module_state(name, &state) < 0 ||
               state != TN_KERNEL_ABSENT || !tn_kernel_tells_states();
}

/* What the kernel has ignored of a module that it took. */
static void explain_inserted(void *data, const struct tn_step *step, int r)
{
        const struct applying *applying = data;
        struct modprobe *mp = applying->mp;

        if (r == -EEXIST && is_there(mp, step->name))
                return;
        tn_modprobe_explain_answer(mp, step, r, NULL);
        if (r == 0 && strcmp(step->name, applying->target) == 0)
                tn_modprobe_explain_twins(mp, step);
}

/* Who starts us may ignore the end of children; we must know how our commands end. */
static void before_command(void *data)
{
        (void)data;
        fflush(stdout);
        signal(SIGCHLD, SIG_DFL);
}

/* Errors of commands are reported where they happen, also those that do no harm. */
static int report_command(void *data, const struct tn_step *step, const struct tn_command_end *end)
{
        const struct applying *applying = data;
        struct modprobe *mp = applying->mp;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (tn_step_removes(step)) {
                tn_modprobe_refuse(mp, -EINVAL, "Error running remove command for %s", step->name);
                return mp->over ? -EINVAL : 0;
        }
        tn_cmdopts_show(tn_span_of(step->command), tn_span_of(step->options), &text);
        if (!tn_buf_str(&text))
                return tn_buf_error(&text);
        if (end->err == 0)
                tn_tool_error(&mp->tool, "Error running install command '%s' for module %s: retcode %d",
                              text.ptr, step->name, end->status);
        else
                tn_tool_error(&mp->tool, "Could not run install command '%s' for module %s: %s", text.ptr,
                              step->name,
                              end->err == -EPERM ? "not in the environment of a less privileged user"
                                                 : strerror(-end->err));
        return 0;
}

/* What a command's own modprobe has from us: "MODPROBE_OPTIONS=...", or NULL when there is nothing to say or no command. */
static const char *inherit_options(struct modprobe *mp, char **ret_line)
{
        const char *value = tn_envopts_value(&mp->env);

        if (mp->dry_run || !value || !*value || asprintf(ret_line, "%s=%s", TN_ENVOPTS_NAME, value) < 0)
                *ret_line = NULL;
        return *ret_line;
}

int tn_modprobe_apply(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                      const struct tn_step **ret_failed)
{
        _cleanup_(freep) char *inherit = NULL;
        const char *const command_env[] = { inherit_options(mp, &inherit), NULL };
        struct applying applying = { mp, plan, target->match.name };
        const struct tn_apply how = {
                .before = begin_step,
                .catalog = mp->world.catalog,
                .inserted = explain_inserted,
                .flush = before_command,
                .command_failed = report_command,
                .underway = mp->underway,
                .command_env = command_env,
                .data = &applying,
                .ret_state = &mp->before,
                .init_flags = mp->init_flags,
                .delete_flags = mp->delete_flags,
                .wait_ms = mp->wait_ms,
                .first_time = mp->plan_flags & TN_PLAN_FIRST_TIME,
        };

        if (mp->dry_run) {
                tn_modprobe_show_plan(mp, plan, target);
                return 0;
        }
        if (mp->action == TN_MODPROBE_LOAD && mp->log_fd == -EBADF)
                mp->log_fd = tn_explain_open_log(&mp->tool);
        return tn_apply_target(&how, plan, target, ret_failed);
}
