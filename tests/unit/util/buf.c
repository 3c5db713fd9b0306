/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "check.h"
#include "util/buf.h"
#include "util/cleanup.h"

CHECK(buf_collects_what_is_added)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, "insmod");
        tn_buf_add_char(&buf, ' ');
        tn_buf_add_span(&buf, SPAN("a.ko"));
        tn_buf_addf(&buf, " x=%d", 7);
        tn_buf_add(&buf, NULL, 0);
        assert_span(tn_buf_span(&buf), "insmod a.ko x=7");
        assert_string_equal(tn_buf_str(&buf), "insmod a.ko x=7");
        assert_int_equal(tn_buf_error(&buf), 0);
}

CHECK(buf_grows_over_many_additions)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        for (int i = 0; i < 1000; i++)
                tn_buf_addf(&buf, "%04d", i);
        assert_int_equal(buf.len, 4000);
        assert_memory_equal(buf.ptr + 4 * 999, "0999", 4);
}

CHECK(buf_keeps_nul_bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add(&buf, "a\0b", 3);
        assert_int_equal(buf.len, 3);
        assert_memory_equal(tn_buf_str(&buf), "a\0b", 4);
}

CHECK(buf_string_does_not_count_its_nul)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_string_equal(tn_buf_str(&buf), "");
        tn_buf_add_str(&buf, "a");
        assert_string_equal(tn_buf_str(&buf), "a");
        tn_buf_add_str(&buf, "b");
        assert_string_equal(tn_buf_str(&buf), "ab");
}

CHECK(buf_reserve_gives_room_without_adding)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        char *to = tn_buf_reserve(&buf, 1000);

        assert_non_null(to);
        memset(to, 'x', 1000);
        assert_int_equal(buf.len, 0);
        assert_non_null(tn_buf_reserve(&buf, 0));
}

CHECK(buf_failure_sticks_until_reset)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, "kept");
        assert_null(tn_buf_reserve(&buf, SIZE_MAX));
        assert_int_equal(tn_buf_error(&buf), -ENOMEM);
        tn_buf_add_str(&buf, "lost");
        tn_buf_addf(&buf, "%s", "lost");
        assert_span(tn_buf_span(&buf), "kept");
        assert_null(tn_buf_str(&buf));

        tn_buf_reset(&buf);
        assert_int_equal(tn_buf_error(&buf), 0);
        assert_string_equal(tn_buf_str(&buf), "");
}

CHECK(buf_take_hands_over_and_leaves_it_empty)
{
        struct tn_buf buf = { 0 };
        char *str;

        tn_buf_add_str(&buf, "mine");
        str = tn_buf_take(&buf);
        assert_string_equal(str, "mine");
        free(str);
        assert_null(buf.ptr);
        assert_int_equal(buf.len, 0);

        str = tn_buf_take(&buf);
        assert_string_equal(str, "");
        free(str);
}

CHECK(buf_take_after_a_failure_gives_nothing)
{
        struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, "freed");
        assert_null(tn_buf_reserve(&buf, SIZE_MAX));
        assert_null(tn_buf_take(&buf));
        assert_null(buf.ptr);
}

CHECK(buf_without_bytes_is_an_empty_span)
{
        struct tn_buf buf = { 0 };

        assert_int_equal(tn_buf_span(&buf).len, 0);
        assert_int_equal(tn_span_word(&(struct span){ buf.ptr, buf.len }, " ").len, 0);
        tn_buf_fini(&buf);
}
