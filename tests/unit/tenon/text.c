/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "tenon/text.h"
#include "util/cleanup.h"

CHECK(text_wraps_at_blanks_and_indents)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out, .width = 12 };

        tn_text_add(&text, "ab: ");
        tn_text_wrap(&text, 4, 4, "one two three four averylongword x");
        assert_string_equal(tn_buf_str(&out), "ab: one two\n    three\n    four\n    averylongword\n    x\n");
}

CHECK(text_counts_characters_not_bytes)
{
        assert_int_equal(tn_text_columns("M\xc3\xbcller"), 6);
        assert_int_equal(tn_text_columns("\x1b"), 4);
        assert_int_equal(tn_text_columns(""), 0);
}

CHECK(text_is_escaped_and_coloured_only_when_asked)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out, .width = 80 };

        tn_text_style(&text, TN_STYLE_BAD, "a\nb");
        text.color = true;
        tn_text_style(&text, TN_STYLE_BAD, "c");
        tn_text_style(&text, TN_STYLE_PLAIN, "d");
        tn_text_add(&text, "%s\n", "\x1b[0m");
        assert_string_equal(tn_buf_str(&out), "a\\nb\x1b[31mc\x1b[0md\\x1b[0m\n");
}
