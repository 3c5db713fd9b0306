/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/edges.h"
#include "core/unknown.h"
#include "format/procmod.h"
#include "kernel/kernel.h"
#include "tenon/graph_text.h"
#include "tenon/object.h"
#include "util/cleanup.h"
#include "util/set.h"

struct graph {
        struct tn_run run;
        bool up, dot;
        const char *svg;
        bool only_live; /* what is not loaded is left out */

        struct tn_document *doc;
        struct tn_edges edges;
        TN_VEC(struct tn_edges_module *) found; /* the roots, and then what they lead to */
        struct tn_set names;                    /* of them */
        struct tn_buf loaded;                   /* text of /proc/modules */
        struct tn_set live;
};

static const char usage[] =
        "Usage:\n"
        "\ttenon graph [options] [MODULE...]\n"
        "Shows what modules need, directly and by softdeps and weakdeps. Without MODULE: those\n"
        "that are loaded; of another kernel or system, all.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "up", NULL, "what needs them, in place of what they need",
          TN_OPTION_SETS(struct graph, up) },
        { TN_OPTION_LONG + 1, "dot", NULL, "print it for graphviz", TN_OPTION_SETS(struct graph, dot) },
        { TN_OPTION_LONG + 2, "svg", "FILE", "write it as a picture; -: to standard output",
          TN_OPTION_KEEPS(struct graph, svg) },
        TN_VERB_OPTIONS,
};

static int find_module(struct graph *graph, struct tn_edges_module *mod)
{
        int r = tn_set_add(&graph->names, tn_span_of(mod->needs.name));

        return r > 0 ? tn_vec_add(&graph->found, mod) : r;
}

static int find_name(struct graph *graph, struct span name)
{
        struct tn_edges_module *mod;
        int r = tn_edges_get(&graph->edges, name, &mod);

        if (r == 0)
                r = tn_edges_ask(&graph->edges, mod);
        return r < 0 ? r : find_module(graph, mod);
}

/* The indexes do not have it. */
static int find_builtin(struct graph *graph, struct span name)
{
        struct tn_edges_module *mod;
        int r = tn_edges_get(&graph->edges, name, &mod);

        if (r < 0)
                return r;
        mod->builtin = true;
        return find_module(graph, mod);
}

/* Nothing of that name, or what it stands for. The name of a loaded module is enough, or of a file system that is built in. */
static int find_object(struct graph *graph, const char *word)
{
        _cleanup_(tn_object_fini) struct tn_object object = { 0 };
        int r = tn_object_take(&graph->run, "graph", TN_OBJECT_LOADABLE & ~(1u << TN_OBJECT_FILE), word,
                               graph->doc, &object);
        const struct tn_match *match;

        if (r != 0)
                return MIN(r, 0);
        tn_vec_each (match, &object.matches)
                r = r < 0 ? r : find_name(graph, tn_span_of(match->name));
        if (r < 0 || object.matches.n)
                return r;
        if (tn_object_builtin(&object))
                return find_builtin(graph, tn_span_of(tn_object_builtin(&object)));
        if (object.known && object.text && tn_set_has(&graph->live, tn_span_of(object.text)))
                return find_name(graph, tn_span_of(object.text));
        return tn_object_explain(&graph->run, &object, graph->doc);
}

static int read_loaded(struct graph *graph)
{
        struct tn_procmod mod;
        struct span rest;
        int r = graph->run.live ? tn_kernel_modules(&graph->loaded) : 0;

        if (r < 0 && r != -ENOMEM)
                tn_document_add_incomplete(graph->doc, "the loaded modules (/proc/modules)", strerror(-r));
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        for (rest = tn_buf_span(&graph->loaded); r >= 0 && tn_procmod_next(&rest, &mod);)
                r = tn_set_add(&graph->live, mod.name);
        return MIN(r, 0);
}

static bool counts(const struct graph *graph, const struct tn_edges_module *mod)
{
        return !graph->run.live || tn_set_has(&graph->live, tn_span_of(mod->needs.name));
}

/* Whether another of them stands above it. What ties it softly does not make it lower. */
static bool is_below(const struct graph *graph, const struct tn_edges_module *mod)
{
        for (size_t i = 0; i < (graph->up ? mod->out.n : mod->in.n); i++) {
                const struct tn_edge *edge = graph->up ? mod->out.v[i] : mod->in.v[i];

                if (edge->kind == TN_EDGE_NEEDS && counts(graph, graph->up ? edge->to : edge->from))
                        return true;
        }
        return false;
}

/* All: those that no other leads to. */
static int find_all(struct graph *graph)
{
        struct tn_procmod mod;
        struct span rest;
        int r = graph->run.live ? 0 : tn_edges_ask_all(&graph->edges);

        for (rest = tn_buf_span(&graph->loaded); r == 0 && tn_procmod_next(&rest, &mod);) {
                struct tn_edges_module *at;

                r = tn_edges_get(&graph->edges, mod.name, &at);
                if (r == 0)
                        r = tn_edges_ask(&graph->edges, at);
        }
        for (size_t i = 0; r == 0 && i < graph->edges.modules.n; i++) {
                struct tn_edges_module *at = graph->edges.modules.v[i];

                if (at->asked && counts(graph, at) && !is_below(graph, at))
                        r = find_module(graph, at);
        }
        return r;
}

static int ask_all(struct graph *graph)
{
        int r = tn_edges_ask_all(&graph->edges);

        if (r < 0 && r != -ENOMEM) {
                tn_document_add_incomplete(graph->doc, graph->run.world.dir.path, strerror(-r));
                graph->doc->status = TN_STATUS_UNKNOWN;
        }
        return r == -ENOMEM ? r : 0;
}

static int find_roots(struct graph *graph, char **operands)
{
        int r = read_loaded(graph);

        if (r == 0 && graph->up)
                r = ask_all(graph);
        graph->only_live = graph->up && graph->run.live && !operands[0];
        if (r == 0 && !operands[0])
                r = find_all(graph);
        for (size_t i = 0; r == 0 && operands[i]; i++)
                r = find_object(graph, operands[i]);
        return r;
}

static void add_edge(struct tn_json *json, struct json_object *to, const struct tn_edge *edge)
{
        struct json_object *own = tn_json_add_object(json, to, NULL);

        tn_json_add_str(json, own, "from", edge->from->needs.name);
        tn_json_add_str(json, own, "to", edge->to->needs.name);
        tn_json_add_str(json, own, "kind", tn_edge_kind_name(edge->kind));
        tn_json_add_str(json, own, "alias", edge->word);
        tn_json_add_place(json, own, "where", edge->record ? edge->record->file : NULL,
                          edge->record ? edge->record->line : 0);
}

static int add_edges(struct graph *graph, size_t n, struct json_object *to)
{
        struct tn_json *json = &graph->doc->json;
        struct tn_edges_module *mod = graph->found.v[n];
        int r = tn_edges_ask(&graph->edges, mod);

        for (size_t i = 0; r == 0 && i < (graph->up ? mod->in.n : mod->out.n); i++) {
                const struct tn_edge *edge = graph->up ? mod->in.v[i] : mod->out.v[i];
                struct tn_edges_module *end = graph->up ? edge->from : edge->to;

                if (!graph->only_live || counts(graph, end)) {
                        add_edge(json, to, edge);
                        r = find_module(graph, end);
                }
        }
        return r;
}

static const char *state_of(const struct graph *graph, const struct tn_edges_module *mod)
{
        if (tn_set_has(&graph->live, tn_span_of(mod->needs.name)))
                return "loaded";
        if (mod->builtin)
                return "builtin";
        return tn_edges_is_there(mod) ? "installed" : "missing";
}

static int add_result(struct graph *graph)
{
        struct tn_json *json = &graph->doc->json;
        struct json_object *result = tn_document_result(graph->doc), *to;
        int r = 0;

        tn_json_add_str(json, result, "direction", graph->up ? "up" : "down");
        to = tn_json_add_array(json, result, "roots");
        for (size_t i = 0; i < graph->found.n; i++)
                tn_json_add_str(json, to, NULL, graph->found.v[i]->needs.name);
        to = tn_json_add_array(json, result, "edges");
        for (size_t i = 0; r == 0 && i < graph->found.n; i++)
                r = add_edges(graph, i, to);
        to = tn_json_add_array(json, result, "modules");
        for (size_t i = 0; r == 0 && i < graph->found.n; i++) {
                struct json_object *own = tn_json_add_object(json, to, NULL);

                tn_json_add_str(json, own, "name", graph->found.v[i]->needs.name);
                tn_json_add_str(json, own, "state", state_of(graph, graph->found.v[i]));
        }
        return r;
}

static int graph_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct graph *graph = (struct graph *)run;
        int r;

        graph->doc = doc;
        if (graph->dot && graph->svg)
                return tn_run_usage(doc, "it is either --dot or --svg");
        if (graph->dot)
                run->form = TN_FORM_DOT;
        if (graph->svg)
                run->form = TN_FORM_SVG;
        run->output = graph->svg;
        r = tn_run_open(run, TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        tn_edges_init(&graph->edges, run->world.catalog, run->world.config);
        r = find_roots(graph, operands);
        return r < 0 ? r : add_result(graph);
}

static void graph_fini(struct tn_run *run)
{
        struct graph *graph = (struct graph *)run;

        tn_vec_fini(&graph->found);
        tn_set_fini(&graph->names);
        tn_set_fini(&graph->live);
        tn_buf_fini(&graph->loaded);
        tn_edges_fini(&graph->edges);
}

const struct tn_verb tn_verb_graph = {
        .name = "graph",
        .help = "what modules need, as a tree or a picture",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct graph),
        .build = graph_build,
        .fini = graph_fini,
        .render = { [TN_FORM_TEXT] = tn_graph_text,
                    [TN_FORM_DOT] = tn_graph_dot,
                    [TN_FORM_SVG] = tn_graph_svg },
};
