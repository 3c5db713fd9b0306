/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "tenon/graph_layout.h"
#include "tenon/graph_order.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* Pairs "ab": an edge from a to b. */
static struct tn_layout place(size_t nodes, const char *edges)
{
        struct tn_layout layout;

        assert_int_equal(tn_layout_init(&layout, nodes), 0);
        for (; edges[0]; edges += 2)
                assert_int_equal(tn_layout_add(&layout, (size_t)(edges[0] - 'a'), (size_t)(edges[1] - 'a')),
                                 0);
        assert_int_equal(tn_layout_place(&layout), 0);
        return layout;
}

static void assert_layers(struct tn_layout *layout, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        for (size_t i = 0; i < layout->nodes; i++)
                tn_buf_addf(&got, "%zu", layout->points.v[i].layer);
        assert_string_equal(tn_buf_str(&got), expected);
        tn_layout_fini(layout);
}

CHECK(layout_has_nodes_right_of_all_that_leads_to_them)
{
        struct tn_layout layout = place(4, "abbcacad");

        assert_layers(&layout, "0121");
}

CHECK(layout_has_what_nothing_leads_to_beside_what_it_leads_to)
{
        struct tn_layout layout = place(5, "abbccdedee");

        assert_layers(&layout, "01232");
}

CHECK(layout_turns_an_edge_of_a_circle_round)
{
        struct tn_layout layout = place(3, "abbcca");

        assert_false(layout.edges.v[0].back || layout.edges.v[1].back);
        assert_true(layout.edges.v[2].back);
        assert_int_equal(layout.edges.v[2].between, 1);
        assert_layers(&layout, "012");
}

CHECK(layout_of_nothing_is_empty)
{
        struct tn_layout layout = place(0, "");

        assert_int_equal(layout.layers, 0);
        assert_true(layout.height == 0);
        assert_layers(&layout, "");
}

CHECK(layout_has_parts_below_each_other)
{
        struct tn_layout layout = place(4, "abcd");

        assert_true(layout.points.v[2].y >= layout.points.v[0].y + TN_LAYOUT_NODE);
        assert_true(layout.points.v[0].y == layout.points.v[1].y);
        assert_true(layout.height == 2 * TN_LAYOUT_NODE);
        assert_layers(&layout, "0101");
}

CHECK(layout_stands_between_what_it_leads_to)
{
        struct tn_layout layout = place(3, "abac");

        assert_true(layout.points.v[0].y == (layout.points.v[1].y + layout.points.v[2].y) / 2);
        assert_layers(&layout, "011");
}

static size_t crossings(const struct tn_layout *layout)
{
        _cleanup_(tn_order_fini) struct tn_order order = { 0 };
        size_t n;

        assert_int_equal(tn_order_find(layout, &order), 0);
        assert_int_equal(tn_order_crossings(layout, &order, &n), 0);
        return n;
}

CHECK(order_untangles_what_it_can)
{
        struct tn_layout layout = place(6, "afbecd"), tangled = place(4, "acadbcbd");

        assert_int_equal(crossings(&layout), 0);
        assert_int_equal(crossings(&tangled), 1);
        tn_layout_fini(&layout);
        tn_layout_fini(&tangled);
}

/* By hand, as there is no other way to know: two edges cross whose ends are in different orders. */
static size_t count(const struct tn_layout *layout, const size_t *place)
{
        size_t n = 0;

        for (size_t a = 0; a < layout->points.n; a++)
                for (size_t b = 0; b < layout->points.n; b++)
                        for (size_t i = 0; i < layout->points.v[a].right.n; i++)
                                for (size_t k = 0; k < layout->points.v[b].right.n; k++)
                                        n += layout->points.v[a].layer == layout->points.v[b].layer &&
                                             place[a] < place[b] &&
                                             place[layout->points.v[a].right.v[i]] >
                                                     place[layout->points.v[b].right.v[k]];
        return n;
}

static double room(const struct tn_layout_point *point)
{
        return point->passes ? TN_LAYOUT_EDGE : TN_LAYOUT_NODE;
}

static void check(const struct tn_layout *layout)
{
        _cleanup_(tn_order_fini) struct tn_order order = { 0 };
        _cleanup_(freep) size_t *place = calloc(layout->points.n + 1, sizeof(*place));
        size_t n;

        assert_non_null(place);
        for (size_t i = 0; i < layout->edges.n; i++) {
                const struct tn_layout_edge *edge = &layout->edges.v[i];
                size_t left = layout->points.v[tn_layout_left(edge)].layer;

                if (edge->from != edge->to)
                        assert_int_equal(layout->points.v[tn_layout_right(edge)].layer,
                                         left + edge->between + 1);
        }
        assert_int_equal(tn_order_find(layout, &order), 0);
        for (size_t i = 0; i < order.n; i++)
                for (size_t k = 0; k < order.layers[i].n; k++) {
                        const struct tn_layout_point *point = &layout->points.v[order.layers[i].v[k]], *above;

                        place[order.layers[i].v[k]] = k;
                        assert_true(point->y + room(point) / 2 <= layout->height + 0.001);
                        above = k ? &layout->points.v[order.layers[i].v[k - 1]] : NULL;
                        if (above)
                                assert_true(point->y - above->y >= (room(point) + room(above)) / 2 - 0.001);
                        else
                                assert_true(point->y >= room(point) / 2 - 0.001);
                }
        assert_int_equal(tn_order_crossings(layout, &order, &n), 0);
        assert_int_equal(n, count(layout, place));
}

CHECK(layout_of_any_graph_has_room_for_all)
{
        unsigned state = 1;

        for (size_t round = 0; round < 60; round++) {
                struct tn_layout layout;
                size_t nodes = 1 + round % 23;

                assert_int_equal(tn_layout_init(&layout, nodes), 0);
                for (size_t i = 0; i < round; i++) {
                        size_t ends[2];

                        for (size_t k = 0; k < 2; k++) {
                                state = state * 1103515245u + 12345u;
                                ends[k] = (state >> 16) % nodes;
                        }
                        assert_int_equal(tn_layout_add(&layout, ends[0], ends[1]), 0);
                }
                assert_int_equal(tn_layout_place(&layout), 0);
                check(&layout);
                tn_layout_fini(&layout);
        }
}

CHECK(layout_has_bounds)
{
        struct tn_layout layout;

        assert_int_equal(tn_layout_init(&layout, TN_LAYOUT_MAX + 1), -EFBIG);
        tn_layout_fini(&layout);
        assert_int_equal(tn_layout_init(&layout, 1200), 0);
        for (size_t i = 0; i + 1 < 1200; i++) /* and each passes all others */
                assert_int_equal(tn_layout_add(&layout, i, i + 1), 0);
        for (size_t i = 0; i < 400; i++)
                assert_int_equal(tn_layout_add(&layout, i, 1199), 0);
        assert_int_equal(tn_layout_place(&layout), -EFBIG);
        tn_layout_fini(&layout);
}
