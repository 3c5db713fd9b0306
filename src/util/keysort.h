/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_KEYSORT_H
#define TN_UTIL_KEYSORT_H

#include <stddef.h>
#include <stdint.h>

/* The number of something, and what it is to be sorted by. */
struct tn_keyed {
        uint64_t key;
        uint32_t n;
};

/* By ascending key; equal ones stay in their order. room is as large as v. */
void tn_keysort(struct tn_keyed *v, struct tn_keyed *room, size_t n);

#endif
