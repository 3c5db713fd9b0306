/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/bounds.h"
#include "core/catalog/whole.h"

void tn_catalog_whole_fini(struct tn_catalog_whole *whole)
{
        tn_map_fini(&whole->lines);
        tn_arena_fini(&whole->arena);
        *whole = (struct tn_catalog_whole){ 0 };
}

int tn_catalog_whole_get(struct tn_catalog_whole *whole, struct span name, struct tn_depline line,
                         tn_deporder_find *find, void *data, struct tn_depline *ret_line)
{
        struct tn_depline *kept = tn_map_find(&whole->lines, name);
        const char *key;
        int r;

        if (kept) {
                *ret_line = *kept;
                return 0;
        }
        key = tn_arena_dup(&whole->arena, name);
        kept = tn_arena_alloc(&whole->arena, sizeof(*kept));
        if (!key || !kept)
                return -ENOMEM;
        if (whole->len > TN_BOUND_WHOLE)
                return -EFBIG;
        r = tn_deporder_complete(line, find, data, &whole->arena, kept);
        if (r == 0)
                r = tn_map_add(&whole->lines, (struct span){ key, name.len }, kept);
        if (r < 0)
                return r;
        whole->len += kept->deps.len;
        *ret_line = *kept;
        return 0;
}
