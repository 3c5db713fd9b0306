/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "core/params.h"
#include "kmod/modinfo.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* Where values begin in a listing, unless the key is longer. */
#define VALUE_COLUMN 16

static void put_key(struct span key)
{
        tn_out_text(key);
        printf(":%*s", VALUE_COLUMN - 1 - (int)MIN(key.len, (size_t)VALUE_COLUMN - 1), "");
}

/* A name has no second line. */
static void put_line(const struct modinfo_style *style, const char *key, const char *value)
{
        put_key(tn_span_of(key));
        tn_out("%s", value);
        putchar(style->end);
}

/* For the fields that are no entries of .modinfo, and so cannot be there in another case. */
static bool is_field(const struct modinfo_style *style, const char *key)
{
        return style->field && strcasecmp(style->field, key) == 0;
}

bool tn_modinfo_print_head(const struct modinfo_style *style, const struct modinfo_subject *subject)
{
        const char *file = subject->path ? subject->path : "(builtin)";
        const char *value = NULL;

        if (is_field(style, "filename"))
                value = file;
        else if (is_field(style, "name") && !subject->path)
                value = subject->name;
        if (value) {
                tn_out("%s", value);
                putchar(style->end);
                return true;
        }
        if (!style->field) {
                if (!subject->path)
                        put_line(style, "name", subject->name);
                put_line(style, "filename", file);
        }
        return false;
}

/* A type alone stands bare in a listing. */
static void put_param(const struct modinfo_style *style, const struct tn_param *param)
{
        if (!style->field)
                put_key(SPAN("parm"));
        tn_out_text(param->name);
        putchar(':');
        tn_out_text(param->description);
        if (param->type.ptr && (param->description.ptr || style->field))
                tn_out(" (%.*s)", SPAN_FMT(param->type));
        else
                tn_out_text(param->type);
        putchar(style->end);
}

/* Users of kmod know them with the last one first. */
static void put_params(const struct modinfo_style *style, const struct tn_params *params)
{
        for (size_t i = params->n; i-- > 0;)
                put_param(style, &params->v[i]);
}

/* As tn_params_add(), but a malformed entry is reported and counts as one of a parameter. */
static int take_param(struct tn_params *params, const struct tn_modinfo *entry, struct tn_tool *tool)
{
        int r = tn_params_add(params, entry);

        if (r != -EINVAL)
                return r;
        tn_tool_error(tool, "Found invalid \"%s=%s\": missing ':'", TN_BRIEF(entry->key),
                      TN_BRIEF(entry->value));
        return 1;
}

/* All there is, or the parameters alone. */
static int print_list(const struct modinfo_style *style, const struct tn_info *info, struct tn_tool *tool)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };
        const struct tn_modinfo *entry;

        tn_vec_each (entry, &info->entries) {
                int r = take_param(&params, entry, tool);

                if (r < 0)
                        return r;
                if (r > 0 || style->field)
                        continue;
                if (style->end) {
                        put_key(entry->key);
                } else {
                        tn_out_text(entry->key);
                        putchar('=');
                }
                tn_out_text(entry->value);
                putchar(style->end);
        }
        put_params(style, &params);
        return 0;
}

/* Whether it was there. */
static bool print_field(const struct modinfo_style *style, const struct tn_info *info,
                        int (*compare)(const char *, const char *))
{
        const struct tn_modinfo *entry;
        bool found = false;

        tn_vec_each (entry, &info->entries) {
                if (compare(entry->key.ptr, style->field) != 0)
                        continue;
                tn_out_text(entry->value);
                putchar(style->end);
                found = true;
        }
        return found;
}

int tn_modinfo_print(const struct modinfo_style *style, const struct tn_info *info, struct tn_tool *tool)
{
        if (!style->field || is_field(style, "parm"))
                return print_list(style, info, tool);
        if (!print_field(style, info, strcmp))
                print_field(style, info, strcasecmp);
        return 0;
}
