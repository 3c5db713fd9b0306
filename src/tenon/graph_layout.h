/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_GRAPH_LAYOUT_H
#define TN_TENON_GRAPH_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "util/vec.h"

/*
 * Places for the nodes of a graph, in layers from left to right, so that edges lead to the right, are short, and cross
 * seldom (after Sugiyama, Tagawa and Toda, 1981). Pure; the same graph has the same places.
 */

/* A node, or a point of an edge that passes a layer. */
struct tn_layout_point {
        size_t layer;
        double y;    /* of its middle; the smallest of all nodes is half of its height */
        bool passes; /* it is a point of an edge */
        size_t part; /* of the graph: parts hang together by nothing, and stand below each other */
        TN_VEC(size_t) left, right; /* neighbours in the layers beside */
};

struct tn_layout_edge {
        size_t from, to;       /* nodes; from is meant to be left of to */
        bool back;             /* it closes a circle: from is right of to */
        size_t first, between; /* its points, from left to right: so many, one after another */
};

/* Its node on the left, and on the right. */
static inline size_t tn_layout_left(const struct tn_layout_edge *edge)
{
        return edge->back ? edge->to : edge->from;
}

static inline size_t tn_layout_right(const struct tn_layout_edge *edge)
{
        return edge->back ? edge->from : edge->to;
}

/* The points of nodes come first, by number. Finish it with tn_layout_fini(). */
struct tn_layout {
        size_t nodes;
        TN_VEC(struct tn_layout_point) points;
        TN_VEC(struct tn_layout_edge) edges; /* as they were added */
        size_t layers, parts;
        double height; /* of all */
};

/* What a node takes of the height of its layer, with the room beside it, and what an edge takes. */
#define TN_LAYOUT_NODE 34.0
#define TN_LAYOUT_EDGE 12.0

/* Against hostile documents: the most nodes and edges, and the most points of edges. */
#define TN_LAYOUT_MAX  200000

/* Begins one with so many nodes. Returns 0, -EFBIG or -ENOMEM. */
int tn_layout_init(struct tn_layout *layout, size_t nodes);
void tn_layout_fini(struct tn_layout *layout);

/* Adds an edge; one that leads back to its own node has no place and is passed over. Returns 0, -EFBIG or -ENOMEM. */
int tn_layout_add(struct tn_layout *layout, size_t from, size_t to);

/* Places all. Returns 0, -EFBIG or -ENOMEM. */
int tn_layout_place(struct tn_layout *layout);

#endif
