/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>

#include "tenon/columns.h"
#include "tenon/list_text.h"
#include "tenon/table.h"
#include "util/cleanup.h"
#include "util/map.h"
#include "util/num.h"

/* How deep a tree is drawn; no kernel's is half as deep. */
#define DEPTH_MAX 100

struct module {
        const struct json_object *object;
        bool held; /* it holds another */
        bool drawn;
};

struct view {
        const struct json_object *modules;
        const struct json_object *shown; /* names of columns; NULL: the default ones */
        struct tn_column *columns;
        const char **names; /* of the members */
        size_t n;
        struct tn_table out;
        struct tn_buf value;
        struct module *known; /* of a tree, one for each of modules */
        struct tn_map by_name;
};

static const char *const defaults[] = { "name", "size", "refcount", "holders" };

static void add_value(struct json_object *value, struct tn_buf *out)
{
        if (json_object_is_type(value, json_type_int))
                tn_num_add(json_object_get_int64(value), out);
        else if (json_object_is_type(value, json_type_string))
                tn_buf_add_str(out, json_object_get_string(value));
        for (size_t i = 0; i < tn_json_count(value); i++) {
                if (i)
                        tn_buf_add_char(out, ' ');
                tn_buf_add_str(out, tn_json_str_at(value, i));
        }
}

static struct tn_row *add_module(struct view *view, const struct json_object *module, struct tn_row *parent,
                                 const char *note)
{
        struct tn_row *row = tn_table_row(&view->out, parent);
        struct json_object *value;

        const char *name_heading = tn_list_columns[TN_LIST_NAME].heading;

        for (size_t i = 0; row && i < view->n; i++) {
                tn_buf_reset(&view->value);
                if (json_object_is_type(module, json_type_object) &&
                    json_object_object_get_ex(module, view->names[i], &value))
                        add_value(value, &view->value);
                if (view->columns[i].tree)
                        tn_buf_add_str(&view->value, note);
                tn_table_cell(&view->out, row, i, tn_buf_str(&view->value),
                              view->columns[i].name == name_heading ? TN_STYLE_BOLD : TN_STYLE_PLAIN);
        }
        return row;
}

static struct module *find(const struct view *view, const char *name)
{
        return tn_map_find(&view->by_name, tn_span_of(name));
}

/* A module that several hold stands below each of them, with what holds it below the first. */
static void draw(struct view *view, struct module *module, struct tn_row *parent, unsigned depth)
{
        const struct json_object *holders = tn_json_array(module->object, "holders");
        bool more = tn_json_count(holders) > 0;
        struct tn_row *row = add_module(view, module->object, parent,
                                        more && (module->drawn || depth == DEPTH_MAX) ? " (above)" : "");

        if (!row || module->drawn || depth == DEPTH_MAX)
                return;
        module->drawn = true;
        for (size_t i = 0; i < tn_json_count(holders); i++) {
                struct module *holder = find(view, tn_json_str_at(holders, i));

                if (holder)
                        draw(view, holder, row, depth + 1);
        }
}

static int get_known(struct view *view, size_t n)
{
        int r = 0;

        view->known = calloc(n ? n : 1, sizeof(*view->known));
        if (!view->known)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < n; i++) {
                view->known[i].object = tn_json_at(view->modules, i);
                r = tn_map_add(&view->by_name, tn_span_of(tn_json_str(view->known[i].object, "name")),
                               &view->known[i]);
        }
        for (size_t i = 0; r == 0 && i < n; i++) {
                const struct json_object *holders = tn_json_array(view->known[i].object, "holders");

                for (size_t k = 0; k < tn_json_count(holders); k++) {
                        struct module *holder = find(view, tn_json_str_at(holders, k));

                        if (holder)
                                holder->held = true;
                }
        }
        return r;
}

/* First those that hold no other; in a document with a circle, some are left. */
static void draw_tree(struct view *view)
{
        size_t n = tn_json_count(view->modules);
        int r = get_known(view, n);

        if (r < 0)
                view->out.text->out->err = r;
        for (size_t i = 0; r == 0 && i < n; i++)
                if (!view->known[i].held)
                        draw(view, &view->known[i], NULL, 0);
        for (size_t i = 0; r == 0 && i < n; i++)
                if (!view->known[i].drawn)
                        draw(view, &view->known[i], NULL, 0);
}

/* A column that this version does not know is shown by its name. */
static int set_columns(struct view *view, bool tree)
{
        view->columns = calloc(view->n ? view->n : 1, sizeof(*view->columns));
        view->names = calloc(view->n ? view->n : 1, sizeof(*view->names));
        if (!view->columns || !view->names)
                return -ENOMEM;
        for (size_t i = 0; i < view->n; i++) {
                const char *name = view->shown ? tn_json_str_at(view->shown, i) : defaults[i];
                int number = tn_list_column_find(tn_span_of(name));
                const struct tn_list_column *as = number < 0 ? NULL : &tn_list_columns[number];

                view->names[i] = name;
                view->columns[i] = (struct tn_column){
                        .name = as ? as->heading : name,
                        .right = as && as->type == TN_FILTER_NUMBER,
                        .wrap = as && (as->type == TN_FILTER_LIST || number == TN_LIST_DESCRIPTION),
                        .tree = tree && number == TN_LIST_NAME,
                };
                tree &= number != TN_LIST_NAME;
        }
        if (tree && view->n) {
                view->columns[0].tree = true;
                view->columns[0].right = false;
        }
        return 0;
}

void tn_list_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *result = tn_json_object(root, "result");
        struct view view = {
                .modules = tn_json_array(result, "modules"),
                .shown = tn_json_array(result, "columns"),
        };
        bool tree = tn_json_bool(result, "tree");
        int r;

        view.n = view.shown ? tn_json_count(view.shown) : ARRAY_SIZE(defaults);
        r = set_columns(&view, tree);
        tn_table_init(&view.out, text, view.columns, view.n, false);
        if (r < 0)
                text->out->err = r;
        else if (tree)
                draw_tree(&view);
        for (size_t i = 0; r == 0 && !tree && i < tn_json_count(view.modules); i++)
                add_module(&view, tn_json_at(view.modules, i), NULL, "");
        tn_table_print(&view.out);
        tn_table_fini(&view.out);
        tn_buf_fini(&view.value);
        tn_map_fini(&view.by_name);
        free(view.known);
        free(view.columns);
        free(view.names);
}
