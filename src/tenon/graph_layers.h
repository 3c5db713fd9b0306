/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_GRAPH_LAYERS_H
#define TN_TENON_GRAPH_LAYERS_H

#include "tenon/graph_layout.h"

/* Finds the edges that lead back, and the layer of each node. Returns 0 or -ENOMEM. */
int tn_layers_find(struct tn_layout *layout);

#endif
