/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_MAP_H
#define TN_UTIL_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "util/span.h"

/*
 * Bytes to pointer, by open addressing. Keys are borrowed and must outlive the map. Zero-initialised is empty.
 * There is no order; who needs one keeps a vec beside it.
 */
struct tn_map {
        struct tn_map_slot *slots;
        size_t cap; /* a power of two, or 0 */
        size_t n;
};

void tn_map_fini(struct tn_map *map);

/* The value, or NULL when the key is not there. */
void *tn_map_find(const struct tn_map *map, struct span key);

/* Sets or replaces; value must not be NULL. Returns 0 or -ENOMEM. A replaced key keeps its first bytes. */
int tn_map_add(struct tn_map *map, struct span key, void *value);

/* Sets unless the key is there. Returns 1 when it is new, 0 when it was there and keeps its value, -ENOMEM. */
int tn_map_add_new(struct tn_map *map, struct span key, void *value);

/* Takes the key out. The value, or NULL when the key was not there. */
void *tn_map_del(struct tn_map *map, struct span key);

#endif
