/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

static bool is_about_the_kernel(const struct tn_klog_event *event)
{
        return event->kind == TN_KLOG_VERMAGIC || event->kind == TN_KLOG_MODULE_STRUCT ||
               (event->kind == TN_KLOG_SYMBOL_VERSION && tn_span_eq(event->subject, SPAN("module_layout")));
}

static struct span release_of(struct span vermagic)
{
        return tn_span_head(vermagic, tn_span_chr(vermagic, ' '));
}

static int add(const struct tn_evidence *evidence, enum tn_finding_code code, struct span module,
               struct span kernel, const char *log, struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = code,
                .name = evidence->name,
                .subject = tn_arena_dup(&findings->arena, tn_span_trim(module)),
                .other = tn_arena_dup(&findings->arena, tn_span_trim(kernel)),
                .guess = !log,
                .log = log,
        };

        return finding.subject && finding.other ? tn_findings_add(findings, finding) : -ENOMEM;
}

static int compare(const struct tn_evidence *evidence, struct span module, struct span kernel,
                   const char *log, struct tn_findings *findings)
{
        if (!tn_span_eq(release_of(module), release_of(kernel)))
                return add(evidence, TN_FINDING_VERMAGIC_RELEASE, release_of(module), release_of(kernel), log,
                           findings);
        if (!tn_span_eq(module, kernel))
                return add(evidence, TN_FINDING_VERMAGIC_FLAGS, module, kernel, log, findings);
        return log ? add(evidence, TN_FINDING_MODULE_STRUCT, SPAN(""), SPAN(""), log, findings) : 0;
}

static int explain(const struct tn_evidence *evidence, const struct tn_evidence_line *line,
                   struct tn_findings *findings)
{
        const struct tn_klog_event *event = &line->event;
        bool said = event->kind == TN_KLOG_VERMAGIC;
        struct span module = said ? event->subject : tn_facts_info(&evidence->facts, SPAN("vermagic"));
        struct span kernel = said ? event->other : tn_span_of(evidence->vermagic);

        return compare(evidence, module, kernel, line->text, findings);
}

/*
 * That the module is for another kernel is a cause only where the kernel says so: with modversions one of another release
 * can be loaded.
 */
int tn_detect_vermagic(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && is_about_the_kernel(&line->event))
                        return explain(evidence, line, findings);
        return 0;
}

/* Where the kernel cannot be heard, a difference may be the cause. */
int tn_detect_foreign(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct span module = tn_facts_info(&evidence->facts, SPAN("vermagic"));

        if (evidence->parts & TN_EVIDENCE_LOG || module.len == 0)
                return 0;
        return compare(evidence, module, tn_span_of(evidence->vermagic), NULL, findings);
}
