/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/lint/run.h"
#include "core/policy.h"
#include "format/cmdopts.h"
#include "format/noop.h"
#include "util/cleanup.h"

enum tn_lint_author tn_lint_author(const struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const struct tn_lint_file *file = tn_map_find(&run->files, tn_span_of(record->file));

        if (!file)
                return TN_LINT_BOOT;
        if (file->generated)
                return TN_LINT_DEPMOD;
        return file->shipped ? TN_LINT_PACKAGE : TN_LINT_ADMIN;
}

void tn_lint_add(struct tn_lint_run *run, struct tn_finding finding)
{
        bool full = run->findings->list.n - run->first >= TN_LINT_MAX;
        int r = full ? -E2BIG : tn_findings_add(run->findings, finding);

        if (r < 0)
                run->err = r;
}

void tn_lint_add_at(struct tn_lint_run *run, const struct tn_conf_record *record, struct tn_finding finding)
{
        finding.file = record->file;
        finding.line = record->line;
        tn_lint_add(run, finding);
}

const char *tn_lint_str(struct tn_lint_run *run, struct span text)
{
        const char *copy = text.len ? tn_arena_dup(&run->findings->arena, text) : NULL;

        if (text.len && !copy)
                run->err = -ENOMEM;
        return copy;
}

const char *tn_lint_place(struct tn_lint_run *run, const char *file, unsigned line)
{
        _cleanup_(tn_buf_fini) struct tn_buf place = { 0 };

        tn_buf_add_str(&place, file);
        if (line)
                tn_buf_addf(&place, " line %u", line);
        if (tn_buf_error(&place) < 0)
                run->err = -ENOMEM;
        return tn_lint_str(run, tn_buf_span(&place));
}

enum tn_lint_presence tn_lint_find(struct tn_lint_run *run, struct span name)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        enum tn_lint_presence presence = TN_LINT_ABSENT;
        int r = catalog->find(catalog->data, name, &presence);

        if (r < 0)
                run->err = r;
        return presence;
}

const char *tn_lint_alias(struct tn_lint_run *run, struct span text)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        const char *module = NULL;
        int r = catalog->alias(catalog->data, text, &module);

        if (r < 0)
                run->err = r;
        return module;
}

bool tn_lint_is_name(struct span name)
{
        return name.len && tn_span_is_printable(name) && !tn_span_has_any(name, " ./\\,;'\":*?[]#=");
}

struct span tn_lint_before_comment(struct span options)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = options;

        for (;;) {
                struct span before = tn_span_head(options, options.len - rest.len);

                if (tn_cmdopts_next(&rest, &word) <= 0)
                        return options;
                if (tn_span_starts(tn_buf_span(&word), SPAN("#")))
                        return before;
        }
}

bool tn_lint_is_denied(const struct tn_lint_run *run, const char *name)
{
        const struct tn_config *config = run->lint->config;
        const struct tn_conf_record *record = tn_config_find(config, TN_CONF_INSTALL, name), *unused;
        enum tn_policy_mode mode = tn_policy_mode(config, &unused);

        if ((mode == TN_POLICY_DENY || mode == TN_POLICY_ENFORCE) &&
            tn_config_find(config, TN_CONF_DENY, name))
                return true;
        return record && tn_noop_parse(record->value) != TN_NOOP_NONE;
}

static int index_files(struct tn_lint_run *run)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < run->lint->n_files; i++) {
                const struct tn_lint_file *file = &run->lint->files[i];

                if (file->fate == TN_CONFIG_READ)
                        r = tn_map_add(&run->files, tn_span_of(file->name), (void *)(uintptr_t)file);
        }
        return r;
}

static int compare(const void *a, const void *b)
{
        const struct tn_finding *const *x = a, *const *y = b;
        const char *in_x = (*x)->file ? (*x)->file : (*x)->path, *in_y = (*y)->file ? (*y)->file : (*y)->path;
        int order = tn_span_cmp(tn_span_of(in_x), tn_span_of(in_y));

        if (order == 0)
                order = ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
        return order ? order : (*x > *y) - (*x < *y);
}

/* From the first on. Findings of one line stay in the order in which they were made. */
static int sort(struct tn_findings *findings, size_t first)
{
        size_t n = findings->list.n - first;
        _cleanup_(freep) struct tn_finding **order = NULL;
        _cleanup_(freep) struct tn_finding *copy = NULL;

        if (n < 2)
                return 0;
        order = calloc(n, sizeof(*order));
        copy = calloc(n, sizeof(*copy));
        if (!order || !copy)
                return -ENOMEM;
        memcpy(copy, findings->list.v + first, n * sizeof(*copy));
        for (size_t i = 0; i < n; i++)
                order[i] = &copy[i];
        qsort(order, n, sizeof(struct tn_finding *), compare);
        for (size_t i = 0; i < n; i++)
                findings->list.v[first + i] = *order[i];
        return 0;
}

int tn_lint(const struct tn_lint *lint, struct tn_findings *findings)
{
        static const struct {
                tn_lint_check *check;
                bool asks_catalog;
        } checks[] = {
                { tn_lint_files, false },    { tn_lint_lines, false },  { tn_lint_twice, false },
                { tn_lint_commands, false }, { tn_lint_names, true },   { tn_lint_options, true },
                { tn_lint_denials, true },   { tn_lint_aliases, true }, { tn_lint_softdeps, false },
                { tn_lint_policy, false },
        };
        struct tn_lint_run run = { .lint = lint, .findings = findings, .first = findings->list.n };
        int r;

        run.err = index_files(&run);
        for (size_t i = 0; run.err == 0 && i < ARRAY_SIZE(checks); i++)
                if (lint->catalog || !checks[i].asks_catalog)
                        checks[i].check(&run);
        tn_map_fini(&run.files);
        if (run.err == -ENOMEM)
                return run.err;
        r = sort(findings, run.first);
        return r < 0 ? r : run.err == -E2BIG;
}
