/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_SET_H
#define TN_UTIL_SET_H

#include <errno.h>
#include <stdbool.h>

#include "util/arena.h"
#include "util/map.h"

/* Bytes that are in it or not. Keys are borrowed and must outlive the set. Zero-initialised is empty. */
struct tn_set {
        struct tn_map map; /* each key to something that is not NULL */
};

static inline void tn_set_fini(struct tn_set *set)
{
        tn_map_fini(&set->map);
}

static inline bool tn_set_has(const struct tn_set *set, struct span key)
{
        return tn_map_find(&set->map, key) != NULL;
}

/* Returns 1 when the key is new, 0 when it was there already, -ENOMEM. */
static inline int tn_set_add(struct tn_set *set, struct span key)
{
        return tn_map_add_new(&set->map, key, set);
}

/* The same with a key that may go at once: what the set keeps of a new one is a copy in the arena. */
static inline int tn_set_add_copy(struct tn_set *set, struct tn_arena *arena, struct span key)
{
        const char *copy;

        if (tn_set_has(set, key))
                return 0;
        copy = tn_arena_dup(arena, key);
        return copy ? tn_set_add(set, (struct span){ copy, key.len }) : -ENOMEM;
}

#endif
