/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/textsort.h"

#define N 1000

/* The texts are somewhere in what they belong to. */
struct thing {
        uint32_t before;
        struct span text;
        uint64_t key;
};

static struct thing things[N];

static int by_place(const void *pa, const void *pb)
{
        uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
        int r = tn_span_cmp(things[a].text, things[b].text);

        if (things[a].key != things[b].key)
                return things[a].key < things[b].key ? -1 : 1;
        return r ? r : a < b ? -1 : 1;
}

static bool is_same(uint32_t a, uint32_t b)
{
        return things[a].key == things[b].key && tn_span_eq(things[a].text, things[b].text);
}

/* Sorts in both ways. */
static void compare(size_t n)
{
        static struct tn_keyed sorted[N];
        static uint32_t expected[N];

        for (uint32_t i = 0; i < n; i++) {
                expected[i] = i;
                sorted[i] = (struct tn_keyed){ things[i].key, i };
        }
        qsort(expected, n, sizeof(*expected), by_place);
        assert_int_equal(tn_textsort(sorted, n, &things->text, sizeof(*things)), 0);
        for (size_t i = 0; i < n; i++) {
                assert_int_equal(sorted[i].n, expected[i]);
                if (i)
                        assert_int_equal(sorted[i].key == sorted[i - 1].key,
                                         is_same(sorted[i].n, sorted[i - 1].n));
        }
}

/* Of few characters, so that texts are equal, begin alike, and one is the beginning of another. */
static void fill(struct tn_arena *arena, size_t longest, int keys)
{
        for (size_t i = 0; i < N; i++) {
                char text[64];
                size_t len = (size_t)rand() % (longest + 1);

                for (size_t k = 0; k < len; k++)
                        text[k] = (char)(rand() % 20 ? 'a' : 0x7e + rand() % 4);
                things[i].text = (struct span){ tn_arena_dup(arena, (struct span){ text, len }), len };
                things[i].key = (uint64_t)(rand() % keys) << 40;
        }
}

CHECK(textsort_is_by_key_then_by_the_bytes)
{
        srand(1);
        for (size_t longest = 0; longest < 40; longest++)
                for (int keys = 1; keys < 4; keys++) {
                        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };

                        fill(&arena, longest, keys);
                        for (size_t n = 0; n < 20; n++)
                                compare(n);
                        compare(N);
                }
}

CHECK(textsort_of_the_empty_text_is_first)
{
        things[0] = (struct thing){ .text = SPAN("\1") };
        things[1] = (struct thing){ .text = SPAN("") };
        things[2] = (struct thing){ .text = { NULL, 0 } };
        compare(3);
}
