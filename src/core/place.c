/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>
#include <string.h>

#include "core/place.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* As if each had a '/' behind it, so that "a" with all that is in it comes behind "a-b". */
static int cmp_dirs(struct span a, struct span b)
{
        size_t n = MIN(a.len, b.len);
        int r = n ? memcmp(a.ptr, b.ptr, n) : 0;

        if (r != 0 || a.len == b.len)
                return r;
        r = '/' - (unsigned char)(a.len < b.len ? b : a).ptr[n];
        if (r == 0)
                return a.len < b.len ? -1 : 1;
        return a.len < b.len ? r : -r;
}

static bool is_before(const struct tn_place *a, const struct tn_place *b)
{
        if (a->links != b->links)
                return a->links < b->links;
        return cmp_dirs(a->path, b->path) < 0;
}

void tn_places_fini(struct tn_places *places)
{
        tn_vec_fini(places);
}

int tn_places_add(struct tn_places *places, struct tn_place *place)
{
        int r = tn_vec_add(places, place);
        size_t i = places->n - 1;

        if (r < 0)
                return r;
        for (size_t up; i > 0 && (up = (i - 1) / 2, is_before(place, places->v[up])); i = up)
                places->v[i] = places->v[up];
        places->v[i] = place;
        return 0;
}

struct tn_place *tn_places_take(struct tn_places *places)
{
        struct tn_place *first, *last;
        size_t i = 0, down;

        if (places->n == 0)
                return NULL;
        first = places->v[0];
        last = places->v[--places->n];
        while ((down = 2 * i + 1) < places->n) {
                if (down + 1 < places->n && is_before(places->v[down + 1], places->v[down]))
                        down++;
                if (!is_before(places->v[down], last))
                        break;
                places->v[i] = places->v[down];
                i = down;
        }
        places->v[i] = last;
        return first;
}
