/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_TEXTSORT_H
#define TN_UTIL_TEXTSORT_H

#include "util/keysort.h"
#include "util/span.h"

/*
 * Sorts numbers of things by ascending key, and those of one key by the bytes of their text; what has equal texts, too,
 * stays in its order. The text of number i is i times stride bytes behind first, and has no NUL. Each byte of a text is
 * looked at once. The keys are others then: those of equal keys and texts are equal, and all others are not.
 *
 * Returns 0 or -ENOMEM; then the order is any.
 */
int tn_textsort(struct tn_keyed *v, size_t n, const struct span *first, size_t stride);

#endif
