/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_vermagic.h"
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

/* Appends the words of the one that the other lacks: "VERB a b". */
static void add_lacking(struct span words, struct span in, const char *verb, struct tn_buf *out)
{
        bool first = true;
        struct span word;

        while ((word = tn_span_word(&words, " ")).len) {
                if (tn_span_has_word(in, " ", word))
                        continue;
                if (first)
                        tn_buf_addf(out, "%s%s", out->len ? " and " : "", verb);
                tn_buf_addf(out, " %.*s", SPAN_FMT(word));
                first = false;
        }
}

static int add(const struct tn_evidence *evidence, const struct tn_detect_vermagics *both,
               struct tn_finding like, struct tn_findings *findings)
{
        struct tn_finding finding = like;

        finding.name = evidence->name;
        finding.log = both->log;
        finding.guess = both->guess;
        return tn_findings_add(findings, finding);
}

static int add_release(const struct tn_evidence *evidence, const struct tn_detect_vermagics *both,
                       struct tn_findings *findings)
{
        bool installed = evidence->parts & TN_EVIDENCE_RELEASE && evidence->release_installed;
        struct tn_finding finding = {
                .code = TN_FINDING_VERMAGIC_RELEASE,
                .subject = tn_arena_dup(&findings->arena, release_of(both->module)),
                .other = tn_arena_dup(&findings->arena, release_of(both->kernel)),
        };

        finding.value = installed ? finding.subject : NULL;
        return finding.subject && finding.other ? add(evidence, both, finding, findings) : -ENOMEM;
}

static int add_flags(const struct tn_evidence *evidence, const struct tn_detect_vermagics *both,
                     struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf flags = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_VERMAGIC_FLAGS,
                .subject = tn_arena_dup(&findings->arena, tn_span_trim(both->module)),
                .other = tn_arena_dup(&findings->arena, tn_span_trim(both->kernel)),
        };

        add_lacking(both->module, both->kernel, "has", &flags);
        add_lacking(both->kernel, both->module, "lacks", &flags);
        finding.value = tn_buf_str(&flags);
        return finding.subject && finding.other && finding.value ? add(evidence, both, finding, findings)
                                                                 : -ENOMEM;
}

int tn_detect_compare_vermagics(const struct tn_evidence *evidence, const struct tn_detect_vermagics *both,
                                struct tn_findings *findings)
{
        struct span release = release_of(both->module);

        if (release.len && both->kernel.len && !tn_span_eq(release, release_of(both->kernel)))
                return add_release(evidence, both, findings);
        if (both->module.len && both->kernel.len && !tn_span_eq(both->module, both->kernel))
                return add_flags(evidence, both, findings);
        return both->guess ? 0
                           : add(evidence, both, (struct tn_finding){ .code = TN_FINDING_MODULE_STRUCT },
                                 findings);
}

/* Where no module of its own tells its vermagic, its release is known all the same. */
static struct span kernel_of(const struct tn_evidence *evidence, struct span module)
{
        struct span release = tn_span_of(evidence->release);

        if (evidence->parts & TN_EVIDENCE_KERNEL)
                return tn_span_of(evidence->vermagic);
        return tn_span_eq(release_of(module), release) ? SPAN("") : release;
}

static int explain(const struct tn_evidence *evidence, const struct tn_evidence_line *line,
                   struct tn_findings *findings)
{
        const struct tn_klog_event *event = &line->event;
        bool said = event->kind == TN_KLOG_VERMAGIC;
        struct tn_detect_vermagics both = { event->subject, event->other, line->text };

        if (!said) {
                both.module = tn_facts_info(&evidence->facts, SPAN("vermagic"));
                both.kernel = kernel_of(evidence, both.module);
        }
        return tn_detect_compare_vermagics(evidence, &both, findings);
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
        const struct tn_detect_vermagics both = {
                .module = tn_facts_info(&evidence->facts, SPAN("vermagic")),
                .kernel = tn_span_of(evidence->vermagic),
                .guess = true,
        };

        if (evidence->parts & TN_EVIDENCE_LOG || both.module.len == 0)
                return 0;
        return tn_detect_compare_vermagics(evidence, &both, findings);
}
