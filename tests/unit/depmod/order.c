/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "depmod/hash.h"
#include "depmod/order.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* Buckets of 512: abcd 219, ext4 278, ab 324, a 386. */
static const struct tn_depmod_module sample[] = {
        { .name = SPAN("a"), .path = SPAN("kernel/a.ko.xz") },
        { .name = SPAN("ab"), .path = SPAN("kernel/ab.ko") },
        { .name = SPAN("abcd"), .path = SPAN("/opt/abcd.ko") },
        { .name = SPAN("ext4"), .path = SPAN("kernel/ext4.ko") },
};

static void assert_order(const char *text, const char *names)
{
        _cleanup_(tn_depmod_modules_fini) struct tn_depmod_modules modules = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };

        for (int turned = 0; turned < 2; turned++) {
                modules.n = 0;
                tn_buf_reset(&found);
                for (size_t i = 0; i < ARRAY_SIZE(sample); i++)
                        assert_int_equal(
                                tn_vec_add(&modules, sample[turned ? ARRAY_SIZE(sample) - 1 - i : i]), 0);
                assert_int_equal(tn_order_modules(&modules, tn_span_of(text)), 0);
                for (size_t i = 0; i < modules.n; i++) {
                        tn_buf_add_span(&found, modules.v[i].name);
                        tn_buf_add_char(&found, ' ');
                }
                assert_string_equal(tn_buf_str(&found), names);
        }
}

CHECK(order_without_a_list_is_hash_order)
{
        assert_order("", "abcd ext4 ab a ");
        assert_order("kernel/other.ko\n#336\n", "abcd ext4 ab a ");
}

CHECK(order_of_a_bucket_is_that_of_the_bytes)
{
        _cleanup_(tn_depmod_modules_fini) struct tn_depmod_modules modules = { 0 };
        size_t same = 0;

        for (uint32_t i = 0; i < 4000; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
                struct tn_depmod_module mod = { 0 };

                tn_buf_addf(&name, "a_longer_name_%u", i * 7919 % 4000);
                mod.name = mod.path =
                        (struct span){ tn_arena_dup(&modules.arena, tn_buf_span(&name)), name.len };
                assert_int_equal(tn_vec_add(&modules, mod), 0);
        }
        assert_int_equal(tn_order_modules(&modules, SPAN("")), 0);
        for (size_t i = 1; i < modules.n; i++) {
                struct span a = modules.v[i - 1].name, b = modules.v[i].name;
                uint32_t bucket_a = tn_hash(a) % TN_HASH_MODULES, bucket_b = tn_hash(b) % TN_HASH_MODULES;

                assert_true(bucket_a < bucket_b || (bucket_a == bucket_b && tn_span_cmp(a, b) < 0));
                same += bucket_a == bucket_b;
        }
        assert_true(same > 2000);
}

CHECK(order_of_the_list_comes_first)
{
        assert_order("kernel/ab.ko\nkernel/ext4.ko\n", "ab ext4 abcd a ");
}

CHECK(order_finds_compressed_files_by_their_plain_name)
{
        assert_order("kernel/a.ko\n", "a abcd ext4 ab ");
        assert_order("kernel/a.ko.xz\n", "abcd ext4 ab a ");
}

CHECK(order_last_line_without_newline_counts)
{
        assert_order("kernel/ab.ko\nkernel/a.ko", "ab a abcd ext4 ");
}

CHECK(order_first_of_two_lines_counts)
{
        assert_order("kernel/ab.ko\nkernel/a.ko\nkernel/ab.ko\n", "ab a abcd ext4 ");
}
