/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_ARENA_H
#define TN_UTIL_ARENA_H

#include <stddef.h>

#include "util/span.h"

/* Memory that is given out piece by piece and taken back all at once. Zero-initialised is empty. */
struct tn_arena {
        struct tn_arena_block *block;
};

void tn_arena_fini(struct tn_arena *arena);

/* size bytes, zeroed and aligned for any type; NULL without memory. */
void *tn_arena_alloc(struct tn_arena *arena, size_t size);

/* A NUL-terminated copy; NULL without memory. */
char *tn_arena_dup(struct tn_arena *arena, struct span s);

#endif
