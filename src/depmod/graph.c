/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "depmod/graph.h"
#include "util/cleanup.h"

int tn_graph_init(struct tn_graph *graph, uint32_t n)
{
        *graph = (struct tn_graph){ .n = n };
        graph->first = calloc((size_t)n + 1, sizeof(*graph->first));
        graph->seen = calloc((size_t)n + 1, sizeof(*graph->seen));
        if (graph->first && graph->seen)
                return 0;
        tn_graph_fini(graph);
        return -ENOMEM;
}

void tn_graph_fini(struct tn_graph *graph)
{
        free(graph->first);
        free(graph->seen);
        tn_vec_fini(&graph->to);
        *graph = (struct tn_graph){ 0 };
}

int tn_graph_add(struct tn_graph *graph, uint32_t to)
{
        int r;

        assert(to < graph->n && graph->filled < graph->n);
        if (graph->seen[to] == graph->filled + 1)
                return 0;
        if (graph->to.n >= UINT32_MAX)
                return -ENOMEM;
        r = tn_vec_add(&graph->to, to);
        if (r < 0)
                return r;
        graph->seen[to] = graph->filled + 1;
        return 1;
}

void tn_graph_done(struct tn_graph *graph)
{
        assert(graph->filled < graph->n);
        graph->first[++graph->filled] = (uint32_t)graph->to.n;
}

size_t tn_graph_drop(struct tn_graph *graph)
{
        size_t n = graph->to.n - graph->first[graph->filled];

        graph->to.n -= n;
        return n;
}

void tn_topo_fini(struct tn_topo *topo)
{
        free(topo->rank);
        free(topo->at);
        free(topo->users);
        *topo = (struct tn_topo){ 0 };
}

static void count_users(const struct tn_graph *graph, uint32_t *users)
{
        for (size_t i = 0; i < graph->to.n; i++)
                users[graph->to.v[i]]++;
}

static void place(const struct tn_graph *graph, struct tn_topo *topo, uint32_t *stack)
{
        uint32_t depth = 0;

        for (uint32_t i = 0; i < graph->n; i++)
                if (topo->users[i] == 0)
                        stack[depth++] = i;
        while (depth) {
                uint32_t i = stack[--depth];
                const uint32_t *deps;
                uint32_t n = tn_graph_deps(graph, i, &deps);

                topo->rank[i] = topo->placed;
                topo->at[topo->placed++] = i;
                for (uint32_t d = 0; d < n; d++)
                        if (--topo->users[deps[d]] == 0)
                                stack[depth++] = deps[d];
        }
}

int tn_topo_sort(const struct tn_graph *graph, struct tn_topo *ret_topo)
{
        _cleanup_(freep) uint32_t *stack = calloc((size_t)graph->n + 1, sizeof(*stack));
        struct tn_topo topo = {
                .rank = calloc((size_t)graph->n + 1, sizeof(*topo.rank)),
                .at = calloc((size_t)graph->n + 1, sizeof(*topo.at)),
                .users = calloc((size_t)graph->n + 1, sizeof(*topo.users)),
        };

        assert(graph->filled == graph->n);
        if (!stack || !topo.rank || !topo.at || !topo.users) {
                tn_topo_fini(&topo);
                return -ENOMEM;
        }
        count_users(graph, topo.users);
        place(graph, &topo, stack);
        *ret_topo = topo;
        return 0;
}

void tn_reach_fini(struct tn_reach *reach)
{
        tn_vec_fini(&reach->list);
        free(reach->seen);
        *reach = (struct tn_reach){ 0 };
}

/* Appends the places of the dependencies of i that were not met in this call. */
static int meet(struct tn_reach *reach, const struct tn_graph *graph, const struct tn_topo *topo, uint32_t i)
{
        const uint32_t *deps;
        uint32_t n = tn_graph_deps(graph, i, &deps);

        for (uint32_t d = 0; d < n; d++) {
                int r;

                if (reach->seen[deps[d]] == reach->call)
                        continue;
                reach->seen[deps[d]] = reach->call;
                r = tn_vec_add(&reach->list, topo->rank[deps[d]]);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int ascending(const void *a, const void *b)
{
        uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

        return (x > y) - (x < y);
}

int tn_reach_find(struct tn_reach *reach, const struct tn_graph *graph, const struct tn_topo *topo,
                  uint32_t i)
{
        int r;

        if (!reach->seen) {
                reach->seen = calloc((size_t)graph->n + 1, sizeof(*reach->seen));
                if (!reach->seen)
                        return -ENOMEM;
        }
        reach->call++;
        reach->list.n = 0;
        r = meet(reach, graph, topo, i);
        for (size_t done = 0; r == 0 && done < reach->list.n; done++)
                r = meet(reach, graph, topo, topo->at[reach->list.v[done]]);
        if (r < 0)
                return r;
        if (reach->list.n > 1)
                qsort(reach->list.v, reach->list.n, sizeof(*reach->list.v), ascending);
        for (size_t k = 0; k < reach->list.n; k++)
                reach->list.v[k] = topo->at[reach->list.v[k]];
        return 0;
}
