/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

static const struct tn_evidence_line *find_line(const struct tn_evidence *evidence, enum tn_klog_kind kind)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == kind)
                        return line;
        return NULL;
}

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

/* Of a signature that does not fit, the kernel logs nothing; so without the log nothing is certain of one that is there. */
int tn_detect_signature(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_modsig *signature = &evidence->facts.signature;
        const char *signer;

        if (signature->id.len == 0)
                return add(evidence, TN_FINDING_SIGNATURE_MISSING, NULL, findings);
        if (!(evidence->parts & TN_EVIDENCE_LOG))
                return 0;
        if (!find_line(evidence, TN_KLOG_UNAVAILABLE_KEY))
                return find_line(evidence, TN_KLOG_UNSUPPORTED_CRYPTO)
                               ? 0
                               : add(evidence, TN_FINDING_SIGNATURE_MISMATCH, NULL, findings);
        signer = tn_arena_dup(&findings->arena, signature->signer);
        return signer ? add(evidence, TN_FINDING_SIGNATURE_KEY, signer, findings) : -ENOMEM;
}

static bool is_blacklisted(const struct tn_evidence *evidence)
{
        struct span rest = evidence->blacklist, name;

        while (tn_span_split(&rest, ',', &name))
                if (tn_span_eq(name, tn_span_of(evidence->name)))
                        return true;
        return false;
}

/* The kernel asks for the right first, then for modules_disabled; of neither it logs anything. */
int tn_detect_policy(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (find_line(evidence, TN_KLOG_LOCKDOWN) || find_line(evidence, TN_KLOG_BLACKLISTED))
                return 0;
        if (evidence->policy.no_right)
                return add(evidence, TN_FINDING_NO_CAPABILITY, NULL, findings);
        if (evidence->policy.disabled)
                return add(evidence, TN_FINDING_MODULES_DISABLED, NULL, findings);
        if (is_blacklisted(evidence))
                return add(evidence, TN_FINDING_KERNEL_BLACKLIST, NULL, findings);
        return 0;
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
