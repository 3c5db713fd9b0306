/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a file of modprobe.d, which is checked against a few modules. Every finding has a sentence and a place. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/config_add.h"
#include "core/lint.h"
#include "format/line.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static int find(void *data, struct span name, enum tn_lint_presence *ret_presence)
{
        (void)data;
        *ret_presence = tn_span_eq(name, SPAN("ext4"))                                    ? TN_LINT_BUILTIN
                        : tn_span_eq(name, SPAN("vfat")) || tn_span_eq(name, SPAN("fat")) ? TN_LINT_MODULE
                                                                                          : TN_LINT_ABSENT;
        return 0;
}

static int find_alias(void *data, struct span text, const char **ret_module)
{
        (void)data;
        *ret_module = tn_span_starts(text, SPAN("fs_")) ? "vfat" : NULL;
        return 0;
}

static int has_aliases(void *data, struct span name, bool *ret_has)
{
        (void)data;
        *ret_has = tn_span_eq(name, SPAN("vfat"));
        return 0;
}

static int find_dependents(void *data, struct span name, struct span *ret_names)
{
        (void)data;
        *ret_names = tn_span_eq(name, SPAN("fat")) ? SPAN("vfat\0") : SPAN("");
        return 0;
}

static int find_facts(void *data, struct span name, const struct tn_facts **ret_facts, const char **ret_path)
{
        (void)name;
        *ret_facts = data;
        *ret_path = "/vfat.ko";
        return 0;
}

static int says(void *data, struct span name, struct span text, bool *ret_says)
{
        (void)data;
        (void)name;
        *ret_says = tn_span_eq(text, SPAN("auto"));
        return 0;
}

static const struct tn_lint_catalog *catalog_of(struct tn_facts *facts)
{
        static struct tn_lint_catalog catalog = {
                .dir = "/lib/modules/1",
                .names = { "vfat\0fat\0ext4\0", 14 },
                .find = find,
                .alias = find_alias,
                .has_aliases = has_aliases,
                .dependents = find_dependents,
                .facts = find_facts,
                .says = says,
        };
        static const struct tn_modinfo info[] = { { SPAN("parmtype"), SPAN("a:int") },
                                                  { SPAN("parmtype"), SPAN("b:array of bool") } };
        static const struct tn_modsym needs[] = { { .name = SPAN("param_ops_int") },
                                                  { .name = SPAN("param_ops_bool") } };

        for (size_t i = 0; i < ARRAY_SIZE(info); i++)
                must(tn_vec_add(&facts->info, info[i]) == 0 && tn_vec_add(&facts->needs, needs[i]) == 0);
        catalog.data = facts;
        return &catalog;
}

static void load(struct tn_config *config, struct span text)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct tn_conf_record record;
        struct span line;

        tn_lines_init(&lines, text);
        while (tn_lines_next(&lines, &line) > 0) {
                if (tn_modprobe_conf_parse(line, tn_config_arena(config), &record) <= 0)
                        continue;
                record.file = "/a.conf";
                record.line = lines.number;
                must(tn_config_add(config, &record) == 0);
        }
}

static void check(const struct tn_findings *findings)
{
        const struct tn_finding *finding, *before = NULL;

        must(findings->list.n <= TN_LINT_MAX);
        tn_vec_each (finding, &findings->list) {
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

                must(finding->file || finding->path);
                must(!before || before->line <= finding->line);
                tn_finding_text(finding, &text);
                must(tn_buf_error(&text) == 0 && text.len > 0);
                before = finding;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        const struct tn_lint_file file = { .name = "/a.conf", .text = { (const char *)data, size } };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        struct tn_lint lint = { .files = &file, .n_files = 1, .catalog = catalog_of(&facts) };

        must(tn_config_new(&config) == 0);
        load(config, file.text);
        lint.config = config;
        must(tn_lint(&lint, &findings) >= 0);
        check(&findings);
        return 0;
}
