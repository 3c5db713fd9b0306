/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_GRAPH_VIEW_H
#define TN_TENON_GRAPH_VIEW_H

#include "tenon/json.h"
#include "util/map.h"
#include "util/vec.h"

/* A document of tenon graph as its renderers see it; borrows from the document, which may come from anywhere. */
enum tn_graph_kind { TN_GRAPH_NEEDS, TN_GRAPH_PRE, TN_GRAPH_POST, TN_GRAPH_WEAK, TN_GRAPH_OTHER };

struct tn_graph_node {
        const char *name;
        const char *state; /* "loaded"; "" where the document does not say */
        bool root;
        bool drawn;           /* for renderers */
        TN_VEC(size_t) below; /* edges, in their order, to what is drawn below it */
};

struct tn_graph_edge {
        size_t from, to; /* numbers of nodes */
        enum tn_graph_kind kind;
        const char *word; /* "needs", "soft, before" ... */
        const char *alias;
};

struct tn_graph_view {
        bool up;
        TN_VEC(struct tn_graph_node) nodes; /* roots first */
        TN_VEC(struct tn_graph_edge) edges;
        struct tn_map by_name; /* name to number, from 1 */
};

/* Returns 0 or -ENOMEM. */
int tn_graph_view_init(struct tn_graph_view *view, const struct json_object *root);
void tn_graph_view_fini(struct tn_graph_view *view);

/* What an edge leads to from the one above. */
static inline size_t tn_graph_end(const struct tn_graph_view *view, const struct tn_graph_edge *edge)
{
        return view->up ? edge->from : edge->to;
}

#endif
