/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/lint/run.h"
#include "format/modname.h"
#include "format/softdep.h"
#include "util/cleanup.h"

/*
 * Softdeps that contradict each other: a is wanted before b, and b before a. Modules are the nodes of a graph, and an edge
 * leads from each to what comes after it. What is left when all that nothing comes before, or nothing after, was taken away
 * are the circles, and what lies between them.
 */

struct node {
        const char *name;
        size_t before, after; /* edges that are left */
};

struct edge {
        size_t from, to; /* nodes */
        const struct tn_conf_record *record;
        bool gone;
};

struct graph {
        struct tn_lint_run *run;
        struct tn_map names; /* to the node's number, from 1 */
        TN_VEC(struct node) nodes;
        TN_VEC(struct edge) edges;
};

static void graph_fini(struct graph *graph)
{
        tn_map_fini(&graph->names);
        tn_vec_fini(&graph->nodes);
        tn_vec_fini(&graph->edges);
}

static int get_node(struct graph *graph, struct span name, size_t *ret_node)
{
        uintptr_t at = (uintptr_t)tn_map_find(&graph->names, name);
        const char *copy;
        int r;

        if (!at) {
                copy = tn_lint_str(graph->run, name);
                r = copy ? tn_vec_add(&graph->nodes, ((struct node){ .name = copy })) : -ENOMEM;
                if (r == 0)
                        r = tn_map_add(&graph->names, (struct span){ copy, name.len },
                                       (void *)(uintptr_t)graph->nodes.n);
                if (r < 0)
                        return r;
                at = graph->nodes.n;
        }
        *ret_node = at - 1;
        return 0;
}

static int add_edge(struct graph *graph, const struct tn_conf_record *record, struct span first,
                    struct span second)
{
        struct edge edge = { .record = record };
        int r = get_node(graph, first, &edge.from);

        if (r == 0)
                r = get_node(graph, second, &edge.to);
        if (r == 0)
                r = tn_vec_add(&graph->edges, edge);
        if (r < 0)
                return r;
        graph->nodes.v[edge.from].after++;
        graph->nodes.v[edge.to].before++;
        return 0;
}

static int add_record(struct graph *graph, const struct tn_conf_record *record)
{
        struct tn_softdep softdep = tn_softdep_init(record->value);
        struct span word;
        int r = 0;

        while (r == 0 && tn_softdep_next(&softdep, &word)) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

                if (tn_modname_from_alias(word, &name) < 0 || name.len == 0)
                        continue;
                r = tn_buf_error(&name);
                if (r == 0)
                        r = softdep.part == TN_SOFTDEP_PRE
                                    ? add_edge(graph, record, tn_buf_span(&name), record->key)
                                    : add_edge(graph, record, record->key, tn_buf_span(&name));
        }
        return r;
}

static bool is_end(const struct node *node)
{
        return node->before == 0 || node->after == 0;
}

/* One round. Returns whether an edge went. */
static bool peel_once(struct graph *graph)
{
        bool gone = false;
        struct edge *edge;

        tn_vec_each (edge, &graph->edges) {
                struct node *from = &graph->nodes.v[edge->from], *to = &graph->nodes.v[edge->to];

                if (edge->gone || (!is_end(from) && !is_end(to)))
                        continue;
                edge->gone = gone = true;
                from->after--;
                to->before--;
        }
        return gone;
}

static void report(const struct graph *graph, const struct edge *edge)
{
        bool pre = tn_span_eq(edge->record->key, tn_span_of(graph->nodes.v[edge->to].name));

        if (tn_lint_author(graph->run, edge->record) == TN_LINT_ADMIN)
                tn_lint_add_at(graph->run, edge->record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_SOFTDEP_LOOP,
                                       .name = edge->record->key.ptr,
                                       .subject = graph->nodes.v[pre ? edge->from : edge->to].name,
                                       .value = pre ? "after" : "before",
                               });
}

/* A chain of modules takes a round for each of them; no real one is longer than this. */
#define ROUNDS_MAX 1000

void tn_lint_softdeps(struct tn_lint_run *run)
{
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_SOFTDEP);
        _cleanup_(graph_fini) struct graph graph = { .run = run };
        const struct tn_conf_record *record;
        struct edge *edge;
        int rounds = 0;

        while (run->err == 0 && (record = tn_config_next(&iter)))
                if (!tn_span_has_any(record->key, "*?[\\"))
                        run->err = add_record(&graph, record);
        while (run->err == 0 && peel_once(&graph))
                if (++rounds == ROUNDS_MAX)
                        return;
        tn_vec_each (edge, &graph.edges)
                if (run->err == 0 && !edge->gone)
                        report(&graph, edge);
}
