/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/hash.h"
#include "depmod/symtab.h"
#include "util/cleanup.h"
#include "util/textsort.h"
#include "util/word.h"

/* The hash beside the number: what is not there, as most symbols that modules need, is looked for here alone. */
struct tn_symtab_slot {
        uint32_t hash;
        uint32_t number; /* of the symbol + 1; 0: free */
};

static struct tn_symtab_slot *probe(const struct tn_symtab *tab, struct span name, uint32_t hash)
{
        size_t mask = tab->n_slots - 1, i = hash & mask;

        for (; tab->slots[i].number; i = (i + 1) & mask)
                if (tab->slots[i].hash == hash &&
                    tn_span_eq(tab->symbols.v[tab->slots[i].number - 1].name, name))
                        break;
        return &tab->slots[i];
}

static int grow(struct tn_symtab *tab)
{
        size_t n_slots = tab->n_slots ? tab->n_slots * 2 : 4096;
        struct tn_symtab_slot *slots = calloc(n_slots, sizeof(*slots));

        if (!slots)
                return -ENOMEM;
        free(tab->slots);
        tab->slots = slots;
        tab->n_slots = n_slots;
        for (uint32_t i = 0; i < tab->symbols.n; i++) {
                const struct tn_symbol *sym = &tab->symbols.v[i];

                *probe(tab, sym->name, sym->hash) = (struct tn_symtab_slot){ sym->hash, i + 1 };
        }
        return 0;
}

const struct tn_symbol *tn_symtab_find_hashed(const struct tn_symtab *tab, struct span name, uint32_t hash)
{
        uint32_t number = tab->n_slots ? probe(tab, name, hash)->number : 0;

        return number ? &tab->symbols.v[number - 1] : NULL;
}

const struct tn_symbol *tn_symtab_find(const struct tn_symtab *tab, struct span name)
{
        return tn_symtab_find_hashed(tab, name, tn_word_hash(name));
}

/* The number of a name, which is added when it is new. */
static int intern(struct tn_symtab *tab, struct span name, uint32_t *ret_number)
{
        struct tn_symbol sym = { .hash = tn_word_hash(name), .owner = TN_SYMTAB_NOBODY };
        struct tn_symtab_slot *slot;
        int r;

        if (tab->symbols.n >= tab->n_slots / 2) {
                r = grow(tab);
                if (r < 0)
                        return r;
        }
        slot = probe(tab, name, sym.hash);
        if (!slot->number) {
                sym.name = (struct span){ tn_arena_dup(&tab->arena, name), name.len };
                if (!sym.name.ptr || tab->symbols.n >= UINT32_MAX - 1)
                        return -ENOMEM;
                r = tn_vec_add(&tab->symbols, sym);
                if (r < 0)
                        return r;
                *slot = (struct tn_symtab_slot){ sym.hash, (uint32_t)tab->symbols.n };
        }
        *ret_number = slot->number - 1;
        return 0;
}

struct span tn_symtab_plain(const struct tn_symtab *tab, struct span name)
{
        return tab->prefix && name.len && name.ptr[0] == tab->prefix ? tn_span_skip(name, 1) : name;
}

int tn_symtab_export(struct tn_symtab *tab, struct span name, uint64_t crc, uint32_t owner)
{
        struct tn_symbol *sym;
        uint32_t number;
        int r = intern(tab, name, &number);

        if (r < 0)
                return r;
        sym = &tab->symbols.v[number];
        sym->crc = crc;
        sym->owner = owner;
        return 0;
}

int tn_symtab_sorted(const struct tn_symtab *tab, struct tn_keyed **ret_sorted, size_t *ret_n)
{
        _cleanup_(freep) struct tn_keyed *v = calloc(tab->symbols.n + 1, sizeof(*v));
        size_t n = 0;
        int r;

        if (!v)
                return -ENOMEM;
        for (uint32_t i = 0; i < tab->symbols.n; i++) {
                const struct tn_symbol *sym = &tab->symbols.v[i];

                if (sym->owner != TN_SYMTAB_NOBODY)
                        v[n++] = (struct tn_keyed){ tn_hash(sym->name) % TN_HASH_SYMBOLS, i };
        }
        r = n ? tn_textsort(v, n, &tab->symbols.v->name, sizeof(*tab->symbols.v)) : 0;
        if (r < 0)
                return r;
        *ret_sorted = TAKE(v);
        *ret_n = n;
        return 0;
}

void tn_symtab_fini(struct tn_symtab *tab)
{
        tn_arena_fini(&tab->arena);
        tn_vec_fini(&tab->symbols);
        free(tab->slots);
        *tab = (struct tn_symtab){ 0 };
}
