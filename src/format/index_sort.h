/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_SORT_H
#define TN_FORMAT_INDEX_SORT_H

#include "util/keysort.h"
#include "util/span.h"

/* What goes into an index. The key has no NUL. */
struct tn_index_entry {
        struct span key;
        struct span value;
        uint32_t priority;
};

/*
 * Writes the numbers of n entries to sorted, by their keys' bytes; those of one key by ascending priority, of equal
 * priorities the last first. Each byte of a key is looked at once. Returns 0 or -ENOMEM.
 */
int tn_index_sort(const struct tn_index_entry *entries, size_t n, struct tn_keyed *sorted);

#endif
