/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_SYMTAB_H
#define TN_DEPMOD_SYMTAB_H

#include <stdint.h>

#include "util/arena.h"
#include "util/keysort.h"
#include "util/span.h"
#include "util/vec.h"

/* Every name of a symbol that a module or the kernel exports, once. */
struct tn_symtab {
        struct tn_arena arena; /* the names */
        TN_VEC(struct tn_symbol) symbols;
        struct tn_symtab_slot *slots;
        size_t n_slots; /* a power of two, or 0 */
        char prefix;    /* what some architectures put before the names that compilers see; NUL for nothing */
};

#define TN_SYMTAB_NOBODY UINT32_MAX

struct tn_symbol {
        struct span name; /* NUL-terminated */
        uint32_t hash;    /* tn_word_hash() of it */
        uint32_t owner;   /* the module that exports it, or TN_SYMTAB_NOBODY for the kernel */
        uint64_t crc;     /* its version; 0 when it has none */
};

/* A name as it stands in the table: without the prefix. */
struct span tn_symtab_plain(const struct tn_symtab *tab, struct span name);

/* What is known of a plain name; NULL: nothing. Borrowed until the next addition. */
const struct tn_symbol *tn_symtab_find(const struct tn_symtab *tab, struct span name);

/* The same of a name whose tn_word_hash() is known. */
const struct tn_symbol *tn_symtab_find_hashed(const struct tn_symtab *tab, struct span name, uint32_t hash);

/* Adds a plain name and who exports it. Who did before is forgotten. Returns 0 or -ENOMEM. */
int tn_symtab_export(struct tn_symtab *tab, struct span name, uint64_t crc, uint32_t owner);

/* The numbers of those that have an owner, in hash order; the caller frees them. Returns 0 or -ENOMEM. */
int tn_symtab_sorted(const struct tn_symtab *tab, struct tn_keyed **ret_sorted, size_t *ret_n);

void tn_symtab_fini(struct tn_symtab *tab);

#endif
