/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CYCLES_H
#define TN_DEPMOD_CYCLES_H

#include <stdbool.h>
#include <stddef.h>

#include "depmod/graph.h"

/*
 * A cycle: the root, which the last of the path needs again, and so on. Borrowed for the call. Returns whether more are
 * wanted.
 */
typedef bool tn_cycles_fn(void *data, const uint32_t *path, size_t n);

/*
 * Finds cycles, so many that who cuts the last link of each, from the end of the path to its root, leaves none.
 *
 * It goes in rounds. The roots to look from are the modules that have users left. From each it goes depth first, the
 * last dependency first, through each module at most once; every way back to the root is one path, and the modules on
 * it are no roots any more. The next root is the one that follows, in order, the last module of the last path; after the
 * last comes the first. The first round has every module that is on any cycle on at least one path; each further round
 * is the same without the links that the paths before end with. Paths are simple, and a module is no root in a round
 * after the one where it was: the work is bounded by modules times modules times dependencies, whatever the shape, and
 * that of one path by modules times dependencies.
 *
 * Returns 0, with the number of modules that are on a cycle, or -ENOMEM.
 */
int tn_cycles_find(const struct tn_graph *graph, const struct tn_topo *topo, tn_cycles_fn *fn, void *data,
                   uint32_t *ret_n);

#endif
