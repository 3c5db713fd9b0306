/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_SHELF_H
#define TN_CORE_CATALOG_SHELF_H

#include "core/catalog/faults.h"
#include "core/catalog/slot.h"
#include "core/catalog/walk.h"

/*
 * The indexes of a module directory, each opened when it is first asked for, and what stands in for one that is missing,
 * empty or corrupt: its text, and for modules.dep the tree itself.
 */
struct tn_catalog_shelf {
        const struct tn_dir *dir;
        struct tn_catalog_faults faults;
        struct tn_catalog_slot slots[TN_CATALOG_INDEXES];
        int err;                      /* the last failure to answer, but for what is missing, or 0 */
        enum tn_catalog_index failed; /* the index that it was of */
        bool brief;                   /* nobody will ask whether it is stale */
        bool walked;                  /* the tree stands in for modules.dep */
        struct tn_catalog_walk walk;
};

/* dir is borrowed. */
struct tn_catalog_shelf tn_catalog_shelf_init(const struct tn_dir *dir);

/* Closes all. The next question opens anew. */
void tn_catalog_shelf_fini(struct tn_catalog_shelf *shelf);

/* As tn_catalog_get_index(). */
int tn_catalog_shelf_get(struct tn_catalog_shelf *shelf, enum tn_catalog_index which,
                         const struct tn_index **ret_index);

/*
 * Whether a question to an index is to be asked again, for it has turned out to be corrupt only now: err is what the
 * question came to. What was read from the index before stays where it is.
 */
bool tn_catalog_shelf_mends(struct tn_catalog_shelf *shelf, enum tn_catalog_index which, int err);

/* As tn_catalog_blame(). */
const char *tn_catalog_shelf_blame(const struct tn_catalog_shelf *shelf, int err);

/* As tn_catalog_load() and tn_catalog_is_stale(). */
int tn_catalog_shelf_load(struct tn_catalog_shelf *shelf);
bool tn_catalog_shelf_is_stale(const struct tn_catalog_shelf *shelf);

#endif
