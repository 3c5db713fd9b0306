/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

static int add(const struct tn_evidence *evidence, const struct tn_evidence_asked *firmware,
               struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = firmware->path ? TN_FINDING_FIRMWARE_FAILED : TN_FINDING_FIRMWARE_MISSING,
                .guess = firmware->asker != TN_EVIDENCE_ASKER_OWN,
                .name = evidence->name,
                .path = firmware->path,
                .subject = firmware->file,
                .other = evidence->firmware_path,
                .value = strerror(-firmware->err),
                .log = firmware->log,
        };

        return tn_findings_add(findings, finding);
}

/* What the kernel has said that it could not load. It warns, and the driver decides. */
int tn_detect_firmware(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_asked *firmware;
        int r = 0;

        tn_vec_each (firmware, &evidence->asked)
                if (r == 0 && firmware->log)
                        r = add(evidence, firmware, findings);
        return r;
}

/* Nobody can hear the kernel, and no file is there of those that the module names. */
int tn_detect_firmware_unheard(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_asked *firmware;

        if (evidence->parts & TN_EVIDENCE_LOG || evidence->asked.n == 0)
                return 0;
        tn_vec_each (firmware, &evidence->asked)
                if (firmware->path)
                        return 0;
        return add(evidence, &evidence->asked.v[0], findings);
}
