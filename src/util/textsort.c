/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "util/cleanup.h"
#include "util/textsort.h"
#include "util/vec.h"
#include "util/word.h"

/* Bytes of the texts that are compared in one step. */
#define STEP sizeof(uint64_t)

/* Neighbours that are the same up to a depth of their texts, and not looked at beyond. */
struct group {
        size_t at;
        size_t n;
        size_t depth;
};

struct sort {
        struct tn_keyed *v;
        struct tn_keyed *room;
        const char *first;
        size_t stride;
        TN_VEC(struct group) todo;
};

static uint64_t word_of(const struct sort *sort, uint32_t n, size_t depth)
{
        const struct span *text = (const void *)(sort->first + n * sort->stride);

        return tn_word_order(tn_span_skip(*text, depth));
}

/* From their place on, none of them is moved any more. */
static void settle(const struct sort *sort, struct group group)
{
        for (size_t i = 0; i < group.n; i++)
                sort->v[group.at + i].key = group.at;
}

/* Sorts by the keys. What has equal ones is to be looked at from a depth on, if it does not end before. */
static int sort_group(struct sort *sort, struct group group, size_t depth)
{
        const struct tn_keyed *v = sort->v;
        size_t end = group.at + group.n;
        int r = 0;

        tn_keysort(sort->v + group.at, sort->room, group.n);
        for (size_t i = group.at, n; i < end && r == 0; i += n) {
                struct group equal = { .at = i, .depth = depth };

                for (n = 1; i + n < end && v[i + n].key == v[i].key; n++)
                        ;
                equal.n = n;
                if (n == 1 || (depth && (v[i].key & 0xff) == 0))
                        settle(sort, equal);
                else
                        r = tn_vec_add(&sort->todo, equal);
        }
        return r;
}

static int look_on(struct sort *sort, struct group group)
{
        struct tn_keyed *v = sort->v + group.at;

        for (size_t i = 0; i < group.n; i++)
                v[i].key = word_of(sort, v[i].n, group.depth);
        return sort_group(sort, group, group.depth + STEP);
}

int tn_textsort(struct tn_keyed *v, size_t n, const struct span *first, size_t stride)
{
        _cleanup_(freep) struct tn_keyed *room = reallocarray(NULL, n + 1, sizeof(*room));
        struct sort sort = { .v = v, .room = room, .first = (const char *)first, .stride = stride };
        int r = room ? sort_group(&sort, (struct group){ .n = n }, 0) : -ENOMEM;

        while (r == 0 && sort.todo.n)
                r = look_on(&sort, sort.todo.v[--sort.todo.n]);
        tn_vec_fini(&sort.todo);
        return r;
}
