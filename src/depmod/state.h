/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_STATE_H
#define TN_DEPMOD_STATE_H

#include <stdbool.h>
#include <time.h>

#include "depmod/graph.h"
#include "depmod/module.h"
#include "depmod/source.h"
#include "depmod/symtab.h"
#include "util/buf.h"
#include "util/log.h"

/* All that a run comes to know of a module directory, step by step; in the end the files are written from it. */
struct tn_depmod {
        struct tn_source source;
        struct tn_log *log;
        struct tn_cache *cache; /* of what earlier runs have read; NULL: none. Borrowed */
        bool warn_twice;        /* of aliases that a module has twice */
        struct tn_depmod_modules modules;
        struct tn_symtab symtab;
        struct tn_graph graph;
        struct tn_topo topo;    /* once linked */
        bool *bare;             /* which modules have no dependencies in the files; NULL: none of them */
        struct timespec newest; /* when the last of the modules was changed */
};

void tn_depmod_fini(struct tn_depmod *depmod);

/*
 * The path of module number i as messages show it, written to room, or what it is called in the directory when memory
 * runs out.
 */
const char *tn_depmod_path(const struct tn_depmod *depmod, uint32_t i, struct tn_buf *room);

#endif
