/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_LIST_TEXT_H
#define TN_TENON_LIST_TEXT_H

#include "tenon/render.h"

/* The text of a document of tenon list: a tn_render_fn. */
void tn_list_text(const struct json_object *root, struct tn_text *text);

#endif
