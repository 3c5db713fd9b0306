/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_signer.h"
#include "util/cleanup.h"

static struct tn_finding finding_of(const struct tn_evidence *evidence, enum tn_finding_code code,
                                    const char *subject)
{
        return (struct tn_finding){
                .code = code,
                .name = evidence->name,
                .path = evidence->path,
                .subject = subject,
        };
}

static int add(const struct tn_evidence *evidence, enum tn_finding_code code, const char *subject,
               struct tn_findings *findings)
{
        return tn_findings_add(findings, finding_of(evidence, code, subject));
}

static int add_guess(const struct tn_evidence *evidence, enum tn_finding_code code, const char *subject,
                     struct tn_findings *findings)
{
        struct tn_finding finding = finding_of(evidence, code, subject);

        finding.guess = true;
        return tn_findings_add(findings, finding);
}

static int add_key(const struct tn_evidence *evidence, bool guess, struct tn_findings *findings)
{
        const char *signer = tn_arena_dup(&findings->arena, evidence->facts.signature.signer);

        if (!signer)
                return -ENOMEM;
        return guess ? add_guess(evidence, TN_FINDING_SIGNATURE_KEY, signer, findings)
                     : add(evidence, TN_FINDING_SIGNATURE_KEY, signer, findings);
}

/* An init function can give the same answer. The kernel logs that it refuses an unsigned module. */
static bool refuses_unsigned(const struct tn_evidence *evidence)
{
        if (evidence->parts & TN_EVIDENCE_LOG && evidence->err == -EKEYREJECTED)
                return tn_evidence_find_line(evidence, TN_KLOG_UNSIGNED);
        return evidence->policy.signatures == TN_KERNEL_ENFORCES;
}

/* The kernel names a module only after it has looked at the signature, and so does the module itself. */
static bool is_named(const struct tn_evidence *evidence)
{
        const char *names[] = { evidence->name, evidence->inside };
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                        struct span text = tn_span_of(line->text), name = tn_span_of(names[i]);

                        if (name.len && tn_span_starts(text, name) &&
                            tn_span_starts(tn_span_skip(text, name.len), SPAN(": ")))
                                return true;
                }
        return false;
}

int tn_detect_signature(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (evidence->facts.signature.id.len == 0)
                return refuses_unsigned(evidence)
                               ? add(evidence, TN_FINDING_SIGNATURE_MISSING, NULL, findings)
                               : 0;
        if (tn_evidence_find_line(evidence, TN_KLOG_UNAVAILABLE_KEY))
                return add_key(evidence, false, findings);
        return is_named(evidence) ? tn_detect_add_init_failed(evidence, false, findings) : 0;
}

/*
 * Of a signature that does not fit, the kernel logs nothing, whether or not it enforces signatures; nor of an init function
 * that gives the same answer. The function was called of a module whose key the kernel does not know, if that is allowed.
 */
int tn_detect_signature_unsaid(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        enum tn_signer signer = tn_detect_signer(evidence->keys, evidence->facts.signature.signer);
        int signatures = (int)evidence->policy.signatures;

        if (evidence->facts.signature.id.len == 0 ||
            tn_evidence_find_line(evidence, TN_KLOG_UNSUPPORTED_CRYPTO))
                return 0;
        if (evidence->err == -ENOKEY) /* of kernels before 5.4 */
                return signatures == TN_KERNEL_ENFORCES ? add_key(evidence, true, findings) : 0;
        if (signatures == TN_KERNEL_LENIENT && signer == TN_SIGNER_STRANGER)
                return tn_detect_add_init_failed(evidence, true, findings);
        if (evidence->parts & TN_EVIDENCE_LOG || signer == TN_SIGNER_NAMESAKE ||
            signatures == TN_KERNEL_LENIENT)
                return add_guess(evidence, TN_FINDING_SIGNATURE_MISMATCH, NULL, findings);
        return signatures == TN_KERNEL_ENFORCES && signer == TN_SIGNER_STRANGER
                       ? add_key(evidence, true, findings)
                       : 0;
}

static bool is_blacklisted(const struct tn_evidence *evidence)
{
        return tn_span_has_word(evidence->blacklist, ",", tn_span_of(evidence->name));
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

/* It is not there now. The kernel waits for who loads it, and does not try again where that fails. */
static int judge_absent(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct tn_finding finding = finding_of(evidence, TN_FINDING_MODULE_MEANWHILE, NULL);

        if (evidence->err == -EEXIST)
                return add(evidence, TN_FINDING_INIT_EXISTS, NULL, findings);
        if (evidence->before == TN_KERNEL_ABSENT)
                return 0;
        finding.value = evidence->before == TN_KERNEL_COMING ? "loaded" : "removed";
        return tn_findings_add(findings, finding);
}

int tn_detect_state(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        switch (evidence->state) {
        case TN_KERNEL_LIVE:
                return evidence->err == -EEXIST ? add(evidence, TN_FINDING_MODULE_LOADED, NULL, findings) : 0;
        case TN_KERNEL_COMING: return add(evidence, TN_FINDING_MODULE_COMING, NULL, findings);
        case TN_KERNEL_GOING: return add(evidence, TN_FINDING_MODULE_GOING, NULL, findings);
        case TN_KERNEL_ABSENT: return judge_absent(evidence, findings);
        default: return 0;
        }
}
