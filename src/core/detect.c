/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* As many lines of the kernel's log as one reads. */
#define LINES_MAX 3

#define LOG       TN_EVIDENCE_LOG
#define HEAD      TN_EVIDENCE_FILE
#define FACTS     TN_EVIDENCE_FACTS
#define POLICY    TN_EVIDENCE_POLICY
#define OWNERS    TN_EVIDENCE_OWNERS
#define KERNEL    TN_EVIDENCE_KERNEL
#define SYMBOLS   TN_EVIDENCE_SYMBOLS
#define STATE     TN_EVIDENCE_STATE
#define EXPORTS   TN_EVIDENCE_EXPORTS
#define RELEASE   TN_EVIDENCE_RELEASE
#define KEYS      TN_EVIDENCE_KEYS
#define DEVICES   TN_EVIDENCE_DEVICES
#define SOUGHT    TN_EVIDENCE_NEEDS
#define MEMORY    TN_EVIDENCE_MEMORY
#define FIRMWARE  TN_EVIDENCE_FIRMWARE
#define ASKED     TN_EVIDENCE_ASKED

#define INFO      TN_FACTS_INFO
#define ELF       TN_FACTS_ELF
#define NEEDS     TN_FACTS_NEEDS
#define CRCS      TN_FACTS_VERSIONS
#define SIGNATURE TN_FACTS_SIGNATURE
#define LAYOUT    TN_FACTS_LAYOUT

/* In the order in which causes are reported. */
static const struct tn_detector detectors[] = {
        { { TN_DETECT_ANY, TN_DETECT_SUCCESS }, LOG, 0, true, tn_detect_log },
        { { TN_DETECT_ANY, TN_DETECT_SUCCESS }, LOG, INFO, true, tn_detect_parameters, FACTS },
        { { TN_DETECT_ANY, TN_DETECT_SUCCESS }, LOG | ASKED, INFO, true, tn_detect_firmware, FACTS },
        { { TN_DETECT_SUCCESS }, FACTS, INFO | LAYOUT, true, tn_detect_unheard_parameters },
        { { ENOEXEC }, LOG | FACTS, INFO, true, tn_detect_vermagic, KERNEL | RELEASE },
        { { EINVAL, ENOENT }, LOG, CRCS, true, tn_detect_symbol_version, FACTS | OWNERS | EXPORTS },
        { { EINVAL, ENOENT },
          LOG | FACTS | OWNERS,
          INFO,
          true,
          tn_detect_unknown_symbols,
          SYMBOLS | EXPORTS },
        { { ENOSYS }, POLICY, 0, true, tn_detect_no_support },
        { { EKEYREJECTED, ENOKEY }, FACTS, SIGNATURE, true, tn_detect_signature, POLICY },
        { { ENOEXEC, EINVAL, EBADMSG, ENOSYS, EKEYREJECTED, EISDIR }, HEAD, 0, true, tn_detect_file },
        { { ENOEXEC }, FACTS | KERNEL, ELF, true, tn_detect_elf },
        { { ENOENT, EACCES, ELOOP }, HEAD, 0, true, tn_detect_no_file },
        { { EPERM }, POLICY, SIGNATURE, true, tn_detect_policy, FACTS },
        { { EBUSY, EEXIST }, STATE, 0, true, tn_detect_state },
        { { ENOMEM }, LOG, LAYOUT, true, tn_detect_memory, FACTS | MEMORY },
        { { ENODEV, ENXIO, EOPNOTSUPP }, LOG | FACTS | DEVICES, INFO, true, tn_detect_init },
        { { ENOEXEC }, FACTS | KERNEL, INFO, false, tn_detect_foreign, RELEASE },
        { { EINVAL, ENOENT }, FACTS | SOUGHT, INFO | NEEDS, false, tn_detect_unheard_symbols, SYMBOLS },
        { { EINVAL }, FACTS, INFO, false, tn_detect_joined_parameters },
        { { EINVAL, ERANGE, ENOSPC }, FACTS, INFO | NEEDS, false, tn_detect_unheard_parameters },
        { { EKEYREJECTED }, FACTS, SIGNATURE, false, tn_detect_signature_unsaid, POLICY | KEYS },
        { { ENOKEY }, FACTS, SIGNATURE, false, tn_detect_signature_unsaid, POLICY },
        { { ENOENT }, FACTS | ASKED, INFO, false, tn_detect_firmware_unheard },
        { { ENOMEM }, FACTS | MEMORY, LAYOUT, false, tn_detect_memory_unsaid },
        { { EPERM }, POLICY, 0, false, tn_detect_seccomp },

        /* in the order in which the kernel asks */
        { { TN_DETECT_BEFORE }, POLICY, 0, true, tn_detect_no_support },
        { { TN_DETECT_BEFORE }, POLICY, 0, true, tn_gate_policy },
        { { TN_DETECT_BEFORE }, HEAD, 0, true, tn_gate_file },
        { { TN_DETECT_BEFORE }, FACTS | POLICY, SIGNATURE, true, tn_gate_signature, KEYS },
        { { TN_DETECT_BEFORE }, FACTS | KERNEL, ELF, true, tn_detect_elf },
        { { TN_DETECT_BEFORE }, FACTS | POLICY, INFO, true, tn_gate_blacklist },
        { { TN_DETECT_BEFORE }, FACTS | KERNEL, INFO | CRCS | LAYOUT, true, tn_gate_vermagic, RELEASE },
        { { TN_DETECT_BEFORE }, FACTS | MEMORY, LAYOUT, true, tn_gate_memory },
        { { TN_DETECT_BEFORE }, FACTS | SOUGHT, INFO | NEEDS, true, tn_gate_symbols },
        { { TN_DETECT_BEFORE }, FACTS, INFO | NEEDS | LAYOUT, true, tn_gate_parameters },
        { { TN_DETECT_BEFORE }, FACTS | FIRMWARE, INFO, true, tn_gate_firmware },
};

static bool may_explain(const struct tn_detector *detector, int err)
{
        for (size_t i = 0; i < ARRAY_SIZE(detector->answers); i++) {
                int answer = detector->answers[i];

                if ((answer > 0 && -answer == err) || (answer == TN_DETECT_ANY && err < 0) ||
                    (answer == TN_DETECT_SUCCESS && err == 0) ||
                    (answer == TN_DETECT_BEFORE && err == TN_EVIDENCE_BEFORE))
                        return true;
        }
        return false;
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

static bool is_told(const struct tn_findings *findings, const struct tn_evidence_line *line)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list)
                if (finding->log && strcmp(finding->log, line->text) == 0)
                        return true;
        return false;
}

/* Of one file there may be several, and one finding. */
static bool is_firmware(const struct tn_evidence_line *line)
{
        return line->known && line->event.kind == TN_KLOG_FIRMWARE;
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

        tn_vec_each (line, &evidence->log) {
                guessed |= is_firmware(line);
                if (r == 0 && !is_taint(line) && !is_firmware(line) && !is_told(findings, line) &&
                    n++ < LINES_MAX)
                        r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_SAID,
                                                                           .name = evidence->name,
                                                                           .log = line->text });
        }
        if (r == 0 && n == 0 && !guessed)
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

/* Nobody has an idea, and the log cannot be read; or there is none here, as in a root of its own. */
static int add_unheard(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        bool none =
                evidence->log_err == -ENOENT || evidence->log_err == -ENXIO || evidence->log_err == -ENODEV;

        return tn_findings_add(findings, (struct tn_finding){ .code = none ? TN_FINDING_KERNEL_LOGLESS
                                                                           : TN_FINDING_KERNEL_UNHEARD,
                                                              .name = evidence->name });
}

int tn_detect(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        size_t before = findings->list.n;
        int r = ask(evidence, true, findings);
        bool guessed;

        if (r < 0 || evidence->err >= 0 || has_cause(findings, before))
                return r;
        r = ask(evidence, false, findings);
        guessed = has_cause(findings, before);
        if (r == 0 && evidence->parts & TN_EVIDENCE_LOG)
                r = add_log(evidence, guessed, findings);
        if (r < 0 || guessed || evidence->parts & TN_EVIDENCE_LOG)
                return r;
        return add_unheard(evidence, findings);
}
