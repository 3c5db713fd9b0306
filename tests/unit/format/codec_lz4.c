/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/codec.h"
#include "util/cleanup.h"

#define FRAME "\x02\x21\x4c\x18"

/* "abc", six times "bc" that overlap it, and "def" at the end. */
#define ABC                                                                                                  \
        "\x38"                                                                                               \
        "abc"                                                                                                \
        "\x02\x00"                                                                                           \
        "\x30"                                                                                               \
        "def"
#define ABC_SIZE "\x0a\x00\x00\x00"

static void assert_decoded(struct span in, size_t max, int err, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        tn_buf_add_str(&out, "before:");
        assert_int_equal(tn_codec_decode(&tn_codec_lz4, in, max, &out), err);
        assert_true(tn_span_starts(tn_buf_span(&out), SPAN("before:")));
        assert_span(tn_span_skip(tn_buf_span(&out), 7), err == 0 ? expected : "");
}

CHECK(codec_lz4_repeats_what_came_before)
{
        assert_decoded(SPAN(FRAME ABC_SIZE ABC), 18, 0, "abcbcbcbcbcbcbcdef");
        assert_decoded(SPAN(FRAME ABC_SIZE ABC "\x02\x00\x00\x00"
                                               "\x10x"),
                       19, 0, "abcbcbcbcbcbcbcdefx");
        assert_decoded(SPAN(FRAME), 10, 0, "");
}

CHECK(codec_lz4_has_lengths_of_several_bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf in = { 0 }, out = { 0 };

        /* 300 literals, then 4 + 15 + 255 + 1 bytes one byte back, and a last literal */
        tn_buf_add(&in,
                   FRAME "\x36\x01\x00\x00"
                         "\xff\xff\x1e",
                   11);
        for (int i = 0; i < 300; i++)
                tn_buf_add_char(&in, i == 299 ? 'z' : 'a');
        tn_buf_add(&in,
                   "\x01\x00\xff\x01\x10"
                   "e",
                   6);
        in.ptr[4] = (char)((in.len - 8) & 0xff);
        assert_int_equal(tn_codec_decode(&tn_codec_lz4, tn_buf_span(&in), 1000, &out), 0);
        assert_int_equal(out.len, 300 + 275 + 1);
        assert_int_equal(out.ptr[298], 'a');
        for (size_t i = 299; i < 575; i++)
                assert_int_equal(out.ptr[i], 'z');
        assert_int_equal(out.ptr[575], 'e');
}

CHECK(codec_lz4_gives_no_more_than_it_may)
{
        assert_decoded(SPAN(FRAME ABC_SIZE ABC), 17, -EFBIG, NULL);
        assert_decoded(SPAN(FRAME ABC_SIZE ABC), 14, -EFBIG, NULL);
        assert_decoded(SPAN(FRAME ABC_SIZE ABC), 2, -EFBIG, NULL);
        assert_decoded(SPAN(FRAME ABC_SIZE ABC ABC_SIZE ABC), 35, -EFBIG, NULL);
}

CHECK(codec_lz4_refuses_what_is_damaged)
{
        static const struct span bad[] = {
                SPAN("\x02\x21\x4c"),               /* no frame */
                SPAN(FRAME "\x01\x00"),             /* half a size */
                SPAN(FRAME "\x0b\x00\x00\x00" ABC), /* a block that is cut */
                SPAN(FRAME "\x00\x00\x00\x00"),     /* one without anything */
                SPAN(FRAME "\x01\x00\x00\x00"
                           "\x40"), /* literals that are not there */
                SPAN(FRAME "\x02\x00\x00\x00"
                           "\xf0\xff"), /* a length without end */
                SPAN(FRAME "\x03\x00\x00\x00"
                           "\x10"
                           "a\x01"), /* half an offset */
                SPAN(FRAME "\x04\x00\x00\x00"
                           "\x10"
                           "a\x00\x00"), /* an offset of nothing */
                SPAN(FRAME "\x04\x00\x00\x00"
                           "\x10"
                           "a\x02\x00"), /* one before the block */
                SPAN(FRAME "\x04\x00\x00\x00"
                           "\x10"
                           "a\x01\x00"), /* a match at the end */
        };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_decoded(bad[i], 100, -EINVAL, NULL);
}
