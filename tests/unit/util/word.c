/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/cleanup.h"
#include "util/word.h"

CHECK(word_has_what_is_at_any_place)
{
        for (int c = 0; c < 256; c++)
                for (size_t at = 0; at < 8; at++) {
                        char bytes[8];

                        memset(bytes, (c + 1) & 0xff, sizeof(bytes));
                        assert_false(tn_word_has(tn_word_load(bytes), (unsigned char)c));
                        memset(bytes, (c + 0x80) & 0xff, sizeof(bytes));
                        assert_false(tn_word_has(tn_word_load(bytes), (unsigned char)c));
                        bytes[at] = (char)c;
                        assert_true(tn_word_has(tn_word_load(bytes), (unsigned char)c));
                        assert_true(tn_word_has_zero(tn_word_load(bytes)) == (c == 0 || c == 0x80));
                }
}

CHECK(word_orders_as_text_is_ordered)
{
        static const struct span texts[] = { SPAN(""),         SPAN("\1"),       SPAN("a"),
                                             SPAN("ab"),       SPAN("b"),        SPAN("bbbbbbb"),
                                             SPAN("bbbbbbbb"), SPAN("bbbbbbbc"), SPAN("\x7f"),
                                             SPAN("\x80"),     SPAN("\xff") };

        for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
                for (size_t k = 0; k < ARRAY_SIZE(texts); k++)
                        assert_true((tn_word_order(texts[i]) < tn_word_order(texts[k])) ==
                                    (tn_span_cmp(texts[i], texts[k]) < 0));
        assert_true(tn_word_order(SPAN("12345678a")) == tn_word_order(SPAN("12345678b")));
}
