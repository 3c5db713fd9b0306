/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "format/procmod.h"
#include "kernel/kernel.h"
#include "tenon/table.h"
#include "tenon/verb.h"
#include "util/cleanup.h"

struct list {
        struct tn_run run;
};

static const char usage[] = "Usage:\n"
                            "\ttenon list [options]\n"
                            "Lists the modules that are loaded.\n";

static const struct tn_option table[] = { TN_VERB_OPTIONS };

static void add_module(struct tn_document *doc, struct json_object *modules, const struct tn_procmod *mod)
{
        struct json_object *to = tn_json_add_object(&doc->json, modules, NULL), *holders;
        struct span rest = mod->holders, name;

        tn_json_add_span(&doc->json, to, "name", mod->name);
        tn_json_add_int(&doc->json, to, "size", (int64_t)mod->size);
        if (mod->refcnt < 0)
                tn_json_add_null(&doc->json, to, "refcount");
        else
                tn_json_add_int(&doc->json, to, "refcount", mod->refcnt);
        holders = tn_json_add_array(&doc->json, to, "holders");
        while (tn_procmod_holder(&rest, &name))
                tn_json_add_span(&doc->json, holders, NULL, name);
}

static int list_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct json_object *modules;
        struct tn_procmod mod;
        struct span rest;
        int r;

        if (operands[0])
                return tn_run_usage(doc, "list takes no object, so not '%s'", operands[0]);
        r = tn_kernel_modules(&text);
        if (r < 0) {
                tn_document_add_incomplete(doc, "the loaded modules (/proc/modules)", strerror(-r));
                doc->status = TN_STATUS_UNKNOWN;
                return 0;
        }
        modules = tn_json_add_array(&doc->json, tn_document_result(doc), "modules");
        for (rest = tn_buf_span(&text); tn_procmod_next(&rest, &mod);)
                add_module(doc, modules, &mod);
        return 0;
}

static void add_names(const struct json_object *array, struct tn_buf *names)
{
        for (size_t i = 0; i < tn_json_count(array); i++)
                tn_buf_addf(names, "%s%s", i ? " " : "", tn_json_str_at(array, i));
}

static void render_module(struct tn_table *out, const struct json_object *module)
{
        struct tn_row *row = tn_table_row(out, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };

        tn_table_cell(out, row, 0, tn_json_str(module, "name"), TN_STYLE_BOLD);
        tn_buf_addf(&value, "%lld", (long long)tn_json_int(module, "size"));
        tn_table_cell(out, row, 1, tn_buf_str(&value), TN_STYLE_PLAIN);
        tn_buf_reset(&value);
        if (tn_json_has(module, "refcount"))
                tn_buf_addf(&value, "%lld", (long long)tn_json_int(module, "refcount"));
        tn_table_cell(out, row, 2, tn_buf_str(&value), TN_STYLE_PLAIN);
        tn_buf_reset(&value);
        add_names(tn_json_array(module, "holders"), &value);
        tn_table_cell(out, row, 3, tn_buf_str(&value), TN_STYLE_PLAIN);
}

static void list_text(const struct json_object *root, struct tn_text *text)
{
        static const struct tn_column columns[] = {
                { .name = "NAME" },
                { .name = "SIZE", .right = true },
                { .name = "USED", .right = true },
                { .name = "HOLDERS", .wrap = true },
        };
        const struct json_object *modules = tn_json_array(tn_json_object(root, "result"), "modules");
        _cleanup_(tn_table_fini) struct tn_table out;

        tn_table_init(&out, text, columns, ARRAY_SIZE(columns), false);
        for (size_t i = 0; i < tn_json_count(modules); i++)
                render_module(&out, tn_json_at(modules, i));
        tn_table_print(&out);
}

const struct tn_verb tn_verb_list = {
        .name = "list",
        .help = "the modules that are loaded",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct list),
        .build = list_build,
        .render = { [TN_FORM_TEXT] = list_text },
};
