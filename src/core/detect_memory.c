/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>

#include "core/detect.h"
#include "util/cleanup.h"
#include "util/num.h"

static int add(const struct tn_evidence *evidence, uint64_t wants, bool guess, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf takes = { 0 }, has = { 0 };
        bool lacks = evidence->parts & TN_EVIDENCE_MEMORY && wants > evidence->memory_free;
        struct tn_finding finding = { .code = TN_FINDING_MEMORY, .guess = guess, .name = evidence->name };

        tn_buf_addf(&takes, "%" PRIu64, wants);
        tn_buf_addf(&has, "%" PRIu64, evidence->memory_free);
        if (!tn_buf_str(&takes) || !tn_buf_str(&has))
                return -ENOMEM;
        if (lacks) {
                finding.subject = takes.ptr;
                finding.other = has.ptr;
        } else if (wants) {
                finding.value = takes.ptr; /* there is less of the addresses that are for modules */
        }
        return tn_findings_add(findings, finding);
}

/* What the kernel logs of it; not every kernel tells how much it was. */
int tn_detect_memory(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line = tn_evidence_find_line(evidence, TN_KLOG_MEMORY);
        uint64_t wants = evidence->parts & TN_EVIDENCE_FACTS ? evidence->facts.layout.memory : 0;

        if (line && wants == 0)
                tn_num_parse(line->event.subject, 10, &wants);
        return line ? add(evidence, wants, false, findings) : 0;
}

/* It logs nothing the second time. An init function may lack memory as well, if the module found place in the machine. */
int tn_detect_memory_unsaid(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        uint64_t wants = evidence->facts.layout.memory;

        return wants > evidence->memory_free ? add(evidence, wants, wants <= evidence->memory, findings) : 0;
}
