/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CYCLES_H
#define TN_DEPMOD_CYCLES_H

#include <stddef.h>

#include "depmod/graph.h"

/* A cycle: the root, which the last of the path needs again, and so on. Borrowed for the call. */
typedef void tn_cycles_fn(void *data, const uint32_t *path, size_t n);

/*
 * Finds cycles. The roots to look from are the modules that have users left, in order. From each it goes depth
 * first, the last dependency first, through each module at most once; every way back to the root is one path, and
 * the modules on it are no roots any more. Paths are simple, every module that is on any cycle is on at least one
 * of them, and the work is bounded by modules times dependencies, whatever the shape.
 *
 * Returns 0, with the number of modules that are on a cycle, or -ENOMEM.
 */
int tn_cycles_find(const struct tn_graph *graph, const struct tn_topo *topo, tn_cycles_fn *fn, void *data,
                   uint32_t *ret_n);

#endif
