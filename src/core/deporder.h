/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DEPORDER_H
#define TN_CORE_DEPORDER_H

#include "format/depline.h"
#include "util/arena.h"

/*
 * Lines of modules.dep as depmod writes them, from lines that somebody else wrote: with direct dependencies alone, in
 * any order, separated by any blanks.
 */

/* Finds the line of a module by its normalised name. Returns 0, or -ENOENT when there is none; -errno ends it all. */
typedef int tn_deporder_find(void *data, struct span name, struct tn_depline *ret_line);

/*
 * A line that names all dependencies, users before used, is returned as it is; any other is made so, in the arena. What
 * has no line of its own needs nothing. A circle ends where it began, and a chain after 128 modules. Returns 0, or
 * -errno of find or -ENOMEM.
 */
int tn_deporder_complete(struct tn_depline line, tn_deporder_find *find, void *data, struct tn_arena *arena,
                         struct tn_depline *ret_line);

#endif
