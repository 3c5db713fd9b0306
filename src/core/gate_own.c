/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/gate_own.h"
#include "core/modfile.h"
#include "core/params.h"
#include "util/cleanup.h"

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct span tn_gate_own_word(const struct tn_finding *finding)
{
        struct span value = tn_span_of(finding->value), word = tn_span_head(value, tn_span_chr(value, ','));

        if (finding->code == TN_FINDING_PARAMETER_UNKNOWN && finding->guess)
                return tn_span_of(finding->subject);
        if (finding->code == TN_FINDING_PARAMETER_VALUE && word.len > 1 && is_letter(word.ptr[0]))
                return word;
        return (struct span){ 0 };
}

static bool is_any_doubtful(const struct tn_findings *findings)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list)
                if (tn_gate_own_word(finding).len)
                        return true;
        return false;
}

static void drop(struct span module, struct tn_findings *findings)
{
        size_t n = 0;

        for (size_t i = 0; i < findings->list.n; i++) {
                struct span word = tn_gate_own_word(&findings->list.v[i]);

                if (!word.len || !tn_params_may_have(module, word))
                        findings->list.v[n++] = findings->list.v[i];
        }
        findings->list.n = n;
}

int tn_gate_own_drop(const struct tn_catalog *catalog, const char *path, struct tn_findings *findings)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes;
        int r;

        if (!path || !is_any_doubtful(findings))
                return 0;
        r = tn_catalog_open_file(catalog, path);
        if (r >= 0)
                r = tn_modfile_take(r, &file);
        if (r == 0)
                r = tn_modfile_bytes(&file, &bytes);
        if (r == 0)
                drop(bytes, findings);
        return r == -ENOMEM ? r : 0;
}
