/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/detect_plan.h"
#include "util/cleanup.h"

/* The first cause that led to it. A softdep's word that merely is its name did not. */
static const struct tn_cause *leading_cause(const struct tn_step *step)
{
        size_t i = 0;

        while (i + 1 < step->n_causes && !step->causes[i].match.name)
                i++;
        return &step->causes[i];
}

int tn_detect_missing(const struct tn_plan *plan, const struct tn_step *step, const char *dir,
                      struct tn_findings *findings)
{
        const struct tn_cause *cause = leading_cause(step);
        const struct tn_conf_record *record = cause->record ? cause->record : cause->match.record;
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        struct tn_finding finding = { .code = TN_FINDING_ALIAS_TARGET, .name = step->name, .path = dir };

        if (record && record->line) {
                tn_buf_addf(&line, "%s line %u", record->file, record->line);
                finding.value = tn_buf_str(&line);
        } else if (cause->reason == TN_REASON_DEPENDENCY) {
                finding.code = TN_FINDING_NEED_MISSING;
                finding.subject = plan->steps.v[cause->step].name;
        } else {
                finding.value = "an alias";
        }
        return tn_buf_error(&line) < 0 ? tn_buf_error(&line) : tn_findings_add(findings, finding);
}

int tn_detect_command(const struct tn_step *step, struct tn_findings *findings)
{
        return tn_findings_add(findings,
                               (struct tn_finding){
                                       .code = step->kind == TN_STEP_DENIED ? TN_FINDING_COMMAND_NOOP
                                                                            : TN_FINDING_COMMAND_FAILED,
                                       .name = step->name,
                                       .value = step->command,
                                       .file = step->record->file,
                                       .line = step->record->line,
                               });
}

int tn_detect_barred(const struct tn_target *target, const struct tn_step *step, struct tn_findings *findings)
{
        const struct tn_match *match = &target->match;

        return tn_findings_add(findings,
                               (struct tn_finding){
                                       .code = step->record->kind == TN_CONF_DENY ? TN_FINDING_DENIED
                                                                                  : TN_FINDING_NOT_ALLOWED,
                                       .name = step->name,
                                       .subject = match->path ? match->path : match->name,
                                       .file = step->record->file,
                                       .line = step->record->line,
                               });
}

int tn_detect_blacklisted(const struct tn_target *target, struct tn_findings *findings)
{
        return tn_findings_add(findings, (struct tn_finding){
                                                 .code = TN_FINDING_BLACKLISTED,
                                                 .name = target->match.name,
                                                 .file = target->record->file,
                                                 .line = target->record->line,
                                         });
}

int tn_detect_dependency(const char *name, const struct tn_step *step, struct tn_findings *findings)
{
        return tn_findings_add(findings, (struct tn_finding){
                                                 .code = TN_FINDING_DEPENDENCY,
                                                 .name = name,
                                                 .subject = step->name,
                                         });
}
