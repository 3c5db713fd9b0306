/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/modsym_index.h"

/* By name, then by place. */
static int compare(const void *a, const void *b)
{
        const struct tn_modsym *x = *(struct tn_modsym *const *)a, *y = *(struct tn_modsym *const *)b;
        int r = tn_span_cmp(x->name, y->name);

        return r ? r : (x > y) - (x < y);
}

int tn_modsym_index_init(const struct tn_modsyms *syms, struct tn_modsym_index *ret_index)
{
        struct tn_modsym_index index = { calloc(syms->n + 1, sizeof(struct tn_modsym *)), syms->n };

        if (!index.v)
                return -ENOMEM;
        for (size_t i = 0; i < syms->n; i++)
                index.v[i] = &syms->v[i];
        qsort(index.v, index.n, sizeof(struct tn_modsym *), compare);
        *ret_index = index;
        return 0;
}

void tn_modsym_index_fini(struct tn_modsym_index *index)
{
        free(index->v);
}

struct tn_modsym *tn_modsym_index_find(const struct tn_modsym_index *index, struct span name)
{
        size_t low = 0, high = index->n;

        while (low < high) {
                size_t mid = low + (high - low) / 2;

                if (tn_span_cmp(index->v[mid]->name, name) < 0)
                        low = mid + 1;
                else
                        high = mid;
        }
        return low < index->n && tn_span_eq(index->v[low]->name, name) ? index->v[low] : NULL;
}
