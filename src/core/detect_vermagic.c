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

static bool has_word(struct span words, struct span word)
{
        struct span one;

        while ((one = tn_span_word(&words, " ")).len)
                if (tn_span_eq(one, word))
                        return true;
        return false;
}

/* Appends the words of the one that the other lacks: "VERB a b". */
static void add_lacking(struct span words, struct span in, const char *verb, struct tn_buf *out)
{
        bool first = true;
        struct span word;

        while ((word = tn_span_word(&words, " ")).len) {
                if (has_word(in, word))
                        continue;
                if (first)
                        tn_buf_addf(out, "%s%s", out->len ? " and " : "", verb);
                tn_buf_addf(out, " %.*s", SPAN_FMT(word));
                first = false;
        }
}

static int add(const struct tn_evidence *evidence, struct tn_finding like, struct span module,
               struct span kernel, struct tn_findings *findings)
{
        struct tn_finding finding = like;

        finding.name = evidence->name;
        finding.subject = tn_arena_dup(&findings->arena, tn_span_trim(module));
        finding.other = tn_arena_dup(&findings->arena, tn_span_trim(kernel));
        finding.guess = !like.log;
        return finding.subject && finding.other ? tn_findings_add(findings, finding) : -ENOMEM;
}

static int add_release(const struct tn_evidence *evidence, struct span module, struct span kernel,
                       const char *log, struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_VERMAGIC_RELEASE, .log = log };

        if (evidence->parts & TN_EVIDENCE_RELEASE && evidence->release_installed) {
                finding.value = tn_arena_dup(&findings->arena, module);
                if (!finding.value)
                        return -ENOMEM;
        }
        return add(evidence, finding, module, kernel, findings);
}

static int add_flags(const struct tn_evidence *evidence, struct span module, struct span kernel,
                     const char *log, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf flags = { 0 };
        struct tn_finding finding = { .code = TN_FINDING_VERMAGIC_FLAGS, .log = log };

        add_lacking(module, kernel, "has", &flags);
        add_lacking(kernel, module, "lacks", &flags);
        finding.value = tn_buf_str(&flags);
        return finding.value ? add(evidence, finding, module, kernel, findings) : -ENOMEM;
}

static int compare(const struct tn_evidence *evidence, struct span module, struct span kernel,
                   const char *log, struct tn_findings *findings)
{
        struct span release = release_of(module);

        if (release.len && kernel.len && !tn_span_eq(release, release_of(kernel)))
                return add_release(evidence, release, release_of(kernel), log, findings);
        if (module.len && kernel.len && !tn_span_eq(module, kernel))
                return add_flags(evidence, module, kernel, log, findings);
        return log ? add(evidence, (struct tn_finding){ .code = TN_FINDING_MODULE_STRUCT, .log = log },
                         SPAN(""), SPAN(""), findings)
                   : 0;
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
        struct span module = said ? event->subject : tn_facts_info(&evidence->facts, SPAN("vermagic"));
        struct span kernel = said ? event->other : kernel_of(evidence, module);

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
