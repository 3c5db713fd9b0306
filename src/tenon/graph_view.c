/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "tenon/graph_view.h"
#include "util/cleanup.h"

static const struct {
        const char *kind; /* in documents */
        const char *word; /* in text */
} kinds[] = {
        [TN_GRAPH_NEEDS] = { "needs", "needs" },
        [TN_GRAPH_PRE] = { "softdep-pre", "soft, before" },
        [TN_GRAPH_POST] = { "softdep-post", "soft, after" },
        [TN_GRAPH_WEAK] = { "weakdep", "weak" },
};

void tn_graph_view_fini(struct tn_graph_view *view)
{
        struct tn_graph_node *node;

        tn_vec_each (node, &view->nodes)
                tn_vec_fini(&node->below);
        tn_vec_fini(&view->nodes);
        tn_vec_fini(&view->edges);
        tn_map_fini(&view->by_name);
}

/* The number of a node, which is made where there is none; or -ENOMEM. */
static int64_t node_of(struct tn_graph_view *view, const char *name)
{
        uintptr_t number = (uintptr_t)tn_map_find(&view->by_name, tn_span_of(name));
        int r;

        if (number)
                return (int64_t)number - 1;
        r = tn_vec_add(&view->nodes, ((struct tn_graph_node){ .name = name, .state = "" }));
        if (r == 0)
                r = tn_map_add(&view->by_name, tn_span_of(name), (void *)(uintptr_t)view->nodes.n);
        return r < 0 ? r : (int64_t)view->nodes.n - 1;
}

static int add_roots(struct tn_graph_view *view, const struct json_object *roots)
{
        for (size_t i = 0; i < tn_json_count(roots); i++) {
                int64_t number = node_of(view, tn_json_str_at(roots, i));

                if (number < 0)
                        return (int)number;
                view->nodes.v[number].root = true;
        }
        return 0;
}

static int add_modules(struct tn_graph_view *view, const struct json_object *modules)
{
        for (size_t i = 0; i < tn_json_count(modules); i++) {
                const struct json_object *module = tn_json_at(modules, i);
                int64_t number = node_of(view, tn_json_str(module, "name"));

                if (number < 0)
                        return (int)number;
                view->nodes.v[number].state = tn_json_str(module, "state");
        }
        return 0;
}

static int add_edge(struct tn_graph_view *view, const struct json_object *object)
{
        const char *kind = tn_json_str(object, "kind");
        int64_t from = node_of(view, tn_json_str(object, "from")), to;
        struct tn_graph_edge edge = { .kind = TN_GRAPH_OTHER, .word = kind };
        int r;

        if (from < 0)
                return (int)from;
        to = node_of(view, tn_json_str(object, "to"));
        if (to < 0)
                return (int)to;
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                if (strcmp(kinds[i].kind, kind) == 0) {
                        edge.kind = (enum tn_graph_kind)i;
                        edge.word = kinds[i].word;
                }
        edge.from = (size_t)from;
        edge.to = (size_t)to;
        edge.alias = tn_json_str(object, "alias");
        r = tn_vec_add(&view->edges, edge);
        return r < 0 ? r : tn_vec_add(&view->nodes.v[view->up ? to : from].below, view->edges.n - 1);
}

int tn_graph_view_init(struct tn_graph_view *view, const struct json_object *root)
{
        const struct json_object *result = tn_json_object(root, "result");
        const struct json_object *edges = tn_json_array(result, "edges");
        int r;

        *view = (struct tn_graph_view){ .up = strcmp(tn_json_str(result, "direction"), "up") == 0 };
        r = add_roots(view, tn_json_array(result, "roots"));
        if (r == 0)
                r = add_modules(view, tn_json_array(result, "modules"));
        for (size_t i = 0; r == 0 && i < tn_json_count(edges); i++)
                r = add_edge(view, tn_json_at(edges, i));
        return r;
}
