/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODINFO_AHEAD_H
#define TN_KMOD_MODINFO_AHEAD_H

#include <stddef.h>

#include "core/info.h"
#include "core/world.h"

/* The information of a file, read before it was its turn. */
struct modinfo_ahead {
        const char *path; /* of the file; NULL: nothing was read, and why will be found when it is its turn */
        struct tn_info info;
};

/* Several operands, whose files are read ahead by several threads. */
struct modinfo_many {
        const struct tn_world *world; /* open, with its catalog */
        char **operands;
        size_t n;
        unsigned parts; /* of the facts; 0: nothing is read ahead */

        /* Shows operand i, in the calling thread and in their order; what is shown does not depend on what was read. */
        void (*show)(void *data, const char *operand, struct modinfo_ahead *ahead);
        void *data;
};

/* Shows all of them. Returns 0, or -ENOMEM before the first. */
int tn_modinfo_show_many(const struct modinfo_many *many);

#endif
