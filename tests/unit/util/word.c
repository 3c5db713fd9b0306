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

CHECK(word_tells_where_the_first_zero_is)
{
        for (size_t at = 0; at < 8; at++) {
                char bytes[8];

                memset(bytes, '\1', sizeof(bytes));
                assert_true(tn_word_zeros(tn_word_load(bytes)) == 0);
                memset(bytes + at, 0, sizeof(bytes) - at);
                assert_int_equal(__builtin_ctzll(tn_word_zeros(tn_word_load(bytes))), 8 * at + 7);
                memset(bytes + at + 1, '\1', sizeof(bytes) - at - 1);
                assert_int_equal(__builtin_ctzll(tn_word_zeros(tn_word_load(bytes))), 8 * at + 7);
        }
}

/* Texts of all lengths one behind the other, the last one with and without a NUL. */
CHECK(word_split_takes_texts_as_span_split_does)
{
        char text[1000];
        size_t len = 0;

        for (size_t n = 0; n < 40; n++) {
                for (size_t i = 0; i < n; i++)
                        text[len++] = (char)(0x80 + n + i);
                text[len++] = '\0';
        }
        for (size_t cut = 0; cut < len; cut++) {
                struct span rest = { text, len - cut }, other = rest, name, expected;
                uint32_t hash;

                while (tn_span_split(&other, '\0', &expected)) {
                        assert_true(tn_word_split(&rest, &name, &hash));
                        assert_true(name.ptr == expected.ptr && name.len == expected.len);
                        assert_int_equal(hash, tn_word_hash(name));
                }
                assert_false(tn_word_split(&rest, &name, &hash));
        }
}

CHECK(word_hash_is_another_for_another_text)
{
        char text[40] = "";

        for (size_t len = 0; len < sizeof(text); len++) {
                struct span s = { text, len };
                uint32_t hash;

                memset(text, 'x', sizeof(text));
                hash = tn_word_hash(s);
                for (size_t i = 0; i < len; i++) {
                        text[i] = 'y';
                        assert_true(tn_word_hash(s) != hash);
                        text[i] = 'x';
                }
                if (len)
                        assert_true(tn_word_hash((struct span){ text, len - 1 }) != hash);
        }
}

CHECK(word_where_marks_each_byte)
{
        for (int c = 0; c < 256; c++)
                for (unsigned places = 0; places < 256; places++) {
                        uint64_t marks = 0, word = 0;

                        for (unsigned i = 0; i < 8; i++) {
                                bool here = places >> i & 1;

                                word |= (uint64_t)((here ? c : c + 1 + (int)i) & 0xff) << 8 * i;
                                marks |= (uint64_t)(here ? 0x80 : 0) << 8 * i;
                        }
                        assert_true(tn_word_where(word, (unsigned char)c) == marks);
                }
}

CHECK(word_stored_is_loaded)
{
        char bytes[9];

        tn_word_store(bytes + 1, tn_word_load("12345678"));
        assert_memory_equal(bytes + 1, "12345678", 8);
}
