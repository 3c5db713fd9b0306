/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/cleanup.h"
#include "util/utf8.h"

#define FFFD "\xef\xbf\xbd"

static void assert_made_valid(struct span text, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_utf8_add(text, &got);
        assert_string_equal(tn_buf_str(&got), expected);
        assert_int_equal(tn_utf8_is_valid(text), tn_span_eq(text, tn_span_of(expected)));
}

CHECK(utf8_of_all_lengths_stays)
{
        assert_made_valid(SPAN(""), "");
        assert_made_valid(SPAN("a\x7f"), "a\x7f");
        assert_made_valid(SPAN("\xc2\x80\xdf\xbf"), "\xc2\x80\xdf\xbf");
        assert_made_valid(SPAN("\xe0\xa0\x80\xef\xbf\xbf"), "\xe0\xa0\x80\xef\xbf\xbf");
        assert_made_valid(SPAN("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
}

CHECK(utf8_each_byte_of_no_character_is_replaced)
{
        assert_made_valid(SPAN("\xfc"), FFFD);
        assert_made_valid(SPAN("a\xe2\x82"), "a" FFFD FFFD);
        assert_made_valid(SPAN("\x80z"), FFFD "z");
        assert_made_valid(SPAN("\xc3("), FFFD "(");
}

CHECK(utf8_has_no_longer_forms_surrogates_or_more_than_unicode)
{
        assert_int_equal(tn_utf8_next(SPAN("\xc0\x80")), 0);
        assert_int_equal(tn_utf8_next(SPAN("\xe0\x9f\xbf")), 0);
        assert_int_equal(tn_utf8_next(SPAN("\xf0\x8f\xbf\xbf")), 0);
        assert_int_equal(tn_utf8_next(SPAN("\xed\xa0\x80")), 0);
        assert_int_equal(tn_utf8_next(SPAN("\xf4\x90\x80\x80")), 0);
        assert_int_equal(tn_utf8_next(SPAN("\xf5\x80\x80\x80")), 0);
        assert_int_equal(tn_utf8_next(SPAN("")), 0);
}
