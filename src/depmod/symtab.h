/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_SYMTAB_H
#define TN_DEPMOD_SYMTAB_H

#include <stdint.h>

#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

/* Every name of a symbol met in a run, once; elsewhere a symbol is its number here. */
struct tn_symtab {
        struct tn_arena arena; /* the names */
        struct {
                struct tn_symbol *v;
                size_t n;
                size_t cap;
        } symbols;
        uint32_t *slots; /* a number + 1, or 0 for a free one */
        size_t n_slots;
};

#define TN_SYMTAB_NOBODY UINT32_MAX

struct tn_symbol {
        struct span name; /* NUL-terminated */
        uint32_t hash;    /* tn_hash() of it */
        uint32_t owner;   /* the module that exports it, or TN_SYMTAB_NOBODY */
};

/* The number of a name, which is added when it is new. Returns 0 or -ENOMEM. */
int tn_symtab_intern(struct tn_symtab *tab, struct span name, uint32_t *ret_number);

/* The numbers of those that have an owner, in hash order; the caller frees them. Returns 0 or -ENOMEM. */
int tn_symtab_sorted(const struct tn_symtab *tab, uint32_t **ret_numbers, size_t *ret_n);

void tn_symtab_fini(struct tn_symtab *tab);

#endif
