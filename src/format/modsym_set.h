/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSYM_SET_H
#define TN_FORMAT_MODSYM_SET_H

#include <stdint.h>

#include "format/modsym_index.h"

/*
 * Symbols of a list by name, the first of equals alone: a hash table; where names were chosen to make that slow, a sorted
 * index. Filled again, it keeps its memory. Zero-initialised is empty.
 */
struct tn_modsym_set {
        struct tn_modsyms *syms; /* borrowed */
        uint64_t *slots;         /* hash in the upper half, place in the list + 1 in the lower; 0: free */
        size_t n_slots;          /* in use: a power of two */
        size_t cap;
        struct tn_modsym_index index; /* when it has any, the slots are not used */
};

void tn_modsym_set_fini(struct tn_modsym_set *set);

/*
 * Takes the symbols of a list, which may not grow as long as the set is used, in the place of what was in it. A symbol
 * that has the name of an earlier one loses its bind. Returns 0 or -ENOMEM.
 */
int tn_modsym_set_fill(struct tn_modsym_set *set, struct tn_modsyms *syms);

/* The first symbol of that name, whose tn_word_hash() is known, or NULL. */
struct tn_modsym *tn_modsym_set_find(const struct tn_modsym_set *set, struct span name, uint32_t hash);

#endif
