/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/modsym_set.h"
#include "util/word.h"

/*
 * At most so many slots are looked at for one name, where half of them are free. Among as many names as a module may
 * have, chance does not lead that far.
 */
#define WAY_MAX 128

void tn_modsym_set_fini(struct tn_modsym_set *set)
{
        free(set->slots);
        tn_modsym_index_fini(&set->index);
        *set = (struct tn_modsym_set){ 0 };
}

static int make_room(struct tn_modsym_set *set, size_t n)
{
        size_t n_slots = 16;

        while (n_slots < 2 * n)
                n_slots *= 2;
        if (n_slots > set->cap) {
                free(set->slots);
                set->slots = malloc(n_slots * sizeof(*set->slots));
                set->cap = set->slots ? n_slots : 0;
        }
        set->n_slots = n_slots;
        if (!set->slots)
                return -ENOMEM;
        memset(set->slots, 0, n_slots * sizeof(*set->slots));
        return 0;
}

/* The slot of that name, or the free one where it would be; NULL when the way there is too long. */
static uint64_t *probe(const struct tn_modsym_set *set, struct span name, uint32_t h)
{
        for (size_t i = 0; i < WAY_MAX; i++) {
                uint64_t *slot = &set->slots[(h + i) & (set->n_slots - 1)];

                if (!*slot)
                        return slot;
                if (*slot >> 32 == h && tn_span_eq(set->syms->v[(uint32_t)*slot - 1].name, name))
                        return slot;
        }
        return NULL;
}

/* False when the names are not to be had so. */
static bool hash_all(struct tn_modsym_set *set)
{
        for (size_t i = 0; i < set->syms->n; i++) {
                struct tn_modsym *sym = &set->syms->v[i];
                uint32_t h = sym->hash ? sym->hash : tn_word_hash(sym->name);
                uint64_t *slot = probe(set, sym->name, h);

                if (!slot)
                        return false;
                if (*slot)
                        sym->bind = '\0';
                else
                        *slot = (uint64_t)h << 32 | (i + 1);
        }
        return true;
}

static int sort_all(struct tn_modsym_set *set)
{
        int r = tn_modsym_index_init(set->syms, &set->index);
        size_t n = 0;

        if (r < 0)
                return r;
        for (size_t i = 0; i < set->index.n; i++) {
                struct tn_modsym *sym = set->index.v[i];

                if (n && tn_span_eq(set->index.v[n - 1]->name, sym->name))
                        sym->bind = '\0';
                else
                        set->index.v[n++] = sym;
        }
        set->index.n = n;
        return 0;
}

int tn_modsym_set_fill(struct tn_modsym_set *set, struct tn_modsyms *syms)
{
        int r;

        tn_modsym_index_fini(&set->index);
        set->index = (struct tn_modsym_index){ 0 };
        set->syms = syms;
        if (syms->n > UINT32_MAX / 4)
                return sort_all(set);
        r = make_room(set, syms->n);
        return r < 0 || hash_all(set) ? r : sort_all(set);
}

struct tn_modsym *tn_modsym_set_find(const struct tn_modsym_set *set, struct span name, uint32_t hash)
{
        const uint64_t *slot;

        if (set->index.n)
                return tn_modsym_index_find(&set->index, name);
        slot = set->n_slots ? probe(set, name, hash) : NULL;
        return slot && *slot ? &set->syms->v[(uint32_t)*slot - 1] : NULL;
}
