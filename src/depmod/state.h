/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_STATE_H
#define TN_DEPMOD_STATE_H

#include <stdbool.h>
#include <time.h>

#include "depmod/graph.h"
#include "depmod/module.h"
#include "depmod/symtab.h"
#include "util/buf.h"
#include "util/log.h"

/* All that a run comes to know of a module directory, step by step; in the end the files are written from it. */
struct tn_depmod {
        const char *dir; /* as messages show it */
        int dirfd;
        const char *root; /* what stands before absolute paths of modules; NULL for nothing */
        struct tn_log *log;
        bool warn_twice; /* of aliases that a module has twice */
        struct tn_depmod_modules modules;
        struct tn_symtab symtab;
        struct tn_graph graph;
        struct tn_topo topo;    /* once linked */
        struct timespec newest; /* when the last of the modules was changed */
};

void tn_depmod_fini(struct tn_depmod *depmod);

/* Appends the path of module number i as it can be opened from anywhere. */
void tn_depmod_add_path(const struct tn_depmod *depmod, uint32_t i, struct tn_buf *out);

#endif
