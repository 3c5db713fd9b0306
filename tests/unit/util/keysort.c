/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/keysort.h"

#define N 1000

/* Sorts so many, and looks whether they are in order, equal ones by their numbers, and all there. */
static void try(size_t n, uint64_t mask)
{
        static struct tn_keyed v[N], room[N];
        uint64_t key = 1, sum = 0;

        for (size_t i = 0; i < n; i++) {
                key = key * 6364136223846793005u + 1442695040888963407u;
                v[i] = (struct tn_keyed){ (key >> 7 | key << 57) & mask, (uint32_t)i };
                sum += v[i].key * (i + 1);
        }
        tn_keysort(v, room, n);
        for (size_t i = 0; i < n; i++) {
                assert_true(i == 0 || v[i - 1].key < v[i].key ||
                            (v[i - 1].key == v[i].key && v[i - 1].n < v[i].n));
                sum -= v[i].key * (v[i].n + 1);
        }
        assert_int_equal(sum, 0);
}

CHECK(keysort_sorts_any_number)
{
        for (size_t n = 0; n < 100; n++)
                try(n, UINT64_MAX);
        try(N, UINT64_MAX);
}

CHECK(keysort_keeps_the_order_of_equal_keys)
{
        for (size_t n = 0; n < 100; n++)
                try(n, 7);
        try(N, 0);
        try(N, 1);
}

/* The bytes that differ may be any: the first, the last, an odd or even number of them. */
CHECK(keysort_sorts_by_every_byte)
{
        for (unsigned i = 0; i < 8; i++)
                for (unsigned k = i; k < 8; k++)
                        try(N, UINT64_C(0xff) << 8 * i | UINT64_C(0x80) << 8 * k);
}

CHECK(keysort_leaves_what_is_sorted)
{
        static struct tn_keyed v[N], room[N];

        for (size_t i = 0; i < N; i++)
                v[i] = (struct tn_keyed){ i / 2, (uint32_t)i };
        tn_keysort(v, room, N);
        for (size_t i = 0; i < N; i++)
                assert_int_equal(v[i].n, i);
}
