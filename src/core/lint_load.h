/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LINT_LOAD_H
#define TN_CORE_LINT_LOAD_H

#include "core/lint.h"
#include "core/world.h"

/* What a lint is about, loaded: the configuration of a world, its files, and its modules. */
struct tn_lint_world;

/*
 * The directory, the root and the catalog of the world must be open, and stay so until free; the configuration need not,
 * it is loaded anew. Bad lines go to no log. Returns 0 or -ENOMEM.
 */
int tn_lint_load(struct tn_world *world, struct tn_lint_world **ret_loaded);
void tn_lint_world_free(struct tn_lint_world *loaded);

static inline void tn_lint_world_freep(struct tn_lint_world **loaded)
{
        tn_lint_world_free(*loaded);
}

/* Borrowed until free. Its catalog is NULL when the world has no modules. */
const struct tn_lint *tn_lint_world_get(const struct tn_lint_world *loaded);

#endif
