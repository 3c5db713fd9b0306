/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* Which part of a line of the log a finding has in which place. */
enum part { NOTHING, SUBJECT, OTHER };

/* What the kernel says outright. The kinds that are missing here need more than the line. */
static const struct {
        enum tn_klog_kind kind;
        enum tn_finding_code code;
        enum part subject, other, value;
        int err; /* the line names no module: the kernel's answer that it can be the reason of; 0: any */
} rows[] = {
        { TN_KLOG_DUPLICATE_SYMBOL, TN_FINDING_SYMBOL_DUPLICATE, SUBJECT, OTHER, OTHER },
        { TN_KLOG_NAMESPACE, TN_FINDING_SYMBOL_NAMESPACE, SUBJECT, OTHER, NOTHING },
        { TN_KLOG_LOCKDOWN, TN_FINDING_LOCKDOWN, NOTHING, NOTHING, NOTHING, -EPERM },
        { TN_KLOG_BLACKLISTED, TN_FINDING_KERNEL_BLACKLIST, NOTHING, NOTHING, NOTHING },
        { TN_KLOG_LICENSE, TN_FINDING_TAINT, NOTHING, NOTHING, SUBJECT },
};

static int copy(struct tn_findings *findings, const struct tn_klog_event *event, enum part part,
                const char **ret_text)
{
        struct span text = part == SUBJECT ? event->subject : part == OTHER ? event->other : SPAN("");

        *ret_text = text.len ? tn_arena_dup(&findings->arena, text) : NULL;
        return text.len && !*ret_text ? -ENOMEM : 0;
}

static int add(const struct tn_evidence *evidence, const struct tn_evidence_line *line, size_t row,
               struct tn_findings *findings)
{
        struct tn_finding finding = { .code = rows[row].code, .name = evidence->name, .log = line->text };
        int r = copy(findings, &line->event, rows[row].subject, &finding.subject);

        if (r == 0)
                r = copy(findings, &line->event, rows[row].other, &finding.other);
        if (r == 0)
                r = copy(findings, &line->event, rows[row].value, &finding.value);
        if (finding.code == TN_FINDING_LOCKDOWN && evidence->policy.lockdown[0])
                finding.subject = evidence->policy.lockdown;
        if (finding.code == TN_FINDING_SYMBOL_DUPLICATE && tn_span_eq(line->event.other, SPAN("kernel"))) {
                finding.other = "the kernel"; /* which nobody unloads */
                finding.value = NULL;
        }
        return r < 0 ? r : tn_findings_add(findings, finding);
}

/* A kernel that lets modules do without says so of a namespace, and goes on. */
static bool is_refused(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == TN_KLOG_UNKNOWN_SYMBOL && line->event.err == -EINVAL &&
                    tn_span_eq(line->event.subject, symbol))
                        return true;
        return false;
}

/* Whether it is the reason, as far as the line tells. */
static bool fits(const struct tn_evidence *evidence, const struct tn_klog_event *event)
{
        if (event->kind == TN_KLOG_LICENSE)
                return evidence->err == 0 && event->subject.len > 0;
        if (event->kind == TN_KLOG_NAMESPACE)
                return is_refused(evidence, event->subject);
        if (event->kind == TN_KLOG_LOCKDOWN)
                return tn_span_eq(event->other, SPAN("unsigned module loading"));
        return true;
}

int tn_detect_log(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;
        int r = 0;

        tn_vec_each (line, &evidence->log) {
                if (!line->known || !fits(evidence, &line->event))
                        continue;
                for (size_t i = 0; r == 0 && i < ARRAY_SIZE(rows); i++)
                        if (rows[i].kind == line->event.kind &&
                            (rows[i].err == 0 || rows[i].err == evidence->err))
                                r = add(evidence, line, i, findings);
        }
        return r;
}
