/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "cli/progress.h"
#include "core/gates.h"
#include "tenon/check.h"
#include "tenon/object.h"
#include "tenon/table.h"
#include "util/cleanup.h"

/* For next steps of names that are not found. */
static const struct tn_evidence_tool me = { "tenon check", "--root", "-k", "tenon check" };

/* "max_loop=8": a parameter of the module before it. An alias may have a '=' as well, but behind a ':'. */
static bool is_parameter(const char *word)
{
        size_t len = strcspn(word, "=:/");

        return len > 0 && word[len] == '=';
}

static bool is_wanted(const struct tn_check *check, char **operands)
{
        (void)check;
        return operands[0];
}

static void add_modules(const struct tn_gates_report *report, struct tn_document *doc, struct json_object *to)
{
        struct json_object *modules = tn_json_add_array(&doc->json, to, "modules");
        const struct tn_gates_module *module;

        tn_vec_each (module, &report->modules) {
                struct json_object *added = tn_json_add_object(&doc->json, modules, NULL);

                tn_json_add_str(&doc->json, added, "name", module->name);
                tn_json_add_str(&doc->json, added, "path", module->path);
                tn_json_add_str(&doc->json, added, "verdict", tn_gates_verdict_name(module->verdict));
        }
}

static void choose(const struct tn_object *object, struct tn_gates_object *asked)
{
        if (object->kind == TN_OBJECT_FILE)
                asked->path = object->path;
        else
                asked->text = object->text;
}

/* One that no gate was asked about. */
static int add_plain(struct tn_gates_report *report, const char *name, enum tn_gates_verdict verdict)
{
        return tn_vec_add(&report->modules, ((struct tn_gates_module){ .name = name, .verdict = verdict }));
}

static int check_object(struct tn_check *check, struct tn_gates *gates, const char *word, const char *options,
                        struct tn_document *doc, struct json_object *objects)
{
        _cleanup_(tn_object_fini) struct tn_object object = { 0 };
        _cleanup_(tn_gates_report_fini) struct tn_gates_report report = { 0 };
        struct tn_gates_object asked = { .options = options };
        struct json_object *to;
        int r = tn_object_take(&check->run, "check", TN_OBJECT_LOADABLE, word, doc, &object);

        if (r == -ENOMEM || doc->status == TN_STATUS_USAGE)
                return r;
        if (r == 0)
                choose(&object, &asked);
        else
                asked.text = word;
        if (r > 0)
                r = add_plain(&report, object.word, TN_GATES_UNKNOWN);
        else if (r == 0 && tn_object_builtin(&object))
                r = add_plain(&report, tn_object_builtin(&object), TN_GATES_BUILTIN);
        else
                r = tn_gates_check(gates, &asked, &report);
        if (r < 0)
                return r;
        to = tn_json_add_object(&doc->json, objects, NULL);
        tn_object_add(&object, doc, to);
        add_modules(&report, doc, to);
        tn_check_add_findings(check, &report.findings, doc);
        tn_check_add_incompletes(&report.incompletes, doc);
        return 0;
}

/* The parameters that follow an object. */
static char **take_parameters(char **operands, struct tn_buf *options)
{
        tn_buf_reset(options);
        for (; *operands && is_parameter(*operands); operands++)
                tn_buf_addf(options, "%s%s", options->len ? " " : "", *operands);
        return operands;
}

static uint32_t count(char **words)
{
        char **end = words;

        while (*end)
                end++;
        return (uint32_t)(end - words);
}

static int build(struct tn_check *check, char **operands, struct tn_document *doc)
{
        const struct tn_gates_from from = { &check->run.world, check->run.live, &me };
        _cleanup_(tn_incompletes_fini) struct tn_incompletes incompletes = { 0 };
        _cleanup_(tn_gates_closep) struct tn_gates *gates = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };
        char **first = operands;
        const uint32_t total = count(operands);
        struct tn_progress progress;
        struct json_object *objects;
        int r;

        if (is_parameter(operands[0]))
                return tn_run_usage(doc, "a parameter follows its module, so '%s' cannot be first",
                                    operands[0]);
        r = tn_run_open(&check->run, TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return r;
        tn_progress_begin(&progress, "tenon", "words");
        r = tn_gates_open(&from, &gates, &incompletes);
        tn_check_add_incompletes(&incompletes, doc);
        objects = tn_json_add_array(&doc->json, tn_document_result(doc), "objects");
        while (r == 0 && *operands) {
                const char *word = *operands;

                tn_progress_tell(&progress, (uint32_t)(operands - first), total);
                operands = take_parameters(operands + 1, &options);
                r = tn_buf_str(&options) ? check_object(check, gates, word, options.ptr, doc, objects)
                                         : -ENOMEM;
        }
        tn_progress_clear(&progress);
        return r;
}

static const struct {
        const char *verdict, *words;
        enum tn_style style;
} verdicts[] = {
        { "loads", "would load", TN_STYLE_GOOD },
        { "stopped", "would not load", TN_STYLE_BAD },
        { "builtin", "is built in", TN_STYLE_GOOD },
        { "command", "has a command", TN_STYLE_WARNING },
        { "live", "is loaded, without a file", TN_STYLE_WARNING },
        { "unknown", "is unknown", TN_STYLE_BAD },
};

static void render_module(struct tn_table *table, const struct json_object *module)
{
        struct tn_row *row = tn_table_row(table, NULL);
        const char *verdict = tn_json_str(module, "verdict"), *words = verdict;
        enum tn_style style = TN_STYLE_PLAIN;

        for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++)
                if (strcmp(verdict, verdicts[i].verdict) == 0) {
                        words = verdicts[i].words;
                        style = verdicts[i].style;
                }
        tn_table_cell(table, row, 0, tn_json_str(module, "name"), TN_STYLE_BOLD);
        tn_table_cell(table, row, 1, words, style);
        tn_table_cell(table, row, 2, tn_json_str(module, "path"), TN_STYLE_PLAIN);
}

static void text(const struct json_object *root, struct tn_text *out)
{
        static const struct tn_column columns[] = { { .name = "MODULE" },
                                                    { .name = "VERDICT" },
                                                    { .name = "FILE" } };
        const struct json_object *objects = tn_json_array(tn_json_object(root, "result"), "objects");
        _cleanup_(tn_table_fini) struct tn_table table = { 0 };

        if (!objects)
                return;
        for (size_t i = 0; i < tn_json_count(objects); i++)
                tn_object_text(tn_json_object(tn_json_at(objects, i), "object"), out);
        tn_table_init(&table, out, columns, ARRAY_SIZE(columns), false);
        for (size_t i = 0; i < tn_json_count(objects); i++) {
                const struct json_object *modules = tn_json_array(tn_json_at(objects, i), "modules");

                for (size_t j = 0; j < tn_json_count(modules); j++)
                        render_module(&table, tn_json_at(modules, j));
        }
        tn_table_print(&table);
}

const struct tn_check_part tn_check_objects = { is_wanted, build, text };
