/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "depmod/cycles.h"
#include "util/cleanup.h"

#define NONE UINT32_MAX

/* What is known of a module. left counts the dependencies still to be gone through, the last one first. */
struct node {
        uint32_t left;
        uint32_t seen;  /* components: when it was met, counted from 1; paths: the root + 1 that met it */
        uint32_t low;   /* components: the earliest that can be reached and is not in a component yet */
        uint32_t group; /* its component, or NONE */
        bool cyclic;
        bool dropped; /* no root any more */
};

struct search {
        const struct tn_graph *graph;
        struct node *nodes;
        uint32_t *way; /* from where the search started to where it is */
        uint32_t depth;
        uint32_t *open; /* met, but not in a component yet */
        uint32_t n_open;
        uint32_t met;
};

static void enter(struct search *s, uint32_t i)
{
        const uint32_t *deps;

        s->nodes[i].left = tn_graph_deps(s->graph, i, &deps);
        s->way[s->depth++] = i;
}

/* The next dependency of the module where the search is, or NONE. */
static uint32_t next_dep(struct search *s, uint32_t i)
{
        const uint32_t *deps;

        tn_graph_deps(s->graph, i, &deps);
        return s->nodes[i].left ? deps[--s->nodes[i].left] : NONE;
}

static void meet(struct search *s, uint32_t i)
{
        s->nodes[i].seen = s->nodes[i].low = ++s->met;
        s->open[s->n_open++] = i;
        enter(s, i);
}

/* i is the first met of its component; all that was met later and is still open is the rest of it. */
static void close_group(struct search *s, uint32_t i)
{
        bool several = s->open[s->n_open - 1] != i;
        uint32_t member;

        do {
                member = s->open[--s->n_open];
                s->nodes[member].group = i;
                s->nodes[member].cyclic |= several;
        } while (member != i);
}

static void leave(struct search *s)
{
        uint32_t i = s->way[--s->depth];
        struct node *node = &s->nodes[i];

        if (node->low == node->seen)
                close_group(s, i);
        if (s->depth) {
                struct node *user = &s->nodes[s->way[s->depth - 1]];

                user->low = MIN(user->low, node->low);
        }
}

/* Strongly connected components (R. Tarjan, 1972), without recursion. */
static void find_groups(struct search *s)
{
        for (uint32_t start = 0; start < s->graph->n; start++) {
                if (s->nodes[start].seen)
                        continue;
                meet(s, start);
                while (s->depth) {
                        uint32_t i = s->way[s->depth - 1], to = next_dep(s, i);

                        if (to == NONE)
                                leave(s);
                        else if (!s->nodes[to].seen)
                                meet(s, to);
                        else if (s->nodes[to].group == NONE)
                                s->nodes[i].low = MIN(s->nodes[i].low, s->nodes[to].seen);
                        if (to == i)
                                s->nodes[i].cyclic = true;
                }
        }
}

static void report(struct search *s, tn_cycles_fn *fn, void *data)
{
        for (uint32_t k = 0; k < s->depth; k++)
                s->nodes[s->way[k]].dropped = true;
        fn(data, s->way, s->depth);
}

/* Nothing outside the root's component can lead back to it. */
static void search_from(struct search *s, uint32_t root, tn_cycles_fn *fn, void *data)
{
        s->nodes[root].seen = root + 1;
        enter(s, root);
        while (s->depth) {
                uint32_t to = next_dep(s, s->way[s->depth - 1]);

                if (to == NONE) {
                        s->depth--;
                } else if (to == root) {
                        report(s, fn, data);
                } else if (s->nodes[to].group == s->nodes[root].group && s->nodes[to].seen != root + 1) {
                        s->nodes[to].seen = root + 1;
                        enter(s, to);
                }
        }
}

int tn_cycles_find(const struct tn_graph *graph, const struct tn_topo *topo, tn_cycles_fn *fn, void *data,
                   uint32_t *ret_n)
{
        _cleanup_(freep) struct node *nodes = calloc((size_t)graph->n + 1, sizeof(*nodes));
        _cleanup_(freep) uint32_t *way = calloc((size_t)graph->n + 1, sizeof(*way));
        _cleanup_(freep) uint32_t *open = calloc((size_t)graph->n + 1, sizeof(*open));
        struct search s = { .graph = graph, .nodes = nodes, .way = way, .open = open };
        uint32_t n = 0;

        if (!nodes || !way || !open)
                return -ENOMEM;
        for (uint32_t i = 0; i < graph->n; i++)
                nodes[i].group = NONE;
        find_groups(&s);
        for (uint32_t i = 0; i < graph->n; i++) {
                n += nodes[i].cyclic;
                nodes[i].seen = 0;
        }
        for (uint32_t i = 0; i < graph->n; i++)
                if (topo->users[i] && nodes[i].cyclic && !nodes[i].dropped)
                        search_from(&s, i, fn, data);
        *ret_n = n;
        return 0;
}
