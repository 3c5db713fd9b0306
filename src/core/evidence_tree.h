/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_TREE_H
#define TN_CORE_EVIDENCE_TREE_H

#include "core/catalog.h"
#include "core/evidence.h"

/* What a module directory has under one name, whether or not an index knows it. */
struct tn_evidence_tree {
        bool has_files;              /* there is a module file, of any name, or not all could be looked at */
        bool is_partial;             /* not all could be looked at */
        const char *file;            /* relative to the directory: the best candidate, or NULL */
        bool is_odd;                 /* its name is not that of a module: "a.ko.bz2" */
        const char *excluded;        /* the part of its path that depmod.d excludes, or NULL */
        const char *conf;            /* by this file */
        unsigned line;               /* in it */
        struct tn_evidence contents; /* what it is, by tn_evidence_file_load() */
        struct tn_arena arena;
};

/* Walks the directory. name is normalised. What cannot be had stays empty. Returns 0 or -ENOMEM. */
int tn_evidence_tree_load(const struct tn_catalog *catalog, const char *name,
                          struct tn_evidence_tree *ret_tree);
void tn_evidence_tree_fini(struct tn_evidence_tree *tree);

#endif
