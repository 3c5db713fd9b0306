/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_sort.h"
#include "util/cleanup.h"
#include "util/vec.h"
#include "util/word.h"

/* Bytes of the keys that are compared in one step. */
#define STEP sizeof(uint64_t)

/* Neighbours whose keys are the same up to a depth, and not looked at beyond. */
struct group {
        size_t at;
        size_t n;
        size_t depth;
};

struct sort {
        const struct tn_index_entry *entries;
        struct tn_keyed *v;
        struct tn_keyed *room;
        TN_VEC(struct group) todo;
};

static struct span key_from(const struct sort *sort, uint32_t n, size_t depth)
{
        return tn_span_skip(sort->entries[n].key, depth);
}

/* All have one key. */
static void sort_values(const struct sort *sort, struct group group)
{
        struct tn_keyed *v = sort->v + group.at;

        for (size_t i = 0; i < group.n; i++)
                v[i].key = (uint64_t)sort->entries[v[i].n].priority << 32 | (UINT32_MAX - v[i].n);
        tn_keysort(v, sort->room, group.n);
}

/* What has equal steps is to be looked at further on, if the keys do not end there. */
static int divide(struct sort *sort, struct group group)
{
        const struct tn_keyed *v = sort->v + group.at;
        int r = 0;

        for (size_t i = 0, n; i < group.n && r == 0; i += n) {
                struct group equal = { .at = group.at + i, .depth = group.depth + STEP };

                for (n = 1; i + n < group.n && v[i + n].key == v[i].key; n++)
                        ;
                equal.n = n;
                if (n > 1)
                        r = tn_vec_add(&sort->todo, equal);
        }
        return r;
}

static int sort_group(struct sort *sort, struct group group)
{
        struct tn_keyed *v = sort->v + group.at;

        if (group.depth &&
            (v[0].key & 0xff) == 0) { /* as all that are equal so far, it ended in the step before */
                sort_values(sort, group);
                return 0;
        }
        for (size_t i = 0; i < group.n; i++)
                v[i].key = tn_word_order(key_from(sort, v[i].n, group.depth));
        tn_keysort(v, sort->room, group.n);
        return divide(sort, group);
}

int tn_index_sort(const struct tn_index_entry *entries, size_t n, struct tn_keyed *sorted)
{
        _cleanup_(freep) struct tn_keyed *room = reallocarray(NULL, n + 1, sizeof(*room));
        struct sort sort = { .entries = entries, .v = sorted, .room = room };
        int r = room ? tn_vec_add(&sort.todo, ((struct group){ .n = n })) : -ENOMEM;

        for (uint32_t i = 0; i < n; i++)
                sorted[i] = (struct tn_keyed){ .n = i };
        while (r == 0 && sort.todo.n)
                r = sort_group(&sort, sort.todo.v[--sort.todo.n]);
        tn_vec_fini(&sort.todo);
        return r;
}
