/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_sort.h"
#include "util/cleanup.h"
#include "util/textsort.h"

/* All have one key. */
static void sort_values(const struct tn_index_entry *entries, struct tn_keyed *v, struct tn_keyed *room,
                        size_t n)
{
        for (size_t i = 0; i < n; i++)
                v[i].key = (uint64_t)entries[v[i].n].priority << 32 | (UINT32_MAX - v[i].n);
        tn_keysort(v, room, n);
}

int tn_index_sort(const struct tn_index_entry *entries, size_t n, struct tn_keyed *sorted)
{
        _cleanup_(freep) struct tn_keyed *room = reallocarray(NULL, n + 1, sizeof(*room));
        int r;

        for (uint32_t i = 0; i < n; i++)
                sorted[i] = (struct tn_keyed){ .n = i };
        r = room && n ? tn_textsort(sorted, n, &entries->key, sizeof(*entries)) : room ? 0 : -ENOMEM;
        for (size_t i = 0, equal; i < n && r == 0; i += equal) {
                for (equal = 1; i + equal < n && sorted[i + equal].key == sorted[i].key; equal++)
                        ;
                if (equal > 1)
                        sort_values(entries, sorted + i, room, equal);
        }
        return r;
}
