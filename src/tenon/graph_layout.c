/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "tenon/graph_layers.h"
#include "tenon/graph_order.h"
#include "util/cleanup.h"

/* Each makes edges straighter; there is little to see after that. */
#define SWEEPS 24

int tn_layout_init(struct tn_layout *layout, size_t nodes)
{
        int r = 0;

        *layout = (struct tn_layout){ .nodes = nodes };
        if (nodes > TN_LAYOUT_MAX)
                return -EFBIG;
        for (size_t i = 0; r == 0 && i < nodes; i++)
                r = tn_vec_add(&layout->points, (struct tn_layout_point){ 0 });
        return r;
}

void tn_layout_fini(struct tn_layout *layout)
{
        struct tn_layout_point *point;

        tn_vec_each (point, &layout->points) {
                tn_vec_fini(&point->left);
                tn_vec_fini(&point->right);
        }
        tn_vec_fini(&layout->points);
        tn_vec_fini(&layout->edges);
}

int tn_layout_add(struct tn_layout *layout, size_t from, size_t to)
{
        if (layout->edges.n >= TN_LAYOUT_MAX)
                return -EFBIG;
        return tn_vec_add(&layout->edges, ((struct tn_layout_edge){ .from = from, .to = to }));
}

static int join(struct tn_layout *layout, size_t left, size_t right)
{
        int r = tn_vec_add(&layout->points.v[left].right, right);

        return r < 0 ? r : tn_vec_add(&layout->points.v[right].left, left);
}

/* An edge has a point in each layer that it passes. */
static int add_points(struct tn_layout *layout, struct tn_layout_edge *edge)
{
        size_t at = tn_layout_left(edge), end = tn_layout_right(edge), last = layout->points.v[end].layer;
        int r = 0;

        edge->first = layout->points.n;
        for (size_t layer = layout->points.v[at].layer + 1; r == 0 && layer < last; layer++) {
                if (layout->points.n - layout->nodes >= TN_LAYOUT_MAX)
                        return -EFBIG;
                r = tn_vec_add(&layout->points, ((struct tn_layout_point){ .layer = layer, .passes = true }));
                if (r == 0)
                        r = join(layout, at, layout->points.n - 1);
                at = layout->points.n - 1;
                edge->between++;
        }
        return r < 0 ? r : join(layout, at, end);
}

static double room_of(const struct tn_layout_point *point)
{
        return point->passes ? TN_LAYOUT_EDGE : TN_LAYOUT_NODE;
}

/* Points of one layer that are pushed together: they stand at their common mean. */
struct block {
        double sum, weight;
        size_t n;
};

/* Where a point would be: at the mean of its neighbours on one side. An edge is kept straight before a node is moved. */
static double wish_of(const struct tn_layout *layout, const struct tn_layout_point *point, bool left,
                      double *ret_weight)
{
        size_t n = left ? point->left.n : point->right.n;
        double sum = 0;

        *ret_weight = n ? (point->passes ? 4 : 1) * (double)n : 0.01;
        for (size_t i = 0; i < n; i++)
                sum += layout->points.v[left ? point->left.v[i] : point->right.v[i]].y;
        return n ? sum / (double)n : point->y;
}

/* The nearest places to those that are wished for which keep the order and the room: isotonic regression, by pooling. */
static void settle(struct tn_layout *layout, const struct tn_order_layer *layer, bool left,
                   struct block *blocks)
{
        double offset = 0;
        size_t n = 0, at = 0;

        for (size_t i = 0; i < layer->n; i++) {
                const struct tn_layout_point *point = &layout->points.v[layer->v[i]];
                double weight, wish = wish_of(layout, point, left, &weight);

                offset += room_of(point) / 2;
                blocks[n++] = (struct block){ (wish - offset) * weight, weight, 1 };
                offset += room_of(point) / 2;
                for (; n > 1 &&
                       blocks[n - 2].sum / blocks[n - 2].weight > blocks[n - 1].sum / blocks[n - 1].weight;
                     n--) {
                        blocks[n - 2].sum += blocks[n - 1].sum;
                        blocks[n - 2].weight += blocks[n - 1].weight;
                        blocks[n - 2].n += blocks[n - 1].n;
                }
        }
        offset = 0;
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < blocks[i].n; k++) {
                        struct tn_layout_point *point = &layout->points.v[layer->v[at++]];

                        point->y = blocks[i].sum / blocks[i].weight + offset + room_of(point) / 2;
                        offset += room_of(point);
                }
}

static void pack(struct tn_layout *layout, const struct tn_order_layer *layer)
{
        double y = 0;

        for (size_t i = 0; i < layer->n; i++) {
                struct tn_layout_point *point = &layout->points.v[layer->v[i]];

                point->y = y + room_of(point) / 2;
                y += room_of(point);
        }
}

/* Moves a part below those before. */
static void stack(struct tn_layout *layout, const struct tn_order_layer *slices, size_t n)
{
        double top = 0, bottom = layout->height;
        bool first = true;

        for (size_t i = 0; i < n; i++)
                if (slices[i].n) {
                        const struct tn_layout_point *point = &layout->points.v[slices[i].v[0]];
                        double above = point->y - room_of(point) / 2;

                        top = first ? above : MIN(top, above);
                        first = false;
                }
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < slices[i].n; k++) {
                        struct tn_layout_point *point = &layout->points.v[slices[i].v[k]];

                        point->y += bottom - top;
                        layout->height = MAX(layout->height, point->y + room_of(point) / 2);
                }
}

/* What each layer has of one part; the order keeps parts together. */
static void take_part(const struct tn_layout *layout, const struct tn_order *order, size_t part,
                      struct tn_order_layer *slices)
{
        for (size_t i = 0; i < order->n; i++) {
                struct tn_order_layer *slice = &slices[i];

                /* behind that of the part before */
                slice->v = slice->v ? slice->v + slice->n : order->layers[i].v;
                slice->n = 0;
                while (slice->v + slice->n < order->layers[i].v + order->layers[i].n &&
                       layout->points.v[slice->v[slice->n]].part == part)
                        slice->n++;
        }
}

static void place_part(struct tn_layout *layout, const struct tn_order_layer *slices, size_t n,
                       struct block *blocks)
{
        for (size_t i = 0; i < n; i++)
                pack(layout, &slices[i]);
        for (size_t i = 0; i < SWEEPS; i++) {
                for (size_t k = 1; k < n; k++)
                        settle(layout, &slices[k], true, blocks);
                for (size_t k = n; k-- > 1;)
                        settle(layout, &slices[k - 1], false, blocks);
        }
        stack(layout, slices, n);
}

static int set_heights(struct tn_layout *layout, const struct tn_order *order)
{
        _cleanup_(freep) struct block *blocks = calloc(layout->points.n + 1, sizeof(*blocks));
        _cleanup_(freep) struct tn_order_layer *slices = calloc(order->n + 1, sizeof(*slices));

        if (!blocks || !slices)
                return -ENOMEM;
        for (size_t part = 0; part < layout->parts; part++) {
                take_part(layout, order, part, slices);
                place_part(layout, slices, order->n, blocks);
        }
        return 0;
}

/* Numbers the parts in the order of their first nodes. */
static int set_parts(struct tn_layout *layout)
{
        TN_VEC(size_t) stack = { 0 };
        struct tn_layout_point *points = layout->points.v;
        int r = 0;

        for (size_t i = 0; i < layout->points.n; i++)
                points[i].part = SIZE_MAX;
        for (size_t i = 0; r == 0 && i < layout->nodes; i++) {
                if (points[i].part != SIZE_MAX)
                        continue;
                r = tn_vec_add(&stack, i);
                while (r == 0 && stack.n) {
                        struct tn_layout_point *point = &points[stack.v[--stack.n]];

                        if (point->part != SIZE_MAX)
                                continue;
                        point->part = layout->parts;
                        for (size_t k = 0; r == 0 && k < point->left.n; k++)
                                r = tn_vec_add(&stack, point->left.v[k]);
                        for (size_t k = 0; r == 0 && k < point->right.n; k++)
                                r = tn_vec_add(&stack, point->right.v[k]);
                }
                layout->parts++;
        }
        tn_vec_fini(&stack);
        return r;
}

int tn_layout_place(struct tn_layout *layout)
{
        _cleanup_(tn_order_fini) struct tn_order order = { 0 };
        int r = tn_layers_find(layout);

        for (size_t i = 0; r == 0 && i < layout->edges.n; i++)
                if (layout->edges.v[i].from != layout->edges.v[i].to)
                        r = add_points(layout, &layout->edges.v[i]);
        if (r == 0)
                r = set_parts(layout);
        if (r == 0)
                r = tn_order_find(layout, &order);
        return r < 0 ? r : set_heights(layout, &order);
}
