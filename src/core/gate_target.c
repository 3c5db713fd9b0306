/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/detect_plan.h"
#include "core/gate_target.h"
#include "util/cleanup.h"

/* The checking of one target of a plan. */
struct checking {
        const struct tn_gate_target_around *around;
        const struct tn_plan *plan;
        const struct tn_target *target;
        struct tn_gates_report *report;
        struct tn_gates_module module;
        bool *wanted; /* by the number of the step: the target's success depends on it */
};

static bool has_error(const struct tn_findings *findings, size_t from)
{
        for (size_t i = from; i < findings->list.n; i++)
                if (tn_finding_severity(findings->list.v[i].code) == TN_SEVERITY_ERROR)
                        return true;
        return false;
}

static bool is_own(const struct checking *checking, const struct tn_step *step)
{
        return strcmp(step->name, checking->target->match.name) == 0;
}

static int add_finding(const struct checking *checking, struct tn_finding finding)
{
        const struct tn_gate_kernel *kernel = checking->around->kernel;

        finding.kernel = kernel->running ? NULL : kernel->release;
        return tn_findings_add(&checking->report->findings, finding);
}

/* Of another module only that is of interest. */
static bool stops(const struct tn_finding *finding)
{
        return tn_finding_severity(finding->code) == TN_SEVERITY_ERROR && !tn_gate_is_general(finding->code);
}

static int add_checked(const struct checking *checking, const struct tn_step *step,
                       const struct tn_gate_checked *checked)
{
        const struct tn_incomplete *incomplete;
        const struct tn_finding *finding;
        int r = 0;

        tn_vec_each (finding, &checked->findings.list)
                if (r == 0 && (is_own(checking, step) || stops(finding)))
                        r = add_finding(checking, *finding);
        tn_vec_each (incomplete, &checked->incompletes.list)
                if (r == 0)
                        r = tn_incompletes_add(&checking->report->incompletes, incomplete->what,
                                               incomplete->why);
        return r;
}

/* Before the findings of another module: that the target needs it. */
static int begin(const struct checking *checking, const struct tn_step *step)
{
        if (is_own(checking, step))
                return 0;
        return tn_detect_dependency(checking->target->match.name, step, &checking->report->findings);
}

static int check_insert(struct checking *checking, const struct tn_step *step)
{
        const struct tn_gate_checked *checked;
        int r = tn_gate_memo_get(checking->around->memo, checking->around->kernel, checking->plan, step,
                                 &checked);

        if (r < 0)
                return r;
        if (is_own(checking, step)) {
                checking->module.path = step->path;
                checking->module.firmware = &checked->firmware;
        }
        if (checked->stopped)
                r = begin(checking, step);
        return r < 0 ? r : add_checked(checking, step, checked);
}

static int check_install(struct checking *checking, const struct tn_step *step)
{
        _cleanup_(tn_buf_fini) struct tn_buf what = { 0 };

        if (is_own(checking, step))
                checking->module.verdict = TN_GATES_COMMAND;
        tn_buf_addf(&what, "what the command of %s in %s line %u loads", step->name, step->record->file,
                    step->record->line);
        return tn_buf_str(&what) ? tn_incompletes_add(&checking->report->incompletes, what.ptr,
                                                      "only running it would tell")
                                 : -ENOMEM;
}

static int check_step(struct checking *checking, const struct tn_step *step)
{
        struct tn_findings *findings = &checking->report->findings;
        int r = 0;

        switch (step->kind) {
        case TN_STEP_INSERT: return check_insert(checking, step);
        case TN_STEP_INSTALL: return check_install(checking, step);
        case TN_STEP_MISSING:
                return tn_detect_missing(checking->plan, step,
                                         tn_catalog_dir(checking->around->kernel->catalog), findings);
        case TN_STEP_DENIED: r = begin(checking, step); return r < 0 ? r : tn_detect_command(step, findings);
        case TN_STEP_BARRED:
                r = begin(checking, step);
                return r < 0 ? r : tn_detect_barred(checking->target, step, findings);
        case TN_STEP_BUILTIN:
                if (is_own(checking, step))
                        checking->module.verdict = TN_GATES_BUILTIN;
                return 0;
        default: return 0;
        }
}

/* What is in the kernel already is not loaded again, so nothing of it can stop the target. */
static bool is_loaded(const struct checking *checking, const struct tn_step *step)
{
        enum tn_kernel_state state;

        return checking->around->kernel->running && !is_own(checking, step) &&
               tn_kernel_module_state(step->name, &state) == 0 && state == TN_KERNEL_LIVE;
}

/* The target's own step and all that it cannot do without. */
static void mark(const struct checking *checking)
{
        const struct tn_plan *plan = checking->plan;

        for (size_t i = plan->steps.n; i-- > 0;) {
                const struct tn_step *step = &plan->steps.v[i];

                checking->wanted[i] |=
                        is_own(checking, step) || (step->kind == TN_STEP_BARRED && step->required);
                for (size_t j = 0; checking->wanted[i] && j < step->n_needs; j++)
                        checking->wanted[step->needs[j]] |= plan->steps.v[step->needs[j]].required;
        }
}

static int each_step(struct checking *checking,
                     int (*look)(struct checking *checking, const struct tn_step *step))
{
        const struct tn_plan *plan = checking->plan;
        int r = 0;

        mark(checking);
        for (size_t i = 0; r == 0 && i < plan->steps.n; i++)
                if (checking->wanted[i] && !is_loaded(checking, &plan->steps.v[i]))
                        r = look(checking, &plan->steps.v[i]);
        return r;
}

static int expect_step(struct checking *checking, const struct tn_step *step)
{
        const struct tn_gate_target_around *around = checking->around;

        return step->kind == TN_STEP_INSERT ? tn_gate_memo_expect(around->memo, around->kernel, step) : 0;
}

int tn_gate_target_expect(const struct tn_gate_target_around *around, const struct tn_plan *plan,
                          const struct tn_target *target)
{
        struct checking checking = { .around = around, .plan = plan, .target = target };
        _cleanup_(freep) bool *wanted = calloc(plan->steps.n + 1, sizeof(*wanted));

        checking.wanted = wanted;
        if (!wanted)
                return -ENOMEM;
        return target->verdict == TN_VERDICT_BLACKLISTED ? 0 : each_step(&checking, expect_step);
}

int tn_gate_target_check(const struct tn_gate_target_around *around, const struct tn_plan *plan,
                         const struct tn_target *target, struct tn_gates_report *report)
{
        struct checking checking = { .around = around, .plan = plan, .target = target, .report = report };
        size_t before = report->findings.list.n;
        int r;

        checking.wanted = tn_arena_alloc(&report->arena, plan->steps.n + 1);
        if (!checking.wanted)
                return -ENOMEM;
        if (target->verdict == TN_VERDICT_BLACKLISTED)
                r = tn_detect_blacklisted(target, &report->findings);
        else
                r = each_step(&checking, check_step);
        if (r < 0)
                return r;
        if (has_error(&report->findings, before))
                checking.module.verdict = TN_GATES_STOPPED;
        checking.module.name = tn_arena_dup(&report->arena, tn_span_of(target->match.name));
        if (checking.module.path)
                checking.module.path = tn_arena_dup(&report->arena, tn_span_of(checking.module.path));
        return checking.module.name ? tn_vec_add(&report->modules, checking.module) : -ENOMEM;
}
