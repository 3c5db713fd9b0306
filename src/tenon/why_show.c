/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "tenon/why_show.h"
#include "util/cleanup.h"

const char *tn_why_below(const struct tn_why_showing *showing, const char *path)
{
        size_t len = strlen(showing->dir);

        return len && strncmp(path, showing->dir, len) == 0 && path[len] == '/' ? path + len + 1 : path;
}

/* "FILE:LINE", or "FILE" of what has no lines. */
static void add_place(const struct tn_why_showing *showing, const struct json_object *where,
                      struct tn_buf *out)
{
        tn_buf_add_str(out, tn_why_below(showing, tn_json_str(where, "file")));
        if (tn_json_int(where, "line"))
                tn_buf_addf(out, ":%lld", (long long)tn_json_int(where, "line"));
}

void tn_why_add_place(const struct tn_why_showing *showing, const struct json_object *where,
                      struct tn_buf *out)
{
        if (!where)
                return;
        tn_buf_add_str(out, " (");
        add_place(showing, where, out);
        tn_buf_add_char(out, ')');
}

void tn_why_print_beside(const struct tn_why_showing *showing, bool fresh, struct tn_buf *line)
{
        if (!fresh)
                tn_text_add(showing->text, "%*s", (int)showing->indent, "");
        tn_text_wrap(showing->text, showing->indent, showing->indent, tn_buf_str(line) ? line->ptr : "");
}

void tn_why_print_heading(const struct tn_why_showing *showing, const char *heading)
{
        tn_text_add(showing->text, "\n");
        tn_text_style(showing->text, TN_STYLE_BOLD, heading);
        tn_text_add(showing->text, "\n");
}

void tn_why_print_name(const struct tn_why_showing *showing, const char *before, const char *name,
                       enum tn_style style)
{
        unsigned width = 4 + tn_text_columns(name);

        tn_text_add(showing->text, "%3s ", before);
        tn_text_style(showing->text, style, name);
        if (width + 2 > showing->indent)
                tn_text_add(showing->text, "\n%*s", (int)showing->indent, "");
        else
                tn_text_add(showing->text, "%*s", (int)(showing->indent - width), "");
}

void tn_why_add_match(const struct tn_why_showing *showing, const struct json_object *match,
                      struct tn_buf *out)
{
        static const struct {
                const char *id, *words;
        } rules[] = {
                { "alias-line", "alias " },
                { "alias", "alias " },
                { "builtin-alias", "alias " },
                { "symbol", "" },
                { "name", "its name" },
                { "builtin", "its name" },
                { "command", "a command of that name" },
                { "path", "the file itself" },
                { "kernel", "the kernel has it, and no index" },
        };
        const char *id = tn_json_str(match, "rule");
        const struct json_object *where = tn_json_object(match, "where");

        for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
                if (strcmp(rules[i].id, id) == 0)
                        tn_buf_add_str(out, rules[i].words);
        tn_buf_add_str(out, tn_json_str(match, "pattern"));
        if (where && tn_json_int(where, "line") == 0) {
                tn_buf_add_str(out, strcmp(id, "name") == 0 || strcmp(id, "builtin") == 0 ? " in " : " of ");
                add_place(showing, where, out);
        } else {
                tn_why_add_place(showing, where, out);
        }
}
