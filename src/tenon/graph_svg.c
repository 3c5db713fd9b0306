/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "tenon/graph_layout.h"
#include "tenon/graph_text.h"
#include "tenon/graph_view.h"
#include "tenon/svg.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* Pixels. A character of the font is less than 0.61 of its size wide. */
#define FONT_SIZE  13
#define CHARACTER  8.0
#define BOX_HEIGHT 24.0
#define BOX_MARGIN 8.0
#define GAP        64.0 /* between layers, for edges */
#define STUB       10.0 /* of an edge, straight: an arrow may sit there */
#define EDGE       16.0 /* around all */
#define LEGEND     64.0

struct svg {
        struct tn_graph_view view;
        struct tn_layout layout;
        double *left;  /* where each layer begins */
        double *width; /* what its widest box takes */
        struct tn_buf *out;
};

static double width_of(const struct tn_graph_node *node)
{
        return tn_text_columns(node->name) * CHARACTER + 2 * BOX_MARGIN;
}

/* The columns of the picture. Returns its width, or -ENOMEM. */
static int set_columns(struct svg *svg, double *ret_width)
{
        size_t layers = svg->layout.layers;
        double at = EDGE;

        svg->left = calloc(layers + 1, sizeof(*svg->left));
        svg->width = calloc(layers + 1, sizeof(*svg->width));
        if (!svg->left || !svg->width)
                return -ENOMEM;
        for (size_t i = 0; i < svg->layout.nodes; i++) {
                double *width = &svg->width[svg->layout.points.v[i].layer];

                *width = MAX(*width, width_of(&svg->view.nodes.v[i]));
        }
        for (size_t i = 0; i < layers; i++) {
                svg->left[i] = at;
                at += svg->width[i] + GAP;
        }
        *ret_width = at - (layers ? GAP : 0) + EDGE;
        return 0;
}

static int place(struct svg *svg)
{
        int r = tn_layout_init(&svg->layout, svg->view.nodes.n);

        for (size_t i = 0; r == 0 && i < svg->view.edges.n; i++) {
                const struct tn_graph_edge *edge = &svg->view.edges.v[i];

                r = tn_layout_add(&svg->layout, svg->view.up ? edge->to : edge->from,
                                  tn_graph_end(&svg->view, edge));
        }
        return r < 0 ? r : tn_layout_place(&svg->layout);
}

static void add_curve(struct tn_buf *out, double x1, double y1, double x2, double y2)
{
        double middle = (x1 + x2) / 2;

        tn_buf_addf(out, " C%.1f %.1f %.1f %.1f %.1f %.1f", middle, y1, middle, y2, x2, y2);
}

static void add_path(struct svg *svg, const struct tn_layout_edge *edge)
{
        size_t start = tn_layout_left(edge), end = tn_layout_right(edge);
        const struct tn_layout_point *points = svg->layout.points.v;
        size_t layer = points[start].layer;
        double x = svg->left[layer] + width_of(&svg->view.nodes.v[start]), y = points[start].y + EDGE;

        tn_buf_addf(svg->out, "M%.1f %.1f", x, y);
        x = svg->left[layer] + svg->width[layer] + STUB;
        tn_buf_addf(svg->out, " H%.1f", x);
        for (size_t i = 0; i < edge->between; i++) {
                const struct tn_layout_point *point = &points[edge->first + i];

                add_curve(svg->out, x, y, svg->left[point->layer], point->y + EDGE);
                x = svg->left[point->layer] + svg->width[point->layer];
                y = point->y + EDGE;
                tn_buf_addf(svg->out, " H%.1f", x);
        }
        add_curve(svg->out, x, y, svg->left[points[end].layer], points[end].y + EDGE);
}

static const char *const classes[] = {
        [TN_GRAPH_NEEDS] = "needs", [TN_GRAPH_PRE] = "soft",   [TN_GRAPH_POST] = "soft",
        [TN_GRAPH_WEAK] = "weak",   [TN_GRAPH_OTHER] = "weak",
};

/* An arrow leads to what is needed, on whichever side that is. */
static void add_edge(struct svg *svg, size_t n)
{
        const struct tn_graph_edge *edge = &svg->view.edges.v[n];
        const struct tn_layout_edge *placed = &svg->layout.edges.v[n];
        const char *from = svg->view.nodes.v[edge->from].name, *to = svg->view.nodes.v[edge->to].name;

        if (edge->from == edge->to)
                return;
        tn_buf_addf(svg->out, "<path class=\"%s\" marker-%s=\"url(#arrow)\" d=\"", classes[edge->kind],
                    svg->view.up != placed->back ? "start" : "end");
        add_path(svg, placed);
        tn_buf_add_str(svg->out, "\"><title>");
        tn_svg_add_text(svg->out, from);
        tn_buf_addf(svg->out, " -&gt; ");
        tn_svg_add_text(svg->out, to);
        tn_buf_add_str(svg->out, " (");
        tn_svg_add_text(svg->out, edge->word);
        tn_buf_add_str(svg->out, ")</title></path>\n");
}

static const char *class_of(const struct tn_graph_node *node)
{
        static const char *const states[] = { "loaded", "builtin", "installed", "missing" };

        for (size_t i = 0; i < ARRAY_SIZE(states); i++)
                if (strcmp(states[i], node->state) == 0)
                        return states[i];
        return "installed";
}

static void add_box(struct svg *svg, const char *class, double x, double y, double width, const char *name)
{
        tn_buf_addf(svg->out,
                    "<g class=\"%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\"/>",
                    class, x, y - BOX_HEIGHT / 2, width, BOX_HEIGHT);
        tn_buf_addf(svg->out, "<text x=\"%.1f\" y=\"%.1f\">", x + width / 2, y + FONT_SIZE * 0.35);
        tn_svg_add_text(svg->out, name);
        tn_buf_add_str(svg->out, "</text></g>\n");
}

static void add_node(struct svg *svg, size_t n)
{
        const struct tn_graph_node *node = &svg->view.nodes.v[n];
        const struct tn_layout_point *point = &svg->layout.points.v[n];

        add_box(svg, class_of(node), svg->left[point->layer], point->y + EDGE, width_of(node), node->name);
}

static const struct {
        const char *class, *text;
} legend_boxes[] = {
        { "loaded", "loaded" },
        { "builtin", "built in" },
        { "installed", "not loaded" },
        { "missing", "missing" },
}, legend_edges[] = {
        { "needs", "needs" },
        { "soft", "softdep" },
        { "weak", "weakdep" },
};

#define LEGEND_WIDTH 440.0

static void add_legend(struct svg *svg, double y)
{
        double x = EDGE;

        for (size_t i = 0; i < ARRAY_SIZE(legend_boxes); i++) {
                double width = (double)strlen(legend_boxes[i].text) * CHARACTER + 2 * BOX_MARGIN;

                add_box(svg, legend_boxes[i].class, x, y, width, legend_boxes[i].text);
                x += width + 12;
        }
        x = EDGE;
        for (size_t i = 0; i < ARRAY_SIZE(legend_edges); i++) {
                tn_buf_addf(svg->out,
                            "<path class=\"%s\" marker-end=\"url(#arrow)\" d=\"M%.1f %.1f H%.1f\"/>",
                            legend_edges[i].class, x, y + 32, x + 48);
                tn_buf_addf(svg->out, "<text class=\"word\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", x + 56,
                            y + 32 + FONT_SIZE * 0.35, legend_edges[i].text);
                x += 56 + (double)strlen(legend_edges[i].text) * CHARACTER + 20;
        }
}

static void add_head(struct svg *svg, double width, double height)
{
        tn_buf_addf(svg->out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
                    "viewBox=\"0 0 %.0f %.0f\">\n",
                    width, height, width, height);
        tn_buf_addf(svg->out,
                    "<style>\n"
                    "text { font: %dpx \"DejaVu Sans Mono\", \"Liberation Mono\", monospace; "
                    "text-anchor: middle; fill: #111 }\n"
                    ".word { text-anchor: start }\n"
                    "rect { fill: #fff; stroke: #555 }\n"
                    ".loaded rect { fill: #cfe8d5; stroke: #2f6b3f }\n"
                    ".builtin rect { fill: #e4e4e4 }\n"
                    ".missing rect { stroke: #b00020; stroke-dasharray: 2 2 }\n"
                    "path { fill: none; stroke: #555; stroke-width: 1.2 }\n"
                    ".soft { stroke: #1f5fa8; stroke-dasharray: 6 3 }\n"
                    ".weak { stroke: #9a5b00; stroke-dasharray: 2 3 }\n"
                    "#arrow path { fill: #555; stroke: none }\n"
                    "</style>\n",
                    FONT_SIZE);
        tn_buf_add_str(svg->out,
                       "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
                       "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\">"
                       "<path d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>\n"
                       "<rect width=\"100%\" height=\"100%\" style=\"fill: #fff; stroke: none\"/>\n");
}

static void draw(struct svg *svg, double width)
{
        double height = svg->layout.height + 2 * EDGE;

        add_head(svg, MAX(width, LEGEND_WIDTH), height + LEGEND);
        for (size_t i = 0; i < svg->view.edges.n; i++)
                add_edge(svg, i);
        for (size_t i = 0; i < svg->view.nodes.n; i++)
                add_node(svg, i);
        add_legend(svg, height + BOX_HEIGHT / 2);
        tn_buf_add_str(svg->out, "</svg>\n");
}

void tn_graph_svg(const struct json_object *root, struct tn_text *text)
{
        struct svg svg = { .out = text->out };
        double width = 0;
        int r = tn_graph_view_init(&svg.view, root);

        if (r == 0)
                r = place(&svg);
        if (r == 0)
                r = set_columns(&svg, &width);
        if (r == 0)
                draw(&svg, width);
        else
                text->out->err = r;
        free(svg.left);
        free(svg.width);
        tn_layout_fini(&svg.layout);
        tn_graph_view_fini(&svg.view);
}
