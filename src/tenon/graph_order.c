/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tenon/graph_order.h"
#include "util/cleanup.h"

/* After that, nothing gets better. */
#define SWEEPS 16

void tn_order_fini(struct tn_order *order)
{
        free(order->layers);
        free(order->room);
        *order = (struct tn_order){ 0 };
}

/* A point and where its neighbours are, for sorting. */
struct wish {
        double at;
        size_t point, part, before;
};

struct sorting {
        const struct tn_layout *layout;
        struct tn_order *order;
        size_t *place; /* of each point in its layer */
        struct wish *wishes;
};

static void sorting_fini(struct sorting *sorting)
{
        free(sorting->place);
        free(sorting->wishes);
}

static int compare(const void *a, const void *b)
{
        const struct wish *left = a, *right = b;

        if (left->part != right->part)
                return left->part < right->part ? -1 : 1;
        if (left->at != right->at)
                return left->at < right->at ? -1 : 1;
        return left->before < right->before ? -1 : 1;
}

/* Takes a point in with all that it leads to. */
static int walk(struct sorting *sorting, size_t start, bool *seen)
{
        TN_VEC(size_t) stack = { 0 };
        int r = tn_vec_add(&stack, start);

        while (r == 0 && stack.n) {
                size_t at = stack.v[--stack.n];
                const struct tn_layout_point *point = &sorting->layout->points.v[at];
                struct tn_order_layer *layer = &sorting->order->layers[point->layer];

                if (seen[at])
                        continue;
                seen[at] = true;
                sorting->place[at] = layer->n;
                layer->v[layer->n++] = at;
                for (size_t k = point->right.n; r == 0 && k-- > 0;)
                        r = tn_vec_add(&stack, point->right.v[k]);
        }
        tn_vec_fini(&stack);
        return r;
}

/* Part by part, in the order in which walks from its first points meet them: what hangs together begins together. */
static int begin(struct sorting *sorting)
{
        const struct tn_layout *layout = sorting->layout;
        _cleanup_(freep) bool *seen = calloc(layout->points.n + 1, sizeof(*seen));
        size_t n = 0;
        int r = seen ? 0 : -ENOMEM;

        for (size_t i = 0; i < layout->points.n; i++)
                if (layout->points.v[i].left.n == 0)
                        sorting->wishes[n++] =
                                (struct wish){ .point = i, .part = layout->points.v[i].part, .before = i };
        qsort(sorting->wishes, n, sizeof(sorting->wishes[0]), compare);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = walk(sorting, sorting->wishes[i].point, seen);
        return r;
}

/* Sorts a layer by the parts, and by the mean place of neighbours on one side; who has none there stays. */
static void sort_layer(struct sorting *sorting, struct tn_order_layer *layer, bool left)
{
        for (size_t i = 0; i < layer->n; i++) {
                const struct tn_layout_point *point = &sorting->layout->points.v[layer->v[i]];
                size_t n = left ? point->left.n : point->right.n;
                double sum = 0;

                for (size_t k = 0; k < n; k++)
                        sum += (double)sorting->place[left ? point->left.v[k] : point->right.v[k]];
                sorting->wishes[i] =
                        (struct wish){ n ? sum / (double)n : (double)i, layer->v[i], point->part, i };
        }
        qsort(sorting->wishes, layer->n, sizeof(sorting->wishes[0]), compare);
        for (size_t i = 0; i < layer->n; i++) {
                layer->v[i] = sorting->wishes[i].point;
                sorting->place[layer->v[i]] = i;
        }
}

static int compare_places(const void *a, const void *b)
{
        const size_t *left = a, *right = b;

        return *left < *right ? -1 : *left > *right;
}

/*
 * Crossings between two layers: the ends on the right of edges that are sorted by their left one, and for each how many that
 * came before are below it, by a tree of sums (Fenwick).
 */
static size_t count(const struct tn_layout *layout, const struct tn_order_layer *layer, const size_t *place,
                    size_t width, size_t *sums, size_t *ends)
{
        size_t crossings = 0, before = 0;

        memset(sums, 0, (width + 1) * sizeof(*sums));
        for (size_t i = 0; i < layer->n; i++) {
                const struct tn_layout_point *point = &layout->points.v[layer->v[i]];

                for (size_t k = 0; k < point->right.n; k++)
                        ends[k] = place[point->right.v[k]];
                qsort(ends, point->right.n, sizeof(*ends), compare_places);
                for (size_t k = 0; k < point->right.n; k++) {
                        size_t above = 0;

                        for (size_t at = ends[k] + 1; at; at &= at - 1)
                                above += sums[at];
                        crossings += before - above;
                        for (size_t at = ends[k] + 1; at <= width; at += at & -at)
                                sums[at]++;
                        before++;
                }
        }
        return crossings;
}

int tn_order_crossings(const struct tn_layout *layout, const struct tn_order *order, size_t *ret_n)
{
        size_t most = layout->points.n + layout->edges.n + 2;
        _cleanup_(freep) size_t *sums = calloc(most, sizeof(*sums));
        _cleanup_(freep) size_t *ends = calloc(most, sizeof(*ends));
        _cleanup_(freep) size_t *place = calloc(most, sizeof(*place));

        if (!sums || !ends || !place)
                return -ENOMEM;
        *ret_n = 0;
        for (size_t i = 0; i < order->n; i++)
                for (size_t k = 0; k < order->layers[i].n; k++)
                        place[order->layers[i].v[k]] = k;
        for (size_t i = 0; i + 1 < order->n; i++)
                *ret_n += count(layout, &order->layers[i], place, order->layers[i + 1].n, sums, ends);
        return 0;
}

static int make_layers(const struct tn_layout *layout, struct tn_order *order)
{
        size_t at = 0;

        order->layers = calloc(layout->layers + 1, sizeof(*order->layers));
        order->room = calloc(layout->points.n + 1, sizeof(*order->room));
        if (!order->layers || !order->room)
                return -ENOMEM;
        order->n = layout->layers;
        for (size_t i = 0; i < layout->points.n; i++)
                order->layers[layout->points.v[i].layer].n++;
        for (size_t i = 0; i < order->n; i++) {
                order->layers[i].v = order->room + at;
                at += order->layers[i].n;
                order->layers[i].n = 0;
        }
        return 0;
}

/* Sweeps from left to right and back, and keeps the best of all orders. */
static int improve(struct sorting *sorting)
{
        struct tn_order *order = sorting->order;
        size_t size = sorting->layout->points.n * sizeof(*order->room), least, now;
        _cleanup_(freep) size_t *best = malloc(size + 1);
        int r = best ? tn_order_crossings(sorting->layout, order, &least) : -ENOMEM;

        if (r < 0)
                return r;
        memcpy(best, order->room, size);
        for (size_t i = 0; r == 0 && least && i < SWEEPS; i++) {
                for (size_t k = 1; k < order->n; k++)
                        sort_layer(sorting, &order->layers[i % 2 ? order->n - 1 - k : k], i % 2 == 0);
                r = tn_order_crossings(sorting->layout, order, &now);
                if (r == 0 && now < least) {
                        least = now;
                        memcpy(best, order->room, size);
                }
        }
        memcpy(order->room, best, size);
        return r;
}

int tn_order_find(const struct tn_layout *layout, struct tn_order *ret_order)
{
        struct sorting sorting = { .layout = layout, .order = ret_order };
        int r = make_layers(layout, ret_order);

        sorting.place = calloc(layout->points.n + 1, sizeof(*sorting.place));
        sorting.wishes = calloc(layout->points.n + 1, sizeof(*sorting.wishes));
        if (r == 0)
                r = sorting.place && sorting.wishes ? begin(&sorting) : -ENOMEM;
        if (r == 0)
                r = improve(&sorting);
        sorting_fini(&sorting);
        return r;
}
