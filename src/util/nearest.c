/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <string.h>

#include "util/cleanup.h"
#include "util/nearest.h"

#define LEN_MAX TN_NEAREST_LEN_MAX

/* Three rows of the table of distances between beginnings of a and of b. */
struct rows {
        size_t two[LEN_MAX + 1], one[LEN_MAX + 1], now[LEN_MAX + 1];
};

static void fill_row(struct rows *rows, struct span a, struct span b, size_t i)
{
        rows->now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
                bool same = a.ptr[i - 1] == b.ptr[j - 1];
                size_t least = rows->one[j - 1] + (same ? 0 : 1);

                least = MIN(least, rows->one[j] + 1);
                least = MIN(least, rows->now[j - 1] + 1);
                if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                        least = MIN(least, rows->two[j - 2] + 1);
                rows->now[j] = least;
        }
}

size_t tn_nearest_distance(struct span a, struct span b)
{
        struct rows rows = { 0 };

        if (a.len > LEN_MAX || b.len > LEN_MAX)
                return SIZE_MAX;
        for (size_t j = 0; j <= b.len; j++)
                rows.now[j] = j;
        for (size_t i = 1; i <= a.len; i++) {
                memcpy(rows.two, rows.one, sizeof(rows.two));
                memcpy(rows.one, rows.now, sizeof(rows.one));
                fill_row(&rows, a, b, i);
        }
        return rows.now[b.len];
}

void tn_nearest_look(struct tn_nearest *nearest, struct span candidate)
{
        size_t distance = tn_nearest_distance(nearest->word, candidate);

        if (distance > nearest->word.len / 3 || (nearest->best.len && distance >= nearest->distance))
                return;
        nearest->best = candidate;
        nearest->distance = distance;
}
