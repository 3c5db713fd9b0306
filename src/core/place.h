/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_PLACE_H
#define TN_CORE_PLACE_H

#include <stddef.h>
#include <sys/types.h>

#include "util/span.h"
#include "util/vec.h"

/* A directory under one of its names. */
struct tn_place {
        struct tn_place_id {
                dev_t dev;
                ino_t ino;
                const struct tn_place *branch; /* the last one on the way whose name counts */
        } id;                                  /* device and inode are known once the directory is open */
        const struct tn_place *parent;         /* NULL for the root */
        struct span path;                      /* relative to the root, whose own is empty; NUL-terminated */
        unsigned depth;                        /* the root's is 0 */
        unsigned links;                        /* to directories, on the way */
};

/*
 * Places to go to. The next is the one with the fewest links on the way; of several, the one whose files' paths come
 * first in byte order. Places are borrowed. Zero-initialised is empty.
 */
struct tn_places {
        TN_VEC_FIELDS(struct tn_place *); /* a heap */
};

void tn_places_fini(struct tn_places *places);

/* Returns 0 or -ENOMEM. */
int tn_places_add(struct tn_places *places, struct tn_place *place);

/* Takes the next one out; NULL when there is none. */
struct tn_place *tn_places_take(struct tn_places *places);

#endif
