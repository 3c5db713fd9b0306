/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_signer.h"

static int add(const struct tn_evidence *evidence, enum tn_finding_code code, const char *subject,
               struct tn_findings *findings)
{
        return tn_findings_add(findings, (struct tn_finding){ .code = code,
                                                              .name = evidence->name,
                                                              .path = evidence->path,
                                                              .subject = subject });
}

/*
 * An ordinary user may check what root will load: that his own load would fail says nothing. Root's would fail only where
 * the right was taken away.
 */
int tn_gate_policy(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_kernel_policy *policy = &evidence->policy;
        bool lacks = policy->no_right && policy->root;
        int r = 0;

        if (lacks && !policy->in_namespace)
                r = tn_detect_no_right(evidence->name, policy, findings);
        if (r == 0 && policy->disabled)
                r = add(evidence, TN_FINDING_MODULES_DISABLED, NULL, findings);
        if (r == 0 && lacks && policy->in_namespace)
                r = tn_detect_no_right(evidence->name, policy, findings);
        return r;
}

/*
 * What a kernel that enforces signatures, or is locked down, would say of this one. Whether a signature fits the contents,
 * only the kernel can tell; what another key has signed is refused, if all keys can be seen.
 */
int tn_gate_signature(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        bool enforced = evidence->policy.signatures == TN_KERNEL_ENFORCES;
        bool locked = evidence->policy.lockdown[0];
        bool is_signed = evidence->facts.signature.id.len;
        const char *signer;

        if (!enforced && !locked)
                return 0;
        if (is_signed &&
            (!(evidence->parts & TN_EVIDENCE_KEYS) ||
             tn_detect_signer(evidence->keys, evidence->facts.signature.signer) != TN_SIGNER_STRANGER))
                return 0;
        if (!enforced)
                return add(evidence, TN_FINDING_LOCKDOWN, evidence->policy.lockdown, findings);
        if (!is_signed)
                return add(evidence, TN_FINDING_SIGNATURE_MISSING, NULL, findings);
        signer = tn_arena_dup(&findings->arena, evidence->facts.signature.signer);
        return signer ? add(evidence, TN_FINDING_SIGNATURE_KEY, signer, findings) : -ENOMEM;
}

/* The kernel goes by the name inside the file. */
int tn_gate_blacklist(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct span inside = tn_facts_info(&evidence->facts, SPAN("name"));
        struct span name = inside.len ? inside : tn_span_of(evidence->name);

        return tn_span_has_word(evidence->blacklist, ",", name)
                       ? add(evidence, TN_FINDING_KERNEL_BLACKLIST, NULL, findings)
                       : 0;
}
