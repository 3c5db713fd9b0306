/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_SHOW_H
#define TN_TENON_SHOW_H

#include "core/edges.h"
#include "core/info.h"
#include "core/modfacts.h"
#include "format/procmod.h"
#include "tenon/object.h"

/* What tenon show knows of one module; plain data, from which the parts of its document are made. */
struct tn_show_module {
        const char *name; /* normalised */
        const char *path; /* of its file; NULL: none is known */
        bool named;       /* the user named that file, which the indexes need not have */
        bool builtin;
        bool loaded;
        struct tn_procmod mod; /* only of a loaded one */
        bool has_facts;
        struct tn_facts facts;         /* of its file */
        struct tn_info info;           /* of a built-in one */
        struct tn_edges_module *edges; /* NULL where nothing of that name is in the indexes */
};

/* A run of tenon show. */
struct tn_show {
        struct tn_run run;
        bool firmware, params; /* only these parts */

        struct tn_document *doc;
        struct tn_edges edges;
        bool up_known;        /* what leads to a module is */
        struct tn_buf loaded; /* /proc/modules */
        struct tn_buf keys;   /* /proc/keys */
        int keys_err;
};

/* What .modinfo says of it, in its file or in the kernel's list; may be empty. */
const struct tn_modinfos *tn_show_infos(const struct tn_show_module *module);

/* Each adds its part to a module's object. They return 0 or -ENOMEM. */
int tn_show_add_file(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);
int tn_show_add_loaded(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);
int tn_show_add_signature(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);
int tn_show_add_needs(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);
int tn_show_add_params(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);
int tn_show_add_firmware(struct tn_show *show, const struct tn_show_module *module, struct json_object *to);

/* The text of its document: a tn_render_fn. */
void tn_show_text(const struct json_object *root, struct tn_text *text);

#endif
