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
        bool *cut;     /* dependency -> whether a path ended with it */
        bool does_cut; /* those do not count any more */
        uint32_t last; /* the end of the last path */
};

static void enter(struct search *s, uint32_t i)
{
        const uint32_t *deps;

        s->nodes[i].left = tn_graph_deps(s->graph, i, &deps);
        s->way[s->depth++] = i;
}

/* The number of the next dependency of the module where the search is, or NONE. */
static uint32_t next_link(struct search *s, uint32_t i)
{
        while (s->nodes[i].left) {
                uint32_t link = s->graph->first[i] + --s->nodes[i].left;

                if (!s->does_cut || !s->cut[link])
                        return link;
        }
        return NONE;
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

static void follow(struct search *s, uint32_t i, uint32_t to)
{
        if (!s->nodes[to].seen)
                meet(s, to);
        else if (s->nodes[to].group == NONE)
                s->nodes[i].low = MIN(s->nodes[i].low, s->nodes[to].seen);
        if (to == i)
                s->nodes[i].cyclic = true;
}

/* Strongly connected components (R. Tarjan, 1972), without recursion. Returns how many modules are on a cycle. */
static uint32_t find_groups(struct search *s)
{
        uint32_t n = 0;

        s->met = 0;
        for (uint32_t i = 0; i < s->graph->n; i++)
                s->nodes[i] = (struct node){ .group = NONE };
        for (uint32_t start = 0; start < s->graph->n; start++) {
                if (s->nodes[start].seen)
                        continue;
                meet(s, start);
                while (s->depth) {
                        uint32_t i = s->way[s->depth - 1], link = next_link(s, i);

                        if (link == NONE)
                                leave(s);
                        else
                                follow(s, i, s->graph->to.v[link]);
                }
        }
        for (uint32_t i = 0; i < s->graph->n; i++) {
                n += s->nodes[i].cyclic;
                s->nodes[i].seen = 0;
        }
        return n;
}

static bool report(struct search *s, tn_cycles_fn *fn, void *data)
{
        s->last = s->way[s->depth - 1];
        for (uint32_t k = 0; k < s->depth; k++)
                s->nodes[s->way[k]].dropped = true;
        return fn(data, s->way, s->depth);
}

/* Nothing outside the root's component can lead back to it. Returns whether more is wanted. */
static bool search_from(struct search *s, uint32_t root, tn_cycles_fn *fn, void *data)
{
        s->last = root;
        s->nodes[root].seen = root + 1;
        s->nodes[root].dropped = true;
        enter(s, root);
        while (s->depth) {
                uint32_t link = next_link(s, s->way[s->depth - 1]), to;

                if (link == NONE) {
                        s->depth--;
                        continue;
                }
                to = s->graph->to.v[link];
                if (to == root) {
                        s->cut[link] = true;
                        if (!report(s, fn, data))
                                return false;
                } else if (s->nodes[to].group == s->nodes[root].group && s->nodes[to].seen != root + 1) {
                        s->nodes[to].seen = root + 1;
                        enter(s, to);
                }
        }
        return true;
}

/* The first root at that place or after it, where the first follows the last. */
static uint32_t next_root(const struct search *s, const struct tn_topo *topo, uint32_t place)
{
        for (uint32_t k = 0; k < s->graph->n; k++) {
                uint32_t i = (place + k) % s->graph->n;

                if (topo->users[i] && s->nodes[i].cyclic && !s->nodes[i].dropped)
                        return i;
        }
        return NONE;
}

static bool search_round(struct search *s, const struct tn_topo *topo, tn_cycles_fn *fn, void *data)
{
        uint32_t root = next_root(s, topo, 0);

        while (root != NONE) {
                if (!search_from(s, root, fn, data))
                        return false;
                root = next_root(s, topo, s->last + 1);
        }
        return true;
}

int tn_cycles_find(const struct tn_graph *graph, const struct tn_topo *topo, tn_cycles_fn *fn, void *data,
                   uint32_t *ret_n)
{
        _cleanup_(freep) struct node *nodes = calloc((size_t)graph->n + 1, sizeof(*nodes));
        _cleanup_(freep) uint32_t *way = calloc((size_t)graph->n + 1, sizeof(*way));
        _cleanup_(freep) uint32_t *open = calloc((size_t)graph->n + 1, sizeof(*open));
        _cleanup_(freep) bool *cut = calloc(graph->to.n + 1, sizeof(*cut));
        struct search s = { .graph = graph, .nodes = nodes, .way = way, .open = open, .cut = cut };
        uint32_t n;

        if (!nodes || !way || !open || !cut)
                return -ENOMEM;
        n = find_groups(&s);
        for (uint32_t left = n; left && search_round(&s, topo, fn, data); left = find_groups(&s))
                s.does_cut = true;
        *ret_n = n;
        return 0;
}
