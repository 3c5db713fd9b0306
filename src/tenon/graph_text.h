/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_GRAPH_TEXT_H
#define TN_TENON_GRAPH_TEXT_H

#include "tenon/render.h"

/* The forms of a document of tenon graph: each a tn_render_fn. */
void tn_graph_text(const struct json_object *root, struct tn_text *text);
void tn_graph_dot(const struct json_object *root, struct tn_text *text);
void tn_graph_svg(const struct json_object *root, struct tn_text *text);

#endif
