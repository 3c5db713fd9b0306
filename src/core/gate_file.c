/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* As after a load: what is no file, what cannot be read, what is no module. */
int tn_gate_file(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        int err = evidence->file_err;

        return err < 0 && err != -EISDIR && err != -EINVAL ? tn_detect_no_file(evidence, findings)
                                                           : tn_detect_file(evidence, findings);
}

/* More than the machine has is never there; more than could be made free may be, by the time. */
int tn_gate_memory(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        uint64_t wants = evidence->facts.layout.memory;
        _cleanup_(tn_buf_fini) struct tn_buf takes = { 0 }, has = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_MEMORY,
                .guess = wants <= evidence->memory,
                .name = evidence->name,
        };

        if (wants <= evidence->memory_free)
                return 0;
        tn_buf_addf(&takes, "%" PRIu64, wants);
        tn_buf_addf(&has, "%" PRIu64, evidence->memory_free);
        finding.subject = tn_buf_str(&takes);
        finding.other = tn_buf_str(&has);
        return finding.subject && finding.other ? tn_findings_add(findings, finding) : -ENOMEM;
}

/* As many files as fit into a line that one reads. */
#define FILES_MAX 4

/* A driver names all that any of its devices may need: that one is missing may never be noticed. */
int tn_gate_firmware(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct span rest = evidence->firmware, file;
        _cleanup_(tn_buf_fini) struct tn_buf files = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_FIRMWARE_MISSING,
                .guess = true,
                .name = evidence->name,
        };
        size_t n = 0;

        while (tn_span_split(&rest, '\0', &file)) {
                if (n < FILES_MAX)
                        tn_buf_addf(&files, "%s%.*s", n ? ", " : "", SPAN_FMT(file));
                n++;
        }
        if (n > FILES_MAX)
                tn_buf_addf(&files, " and %zu more", n - FILES_MAX);
        finding.subject = tn_buf_str(&files);
        if (!finding.subject)
                return -ENOMEM;
        return n ? tn_findings_add(findings, finding) : 0;
}
