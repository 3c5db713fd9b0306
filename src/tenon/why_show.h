/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_WHY_SHOW_H
#define TN_TENON_WHY_SHOW_H

#include "tenon/json.h"
#include "tenon/text.h"

/* What the parts of the text have in common. */
struct tn_why_showing {
        struct tn_text *text;
        const struct json_object *result;
        const char *dir; /* the module directory; its files are named without it */
        unsigned indent; /* of what stands beside the names of modules */
};

/* A path below the module directory without that; else the path. */
const char *tn_why_below(const struct tn_why_showing *showing, const char *path);

/* Appends " (FILE:LINE)", or " (FILE)" of what has no lines; nothing for NULL. */
void tn_why_add_place(const struct tn_why_showing *showing, const struct json_object *where,
                      struct tn_buf *out);

/* Appends how a text led to a module: "alias fs_* of modules.alias". */
void tn_why_add_match(const struct tn_why_showing *showing, const struct json_object *match,
                      struct tn_buf *out);

void tn_why_print_heading(const struct tn_why_showing *showing, const char *heading);

/* Starts a line with a name, and what stands before it, three columns at most. */
void tn_why_print_name(const struct tn_why_showing *showing, const char *before, const char *name,
                       enum tn_style style);

/* A paragraph beside the names; fresh: the line with the name has nothing beside it yet. */
void tn_why_print_beside(const struct tn_why_showing *showing, bool fresh, struct tn_buf *line);

/* Whether nothing is done in a step. */
bool tn_why_is_left_out(const struct json_object *step);

/* A step with its causes and options; number 0: none. */
void tn_why_print_step(const struct tn_why_showing *showing, const struct json_object *step, unsigned number);

#endif
