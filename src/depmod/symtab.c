/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/hash.h"
#include "depmod/symtab.h"
#include "util/cleanup.h"

static uint32_t *probe(const struct tn_symtab *tab, struct span name, uint32_t hash)
{
        size_t mask = tab->n_slots - 1, i = hash & mask;

        for (; tab->slots[i]; i = (i + 1) & mask) {
                const struct tn_symbol *sym = &tab->symbols.v[tab->slots[i] - 1];

                if (sym->hash == hash && tn_span_eq(sym->name, name))
                        break;
        }
        return &tab->slots[i];
}

static int grow(struct tn_symtab *tab)
{
        size_t n_slots = tab->n_slots ? tab->n_slots * 2 : 4096;
        uint32_t *slots = calloc(n_slots, sizeof(*slots));

        if (!slots)
                return -ENOMEM;
        free(tab->slots);
        tab->slots = slots;
        tab->n_slots = n_slots;
        for (uint32_t i = 0; i < tab->symbols.n; i++) {
                const struct tn_symbol *sym = &tab->symbols.v[i];

                *probe(tab, sym->name, sym->hash) = i + 1;
        }
        return 0;
}

const struct tn_symbol *tn_symtab_find(const struct tn_symtab *tab, struct span name)
{
        uint32_t number = tab->n_slots ? *probe(tab, name, tn_hash(name)) : 0;

        return number ? &tab->symbols.v[number - 1] : NULL;
}

/* The number of a name, which is added when it is new. */
static int intern(struct tn_symtab *tab, struct span name, uint32_t *ret_number)
{
        struct tn_symbol sym = { .hash = tn_hash(name), .owner = TN_SYMTAB_NOBODY };
        uint32_t *slot;
        int r;

        if (tab->symbols.n >= tab->n_slots / 2) {
                r = grow(tab);
                if (r < 0)
                        return r;
        }
        slot = probe(tab, name, sym.hash);
        if (!*slot) {
                sym.name = (struct span){ tn_arena_dup(&tab->arena, name), name.len };
                if (!sym.name.ptr || tab->symbols.n >= UINT32_MAX - 1)
                        return -ENOMEM;
                r = tn_vec_add(&tab->symbols, sym);
                if (r < 0)
                        return r;
                *slot = (uint32_t)tab->symbols.n;
        }
        *ret_number = *slot - 1;
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

static int by_hash(const void *a, const void *b, void *data)
{
        const struct tn_symbol *symbols = data;
        const struct tn_symbol *x = &symbols[*(const uint32_t *)a], *y = &symbols[*(const uint32_t *)b];

        return tn_hash_cmp(x->name, x->hash, y->name, y->hash, TN_HASH_SYMBOLS);
}

int tn_symtab_sorted(const struct tn_symtab *tab, uint32_t **ret_numbers, size_t *ret_n)
{
        uint32_t *numbers = calloc(tab->symbols.n + 1, sizeof(*numbers));
        size_t n = 0;

        if (!numbers)
                return -ENOMEM;
        for (uint32_t i = 0; i < tab->symbols.n; i++)
                if (tab->symbols.v[i].owner != TN_SYMTAB_NOBODY)
                        numbers[n++] = i;
        qsort_r(numbers, n, sizeof(*numbers), by_hash, tab->symbols.v);
        *ret_numbers = numbers;
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
