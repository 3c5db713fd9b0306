/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* As many lines of the kernel's log as one reads. */
#define LINES_MAX 3

#define INFO      TN_FACTS_INFO
#define KEYS      (TN_EVIDENCE_POLICY | TN_EVIDENCE_KEYS)

/* In the order in which causes are reported. */
static const struct tn_detector detectors[] = {
        { TN_DETECT_ANY, TN_EVIDENCE_LOG, 0, true, tn_detect_log },
        { 0, TN_EVIDENCE_LOG, 0, true, tn_detect_log },
        { TN_DETECT_ANY, TN_EVIDENCE_LOG, INFO, true, tn_detect_parameters, TN_EVIDENCE_FACTS },
        { 0, TN_EVIDENCE_LOG, INFO, true, tn_detect_parameters, TN_EVIDENCE_FACTS },
        { -ENOEXEC, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS, INFO, true, tn_detect_vermagic,
          TN_EVIDENCE_KERNEL | TN_EVIDENCE_RELEASE },
        { -EINVAL, TN_EVIDENCE_LOG, TN_FACTS_VERSIONS, true, tn_detect_symbol_version,
          TN_EVIDENCE_FACTS | TN_EVIDENCE_OWNERS | TN_EVIDENCE_VERSIONS },
        { -ENOENT, TN_EVIDENCE_LOG, TN_FACTS_VERSIONS, true, tn_detect_symbol_version,
          TN_EVIDENCE_FACTS | TN_EVIDENCE_OWNERS | TN_EVIDENCE_VERSIONS },
        { -EINVAL, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_OWNERS, INFO, true,
          tn_detect_unknown_symbols, TN_EVIDENCE_SYMBOLS | TN_EVIDENCE_VERSIONS },
        { -ENOENT, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_OWNERS, INFO, true,
          tn_detect_unknown_symbols, TN_EVIDENCE_SYMBOLS | TN_EVIDENCE_VERSIONS },
        { -ENOEXEC, TN_EVIDENCE_FILE, 0, true, tn_detect_file },
        { -EINVAL, TN_EVIDENCE_FILE, 0, true, tn_detect_file },
        { -EBADMSG, TN_EVIDENCE_FILE, 0, true, tn_detect_file },
        { -ENOSYS, TN_EVIDENCE_POLICY, 0, true, tn_detect_no_support },
        { -ENOSYS, TN_EVIDENCE_FILE, 0, true, tn_detect_file },
        { -ENOEXEC, TN_EVIDENCE_FACTS | TN_EVIDENCE_KERNEL, TN_FACTS_ELF, true, tn_detect_elf },
        { -ENOENT, TN_EVIDENCE_FILE, 0, true, tn_detect_no_file },
        { -EACCES, TN_EVIDENCE_FILE, 0, true, tn_detect_no_file },
        { -EPERM, TN_EVIDENCE_POLICY, TN_FACTS_SIGNATURE, true, tn_detect_policy, TN_EVIDENCE_FACTS },
        { -EKEYREJECTED, TN_EVIDENCE_FACTS, TN_FACTS_SIGNATURE, true, tn_detect_signature, KEYS },
        { -ENOKEY, TN_EVIDENCE_FACTS, TN_FACTS_SIGNATURE, true, tn_detect_signature, TN_EVIDENCE_POLICY },
        { -EKEYREJECTED, TN_EVIDENCE_FILE, 0, true, tn_detect_file },
        { -EBUSY, TN_EVIDENCE_STATE, 0, true, tn_detect_state },
        { -EEXIST, TN_EVIDENCE_STATE, 0, true, tn_detect_state },
        { -ENODEV, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_DEVICES, INFO, true, tn_detect_init },
        { -ENXIO, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_DEVICES, INFO, true, tn_detect_init },
        { -EOPNOTSUPP, TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_DEVICES, INFO, true,
          tn_detect_init },
        { -ENOEXEC, TN_EVIDENCE_FACTS | TN_EVIDENCE_KERNEL, INFO, false, tn_detect_foreign,
          TN_EVIDENCE_RELEASE },
        { -ENOENT, TN_EVIDENCE_FACTS | TN_EVIDENCE_OWNERS, TN_FACTS_NEEDS, false, tn_detect_needs },
        { -EINVAL, TN_EVIDENCE_FACTS, INFO, false, tn_detect_joined_parameters },
        { -EPERM, TN_EVIDENCE_POLICY, 0, false, tn_detect_seccomp },
};

static bool may_explain(const struct tn_detector *detector, int err)
{
        return detector->err == err || (detector->err == TN_DETECT_ANY && err < 0);
}

unsigned tn_detect_wants(int err, unsigned *ret_facts)
{
        unsigned wants = 0;

        *ret_facts = 0;
        for (size_t i = 0; i < ARRAY_SIZE(detectors); i++) {
                if (!may_explain(&detectors[i], err))
                        continue;
                wants |= detectors[i].evidence | detectors[i].helps;
                *ret_facts |= detectors[i].facts;
        }
        return wants;
}

static int ask(const struct tn_evidence *evidence, bool certain, struct tn_findings *findings)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(detectors); i++)
                if (detectors[i].certain == certain && may_explain(&detectors[i], evidence->err) &&
                    (evidence->parts & detectors[i].evidence) == detectors[i].evidence)
                        r = detectors[i].detect(evidence, findings);
        return r;
}

/* Of a file of firmware that is missing there may be several lines, and one finding. */
static bool is_told(const struct tn_findings *findings, const struct tn_evidence_line *line)
{
        const struct tn_finding *finding;

        if (line->known && line->event.kind == TN_KLOG_FIRMWARE)
                return true;
        tn_vec_each (finding, &findings->list)
                if (finding->log && strcmp(finding->log, line->text) == 0)
                        return true;
        return false;
}

/* The kernel says this of modules that it takes: it is no reason. */
static bool is_taint(const struct tn_evidence_line *line)
{
        return line->known &&
               (line->event.kind == TN_KLOG_UNVERIFIED || line->event.kind == TN_KLOG_LICENSE ||
                line->event.kind == TN_KLOG_OUT_OF_TREE);
}

/*
 * What no detector is certain of is shown as the kernel has said it. That it has said nothing counts only where nobody has
 * a guess.
 */
static int add_log(const struct tn_evidence *evidence, bool guessed, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;
        size_t n = 0;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && !is_taint(line) && !is_told(findings, line) && n++ < LINES_MAX)
                        r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_SAID,
                                                                           .name = evidence->name,
                                                                           .log = line->text });
        if (r == 0 && n == 0 && !guessed && !tn_evidence_find_line(evidence, TN_KLOG_FIRMWARE))
                r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_SILENT,
                                                                   .name = evidence->name });
        return r;
}

static bool has_cause(const struct tn_findings *findings, size_t before)
{
        for (size_t i = before; i < findings->list.n; i++)
                if (tn_finding_severity(findings->list.v[i].code) == TN_SEVERITY_ERROR)
                        return true;
        return false;
}

int tn_detect(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        size_t before = findings->list.n;
        int r = ask(evidence, true, findings);
        bool guessed;

        if (r < 0 || evidence->err == 0 || has_cause(findings, before))
                return r;
        r = ask(evidence, false, findings);
        guessed = has_cause(findings, before);
        if (r == 0 && evidence->parts & TN_EVIDENCE_LOG)
                r = add_log(evidence, guessed, findings);
        if (r < 0 || guessed || evidence->parts & TN_EVIDENCE_LOG)
                return r;
        return tn_findings_add(
                findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_UNHEARD, .name = evidence->name });
}
