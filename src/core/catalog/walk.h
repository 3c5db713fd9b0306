/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_WALK_H
#define TN_CORE_CATALOG_WALK_H

#include "core/claims.h"
#include "format/depline.h"
#include "util/arena.h"
#include "util/dir.h"
#include "util/map.h"

/*
 * The module files of a directory by name, without any list of them; for the catalog, where there is none. What a
 * module needs is read from the "depends" of its own .modinfo when it is asked for. Zero-initialised is empty.
 */
struct tn_catalog_walk {
        struct tn_claims claims;
        struct tn_map lines; /* name to the line, of modules that were asked for */
        struct tn_arena arena;
        const struct tn_dir *dir;
};

/* dir is borrowed. Returns 0, also when there are no modules; -errno. */
int tn_catalog_walk_load(const struct tn_dir *dir, struct tn_catalog_walk *ret_walk);

void tn_catalog_walk_fini(struct tn_catalog_walk *walk);

/* A line as modules.dep has it, but with direct dependencies alone; borrowed from the walk. Returns 0, -ENOENT, -ENOMEM. */
int tn_catalog_walk_find(struct tn_catalog_walk *walk, struct span name, struct tn_depline *ret_dep);

#endif
