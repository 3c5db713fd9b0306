/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_TREE_H
#define TN_CORE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/place.h"
#include "util/dir.h"
#include "util/span.h"

/* Why something is left out of a walk. */
enum tn_tree_why {
        TN_TREE_NO_ENTRY, /* it cannot be looked at: err */
        TN_TREE_NO_DIR,   /* a directory cannot be read, or not to its end: err */
        TN_TREE_NO_FILE,  /* it is neither a directory nor a regular file: type */
        TN_TREE_LOOP,     /* it is a directory on the way to itself, under the path `to` */
        TN_TREE_FULL,     /* links lead to more than there is room for; reported once */
};

/* Paths are relative to the directory of the walk, whose own is empty, and borrowed. */
struct tn_tree_left {
        enum tn_tree_why why;
        struct span path;
        struct span to;
        int err;
        unsigned type; /* as in st_mode */
};

/*
 * A walk of a directory and all below it, symbolic links followed. Only dir and file must be set: zero is no bound, and
 * NULL no rule.
 */
struct tn_tree {
        const struct tn_dir *dir;

        /*
         * A regular file, and the directory it is in. The path is NUL-terminated and borrowed
         * for the call; places last as long as the walk. A non-zero return stops the walk.
         */
        int (*file)(void *data, const struct tn_place *place, struct span path);

        /* Whether a regular file is one for `file`, by its path; without the rule, whether its name is a module's. */
        bool (*counts_file)(void *data, struct span path);

        /* Whether an entry of that base name is looked at. */
        bool (*has)(void *data, struct span base);

        /*
         * Whether the name of a directory counts beside other names of the same directory. Where it does not, that
         * is as for the directory above; without the rule, all names count.
         */
        bool (*counts)(void *data, struct span path);

        /* What is left out. Returns 0, or -errno to stop the walk. It does not get -ENOMEM, which always stops it. */
        int (*left)(void *data, const struct tn_tree_left *left);

        void *data;
        unsigned depth;  /* directories below the first are read that deep */
        unsigned linked; /* that many directories are read that links lead to */
        size_t room;     /* bytes of names and paths that links may lead to; 0: more than any tree has */
};

/*
 * Walks. Of the names of a directory, the one with the fewest links to directories is taken first, and of those, the
 * one whose files' paths are first in byte order; files go in the order of their directory's name, then of their own. A
 * directory is read once for each of its names that counts; a link that leads back to a directory on the way to it is
 * not followed. Returns 0, what file or left returned, or -ENOMEM.
 */
int tn_tree_walk(const struct tn_tree *tree);

#endif
