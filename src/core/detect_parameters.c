/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "format/cmdopts.h"
#include "util/cleanup.h"

static bool has_parameter(const struct tn_facts *facts, struct span name)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info)
                if (tn_span_starts(info->key, SPAN("parm")) &&
                    tn_span_eq(tn_span_head(info->value, tn_span_chr(info->value, ':')), name))
                        return true;
        return false;
}

static int add(const struct tn_evidence *evidence, struct span parameter, struct span part,
               struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_PARAMETER_JOINED,
                .name = evidence->name,
                .subject = tn_arena_dup(&findings->arena, parameter),
                .value = tn_arena_dup(&findings->arena, part),
        };

        return finding.subject && finding.value ? tn_findings_add(findings, finding) : -ENOMEM;
}

/* A parameter of the module in the value of another: two that were given as one argument. */
static int look_at_word(const struct tn_evidence *evidence, struct span word, struct tn_findings *findings)
{
        struct span name = tn_span_head(word, tn_span_chr(word, '='));
        struct span value = tn_span_skip(word, name.len), part;
        int r = 0;

        tn_span_split(&value, ' ', &part);
        while (r == 0 && tn_span_split(&value, ' ', &part)) {
                size_t equal = tn_span_chr(part, '=');

                if (equal < part.len && has_parameter(&evidence->facts, tn_span_head(part, equal)))
                        r = add(evidence, name, part, findings);
        }
        return r;
}

int tn_detect_joined_parameters(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(evidence->options);
        int r = 0;

        while (r == 0 && (r = tn_cmdopts_next(&rest, &word)) > 0)
                r = look_at_word(evidence, tn_buf_span(&word), findings);
        return r == -ENOMEM ? r : 0;
}
