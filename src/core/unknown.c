/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/unknown.h"
#include "core/detect.h"
#include "core/detect_name.h"
#include "core/evidence_file.h"
#include "util/cleanup.h"

int tn_unknown_explain(const struct tn_evidence_name_from *from, struct tn_findings *findings)
{
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        size_t before = findings->list.n;
        unsigned wants = 0;
        int r = tn_evidence_name_init(from, &evidence);

        do {
                if (r == 0)
                        r = tn_evidence_name_add(from, wants, &evidence);
                if (r == 0)
                        r = tn_detect_name(&evidence, findings, &wants);
        } while (r == 0 && wants);
        if (r < 0 || findings->list.n > before)
                return r;
        return tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_NAME_UNKNOWN,
                                                              .name = from->asked,
                                                              .path = tn_catalog_dir(from->catalog) });
}

int tn_unknown_explain_file(const struct tn_catalog *catalog, const char *path, struct tn_findings *findings)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };
        size_t before = findings->list.n;
        int r = tn_evidence_file_load(catalog, path, path, &evidence);

        if (r < 0 || evidence.facts_err == 0)
                return r;
        r = evidence.link.text ? tn_detect_unread(&evidence, findings) : tn_detect_file(&evidence, findings);
        if (r < 0 || findings->list.n > before)
                return r;
        return tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_FILE_UNREADABLE,
                                                              .path = path,
                                                              .value = strerror(-evidence.facts_err) });
}
