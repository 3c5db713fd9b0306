/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_GRAPH_ORDER_H
#define TN_TENON_GRAPH_ORDER_H

#include "tenon/graph_layout.h"

/* The points of each layer of a graph, from top to bottom. Zero-initialised is empty. */
struct tn_order {
        struct tn_order_layer {
                size_t *v;
                size_t n;
        } * layers;
        size_t n;
        size_t *room; /* for all layers */
};

/* Finds one with few crossings; the neighbours of all points are known. Returns 0 or -ENOMEM. */
int tn_order_find(const struct tn_layout *layout, struct tn_order *ret_order);
void tn_order_fini(struct tn_order *order);

/* How many edges cross in it. Returns 0 or -ENOMEM. */
int tn_order_crossings(const struct tn_layout *layout, const struct tn_order *order, size_t *ret_n);

#endif
