/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CLAIMS_H
#define TN_CORE_CLAIMS_H

#include "core/priority.h"
#include "util/dir.h"
#include "util/log.h"
#include "util/map.h"
#include "util/vec.h"

/* The module of a name, and the file that is taken for it. Both are NUL-terminated and borrow from the arena. */
struct tn_claimed {
        struct span name;      /* normalised */
        struct span path;      /* relative to the module directory, or absolute below an external one */
        struct tn_claim claim; /* its path is the end of that one */
};

/* The modules of a tree, each with the one file that priorities take. Zero-initialised is empty. */
struct tn_claims {
        struct tn_arena arena;
        TN_VEC(struct tn_claimed) modules; /* in the order in which they were found */
        struct tn_map by_name;             /* place in modules + 1 */
        struct tn_buf room;                /* for the name of a file that comes */
        size_t max;                        /* how many there may be; 0: any number */
        bool keeps_beaten;
        TN_VEC(struct tn_claimed) beaten; /* files that others were taken for, where they are kept */
};

struct tn_claims_from {
        const struct tn_dir *dir;     /* the module directory, open; its path is what messages call it */
        const struct tn_inroot *root; /* what external directories are in; NULL: the running system */
        const struct tn_priority *priority;
        size_t max;  /* the most modules; 0: any number */
        size_t room; /* as for core/tree.h */
        bool keeps_beaten;
        void (*unread)(void *data,
                       const char *path); /* what cannot be read, after that is logged; may be NULL */
        void *data;
};

/*
 * Finds the module files below a module directory, and below the external ones. What is excluded is passed over, as
 * are names that no module can be asked for by or listed under.
 *
 * Of the names of a directory those count that priority can tell apart: it is read once for each directory that the
 * configuration names, or leads through, on the way to it, under the name with the fewest links to directories, and
 * of those, the one that is first in byte order. So each file has the best of its names, and the number of names stays
 * small, however many the links make.
 *
 * What cannot be read is logged, and passed over if the fault is its own (tn_file_is_fault), as are links that lead back
 * or to more than there is room for. Returns 0, -E2BIG when there are more modules than max, or -errno.
 */
int tn_claims_load(const struct tn_claims_from *from, struct tn_log *log, struct tn_claims *ret_claims);

void tn_claims_fini(struct tn_claims *claims);

/*
 * Adds a file, or passes it over when one is there that beats it; directory is the path of the external directory that
 * it is in, or empty. Returns 0; -EINVAL when no module can be asked for by its name or listed under its path, -EEXIST
 * when another file of that name was named by the user, as it was; -E2BIG, -ENOMEM.
 */
int tn_claims_add(struct tn_claims *claims, const struct tn_claim *claim, struct span directory);

/* Whether a line of modules.dep can begin with a path. */
bool tn_claims_fit(struct span path);

/* The module of a normalised name, or NULL. Borrowed until the next addition. */
const struct tn_claimed *tn_claims_find(const struct tn_claims *claims, struct span name);

#endif
