/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>

#include "core/detect.h"
#include "util/cleanup.h"

static uint64_t wanted_crc(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_modsym *version;

        if (evidence->parts & TN_EVIDENCE_FACTS)
                tn_vec_each (version, &evidence->facts.versions)
                        if (tn_span_eq(version->name, symbol))
                                return version->crc;
        return 0;
}

/* Whose the symbol is; NULL where nobody knows. */
static const char *owner_of(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_owner *owner = tn_evidence_find_owner(evidence, symbol);
        const struct tn_evidence_export *export = tn_evidence_find_export(evidence, symbol);

        if (owner)
                return owner->module;
        if (!export || export->err < 0)
                return NULL;
        return strcmp(export->export.owner, "vmlinux") == 0 ? "the kernel" : export->export.owner;
}

/* What the files have is the kernel's only as long as it does not agree with the module that the kernel has refused. */
static int report(const struct tn_evidence *evidence, struct span symbol, const char *log,
                  struct tn_findings *findings)
{
        const struct tn_evidence_export *export = tn_evidence_find_export(evidence, symbol);
        uint64_t wanted = wanted_crc(evidence, symbol);
        _cleanup_(tn_buf_fini) struct tn_buf crcs = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_SYMBOL_VERSION,
                .name = evidence->name,
                .subject = tn_arena_dup(&findings->arena, symbol),
                .other = owner_of(evidence, symbol),
                .log = log,
        };

        if (wanted)
                tn_buf_addf(&crcs, "it wants CRC 0x%08" PRIx64, wanted);
        if (wanted && export && export->err == 0 && export->export.has_crc && export->export.crc != wanted)
                tn_buf_addf(&crcs, ", and there is 0x%08" PRIx32, export->export.crc);
        finding.value = tn_buf_str(&crcs);
        return finding.subject && finding.value ? tn_findings_add(findings, finding) : -ENOMEM;
}

/* What stands for the whole of the kernel's configuration is not about one symbol: core/detect_vermagic.c. */
int tn_detect_symbol_version(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && line->known && line->event.kind == TN_KLOG_SYMBOL_VERSION &&
                    !tn_span_eq(line->event.subject, SPAN("module_layout")))
                        r = report(evidence, line->event.subject, line->text, findings);
        return r;
}
