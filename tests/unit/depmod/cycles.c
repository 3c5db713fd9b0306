/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "depmod/cycles.h"
#include "shape.h"
#include "util/buf.h"
#include "util/cleanup.h"

static bool draw(void *data, const uint32_t *path, size_t n)
{
        struct tn_buf *buf = data;

        for (size_t i = 0; i < n; i++)
                tn_buf_add_char(buf, (char)('a' + path[i]));
        tn_buf_add_char(buf, ' ');
        return true;
}

static void assert_cycles(const char *text, const char *paths, uint32_t count)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        uint32_t n;

        shape(&graph, text);
        assert_int_equal(tn_topo_sort(&graph, &topo), 0);
        assert_int_equal(tn_cycles_find(&graph, &topo, draw, &buf, &n), 0);
        assert_string_equal(tn_buf_str(&buf), paths);
        assert_int_equal(n, count);
}

CHECK(cycles_none_in_a_tree)
{
        assert_cycles("bc d d -", "", 0);
}

CHECK(cycles_single_is_told_from_its_first_module)
{
        assert_cycles("b a", "ab ", 2);
        assert_cycles("b c a", "abc ", 3);
        assert_cycles("a", "a ", 1);
}

CHECK(cycles_users_and_used_of_a_cycle_are_not_in_it)
{
        assert_cycles("b c bd -", "bc ", 2);
}

CHECK(cycles_disjoint_are_told_one_by_one)
{
        assert_cycles("b a d c", "ab cd ", 4);
        assert_cycles("b a d e c ac -", "ab cde ", 5);
}

/* Where kmod starts: behind the module that ends the cycle before. */
CHECK(cycles_disjoint_start_behind_the_end_of_the_one_before)
{
        assert_cycles("c d a b", "ac db ", 4);       /* a<->c, b<->d */
        assert_cycles("d c b a", "ad bc ", 4);       /* a<->d, b<->c */
        assert_cycles("d c e a f b", "ad efbc ", 6); /* a<->d, b->c->e->f->b */
        assert_cycles("e f g h a b c d", "ae fb cg hd ", 8);
        assert_cycles("a c d b", "a bcd ", 4);
}

/* Of each path the last link is cut, in one run, and there is no cycle left. */
CHECK(cycles_that_overlap_are_told_until_none_is_left)
{
        assert_cycles("b ca b", "ab cb ", 3);  /* two that share a module */
        assert_cycles("b c ab", "abc bc ", 3); /* the cycle within the cycle */
        assert_cycles("b c d abc", "abcd bcd cd ", 4);
}

CHECK(cycles_explore_the_last_dependency_first)
{
        assert_cycles("bc a a", "ac ab ", 3);
        assert_cycles("b ac a", "abc ab ", 3);
        assert_cycles("ab a", "ab a ", 2);
}

CHECK(cycles_tangled_all_are_named)
{
        /* x<->y, x->r, r->a, a<->b, r first */
        assert_cycles("d ca b e d", "bc de ", 4);
        assert_cycles("b cd b a", "abd cb ", 4);
}

/* Every module needs every other: as many paths as there are pairs, no more. */
CHECK(cycles_complete_graph_ends)
{
        _cleanup_(tn_graph_fini) struct tn_graph graph;
        _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        uint32_t n, size = 60, paths = 0;

        assert_int_equal(tn_graph_init(&graph, size), 0);
        for (uint32_t i = 0; i < size; i++) {
                for (uint32_t j = 0; j < size; j++)
                        if (i != j)
                                assert_int_equal(tn_graph_add(&graph, j), 1);
                tn_graph_done(&graph);
        }
        assert_int_equal(tn_topo_sort(&graph, &topo), 0);
        assert_int_equal(tn_cycles_find(&graph, &topo, draw, &buf, &n), 0);
        for (size_t i = 0; i < buf.len; i++)
                paths += buf.ptr[i] == ' ';
        assert_int_equal(n, size);
        assert_int_equal(paths, size * (size - 1) / 2);
}

#define RANDOM_MAX 12

struct checked {
        bool edge[RANDOM_MAX][RANDOM_MAX];
        bool left[RANDOM_MAX][RANDOM_MAX]; /* edge, without the last link of each path */
        bool named[RANDOM_MAX];
        unsigned paths, wanted;
};

static bool check_path(void *data, const uint32_t *path, size_t n)
{
        struct checked *checked = data;

        for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < i; j++)
                        assert_int_not_equal(path[i], path[j]);
                assert_true(checked->edge[path[i]][path[(i + 1) % n]]);
                checked->named[path[i]] = true;
        }
        assert_true(checked->left[path[n - 1]][path[0]]); /* no link is cut twice */
        checked->left[path[n - 1]][path[0]] = false;
        return ++checked->paths < checked->wanted;
}

/* Who reaches whom, found by closing the relation, step by step. */
static void close_relation(bool reaches[RANDOM_MAX][RANDOM_MAX], uint32_t size)
{
        for (uint32_t k = 0; k < size; k++)
                for (uint32_t i = 0; i < size; i++)
                        for (uint32_t j = 0; j < size; j++)
                                reaches[i][j] |= reaches[i][k] && reaches[k][j];
}

static void make_random(struct tn_graph *graph, struct checked *checked, uint32_t round, uint32_t size)
{
        uint32_t density = 1 + round / RANDOM_MAX % 8;
        static uint32_t seed = 1;

        *checked = (struct checked){ .wanted = UINT32_MAX };
        assert_int_equal(tn_graph_init(graph, size), 0);
        for (uint32_t i = 0; i < size; i++) {
                for (uint32_t j = 0; j < size; j++) {
                        seed = seed * 1664525 + 1013904223;
                        if ((seed >> 16) % 16 >= density)
                                continue;
                        checked->edge[i][j] = true;
                        tn_graph_add(graph, j);
                }
                tn_graph_done(graph);
        }
        memcpy(checked->left, checked->edge, sizeof(checked->left));
}

CHECK(cycles_of_random_shapes_name_what_is_to_be_cut)
{
        for (uint32_t round = 0; round < 5000; round++) {
                _cleanup_(tn_graph_fini) struct tn_graph graph;
                _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };
                uint32_t size = 1 + round % RANDOM_MAX, n, expected = 0;
                bool reaches[RANDOM_MAX][RANDOM_MAX];
                struct checked checked;

                make_random(&graph, &checked, round, size);
                memcpy(reaches, checked.edge, sizeof(reaches));
                close_relation(reaches, size);
                assert_int_equal(tn_topo_sort(&graph, &topo), 0);
                assert_int_equal(tn_cycles_find(&graph, &topo, check_path, &checked, &n), 0);
                close_relation(checked.left, size);
                for (uint32_t i = 0; i < size; i++) {
                        assert_int_equal(checked.named[i], reaches[i][i]);
                        assert_false(checked.left[i][i]);
                        expected += reaches[i][i];
                }
                assert_int_equal(n, expected);
                assert_int_equal(topo.placed == size, expected == 0);
        }
}

CHECK(cycles_end_when_no_more_are_wanted)
{
        for (uint32_t round = 0; round < 500; round++) {
                _cleanup_(tn_graph_fini) struct tn_graph graph;
                _cleanup_(tn_topo_fini) struct tn_topo topo = { 0 };
                struct checked checked;
                uint32_t n;

                make_random(&graph, &checked, round, 1 + round % RANDOM_MAX);
                checked.wanted = 1 + round % 4;
                assert_int_equal(tn_topo_sort(&graph, &topo), 0);
                assert_int_equal(tn_cycles_find(&graph, &topo, check_path, &checked, &n), 0);
                assert_true(checked.paths <= checked.wanted);
        }
}
