/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/cleanup.h"
#include "util/escape.h"

static void assert_escaped(struct span text, enum tn_escape how, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_escape_add(text, how, &got);
        assert_string_equal(tn_buf_str(&got), expected);
        assert_int_equal(tn_escape_is_clean(text, how), tn_span_eq(text, tn_span_of(expected)));
}

CHECK(escape_text_stays)
{
        assert_escaped(SPAN(""), TN_ESCAPE_ALL, "");
        assert_escaped(SPAN("a b\t~\\x1b"), TN_ESCAPE_ALL, "a b\t~\\x1b");
        assert_escaped(SPAN("M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x90\xa7"), TN_ESCAPE_ALL,
                       "M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x90\xa7");
        assert_escaped(SPAN("M\xfcller"), TN_ESCAPE_ALL, "M\xfcller");
}

CHECK(escape_what_a_terminal_obeys_is_shown)
{
        assert_escaped(SPAN("a\033[31mb\a\b\r"), TN_ESCAPE_ALL, "a\\x1b[31mb\\x07\\x08\\x0d");
        assert_escaped(SPAN("\x7f\0"), TN_ESCAPE_ALL, "\\x7f\\x00");
        assert_escaped(SPAN("\x9b[2J"), TN_ESCAPE_ALL, "\\x9b[2J");
        assert_escaped(SPAN("\xc2\x9b[2J\xc2\xa0"), TN_ESCAPE_ALL, "\\xc2\\x9b[2J\xc2\xa0");
}

CHECK(escape_broken_utf8_hides_nothing)
{
        assert_escaped(SPAN("\xe2\x9b[2J"), TN_ESCAPE_ALL, "\xe2\\x9b[2J");
        assert_escaped(SPAN("\xe0\x82\x9b[2J"), TN_ESCAPE_ALL, "\xe0\\x82\\x9b[2J");
        assert_escaped(SPAN("\xf0\x80\x82\x9b"), TN_ESCAPE_ALL, "\xf0\\x80\\x82\\x9b");
        assert_escaped(SPAN("\xc0\x9b"), TN_ESCAPE_ALL, "\xc0\\x9b");
        assert_escaped(SPAN("\xc3"), TN_ESCAPE_ALL, "\xc3");
        assert_escaped(SPAN("\xc3\033"), TN_ESCAPE_ALL, "\xc3\\x1b");
}

CHECK(escape_newlines_stay_in_lines_alone)
{
        assert_escaped(SPAN("a\nb\n"), TN_ESCAPE_ALL, "a\\nb\\n");
        assert_escaped(SPAN("a\nb\033\n"), TN_ESCAPE_IN_LINES, "a\nb\\x1b\n");
}

CHECK(escape_tabs_are_shown_where_asked_for)
{
        assert_escaped(SPAN("a\tb\n"), TN_ESCAPE_TABS, "a\\tb\\n");
        assert_escaped(SPAN("a\tb\n"), TN_ESCAPE_TABS | TN_ESCAPE_IN_LINES, "a\\tb\n");
}

static void assert_message(const char *fmt, const char *text, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, text);
        tn_escape_message(fmt, &buf);
        assert_string_equal(tn_buf_str(&buf), expected);
}

CHECK(escape_a_message_keeps_the_newlines_of_its_format)
{
        assert_message("%s", "a\nERROR: b", "a\\nERROR: b");
        assert_message("%s", "a\n", "a\\n");
        assert_message("%s\n", "a\nb\n", "a\\nb\n");
        assert_message("%s\n", "a\n\n", "a\\n\n");
        assert_message("a:\n%s", "a:\nb\033", "a:\nb\\x1b");
        assert_message("a: %s", "a: b", "a: b");
}

CHECK(escape_lines_have_the_newlines_of_their_format)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        tn_escape_addf(&lines, "%s\n", "one\ntwo");
        tn_escape_addf(&lines, "%s", "\033\n");
        assert_string_equal(tn_buf_str(&lines), "one\\ntwo\n\\x1b\\n");
}
