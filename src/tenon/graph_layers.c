/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "tenon/graph_layers.h"
#include "util/cleanup.h"

/* For the time of layering, the neighbours of nodes are numbers of edges. */
static int link_edges(struct tn_layout *layout)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < layout->edges.n; i++) {
                const struct tn_layout_edge *edge = &layout->edges.v[i];

                if (edge->from != edge->to)
                        r = tn_vec_add(&layout->points.v[edge->from].right, i);
        }
        return r;
}

struct visit {
        size_t node, next;
};

/* Goes from a node to all that it leads to, with a stack of its own; an edge to one on the way there closes a circle. */
static int visit(struct tn_layout *layout, size_t start, unsigned char *seen)
{
        TN_VEC(struct visit) stack = { 0 };
        int r = tn_vec_add(&stack, ((struct visit){ start, 0 }));

        seen[start] = 1;
        while (r == 0 && stack.n) {
                struct visit *top = &stack.v[stack.n - 1];
                const struct tn_layout_point *point = &layout->points.v[top->node];
                struct tn_layout_edge *edge;

                if (top->next == point->right.n) {
                        seen[top->node] = 2;
                        stack.n--;
                        continue;
                }
                edge = &layout->edges.v[point->right.v[top->next++]];
                edge->back = seen[edge->to] == 1;
                if (seen[edge->to] == 0) {
                        seen[edge->to] = 1;
                        r = tn_vec_add(&stack, ((struct visit){ edge->to, 0 }));
                }
        }
        tn_vec_fini(&stack);
        return r;
}

static int break_circles(struct tn_layout *layout)
{
        _cleanup_(freep) unsigned char *seen = calloc(layout->nodes + 1, 1);
        int r = seen ? link_edges(layout) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < layout->nodes; i++)
                if (seen[i] == 0)
                        r = visit(layout, i, seen);
        for (size_t i = 0; i < layout->nodes; i++)
                layout->points.v[i].right.n = 0;
        return r;
}

/* The edges by their left node, for nodes in an order in which all that is left of a node comes before it. */
static int order_nodes(struct tn_layout *layout, size_t *order)
{
        _cleanup_(freep) size_t *waits = calloc(layout->nodes + 1, sizeof(*waits));
        size_t n = 0;
        int r = waits ? 0 : -ENOMEM;

        for (size_t i = 0; r == 0 && i < layout->edges.n; i++) {
                const struct tn_layout_edge *edge = &layout->edges.v[i];

                if (edge->from == edge->to)
                        continue;
                waits[tn_layout_right(edge)]++;
                r = tn_vec_add(&layout->points.v[tn_layout_left(edge)].right, i);
        }
        if (r < 0)
                return r;
        for (size_t i = 0; i < layout->nodes; i++)
                if (waits[i] == 0)
                        order[n++] = i;
        for (size_t i = 0; i < n; i++) {
                const struct tn_layout_point *point = &layout->points.v[order[i]];

                for (size_t k = 0; k < point->right.n; k++) {
                        size_t node = tn_layout_right(&layout->edges.v[point->right.v[k]]);

                        if (--waits[node] == 0)
                                order[n++] = node;
                }
        }
        return 0;
}

/* Each node is right of all that leads to it, and what nothing leads to is next to the first that it leads to. */
static int set_layers(struct tn_layout *layout)
{
        _cleanup_(freep) size_t *order = calloc(layout->nodes + 1, sizeof(*order));
        _cleanup_(freep) bool *led_to = calloc(layout->nodes + 1, sizeof(*led_to));
        struct tn_layout_point *points = layout->points.v;
        int r = order && led_to ? order_nodes(layout, order) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < layout->nodes; i++)
                for (size_t k = 0; k < points[order[i]].right.n; k++) {
                        size_t node = tn_layout_right(&layout->edges.v[points[order[i]].right.v[k]]);

                        points[node].layer = MAX(points[node].layer, points[order[i]].layer + 1);
                        led_to[node] = true;
                }
        for (size_t i = 0; r == 0 && i < layout->nodes; i++) {
                size_t nearest = SIZE_MAX;

                for (size_t k = 0; k < points[i].right.n; k++)
                        nearest = MIN(nearest,
                                      points[tn_layout_right(&layout->edges.v[points[i].right.v[k]])].layer);
                if (!led_to[i] && nearest != SIZE_MAX)
                        points[i].layer = nearest - 1;
                layout->layers = MAX(layout->layers, points[i].layer + 1);
        }
        for (size_t i = 0; i < layout->nodes; i++)
                points[i].right.n = 0;
        return r;
}

int tn_layers_find(struct tn_layout *layout)
{
        int r = break_circles(layout);

        return r < 0 ? r : set_layers(layout);
}
