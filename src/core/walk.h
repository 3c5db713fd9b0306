/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_WALK_H
#define TN_CORE_WALK_H

#include "core/place.h"
#include "core/priority.h"
#include "util/dir.h"
#include "util/log.h"
#include "util/span.h"

/* A regular file whose name is a module's. Its path is relative to the root, NUL-terminated, and borrowed. */
typedef int tn_walk_fn(void *data, const struct tn_claim *claim);

struct tn_walk_from {
        const struct tn_dir *dir; /* its path is what messages call it */
        const struct tn_priority *priority;
        uint32_t root; /* its number, as for tn_priority_claim() */
        size_t room;   /* bytes of names and paths that links may lead to; 0: more than any tree has */
};

/*
 * Goes through a directory and all below it, symbolic links followed, names that are excluded passed over.
 *
 * A directory may have several names. Those of them count that priority can tell apart: the directory is read once for
 * each directory that configuration names, or leads through, on the way to it, under the name with the fewest links to
 * directories, and of those, the one that is first in byte order. So the best of all names of a file is among those
 * that fn gets, the first of each rank alone; and the number of names stays small, however many the links make. A link that leads back to a
 * directory on the way to it is reported, and not followed. Where links lead to more than
 * there is room for, that is reported, and the rest is not followed.
 *
 * What cannot be read is logged, and passed over if the fault is its own (tn_file_is_fault). A non-zero return of fn
 * stops the walk and is returned. Returns 0 or -errno.
 */
int tn_walk(const struct tn_walk_from *from, struct tn_log *log, tn_walk_fn *fn, void *data);

#endif
