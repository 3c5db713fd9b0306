/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "cli/explain.h"
#include "core/detect_plan.h"
#include "core/modfacts.h"
#include "core/policy.h"
#include "format/modname.h"
#include "kmod/modprobe_policy.h"
#include "util/cleanup.h"

static void explain_one(struct modprobe *mp, struct tn_finding finding)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (tn_findings_add(&findings, finding) == 0)
                tn_explain_findings(&mp->tool, &findings);
}

static void explain_blacklist(struct modprobe *mp, const struct tn_target *target)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (tn_detect_blacklisted(target, &findings) == 0)
                tn_explain_findings(&mp->tool, &findings);
}

/* The modules that are denied, and that the target needs them. */
static void explain_denied(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        int r = 0;

        for (size_t i = target->first_step; r == 0 && i < target->first_step + target->n_steps; i++) {
                const struct tn_step *step = &plan->steps.v[i];

                if (step->kind != TN_STEP_BARRED || !step->required)
                        continue;
                if (strcmp(step->name, target->match.name) != 0)
                        r = tn_detect_dependency(target->match.name, step, &findings);
                if (r == 0)
                        r = tn_detect_barred(target, step, &findings);
        }
        if (r == 0)
                tn_explain_findings(&mp->tool, &findings);
}

/* "a=1 b" as the kernel command line has it: "loop.a=1 loop.b". What is behind "--" is no parameter. */
static void add_boot_words(const char *name, struct span options, struct tn_buf *words)
{
        struct span word;

        for (word = tn_span_word(&options, " \t\n"); word.len && !tn_span_eq(word, SPAN("--"));
             word = tn_span_word(&options, " \t\n"))
                tn_buf_addf(words, "%s%s.%.*s", words->len ? " " : "", name, SPAN_FMT(word));
}

static void explain_late(struct modprobe *mp, const struct tn_target *target, const char *options)
{
        const char *name = target->match.name;
        bool builtin = tn_catalog_is_builtin(mp->world.catalog, tn_span_of(name));
        struct span text = tn_span_of(options);
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        /* a value in quotes may have blanks */
        if (builtin && !tn_span_has_any(text, "\""))
                add_boot_words(name, text, &words);
        explain_one(mp, (struct tn_finding){
                                .code = builtin ? TN_FINDING_BUILTIN : TN_FINDING_PARAMETER_LATE,
                                .name = name,
                                .subject = words.len ? tn_buf_str(&words) : NULL,
                        });
}

static void explain_live(struct modprobe *mp, const struct tn_target *target)
{
        if (mp->tool.verbose)
                tn_explain_line(&mp->tool, "%s is in the kernel already; it is not found in directory %s",
                                target->match.name, tn_catalog_dir(mp->world.catalog));
}

void tn_modprobe_explain_idle(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                              const char *options)
{
        if (target->verdict == TN_VERDICT_GO && target->match.rule != TN_RULE_LIVE)
                return; /* it was loaded, and nobody has to look for who wants to know */
        if (!tn_explain_wanted(&mp->tool))
                return;
        if (target->verdict == TN_VERDICT_DENIED)
                explain_denied(mp, plan, target);
        else if (target->verdict == TN_VERDICT_BLACKLISTED)
                explain_blacklist(mp, target);
        else if (target->match.rule == TN_RULE_LIVE)
                explain_live(mp, target);
        if (target->verdict == TN_VERDICT_IN_KERNEL && options && *options)
                explain_late(mp, target, options);
}

const char *tn_modprobe_name_inside(struct modprobe *mp, const char *path)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (!tn_policy_is_there(mp->world.config) ||
            tn_modfacts_load(AT_FDCWD, path, TN_FACTS_INFO, &facts) < 0)
                return NULL;
        tn_modname_from_text(tn_facts_info(&facts, SPAN("name")), &name);
        return name.len ? tn_arena_dup(&mp->arena, tn_buf_span(&name)) : NULL;
}

static bool is_denied(const struct tn_step *step)
{
        return step->kind == TN_STEP_DENIED && tn_step_installs(step);
}

/* A step before this one, that was not carried out by the word of the configuration. */
static const struct tn_step *find_denied(const struct tn_plan *plan, const struct tn_step *step)
{
        for (size_t i = 0; i < step->n_needs; i++)
                if (is_denied(&plan->steps.v[step->needs[i]]))
                        return &plan->steps.v[step->needs[i]];
        return NULL;
}

static const struct tn_step *step_of(const struct tn_plan *plan, const struct tn_target *target)
{
        for (size_t i = target->first_step; i < target->first_step + target->n_steps; i++)
                if (strcmp(plan->steps.v[i].name, target->match.name) == 0)
                        return &plan->steps.v[i];
        return NULL;
}

/* The step whose command is to blame. What is denied by a command that succeeds may be missing only later. */
static const struct tn_step *find_culprit(const struct tn_plan *plan, const struct tn_target *target,
                                          const struct tn_step *failed, int err)
{
        const struct tn_step *own = step_of(plan, target);

        if (!failed)
                return own && is_denied(own) ? own : NULL;
        if (failed->kind == TN_STEP_INSERT)
                return err == -ENOENT ? find_denied(plan, failed) : NULL;
        return failed->record && tn_step_installs(failed) ? failed : NULL;
}

bool tn_modprobe_explain_command(struct modprobe *mp, const struct tn_plan *plan,
                                 const struct tn_target *target, const struct tn_step *failed, int err)
{
        const struct tn_step *culprit = find_culprit(plan, target, failed, err);
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        int r = 0;

        if (!culprit || mp->dry_run || !tn_explain_wanted(&mp->tool))
                return false;
        if (strcmp(culprit->name, target->match.name) != 0)
                r = tn_detect_dependency(target->match.name, culprit, &findings);
        if (r == 0)
                r = tn_detect_command(culprit, &findings);
        if (r == 0)
                tn_explain_findings(&mp->tool, &findings);
        return true;
}
