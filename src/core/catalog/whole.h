/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_WHOLE_H
#define TN_CORE_CATALOG_WHOLE_H

#include "core/deporder.h"
#include "util/map.h"

/*
 * Lines of what stands in for modules.dep.bin, which may be anybody's: completed as depmod writes them, and kept.
 * Zero-initialised is empty.
 */
struct tn_catalog_whole {
        struct tn_arena arena;
        struct tn_map lines; /* name to struct tn_depline */
        size_t len;          /* bytes of dependencies in them */
};

void tn_catalog_whole_fini(struct tn_catalog_whole *whole);

/*
 * The whole line of a module whose line is given; find and data are as for tn_deporder_complete(). Borrowed until
 * fini. Returns 0, -EFBIG when the lines are too long together, what find returned, -ENOMEM.
 */
int tn_catalog_whole_get(struct tn_catalog_whole *whole, struct span name, struct tn_depline line,
                         tn_deporder_find *find, void *data, struct tn_depline *ret_line);

#endif
