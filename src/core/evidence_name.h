/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_NAME_H
#define TN_CORE_EVIDENCE_NAME_H

#include <stdbool.h>

#include "core/catalog.h"
#include "core/evidence_tree.h"
#include "util/arena.h"
#include "util/span.h"

/* What can be known about a name that was not found. Each is gathered only when a detector asks for it. */
enum tn_evidence_name_part {
        TN_EVIDENCE_NAME_HERE = 1 << 0,   /* a module file of that name in the working directory */
        TN_EVIDENCE_NAME_DIR = 1 << 1,    /* whether the module directory is there */
        TN_EVIDENCE_NAME_OTHERS = 1 << 2, /* other directories beside it */
        TN_EVIDENCE_NAME_TREE = 1 << 3,   /* the module files in it, whether or not an index has them */
        TN_EVIDENCE_NAME_NAMES = 1 << 4,  /* the names that its indexes have */
        TN_EVIDENCE_NAME_STRAY = 1 << 5,  /* configuration that is not read */
};

/* The program that a name or a directory was given to, for next steps. */
struct tn_evidence_tool {
        const char *name;
        const char *base;    /* its option for the directory that has lib/modules */
        const char *version; /* its option for the kernel's release */
        const char *several; /* how it takes several names */
};

/* Plain data, as struct tn_evidence is for a load. What is not there is NULL or empty. */
struct tn_evidence_name {
        struct tn_arena arena;
        unsigned parts; /* of tn_evidence_name_part: those that were asked for */
        const struct tn_evidence_tool *tool;
        const char *asked;   /* as the user wrote it */
        const char *name;    /* the module name in it, normalised */
        const char *dir;     /* the module directory, as messages name it */
        const char *version; /* its last component */
        const char *base; /* what it is below: the text before "/lib/modules"; NULL for the running system */
        const char *release; /* the running kernel's */

        const char *here; /* "vfat.ko" */

        bool dir_there;
        bool base_there;
        const char *twice; /* the base without its own "/lib/modules", if the version is there */

        struct span others;    /* the versions that have modules, blanks between, sorted */
        struct span elsewhere; /* those of them that have this one */

        struct tn_evidence_tree tree; /* what the directory has of this name */

        struct span names; /* normalised, each with its NUL */
        int aliases_err;   /* why nothing says which aliases there are, negative; or 0 */

        const char *stray; /* a file without ".conf" that has an alias of that name */
};

/* A name that a catalog does not have; borrowed for the call. */
struct tn_evidence_name_from {
        const char *asked;
        struct tn_catalog *catalog;
        bool has_config; /* the configuration of the running system was asked, too */
        const struct tn_evidence_tool *tool;
};

/* What is known from the start, none of the parts. Returns 0 or -ENOMEM. */
int tn_evidence_name_init(const struct tn_evidence_name_from *from, struct tn_evidence_name *ret_evidence);

/* Gathers more parts. What cannot be had stays empty. Returns 0 or -ENOMEM. */
int tn_evidence_name_add(const struct tn_evidence_name_from *from, unsigned parts,
                         struct tn_evidence_name *evidence);

void tn_evidence_name_fini(struct tn_evidence_name *evidence);

#endif
