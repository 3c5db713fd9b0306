/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/span.h"

CHECK(span_order_is_that_of_strcmp)
{
        assert_true(tn_span_cmp(SPAN("a"), SPAN("ab")) < 0);
        assert_true(tn_span_cmp(SPAN("b"), SPAN("ab")) > 0);
        assert_true(tn_span_cmp(SPAN("\x80"), SPAN("a")) > 0);
        assert_int_equal(tn_span_cmp(SPAN(""), (struct span){ 0 }), 0);
}

CHECK(span_words_are_taken_one_by_one)
{
        struct span rest = SPAN("  one\ttwo ");

        assert_span(tn_span_word(&rest, " \t"), "one");
        assert_span(rest, "\ttwo ");
        assert_span(tn_span_word(&rest, " \t"), "two");
        assert_span(tn_span_word(&rest, " \t"), "");
        assert_int_equal(rest.len, 0);
}

CHECK(span_split_counts_a_last_piece_without_separator)
{
        struct span rest = SPAN("a,,b"), piece;

        assert_true(tn_span_split(&rest, ',', &piece));
        assert_span(piece, "a");
        assert_true(tn_span_split(&rest, ',', &piece));
        assert_span(piece, "");
        assert_true(tn_span_split(&rest, ',', &piece));
        assert_span(piece, "b");
        assert_false(tn_span_split(&rest, ',', &piece));
}

CHECK(span_base_is_what_follows_the_last_slash)
{
        assert_span(tn_span_base(SPAN("a/b.ko")), "b.ko");
        assert_span(tn_span_base(SPAN("b.ko")), "b.ko");
        assert_span(tn_span_base(SPAN("a/")), "");
}
