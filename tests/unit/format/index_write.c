/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "index_help.h"

CHECK(index_write_without_keys_is_a_header)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        index_of(NULL, 0, &buf);
        assert_int_equal(buf.len, 12);
        assert_memory_equal(buf.ptr, "\xb0\x07\xf4\x57\0\x02\0\x01\0\0\0\x0c", 12);
}

CHECK(index_write_gives_the_bytes_of_the_documentation)
{
        static const char bytes[] = "\xb0\x07\xf4\x57\0\x02\0\x01\x20\0\0\x0c"
                                    "ff\xc0\0\0\x12"
                                    "oo_bar\0\0\0\0\x01\0\0\0\0";
        struct index_line lines[] = { { "foo_bar", 0, "" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        INDEX_OF(lines, &buf);
        assert_int_equal(buf.len, sizeof(bytes));
        assert_memory_equal(buf.ptr, bytes, sizeof(bytes));
}

CHECK(index_write_puts_each_node_before_its_children)
{
        static const char bytes[] = "\xb0\x07\xf4\x57\0\x02\0\x01\x20\0\0\x0c"
                                    "ac\x60\0\0\x1a\0\0\0\0\xc0\0\0\x34"    /* root, 0x0c */
                                    "xx\x40\0\0\x2a\0\0\0\x01\0\0\0\x07V\0" /* a, 0x1a */
                                    "\0\0\0\x01\0\0\0\x08W\0"               /* ax, 0x2a */
                                    "yz\0\0\0\0\x01\0\0\0\x09X\0";          /* cyz, 0x34 */
        struct index_line lines[] = { { "cyz", 9, "X" }, { "ax", 8, "W" }, { "a", 7, "V" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        INDEX_OF(lines, &buf);
        assert_int_equal(buf.len, sizeof(bytes) - 1);
        assert_memory_equal(buf.ptr, bytes, sizeof(bytes) - 1);
}

CHECK(index_write_splits_keys_where_they_part)
{
        struct index_line lines[] = {
                { "abcd", 1, "1" }, { "abxy", 2, "2" }, { "ab", 3, "3" }, { "b", 4, "4" }, { "a", 5, "5" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_content(&index, "a=5:5 ab=3:3 abcd=1:1 abxy=2:2 b=4:4 ");
}

CHECK(index_write_sorts_values_by_priority_and_the_youngest_first)
{
        struct index_line lines[] = {
                { "k", 5, "a" }, { "k", 1, "b" }, { "k", 5, "c" }, { "k", UINT32_MAX, "d" }, { "k", 1, "b" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_content(&index, "k=1:b k=1:b k=5:c k=5:a k=4294967295:d ");
}

CHECK(index_write_puts_values_of_the_empty_key_on_the_root)
{
        struct index_line lines[] = { { "", 1, "root" }, { "a", 2, "x" } };
        _cleanup_(tn_buf_fini) struct tn_buf alone = { 0 }, both = { 0 };
        struct tn_index index = index_of(lines, 1, &alone);

        assert_content(&index, "=1:root ");
        assert_memory_equal(alone.ptr + 8, "\x40\0\0\x0c", 4);
        index = index_of(lines, 2, &both);
        assert_content(&index, "=1:root a=2:x ");
        assert_memory_equal(both.ptr + 8, "\x60\0\0\x0c", 4);
}

CHECK(index_write_rejects_what_the_format_cannot_hold)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 }, key = { 0 };

        assert_int_equal(tn_index_writer_add(writer, SPAN("a\x80"), SPAN(""), 0), -EILSEQ);
        assert_int_equal(tn_index_writer_add(writer, SPAN("a"), SPAN("\xc3\xa4"), 0), -EILSEQ);
        assert_int_equal(tn_index_writer_add(writer, SPAN("a\0b"), SPAN(""), 0), -EILSEQ);
        assert_int_equal(tn_index_writer_add(writer, SPAN("a"), SPAN("\0"), 0), -EILSEQ);
        for (size_t i = 0; i < 65536; i++)
                tn_buf_add_char(&key, 'k');
        assert_int_equal(tn_index_writer_add(writer, tn_buf_span(&key), SPAN(""), 0), -E2BIG);
        assert_int_equal(tn_index_writer_emit(writer, &buf), 0);
        assert_int_equal(buf.len, 12);
}

CHECK(index_write_rejects_a_byte_wherever_it_is)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        char text[] = "twenty bytes of text";

        for (size_t i = 0; i < 20; i++) {
                const struct span key = { text, 20 };
                char byte = text[i];

                text[i] = '\0';
                assert_int_equal(tn_index_writer_add(writer, key, SPAN(""), 0), -EILSEQ);
                text[i] = (char)0x80;
                assert_int_equal(tn_index_writer_add(writer, key, SPAN(""), 0), -EILSEQ);
                text[i] = 0x7f;
                assert_int_equal(tn_index_writer_add(writer, key, SPAN(""), 0), 0);
                text[i] = '\1';
                assert_int_equal(tn_index_writer_add(writer, key, SPAN(""), 0), 0);
                text[i] = byte;
        }
}

CHECK(index_write_takes_every_ascii_byte_and_the_longest_key)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 }, key = { 0 };
        struct tn_index_value value;
        struct tn_index index;

        for (size_t i = 0; i < 65535; i++)
                tn_buf_add_char(&key, (char)(i % 127 + 1));
        for (size_t i = 1; i <= 127; i++)
                assert_int_equal(
                        tn_index_writer_add(writer, tn_span_head(tn_buf_span(&key), i), SPAN("v"), 1), 0);
        assert_int_equal(tn_index_writer_add(writer, tn_buf_span(&key), SPAN("long"), 2), 0);
        assert_int_equal(tn_index_writer_emit(writer, &buf), 0);
        assert_int_equal(tn_index_parse(tn_buf_span(&buf), &index), 0);
        assert_int_equal(tn_index_find(&index, tn_buf_span(&key), &value), 0);
        assert_span(value.value, "long");
}

CHECK(index_write_appends_and_can_be_asked_again)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf once = { 0 }, twice = { 0 };

        assert_int_equal(tn_index_writer_add(writer, SPAN("b"), SPAN("1"), 0), 0);
        assert_int_equal(tn_index_writer_add(writer, SPAN("a"), SPAN("2"), 0), 0);
        assert_int_equal(tn_index_writer_emit(writer, &once), 0);
        tn_buf_add_str(&twice, "before");
        assert_int_equal(tn_index_writer_emit(writer, &twice), 0);
        assert_int_equal(twice.len, 6 + once.len);
        assert_memory_equal(twice.ptr + 6, once.ptr, once.len);
}

CHECK(index_write_copies_what_it_is_given)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index;
        char key[] = "key", value[] = "value";

        assert_int_equal(tn_index_writer_add(writer, tn_span_of(key), tn_span_of(value), 0), 0);
        memset(key, 'x', strlen(key));
        memset(value, 'x', strlen(value));
        assert_int_equal(tn_index_writer_emit(writer, &buf), 0);
        assert_int_equal(tn_index_parse(tn_buf_span(&buf), &index), 0);
        assert_content(&index, "key=0:value ");
}
