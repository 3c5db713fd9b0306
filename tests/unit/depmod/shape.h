/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_DEPMOD_SHAPE_H
#define TN_TESTS_UNIT_DEPMOD_SHAPE_H

#include "depmod/graph.h"

/*
 * A graph drawn as text: one word a module, in order, which are 'a', 'b', and so on; the word names what it
 * needs, "-" is nothing: "bc - b" has a needing b and c, and c needing b.
 */
static inline void shape(struct tn_graph *graph, const char *text)
{
        uint32_t n = 1;

        for (const char *c = text; *c; c++)
                n += *c == ' ';
        assert_int_equal(tn_graph_init(graph, n), 0);
        for (const char *c = text; *c; c++) {
                if (*c == ' ')
                        tn_graph_done(graph);
                else if (*c != '-')
                        assert_true(tn_graph_add(graph, (uint32_t)(*c - 'a')) >= 0);
        }
        tn_graph_done(graph);
}

#endif
