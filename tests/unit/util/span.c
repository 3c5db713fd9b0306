/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

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

CHECK(span_word_may_hold_a_nul_byte)
{
        struct span rest = { "a\0b c", 5 };
        struct span word = tn_span_word(&rest, " ");

        assert_int_equal(word.len, 3);
        assert_memory_equal(word.ptr, "a\0b", 3);
        assert_false(tn_span_has_any(word, " \t"));
        assert_true(tn_span_has_any(word, "xb"));
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

CHECK(span_split_sees_nothing_behind_a_last_separator)
{
        struct span rest = SPAN("a,"), piece;

        assert_true(tn_span_split(&rest, ',', &piece));
        assert_span(piece, "a");
        assert_false(tn_span_split(&rest, ',', &piece));
}

CHECK(span_base_is_what_follows_the_last_slash)
{
        assert_span(tn_span_base(SPAN("a/b.ko")), "b.ko");
        assert_span(tn_span_base(SPAN("b.ko")), "b.ko");
        assert_span(tn_span_base(SPAN("a/")), "");
}

CHECK(span_trim_takes_blanks_off_both_ends_only)
{
        assert_span(tn_span_trim(SPAN(" \t a b \r\n")), "a b");
        assert_span(tn_span_trim(SPAN(" \t")), "");
        assert_span(tn_span_trim(SPAN("")), "");
}

CHECK(span_positions_are_the_length_when_there_is_none)
{
        assert_int_equal(tn_span_chr(SPAN("abca"), 'a'), 0);
        assert_int_equal(tn_span_rchr(SPAN("abca"), 'a'), 3);
        assert_int_equal(tn_span_chr(SPAN("abca"), 'x'), 4);
        assert_int_equal(tn_span_rchr(SPAN("abca"), 'x'), 4);
        assert_int_equal(tn_span_chr((struct span){ 0 }, 'x'), 0);
}

CHECK(span_starts_and_ends_compare_whole_affixes)
{
        assert_true(tn_span_starts(SPAN("fs-msdos"), SPAN("fs-")));
        assert_false(tn_span_starts(SPAN("fs"), SPAN("fs-")));
        assert_true(tn_span_ends(SPAN("a.conf"), SPAN(".conf")));
        assert_false(tn_span_ends(SPAN("conf"), SPAN(".conf")));
        assert_true(tn_span_ends((struct span){ 0 }, SPAN("")));
        assert_true(tn_span_starts((struct span){ 0 }, (struct span){ 0 }));
}

CHECK(span_skip_and_head_stop_at_the_end)
{
        assert_span(tn_span_skip(SPAN("abc"), 2), "c");
        assert_span(tn_span_skip(SPAN("abc"), 9), "");
        assert_span(tn_span_head(SPAN("abc"), 2), "ab");
        assert_span(tn_span_head(SPAN("abc"), 9), "abc");
}

/* Adding even 0 to a NULL pointer is undefined in C; clang's UBSan stops here when it happens. */
CHECK(span_without_bytes_can_be_walked)
{
        struct span rest = { 0 }, piece;

        assert_null(tn_span_skip(rest, 1).ptr);
        assert_int_equal(tn_span_word(&rest, " ").len, 0);
        assert_int_equal(tn_span_trim(rest).len, 0);
        assert_int_equal(tn_span_base(rest).len, 0);
        assert_false(tn_span_split(&rest, ' ', &piece));
        assert_int_equal(tn_span_of(NULL).len, 0);
}

static int precision_of(const char *fmt, ...)
{
        va_list ap;
        int precision;

        va_start(ap, fmt);
        precision = va_arg(ap, int);
        va_end(ap);
        return precision;
}

/* A negative precision would count as none, and printf would read on to the next NUL. */
CHECK(span_too_long_for_printf_is_cut_and_not_read_on)
{
        struct span s = { "x", (size_t)INT_MAX + 1 };

        assert_int_equal(precision_of("%.*s", SPAN_FMT(s)), INT_MAX);
        s.len = 1;
        assert_int_equal(precision_of("%.*s", SPAN_FMT(s)), 1);
}

CHECK(span_without_bytes_can_be_printed)
{
        struct span s = { 0 };
        char text[8];

        assert_int_equal(snprintf(text, sizeof(text), "<%.*s>", SPAN_FMT(s)), 2);
        assert_string_equal(text, "<>");
}

CHECK(span_copy_ends_in_nul)
{
        char *copy = tn_span_dup(tn_span_head(SPAN("abc"), 2));
        char *empty = tn_span_dup((struct span){ 0 });

        assert_string_equal(copy, "ab");
        assert_string_equal(empty, "");
        free(copy);
        free(empty);
}

CHECK(span_has_word_takes_whole_words)
{
        assert_true(tn_span_has_word(SPAN("a,bc,d"), ",", SPAN("bc")));
        assert_true(tn_span_has_word(SPAN(" SMP preempt "), " ", SPAN("preempt")));
        assert_false(tn_span_has_word(SPAN("a,bc,d"), ",", SPAN("b")));
        assert_false(tn_span_has_word(SPAN("a,,b"), ",", SPAN("")));
        assert_false(tn_span_has_word(SPAN(""), ",", SPAN("a")));
}

CHECK(span_is_printable_looks_at_every_byte)
{
        char text[] = "twenty bytes of text";

        for (size_t i = 0; i < 20; i++) {
                char byte = text[i];

                for (int c = 0; c < 256; c++) {
                        text[i] = (char)c;
                        assert_int_equal(tn_span_is_printable((struct span){ text, 20 }),
                                         c >= ' ' && c <= '~');
                        assert_true(tn_span_is_printable((struct span){ text, i }));
                }
                text[i] = byte;
        }
}

/* Eight bytes are asked at once: each place in them, and behind them. */
CHECK(span_has_any_at_every_place)
{
        char text[20];

        for (size_t len = 1; len <= sizeof(text); len++)
                for (size_t at = 0; at < len; at++) {
                        struct span s = { text, len };

                        memset(text, 'a', sizeof(text));
                        text[at] = '[';
                        assert_true(tn_span_has_any(s, "*?["));
                        text[at] = '\xdb'; /* a '[' but for one bit */
                        assert_false(tn_span_has_any(s, "*?["));
                }
}

CHECK(span_has_any_of_one_byte_or_more)
{
        assert_true(tn_span_has_any(SPAN("a b"), " "));
        assert_true(tn_span_has_any(SPAN("a b"), "b"));
        assert_false(tn_span_has_any(SPAN("a b"), "c"));
        assert_true(tn_span_has_any(SPAN("a b"), "cb"));
        assert_false(tn_span_has_any(SPAN("a b"), ""));
        assert_false(tn_span_has_any(SPAN(""), "a"));
}
