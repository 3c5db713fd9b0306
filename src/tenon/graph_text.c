/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/graph_text.h"
#include "tenon/graph_view.h"
#include "tenon/table.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* How deep a tree is drawn; no kernel's is half as deep. */
#define DEPTH_MAX 100

struct drawing {
        struct tn_graph_view view;
        struct tn_table out;
};

enum { NAME, HOW, STATE };

static const struct tn_column columns[] = {
        [NAME] = { .name = "MODULE", .tree = true },
        [HOW] = { .name = "HOW" },
        [STATE] = { .name = "STATE" },
};

static void set_how(struct drawing *drawing, struct tn_row *row, const struct tn_graph_edge *edge)
{
        _cleanup_(tn_buf_fini) struct tn_buf how = { 0 };

        if (!edge)
                return;
        tn_buf_add_str(&how, edge->word);
        if (*edge->alias)
                tn_buf_addf(&how, ", as %s", edge->alias);
        tn_table_cell(&drawing->out, row, HOW, tn_buf_str(&how),
                      edge->kind == TN_GRAPH_NEEDS ? TN_STYLE_PLAIN : TN_STYLE_DIM);
}

/* What is below a module that stands at several places is drawn once. */
static void draw(struct drawing *drawing, size_t number, const struct tn_graph_edge *by,
                 struct tn_row *parent, unsigned depth)
{
        struct tn_graph_node *node = &drawing->view.nodes.v[number];
        bool again = node->below.n && (node->drawn || depth == DEPTH_MAX);
        struct tn_row *row = tn_table_row(&drawing->out, parent);
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        tn_buf_addf(&name, "%s%s", node->name, again ? " (above)" : "");
        tn_table_cell(&drawing->out, row, NAME, tn_buf_str(&name),
                      node->root ? TN_STYLE_BOLD : TN_STYLE_PLAIN);
        set_how(drawing, row, by);
        tn_table_cell(&drawing->out, row, STATE, node->state,
                      strcmp(node->state, "missing") == 0 ? TN_STYLE_BAD : TN_STYLE_PLAIN);
        if (!row || node->drawn || depth == DEPTH_MAX)
                return;
        node->drawn = true;
        for (size_t i = 0; i < node->below.n; i++) {
                const struct tn_graph_edge *edge = &drawing->view.edges.v[node->below.v[i]];

                draw(drawing, tn_graph_end(&drawing->view, edge), edge, row, depth + 1);
        }
}

void tn_graph_text(const struct json_object *root, struct tn_text *text)
{
        struct drawing drawing;
        int r = tn_graph_view_init(&drawing.view, root);

        if (r < 0)
                text->out->err = r;
        tn_table_init(&drawing.out, text, columns, ARRAY_SIZE(columns), false);
        for (size_t i = 0; r == 0 && i < drawing.view.nodes.n; i++)
                if (drawing.view.nodes.v[i].root)
                        draw(&drawing, i, NULL, NULL, 0);
        tn_table_print(&drawing.out);
        tn_table_fini(&drawing.out);
        tn_graph_view_fini(&drawing.view);
}

/* Between quotes; a backslash before a character of the name would begin an escape of dot's. */
static void add_quoted(struct tn_buf *out, const char *str)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        tn_escape_add(tn_span_of(str), TN_ESCAPE_ALL, &escaped);
        tn_buf_add_char(out, '"');
        for (size_t i = 0; i < escaped.len; i++) {
                if (escaped.ptr[i] == '"' || escaped.ptr[i] == '\\')
                        tn_buf_add_char(out, '\\');
                tn_buf_add_char(out, escaped.ptr[i]);
        }
        tn_buf_add_char(out, '"');
}

static void add_node(struct tn_buf *out, const struct tn_graph_node *node)
{
        tn_buf_add_str(out, "        ");
        add_quoted(out, node->name);
        if (strcmp(node->state, "loaded") == 0)
                tn_buf_add_str(out, " [style=filled]");
        else if (strcmp(node->state, "builtin") == 0)
                tn_buf_add_str(out, " [shape=ellipse]");
        else if (strcmp(node->state, "missing") == 0)
                tn_buf_add_str(out, " [style=dotted]");
        tn_buf_add_str(out, ";\n");
}

static void add_edge(struct tn_buf *out, const struct tn_graph_view *view, const struct tn_graph_edge *edge)
{
        tn_buf_add_str(out, "        ");
        add_quoted(out, view->nodes.v[edge->from].name);
        tn_buf_add_str(out, " -> ");
        add_quoted(out, view->nodes.v[edge->to].name);
        if (edge->kind != TN_GRAPH_NEEDS) {
                tn_buf_addf(out, " [style=%s, label=", edge->kind == TN_GRAPH_WEAK ? "dotted" : "dashed");
                add_quoted(out, edge->word);
                tn_buf_add_char(out, ']');
        }
        tn_buf_add_str(out, ";\n");
}

void tn_graph_dot(const struct json_object *root, struct tn_text *text)
{
        struct tn_graph_view view;
        int r = tn_graph_view_init(&view, root);
        const struct tn_graph_node *node;
        const struct tn_graph_edge *edge;

        tn_buf_add_str(text->out, "digraph modules {\n        rankdir=LR;\n        node [shape=box];\n");
        tn_vec_each (node, &view.nodes)
                add_node(text->out, node);
        tn_vec_each (edge, &view.edges)
                add_edge(text->out, &view, edge);
        tn_buf_add_str(text->out, "}\n");
        tn_graph_view_fini(&view);
        if (r < 0)
                text->out->err = r;
}
