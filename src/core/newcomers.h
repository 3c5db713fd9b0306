/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_NEWCOMERS_H
#define TN_CORE_NEWCOMERS_H

#include "core/catalog.h"
#include "util/arena.h"
#include "util/vec.h"

/* A module file that came after depmod, or was changed since, and that the kernel does not have. */
struct tn_newcomer {
        struct span name;    /* of its module, normalised */
        struct span path;    /* the whole of it */
        struct span exports; /* symbols, each with its NUL, once they were asked for */
        bool read;
};

/* Those of one module directory, looked for when somebody asks. To be initialised with running alone. */
struct tn_newcomers {
        bool running; /* what is loaded is none: it has exported what it can */
        bool walked;
        struct tn_arena arena;
        TN_VEC(struct tn_newcomer) list;
};

void tn_newcomers_fini(struct tn_newcomers *newcomers);

/* Goes through the tree, unless that was done. Returns 0, also when it cannot be read, or -ENOMEM. */
int tn_newcomers_load(struct tn_newcomers *newcomers, struct tn_catalog *catalog);

/* Reads what one exports, unless that was done; nothing of a file that cannot be read. Returns 0 or -ENOMEM. */
int tn_newcomers_read(struct tn_newcomers *newcomers, const struct tn_catalog *catalog,
                      struct tn_newcomer *newcomer);

#endif
