/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/sum.h"

#define LEN 100

static void fill(char *bytes)
{
        for (size_t i = 0; i < LEN; i++)
                bytes[i] = (char)(i * 7);
}

/* Of every length, so that whole blocks, words and bytes have their turn. */
CHECK(sum_is_changed_by_each_bit)
{
        char bytes[LEN];

        fill(bytes);
        for (size_t len = 1; len <= LEN; len++) {
                uint64_t sum = tn_sum((struct span){ bytes, len }, 0);

                for (size_t bit = 0; bit < 8 * len; bit++) {
                        bytes[bit / 8] ^= (char)(1 << bit % 8);
                        assert_true(tn_sum((struct span){ bytes, len }, 0) != sum);
                        bytes[bit / 8] ^= (char)(1 << bit % 8);
                }
                assert_true(tn_sum((struct span){ bytes, len }, 0) == sum);
        }
}

CHECK(sum_is_changed_by_zeros_at_the_end)
{
        static const char zeros[LEN];

        for (size_t len = 1; len <= LEN; len++)
                assert_true(tn_sum((struct span){ zeros, len }, 0) !=
                            tn_sum((struct span){ zeros, len - 1 }, 0));
}

CHECK(sum_of_another_seed_is_another)
{
        char bytes[LEN];

        fill(bytes);
        for (size_t len = 0; len <= LEN; len++)
                assert_true(tn_sum((struct span){ bytes, len }, 1) != tn_sum((struct span){ bytes, len }, 2));
}

/* Files that one machine wrote are read on another. */
CHECK(sum_is_the_same_everywhere)
{
        char bytes[LEN];

        fill(bytes);
        assert_true(tn_sum(SPAN(""), 0) == 0x122f52d65728b0c8);
        assert_true(tn_sum((struct span){ bytes, LEN }, 5) == 0x7078ee94b04b6b46);
}

CHECK(sum_does_not_depend_on_where_the_bytes_are)
{
        char bytes[LEN + 8], other[LEN + 8];

        fill(bytes);
        for (size_t i = 0; i < 8; i++) {
                memcpy(other + i, bytes, LEN);
                assert_true(tn_sum((struct span){ other + i, LEN }, 0) ==
                            tn_sum((struct span){ bytes, LEN }, 0));
        }
}
