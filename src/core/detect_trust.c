/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* A line of /proc/keys has so many words before the type of the key. */
#define WORDS_BEFORE_TYPE 7

static int add(const struct tn_evidence *evidence, enum tn_finding_code code, const char *subject,
               struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = code,
                .name = evidence->name,
                .path = evidence->path,
                .subject = subject,
        };

        return tn_findings_add(findings, finding);
}

static int add_key(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const char *signer = tn_arena_dup(&findings->arena, evidence->facts.signature.signer);

        return signer ? add(evidence, TN_FINDING_SIGNATURE_KEY, signer, findings) : -ENOMEM;
}

/* Of "14262f16 I------ 1 perm 1f030000 0 0 asymmetri Build time key: 8963f7: X509.rsa 371a5bb8 []" what is from "Build". */
static bool is_asymmetric(struct span line, struct span *ret_description)
{
        for (size_t i = 0; i < WORDS_BEFORE_TYPE; i++)
                tn_span_word(&line, " ");
        if (!tn_span_eq(tn_span_word(&line, " "), SPAN("asymmetri")))
                return false;
        *ret_description = tn_span_trim(line);
        return true;
}

/* Where the kernel cannot be heard. Keys that cannot be seen tell nothing, nor does a signer who is not named. */
static int judge_unheard(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct span signer = evidence->facts.signature.signer, rest = evidence->keys, line, key;
        bool known = false;
        size_t n = 0;

        if (evidence->policy.signatures == TN_KERNEL_LENIENT)
                return add(evidence, TN_FINDING_SIGNATURE_MISMATCH, NULL, findings);
        while (tn_span_split(&rest, '\n', &line)) {
                if (!is_asymmetric(line, &key))
                        continue;
                n++;
                known |= tn_span_starts(key, signer) &&
                         tn_span_starts(tn_span_skip(key, signer.len), SPAN(": "));
        }
        if (evidence->policy.signatures != TN_KERNEL_ENFORCES || n == 0 || signer.len == 0)
                return 0;
        return known ? add(evidence, TN_FINDING_SIGNATURE_MISMATCH, NULL, findings)
                     : add_key(evidence, findings);
}

/* An init function can give the same answer. The kernel logs that it refuses an unsigned module. */
static bool refuses_unsigned(const struct tn_evidence *evidence)
{
        if (evidence->parts & TN_EVIDENCE_LOG && evidence->err == -EKEYREJECTED)
                return tn_evidence_find_line(evidence, TN_KLOG_UNSIGNED);
        return evidence->policy.signatures != TN_KERNEL_LENIENT;
}

/* Of a signature that does not fit, the kernel logs nothing. Without enforcement only such a one is refused. */
int tn_detect_signature(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (evidence->err == -ENOKEY && evidence->policy.signatures != TN_KERNEL_ENFORCES)
                return 0;
        if (evidence->facts.signature.id.len == 0)
                return refuses_unsigned(evidence)
                               ? add(evidence, TN_FINDING_SIGNATURE_MISSING, NULL, findings)
                               : 0;
        if (evidence->err == -ENOKEY) /* of kernels before 5.4 */
                return add_key(evidence, findings);
        if (!(evidence->parts & TN_EVIDENCE_LOG))
                return judge_unheard(evidence, findings);
        if (tn_evidence_find_line(evidence, TN_KLOG_UNAVAILABLE_KEY))
                return add_key(evidence, findings);
        if (tn_evidence_find_line(evidence, TN_KLOG_UNSUPPORTED_CRYPTO))
                return 0;
        return add(evidence, TN_FINDING_SIGNATURE_MISMATCH, NULL, findings);
}

static bool is_blacklisted(const struct tn_evidence *evidence)
{
        struct span rest = evidence->blacklist, name;

        while (tn_span_split(&rest, ',', &name))
                if (tn_span_eq(name, tn_span_of(evidence->name)))
                        return true;
        return false;
}

int tn_detect_no_right(const char *name, const struct tn_kernel_policy *policy, struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_NO_CAPABILITY,
                .name = name,
                .value = "it is not root's",
                .other = "as root",
        };

        if (policy->in_namespace || policy->root) {
                finding.value = policy->in_namespace ? "it is in a user namespace, as containers are"
                                                     : "it was taken from root, as in a container";
                finding.other = policy->in_namespace ? "outside of that namespace" : "where root has it";
        }
        return tn_findings_add(findings, finding);
}

static bool is_unsigned(const struct tn_evidence *evidence)
{
        return evidence->parts & TN_EVIDENCE_FACTS && evidence->facts.signature.id.len == 0;
}

/* A lockdown stops a module without signature before its init function could refuse; so without the log, too. */
static bool is_locked(const struct tn_evidence *evidence)
{
        return !(evidence->parts & TN_EVIDENCE_LOG) && evidence->policy.lockdown[0] &&
               !evidence->policy.seccomp && is_unsigned(evidence);
}

/*
 * The kernel asks for the right first, then for modules_disabled; of neither it logs anything. What it would refuse
 * outside of a namespace, too, goes before that it is refused inside.
 */
int tn_detect_policy(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (tn_evidence_find_line(evidence, TN_KLOG_LOCKDOWN) ||
            tn_evidence_find_line(evidence, TN_KLOG_BLACKLISTED))
                return 0;
        if (evidence->policy.no_right && !evidence->policy.in_namespace)
                return tn_detect_no_right(evidence->name, &evidence->policy, findings);
        if (evidence->policy.disabled)
                return add(evidence, TN_FINDING_MODULES_DISABLED, NULL, findings);
        if (is_blacklisted(evidence))
                return add(evidence, TN_FINDING_KERNEL_BLACKLIST, NULL, findings);
        if (evidence->policy.no_right)
                return tn_detect_no_right(evidence->name, &evidence->policy, findings);
        if (is_locked(evidence))
                return add(evidence, TN_FINDING_LOCKDOWN, evidence->policy.lockdown, findings);
        return 0;
}

/* It speaks last: an init function may have said no as well, but then rarely without a word in the log. */
int tn_detect_seccomp(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_SECCOMP,
                .guess = !(evidence->parts & TN_EVIDENCE_LOG) || evidence->log.n > 0,
                .name = evidence->name,
        };

        return evidence->policy.seccomp ? tn_findings_add(findings, finding) : 0;
}

int tn_detect_no_support(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (!evidence->policy.no_modules)
                return 0;
        return add(evidence, TN_FINDING_NO_MODULE_SUPPORT, evidence->release, findings);
}

int tn_detect_state(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        switch (evidence->state) {
        case TN_KERNEL_LIVE:
                return evidence->err == -EEXIST ? add(evidence, TN_FINDING_MODULE_LOADED, NULL, findings) : 0;
        case TN_KERNEL_COMING: return add(evidence, TN_FINDING_MODULE_COMING, NULL, findings);
        case TN_KERNEL_GOING: return add(evidence, TN_FINDING_MODULE_GOING, NULL, findings);
        case TN_KERNEL_ABSENT:
                return evidence->err == -EEXIST ? add(evidence, TN_FINDING_INIT_EXISTS, NULL, findings) : 0;
        default: return 0;
        }
}
