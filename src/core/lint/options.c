/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/gate_own.h"
#include "core/lint/run.h"
#include "format/cmdopts.h"
#include "util/cleanup.h"

static bool says(struct tn_lint_run *run, const char *module, struct span text)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        bool said = false;
        int r = catalog->says(catalog->data, tn_span_of(module), text, &said);

        if (r < 0)
                run->err = r;
        return said;
}

static bool is_own(struct tn_lint_run *run, const struct tn_finding *finding)
{
        struct span word = tn_gate_own_word(finding);

        return word.len && says(run, finding->name, word);
}

/* What the gate for parameters finds before a load. What it takes for a comment is none of them. */
static void look_at_words(struct tn_lint_run *run, const struct tn_conf_record *record,
                          const struct tn_facts *facts, const char *path)
{
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };
        struct tn_finding *from, *to;
        struct tn_evidence evidence = { .name = record->key.ptr, .path = path, .facts = *facts };
        size_t first = run->findings->list.n;
        int r;

        tn_buf_add_span(&options, tn_lint_before_comment(record->value));
        evidence.options = tn_buf_str(&options);
        r = evidence.options ? tn_gate_parameters(&evidence, run->findings) : -ENOMEM;
        if (r < 0)
                run->err = r;
        if (!run->findings->list.v)
                return;
        for (from = to = run->findings->list.v + first; from < run->findings->list.v + run->findings->list.n;
             from++) {
                from->file = record->file;
                from->line = record->line;
                if (!is_own(run, from))
                        *to++ = *from;
        }
        run->findings->list.n = (size_t)(to - run->findings->list.v);
}

static void look_at_module(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        const struct tn_facts *facts = NULL;
        const char *path = NULL;
        int r = catalog->facts(catalog->data, record->key, &facts, &path);

        if (r < 0)
                run->err = r;
        else if (facts)
                look_at_words(run, record, facts, path);
}

static void look_at_builtin(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 }, words = { 0 };
        struct span rest = tn_lint_before_comment(record->value);

        while (tn_cmdopts_next(&rest, &word) > 0)
                tn_buf_addf(&words, "%s%s.%.*s", words.len ? " " : "", record->key.ptr,
                            SPAN_FMT(tn_buf_span(&word)));
        tn_lint_add_at(run, record,
                       (struct tn_finding){
                               .code = TN_FINDING_CONFIG_BUILTIN_OPTIONS,
                               .name = record->key.ptr,
                               .subject = tn_lint_str(run, tn_buf_span(&words)),
                       });
}

void tn_lint_options(struct tn_lint_run *run)
{
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_OPTIONS);
        const struct tn_conf_record *record;

        while (run->err == 0 && (record = tn_config_next(&iter))) {
                if (tn_lint_author(run, record) != TN_LINT_ADMIN || !tn_lint_is_name(record->key))
                        continue;
                switch (tn_lint_find(run, record->key)) {
                case TN_LINT_ABSENT: break;
                case TN_LINT_MODULE: look_at_module(run, record); break;
                case TN_LINT_BUILTIN: look_at_builtin(run, record); break;
                }
        }
}
