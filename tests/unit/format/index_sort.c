/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "format/index_sort.h"
#include "util/arena.h"
#include "util/cleanup.h"

#define N 2000

static struct tn_index_entry entries[N];
static struct tn_keyed sorted[N];

static int by_place(const void *pa, const void *pb)
{
        uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
        int r = tn_span_cmp(entries[a].key, entries[b].key);

        if (r != 0)
                return r;
        if (entries[a].priority != entries[b].priority)
                return entries[a].priority < entries[b].priority ? -1 : 1;
        return a > b ? -1 : 1;
}

/* Sorts n entries in both ways. */
static void compare(size_t n)
{
        static uint32_t expected[N];

        for (uint32_t i = 0; i < n; i++)
                expected[i] = i;
        qsort(expected, n, sizeof(*expected), by_place);
        assert_int_equal(tn_index_sort(entries, n, sorted), 0);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(sorted[i].n, expected[i]);
}

/* Of few characters, so that keys are equal, begin alike, and one is the beginning of another. */
static void fill(struct tn_arena *arena, size_t n, size_t longest, unsigned characters)
{
        for (size_t i = 0; i < n; i++) {
                char key[64];
                size_t len = (size_t)rand() % (longest + 1);

                for (size_t k = 0; k < len; k++)
                        key[k] = (char)(rand() % 40 ? 'a' : 'a' + rand() % (int)characters);
                entries[i].key = (struct span){ tn_arena_dup(arena, (struct span){ key, len }), len };
                entries[i].priority = (uint32_t)rand() % 3;
        }
}

CHECK(index_sort_is_that_of_the_bytes)
{
        srand(1);
        for (size_t longest = 0; longest < 40; longest++) {
                _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };

                fill(&arena, N, longest, 26);
                for (size_t n = 0; n < 20; n++)
                        compare(n);
                compare(N);
        }
}

CHECK(index_sort_takes_bytes_as_unsigned)
{
        static const char *const keys[] = { "\x7f", "\1",   "a\x7f",      "a\1",
                                            "a",    "\xff", "aaaaaaaa\1", "aaaaaaaa" };

        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                entries[i] = (struct tn_index_entry){ .key = tn_span_of(keys[i]) };
        compare(ARRAY_SIZE(keys));
}

CHECK(index_sort_puts_of_one_key_the_highest_priority_last)
{
        for (uint32_t i = 0; i < N; i++)
                entries[i] = (struct tn_index_entry){ .key = SPAN("key"), .priority = UINT32_MAX - i / 2 };
        compare(N);
        assert_int_equal(sorted[0].n, N - 1);
}
