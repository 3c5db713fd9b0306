/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "check.h"
#include "depmod/graph.h"
#include "shape.h"
#include "util/cleanup.h"

static void assert_order(const char *text, const char *order)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };

        shape(&graph, text);
        assert_int_equal(tn_topo_sort(&graph, &topo), 0);
        assert_int_equal(topo.placed, strlen(order));
        for (uint32_t i = 0; order[i]; i++) {
                assert_int_equal(topo.at[i], order[i] - 'a');
                assert_int_equal(topo.rank[order[i] - 'a'], i);
        }
}

CHECK(graph_counts_a_dependency_once)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        const uint32_t *deps;

        assert_int_equal(tn_graph_init(&graph, 3), 0);
        assert_int_equal(tn_graph_add(&graph, 2), 1);
        assert_int_equal(tn_graph_add(&graph, 1), 1);
        assert_int_equal(tn_graph_add(&graph, 2), 0);
        tn_graph_done(&graph);
        assert_int_equal(tn_graph_add(&graph, 2), 1);
        tn_graph_done(&graph);
        tn_graph_done(&graph);
        assert_int_equal(tn_graph_deps(&graph, 0, &deps), 2);
        assert_int_equal(deps[0], 2);
        assert_int_equal(deps[1], 1);
        assert_int_equal(tn_graph_deps(&graph, 1, &deps), 1);
        assert_int_equal(tn_graph_deps(&graph, 2, &deps), 0);
}

CHECK(graph_order_starts_with_the_last_module_without_users)
{
        assert_order("- - -", "cba");
}

CHECK(graph_order_has_users_before_used)
{
        assert_order("b c -", "abc");
        assert_order("- a b", "cba");
        assert_order("bc d d -", "acbd");
}

CHECK(graph_order_leaves_out_cycles_and_what_they_need)
{
        assert_order("b a - a", "dc");
        assert_order("bc a d -", "");
}

static void assert_reach(const char *text, uint32_t from, const char *found)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };
        _cleanup_(tn_reach_fini) struct tn_reach reach = { 0 };

        shape(&graph, text);
        assert_int_equal(tn_topo_sort(&graph, &topo), 0);
        for (int round = 0; round < 2; round++) {
                assert_int_equal(tn_reach_find(&reach, &graph, &topo, from), 0);
                assert_int_equal(reach.list.n, strlen(found));
                for (size_t i = 0; i < reach.list.n; i++)
                        assert_int_equal(reach.list.v[i], found[i] - 'a');
        }
}

CHECK(graph_reach_is_direct_and_indirect_once_in_order)
{
        assert_reach("- a b", 0, "");
        assert_reach("- a b", 2, "ba");
        assert_reach("bc d d -", 0, "cbd");
        assert_reach("bcd cd d -", 0, "bcd");
        assert_reach("bc c d -", 0, "bcd");
        assert_reach("bc d de - -", 0, "cebd");
}

CHECK(graph_may_be_empty)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };

        assert_int_equal(tn_graph_init(&graph, 0), 0);
        assert_int_equal(tn_topo_sort(&graph, &topo), 0);
        assert_int_equal(topo.placed, 0);
}
