/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSYM_INDEX_H
#define TN_FORMAT_MODSYM_INDEX_H

#include "format/modsym.h"

/*
 * Symbols of a list by name. Sorted and not hashed, so that no choice of names makes it slow. Zero-initialised is empty.
 */
struct tn_modsym_index {
        struct tn_modsym **v; /* borrowed from the list; those of one name stand in the list's order */
        size_t n;
};

/* The list may not grow as long as the index is used. Returns 0 or -ENOMEM. */
int tn_modsym_index_init(const struct tn_modsyms *syms, struct tn_modsym_index *ret_index);

void tn_modsym_index_fini(struct tn_modsym_index *index);

/* The first symbol of that name, or NULL. */
struct tn_modsym *tn_modsym_index_find(const struct tn_modsym_index *index, struct span name);

#endif
