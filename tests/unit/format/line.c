/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/line.h"
#include "util/cleanup.h"

/* The logical lines of text, written as "number:line|number:line|". */
static void assert_lines(struct span text, const char *expected)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct span line;
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0)
                tn_buf_addf(&got, "%u:%.*s|", lines.number, SPAN_FMT(line));
        assert_int_equal(r, 0);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(line_last_one_needs_no_newline)
{
        assert_lines(SPAN("a\nb"), "1:a|2:b|");
        assert_lines(SPAN("a\nb\n"), "1:a|2:b|");
}

CHECK(line_empty_ones_count)
{
        assert_lines(SPAN("\n\na\n"), "1:|2:|3:a|");
        assert_lines(SPAN(""), "");
}

CHECK(line_backslash_newline_joins_without_blank)
{
        assert_lines(SPAN("a\\\nb\n"), "2:ab|");
        assert_lines(SPAN("a \\\n  b\n"), "2:a   b|");
        assert_lines(SPAN("a\\\n\\\nb"), "3:ab|");
        assert_lines(SPAN("a\\\n\nb"), "2:a|3:b|");
}

CHECK(line_number_is_that_of_the_last_physical_line)
{
        assert_lines(SPAN("\n\na\\\n\\\nb\nc"), "1:|2:|5:ab|6:c|");
        assert_lines(SPAN("a\\\n"), "2:a|");
}

CHECK(line_comment_with_backslash_swallows_the_next)
{
        assert_lines(SPAN("# a\\\nb\nc\n"), "2:# ab|3:c|");
}

CHECK(line_backslash_before_other_bytes_vanishes)
{
        assert_lines(SPAN("\\a\\\\b\\ c\n"), "1:a\\b c|");
        assert_lines(SPAN("\\\\\nb\n"), "1:\\|2:b|");
}

CHECK(line_backslash_at_the_end_of_the_file_is_dropped)
{
        assert_lines(SPAN("a\\"), "1:a|");
        assert_lines(SPAN("\\"), "1:|");
}

CHECK(line_ends_of_another_system_are_no_part_of_it)
{
        assert_lines(SPAN("a\r\nb\r\n"), "1:a|2:b|");
        assert_lines(SPAN("a\nb\r"), "1:a|2:b|");
        assert_lines(SPAN("\r\n\r\n"), "1:|2:|");
        assert_lines(SPAN("a\\\r\nb\r\nc"), "2:ab|3:c|");
        assert_lines(SPAN("a\\\\\r\nb"), "1:a\\|2:b|");
        assert_lines(SPAN("\\a\r\nb"), "1:a|2:b|");
        assert_lines(SPAN("a\\\r"), "1:a|");
}

CHECK(line_keeps_other_carriage_returns)
{
        assert_lines(SPAN("a\rb\r\r\nc"), "1:a\rb\r|2:c|");
        assert_lines(SPAN("a\\\rb\\b\r\r\n"), "1:a\rbb\r|");
        assert_lines(SPAN("\ra\n"), "1:\ra|");
}

CHECK(line_byte_order_mark_is_no_part_of_the_text)
{
        assert_lines(SPAN("\xef\xbb\xbfx\n\xef\xbb\xbfy\n"), "1:x|2:\xef\xbb\xbfy|");
        assert_lines(SPAN("\xef\xbb\xbf"), "");
        assert_lines(SPAN("\xef\xbbx"), "1:\xef\xbbx|");
}

CHECK(line_plain_ones_know_no_backslash)
{
        struct span rest = tn_line_text(SPAN("\xef\xbb\xbfx\\\r\n\ny\r")), line;

        assert_true(tn_line_next(&rest, &line) && tn_span_eq(line, SPAN("x\\")));
        assert_true(tn_line_next(&rest, &line) && tn_span_eq(line, SPAN("")));
        assert_true(tn_line_next(&rest, &line) && tn_span_eq(line, SPAN("y")));
        assert_false(tn_line_next(&rest, &line));
        rest = tn_line_text((struct span){ 0 });
        assert_false(tn_line_next(&rest, &line));
}

CHECK(line_may_be_long)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span line;

        for (int i = 0; i < 100000; i++)
                tn_buf_add_str(&text, "x\\\n");
        tn_lines_init(&lines, tn_buf_span(&text));
        assert_int_equal(tn_lines_next(&lines, &line), 1);
        assert_int_equal(line.len, 100000);
        assert_int_equal(lines.number, 100001);
        assert_int_equal(tn_lines_next(&lines, &line), 0);
}
