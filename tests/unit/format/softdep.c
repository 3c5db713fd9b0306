/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/softdep.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* The names with '<' before those of pre and '>' before those of post. */
static void assert_names(struct span text, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_softdep softdep = tn_softdep_init(text);
        struct span name;

        while (tn_softdep_next(&softdep, &name))
                tn_buf_addf(&got, "%c%.*s ", softdep.part == TN_SOFTDEP_PRE ? '<' : '>', SPAN_FMT(name));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(softdep_gives_names_in_writing_order)
{
        assert_names(SPAN("pre: a b post: c"), "<a <b >c ");
        assert_names(SPAN("post: c pre: a"), ">c <a ");
}

CHECK(softdep_parts_may_alternate_and_be_empty)
{
        assert_names(SPAN("pre: a post: b pre: c post: post: pre: pre: d"), "<a >b <c <d ");
        assert_names(SPAN("pre: post:"), "");
        assert_names(SPAN(""), "");
}

CHECK(softdep_passes_over_words_before_the_first_part)
{
        assert_names(SPAN("x y pre: a"), "<a ");
        assert_names(SPAN("x y"), "");
}

CHECK(softdep_takes_any_white_space)
{
        assert_names(SPAN("\t pre:\ta\v b\f\rpost: \nc \n"), "<a <b >c ");
}

CHECK(softdep_part_is_a_word_of_its_own)
{
        assert_names(SPAN("pre:a post: b"), ">b ");
        assert_names(SPAN("pre: post:a Pre: xpre:"), "<post:a <Pre: <xpre: ");
}

CHECK(softdep_keeps_any_other_byte)
{
        struct tn_softdep softdep = tn_softdep_init(SPAN("pre: a\0b"));
        struct span name;

        assert_true(tn_softdep_next(&softdep, &name));
        assert_int_equal(name.len, 3);
        assert_false(tn_softdep_next(&softdep, &name));
}
