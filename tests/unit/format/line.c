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
