/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "util/cleanup.h"
#include "util/keysort.h"

/* So many are sorted by moving each to its place; above that, sorted runs are merged. */
#define RUN 16

static void insert_each(struct tn_keyed *v, size_t n)
{
        for (size_t i = 1; i < n; i++) {
                struct tn_keyed one = v[i];
                size_t k = i;

                for (; k > 0 && v[k - 1].key > one.key; k--)
                        v[k] = v[k - 1];
                v[k] = one;
        }
}

/* Two runs, the first of so many elements. What is taken next is no branch: nobody could predict it. */
static void merge(const struct tn_keyed *from, size_t first, size_t n, struct tn_keyed *to)
{
        size_t a = 0, b = first, at = 0;

        if (first >= n || from[first - 1].key <= from[first].key) {
                memcpy(to, from, n * sizeof(*to));
                return;
        }
        while (a < first && b < n) {
                size_t second = from[b].key < from[a].key;

                to[at++] = from[second ? b : a];
                b += second;
                a += !second;
        }
        memcpy(to + at, from + (a < first ? a : b), (n - at) * sizeof(*to));
}

void tn_keysort(struct tn_keyed *v, struct tn_keyed *room, size_t n)
{
        struct tn_keyed *from = v, *to = room, *swap;

        for (size_t i = 0; i < n; i += RUN)
                insert_each(v + i, MIN(n - i, (size_t)RUN));
        for (size_t run = RUN; run < n; run *= 2) {
                for (size_t i = 0; i < n; i += 2 * run)
                        merge(from + i, run, MIN(n - i, 2 * run), to + i);
                swap = from;
                from = to;
                to = swap;
        }
        if (from != v)
                memcpy(v, from, n * sizeof(*v));
}
