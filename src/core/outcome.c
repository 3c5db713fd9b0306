/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/outcome.h"
#include "core/detect_plan.h"

static const char *const ids[TN_OUTCOME_KINDS] = {
        [TN_OUTCOME_LOADS] = "loads",
        [TN_OUTCOME_LOADED] = "loaded",
        [TN_OUTCOME_BUILTIN] = "builtin",
        [TN_OUTCOME_COMMAND] = "command",
        [TN_OUTCOME_BLACKLISTED] = "blacklisted",
        [TN_OUTCOME_DENIED] = "denied",
        [TN_OUTCOME_KERNEL] = "kernel-blacklisted",
        [TN_OUTCOME_MISSING] = "missing",
};

const char *tn_outcome_id(enum tn_outcome_kind kind)
{
        return ids[kind];
}

bool tn_outcome_is_refused(const struct tn_outcome_facts *facts, const char *module)
{
        return tn_span_has_word(facts->refused, ",", tn_span_of(module));
}

/* Of one step that the target needs. */
static enum tn_outcome_kind of_step(const struct tn_outcome_facts *facts, const struct tn_step *step)
{
        switch (step->kind) {
        case TN_STEP_INSTALL: return TN_OUTCOME_COMMAND;
        case TN_STEP_DENIED:
        case TN_STEP_BARRED: return TN_OUTCOME_DENIED;
        case TN_STEP_MISSING: return TN_OUTCOME_MISSING;
        case TN_STEP_INSERT:
                return tn_outcome_is_refused(facts, step->name) ? TN_OUTCOME_KERNEL : TN_OUTCOME_LOADS;
        default: return TN_OUTCOME_LOADS;
        }
}

static struct tn_outcome of_steps(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                                  const struct tn_target *target)
{
        struct tn_outcome outcome = { TN_OUTCOME_LOADS, TN_STEP_NONE };

        for (size_t i = target->first_step; i < target->first_step + target->n_steps; i++) {
                enum tn_outcome_kind kind;

                if (!plan->steps.v[i].required)
                        continue;
                kind = of_step(facts, &plan->steps.v[i]);
                if (kind > TN_OUTCOME_COMMAND)
                        return (struct tn_outcome){ kind, i };
                if (kind == TN_OUTCOME_COMMAND && outcome.kind == TN_OUTCOME_LOADS)
                        outcome = (struct tn_outcome){ kind, i };
        }
        return outcome;
}

struct tn_outcome tn_outcome_of(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                                const struct tn_target *target)
{
        switch (target->verdict) {
        case TN_VERDICT_BLACKLISTED: return (struct tn_outcome){ TN_OUTCOME_BLACKLISTED, target->first_step };
        case TN_VERDICT_IN_KERNEL:
        case TN_VERDICT_EXISTS:
                if (!target->match.path &&
                    tn_catalog_is_builtin(facts->catalog, tn_span_of(target->match.name)))
                        return (struct tn_outcome){ TN_OUTCOME_BUILTIN, target->first_step };
                return (struct tn_outcome){ TN_OUTCOME_LOADED, target->first_step };
        default: return of_steps(facts, plan, target);
        }
}

static int add_cause(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                     const struct tn_target *target, const struct tn_step *step, enum tn_outcome_kind kind,
                     struct tn_findings *findings)
{
        switch (kind) {
        case TN_OUTCOME_DENIED:
                return step->kind == TN_STEP_BARRED ? tn_detect_barred(target, step, findings)
                                                    : tn_detect_command(step, findings);
        case TN_OUTCOME_MISSING:
                return tn_detect_missing(plan, step, tn_catalog_dir(facts->catalog), findings);
        default:
                return tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_BLACKLIST,
                                                                      .name = step->name });
        }
}

int tn_outcome_findings(const struct tn_outcome_facts *facts, const struct tn_plan *plan,
                        const struct tn_target *target, const struct tn_outcome *outcome,
                        struct tn_findings *findings)
{
        const struct tn_step *step;
        int r = 0;

        if (outcome->kind <= TN_OUTCOME_COMMAND)
                return 0;
        if (outcome->kind == TN_OUTCOME_BLACKLISTED)
                return tn_detect_blacklisted(target, findings);
        step = &plan->steps.v[outcome->step];
        if (outcome->kind != TN_OUTCOME_MISSING && strcmp(step->name, target->match.name) != 0)
                r = tn_detect_dependency(target->match.name, step, findings);
        return r < 0 ? r : add_cause(facts, plan, target, step, outcome->kind, findings);
}
