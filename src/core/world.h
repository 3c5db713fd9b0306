/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_WORLD_H
#define TN_CORE_WORLD_H

#include "core/catalog.h"
#include "core/config.h"
#include "util/dir.h"
#include "util/inroot.h"
#include "util/log.h"

/* What can be opened of a world, in this order. */
enum tn_world_part {
        TN_WORLD_DIR = 1 << 0,     /* the module directory is found; it need not exist */
        TN_WORLD_ROOT = 1 << 1,    /* the root is open, if one was given */
        TN_WORLD_CONFIG = 1 << 2,  /* the configuration of modprobe is loaded; needs the root */
        TN_WORLD_CATALOG = 1 << 3, /* the catalog of the module directory is open */
};

/*
 * The system that a program works on: its module directory, and the configuration and the catalog for programs that
 * need them. The caller says where they are and then opens the parts it needs. A world that was opened must not be
 * moved: dir borrows from it.
 */
struct tn_world {
        /*
         * Set by the caller before opening. Borrowed as long as parts are opened; the root and the log until close.
         * All zero is the running system. NULL or "" is the same as not given, except for the release. Relative
         * paths start at the working directory.
         */
        const char *dirname;   /* the module directory itself: base, moduledir and release do not count */
        const char *base;      /* the module directory is below this one */
        const char *root;      /* a system of its own, no link leads out of it: it has the configuration and,
                                   unless dirname or base is given, the module directory */
        const char *moduledir; /* in place of TN_DIRS_MODULES, below the base or the root */
        const char *release;   /* of the kernel; NULL: of the running one */
        const char *const *config_paths; /* files and directories, NULL at the end; NULL: the default ones */
        bool brief; /* nobody will ask the configuration and the catalog whether they are stale, which has a price */
        struct tn_log *config_log; /* of the configuration while it is loaded; NULL: nothing is logged */
        struct tn_log *log;        /* of the catalog; NULL: nothing is logged */

        /* Owned by the world and valid once the part is open. */
        struct tn_dir dir; /* its path is absolute; in the root if that has the module directory and exists */
        struct tn_inroot inroot; /* of the root; its dir is NULL while it is not open */
        struct tn_config *config;
        struct tn_catalog *catalog;

        enum tn_world_part failed; /* the part that the last failure of tn_world_open() was about */

        /* For world.c alone. */
        unsigned parts; /* those that are open */
        struct tn_buf path;
        int root_err;
};

/*
 * Opens parts, of tn_world_part and at least one: those that are named and not open yet, after the directory. In a root
 * the path of the directory has no links. Without a root, the configuration includes the kernel command line. Returns 0 or
 * -errno, then world->failed says which part it was; the parts before it stay open. Nothing is logged about it.
 */
int tn_world_open(struct tn_world *world, unsigned parts);

/*
 * Where the configuration of a world comes from, once its directory and root are open: for whoever loads it otherwise than
 * tn_world_open() does. Borrows from the world.
 */
struct tn_config_sources tn_world_config_sources(const struct tn_world *world);

/* The root, if one was given and is open; or NULL. */
static inline const struct tn_inroot *tn_world_root(const struct tn_world *world)
{
        return world->inroot.dir ? &world->inroot : NULL;
}

/* Closes all parts; the world is all zero then. */
void tn_world_close(struct tn_world *world);

#endif
