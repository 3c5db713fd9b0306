/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_TWINS_H
#define TN_CORE_TWINS_H

#include "core/catalog.h"
#include "core/claims.h"
#include "core/finding.h"

/* Two files of one module. Paths are as modules.dep has them. */
struct tn_twin {
        const char *name;
        const char *taken, *other; /* the file that depmod takes, and one that it leaves out */
        const char *why;           /* as the end of a sentence */
        const char *conf;          /* the file of depmod.d that says so, or NULL */
        unsigned line;             /* in it */
        const char *command;       /* what makes an override of the other; NULL: none can */
};

/* Zero-initialised is empty. */
struct tn_twins {
        struct tn_arena arena;
        TN_VEC(struct tn_twin) list;
        const char *unknown; /* a file that depmod would take, and the index has another, or NULL */
        const char *version; /* the last part of the module directory's path */
        const char *base;    /* what is above its lib/modules; NULL for the running system */
};

void tn_twins_fini(struct tn_twins *twins);

/*
 * Adds what claims have beaten: of one module by its normalised name, or of all for NULL. Two names of one file are no
 * twins. Returns 0 or -ENOMEM.
 */
int tn_twins_add(struct tn_twins *twins, const struct tn_dir *dir, const struct tn_priority *priority,
                 const struct tn_claims *claims, const char *name);

/*
 * Walks the tree for files of one module, which the index has at a path. What cannot be had stays empty. Returns 0 or
 * -ENOMEM.
 */
int tn_twins_load(struct tn_catalog *catalog, const char *name, const char *path, struct tn_twins *ret_twins);

/* From these to findings; the file that the index lacks comes first, alone. Pure. Returns 0 or -ENOMEM. */
int tn_detect_twins(const struct tn_twins *twins, struct tn_findings *findings);

#endif
