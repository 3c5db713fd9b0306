/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "util/arena.h"
#include "util/cleanup.h"

#define BLOCK_SIZE (16 * 1024)

struct tn_arena_block {
        struct tn_arena_block *next;
        size_t used;
        size_t size;
        alignas(max_align_t) char data[];
};

void tn_arena_fini(struct tn_arena *arena)
{
        while (arena->block) {
                struct tn_arena_block *next = arena->block->next;

                free(arena->block);
                arena->block = next;
        }
}

/* Memory is not cleared: most of it is written at once. */
static void *carve(struct tn_arena *arena, size_t size, size_t align)
{
        struct tn_arena_block *block = arena->block;
        size_t at = block ? (block->used + align - 1) & ~(align - 1) : 0;

        if (!block || size > block->size || at > block->size - size) {
                size_t room = MAX(size, (size_t)BLOCK_SIZE);

                if (room > SIZE_MAX / 2)
                        return NULL;
                block = malloc(sizeof(*block) + room);
                if (!block)
                        return NULL;
                *block = (struct tn_arena_block){ .next = arena->block, .size = room };
                arena->block = block;
                at = 0;
        }
        block->used = at + size;
        return block->data + at;
}

void *tn_arena_alloc(struct tn_arena *arena, size_t size)
{
        void *piece = carve(arena, size, alignof(max_align_t));

        return piece ? memset(piece, 0, size) : NULL;
}

char *tn_arena_dup(struct tn_arena *arena, struct span s)
{
        return tn_span_write(s, s.len < SIZE_MAX ? carve(arena, s.len + 1, 1) : NULL);
}
