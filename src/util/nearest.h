/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_NEAREST_H
#define TN_UTIL_NEAREST_H

#include <stddef.h>

#include "util/span.h"

/* Longer words are like nothing else. */
#define TN_NEAREST_LEN_MAX 64

/*
 * How many letters are to be put in, left out, replaced, or swapped with their neighbour to make one word of another.
 * SIZE_MAX when a word is too long.
 */
size_t tn_nearest_distance(struct span a, struct span b);

/* The word that is most like another one, of those that it is held against one by one. Set word, the rest is zero. */
struct tn_nearest {
        struct span word;
        struct span best; /* empty: none is like it */
        size_t distance;  /* of best */
};

/*
 * Takes one more into account. One letter in three may differ, no more. Of equals the first stays. The candidate is
 * borrowed.
 */
void tn_nearest_look(struct tn_nearest *nearest, struct span candidate);

#endif
