/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_GRAPH_H
#define TN_DEPMOD_GRAPH_H

#include <stdint.h>

#include "util/vec.h"

/* Who needs whom: n modules, each with its direct dependencies in the order in which it names them. */
struct tn_graph {
        uint32_t n;
        uint32_t *first; /* n + 1 places in to: those of i are first[i] up to first[i + 1] */
        TN_VEC(uint32_t) to;
        uint32_t filled; /* modules added so far */
        uint32_t *seen;  /* n; the module + 1 that named this one last */
};

/* Returns 0 or -ENOMEM. Of the modules none is added yet. */
int tn_graph_init(struct tn_graph *graph, uint32_t n);
void tn_graph_fini(struct tn_graph *graph);

/*
 * Building goes module by module: each of its dependencies, then the module is done. One that it has already is
 * passed over. Returns 1 when it was added, 0 when it was there, -ENOMEM.
 */
int tn_graph_add(struct tn_graph *graph, uint32_t to);
void tn_graph_done(struct tn_graph *graph);

/* Takes back all dependencies of the module that is being added, which gets none any more. Returns how many it had. */
size_t tn_graph_drop(struct tn_graph *graph);

/* The number of direct dependencies of i, and where they are. */
static inline uint32_t tn_graph_deps(const struct tn_graph *graph, uint32_t i, const uint32_t **ret_deps)
{
        *ret_deps = graph->to.v ? graph->to.v + graph->first[i] : NULL;
        return graph->first[i + 1] - graph->first[i];
}

/*
 * An order in which users come before what they use. A stack starts with all modules that have no users, in
 * order; the one popped gets the next place, and each of its dependencies that has no other users left is pushed.
 * This fixes the order within a line of modules.dep.
 */
struct tn_topo {
        uint32_t *rank;  /* module -> place */
        uint32_t *at;    /* place -> module */
        uint32_t *users; /* module -> users left; not 0 only in or behind cycles */
        uint32_t placed; /* modules with a place; fewer than all when there are cycles */
};

/* Returns 0, also with cycles, or -ENOMEM. */
int tn_topo_sort(const struct tn_graph *graph, struct tn_topo *ret_topo);
void tn_topo_fini(struct tn_topo *topo);

/* Direct and indirect dependencies, one module after another; memory is kept between calls. */
struct tn_reach {
        TN_VEC(uint32_t) list; /* what was found */
        uint32_t *seen;        /* module -> the last call that met it */
        uint32_t call;
};

/* Finds those of i in topological order, i not among them. Returns 0 or -ENOMEM. */
int tn_reach_find(struct tn_reach *reach, const struct tn_graph *graph, const struct tn_topo *topo,
                  uint32_t i);
void tn_reach_fini(struct tn_reach *reach);

#endif
