/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "check.h"
#include "format/codec.h"
#include "util/cleanup.h"

#define TEXT         "tenon, tenon, tenon\n"
#define ZEROS        65536
#define BYTES(array) ((struct span){ (array), sizeof(array) - 1 })

/* What gzip, xz and zstd make of TEXT and of ZEROS zero bytes; zstd's do not tell the size, but for the last. */
static const char gz_text[] =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\x49\xcd\xcb\xcf\xd3\x51\x28\x41\xa2\xb8\x00"
        "\x6c\xf9\x65\xd6\x14\x00\x00\x00";
static const char gz_zeros[] =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x01\x00\x00\x00\x80\x90\xfe\xaf\xee"
        "\x08\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
        "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
        "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x6a"
        "\xeb\x8e\x97\xd7\x00\x00\x01\x00";
static const char xz_text[] =
        "\xfd\x37\x7a\x58\x5a\x00\x00\x01\x69\x22\xde\x36\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f"
        "\xe5\xa3\xe0\x00\x13\x00\x0e\x5d\x00\x3a\x19\x4a\x21\xe9\xd0\xee\x10\x2b\x98\xf6\xca\x00"
        "\x00\x00\x00\x00\x6c\xf9\x65\xd6\x00\x01\x26\x14\x72\xe2\x82\xf9\x90\x42\x99\x0d\x01\x00"
        "\x00\x00\x00\x01\x59\x5a";
static const char xz_zeros[] =
        "\xfd\x37\x7a\x58\x5a\x00\x00\x01\x69\x22\xde\x36\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f"
        "\xe5\xa3\xe0\xff\xff\x00\x4c\x5d\x00\x00\x6f\xfd\xff\xff\xa3\xb7\xff\x47\x3e\x48\x15\x72"
        "\x39\x61\x51\xb8\x92\x28\xe6\xa3\x86\x07\xf9\xee\xe4\x1e\x82\xd3\x2f\xc5\x3a\x3c\x01\x4b"
        "\xb1\x7e\xc9\x8a\x8a\x4d\x2f\xa3\x0d\xd9\x7f\xa6\xe3\x8c\x23\x11\x53\xe0\x59\x18\xc5\x75"
        "\x8a\xe2\x77\xf8\xb6\x94\x7f\x0c\x6a\xc0\xde\x74\x49\x64\x5c\x9e\x3a\xd1\x00\x00\xeb\x8e"
        "\x97\xd7\x00\x01\x64\x80\x80\x04\x00\x00\xe4\x37\x86\x0b\x3e\x30\x0d\x8b\x02\x00\x00\x00"
        "\x00\x01\x59\x5a";
static const char zst_text[] =
        "\x28\xb5\x2f\xfd\x04\x68\x75\x00\x00\x40\x74\x65\x6e\x6f\x6e\x2c\x20\x0a\x01\x00\xe2\x8a"
        "\x11\x32\xd8\x7e\xb1";
static const char zst_zeros[] =
        "\x28\xb5\x2f\xfd\x04\x68\x4d\x00\x00\x08\x00\x01\x00\xfc\x7f\x1d\x08\x01\xa4\x15\x57\xf1";
static const char zst_sized[] =
        "\x28\xb5\x2f\xfd\x24\x14\x75\x00\x00\x40\x74\x65\x6e\x6f\x6e\x2c\x20\x0a\x01\x00\xe2\x8a"
        "\x11\x32\xd8\x7e\xb1";

static const struct {
        const struct tn_codec *codec;
        struct span text;
        struct span zeros;
} rows[] = {
        { &tn_codec_gz, BYTES(gz_text), BYTES(gz_zeros) },
        { &tn_codec_xz, BYTES(xz_text), BYTES(xz_zeros) },
        { &tn_codec_zst, BYTES(zst_text), BYTES(zst_zeros) },
};

static bool built_in(const struct tn_codec *codec)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        return tn_codec_decode(codec, SPAN(""), 1, &out) != -ENOSYS;
}

#define each_row(i)                                                                                          \
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)                                                        \
                if (built_in(rows[i].codec))

/* Decodes behind something that is there already; what it gives is its tail. */
static int decode(const struct tn_codec *codec, struct span in, size_t max, struct tn_buf *out,
                  struct span *ret_tail)
{
        int r;

        tn_buf_add_str(out, "before");
        r = tn_codec_decode(codec, in, max, out);
        assert_true(tn_span_starts(tn_buf_span(out), SPAN("before")));
        *ret_tail = tn_span_skip(tn_buf_span(out), strlen("before"));
        return r;
}

static void assert_decodes(const struct tn_codec *codec, struct span in, size_t max, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct span tail;

        assert_int_equal(decode(codec, in, max, &out, &tail), 0);
        assert_span(tail, text);
}

static void assert_fails(const struct tn_codec *codec, struct span in, size_t max, int err)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct span tail;

        assert_int_equal(decode(codec, in, max, &out, &tail), err);
        assert_int_equal(tail.len, 0);
}

CHECK(codec_is_found_by_its_magic)
{
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                const struct tn_codec *codec = rows[i].codec;

                assert_ptr_equal(tn_codec_find(rows[i].text), codec);
                assert_ptr_equal(tn_codec_find(tn_span_head(rows[i].text, codec->magic.len)), codec);
                assert_null(tn_codec_find(tn_span_head(rows[i].text, codec->magic.len - 1)));
        }
        assert_null(tn_codec_find(SPAN("\177ELF\2\1\1")));
        assert_null(tn_codec_find((struct span){ 0 }));
}

CHECK(codec_decodes)
{
        each_row(i) assert_decodes(rows[i].codec, rows[i].text, SIZE_MAX, TEXT);
        if (built_in(&tn_codec_zst))
                assert_decodes(&tn_codec_zst, BYTES(zst_sized), SIZE_MAX, TEXT);
}

CHECK(codec_that_is_not_built_in_says_so)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (!built_in(rows[i].codec))
                        assert_int_equal(tn_codec_decode(rows[i].codec, rows[i].text, 100, &out), -ENOSYS);
        assert_int_equal(out.len, 0);
}

CHECK(codec_decodes_one_after_the_other)
{
        each_row(i)
        {
                _cleanup_(tn_buf_fini) struct tn_buf twice = { 0 };

                tn_buf_add_span(&twice, rows[i].text);
                tn_buf_add_span(&twice, rows[i].text);
                assert_decodes(rows[i].codec, tn_buf_span(&twice), SIZE_MAX, TEXT TEXT);
                assert_decodes(rows[i].codec, tn_buf_span(&twice), 2 * strlen(TEXT), TEXT TEXT);
                assert_fails(rows[i].codec, tn_buf_span(&twice), 2 * strlen(TEXT) - 1, -EFBIG);
        }
}

/* Whatever it was before: another text, one that ended too early, or one that was too long. */
CHECK(codec_decodes_in_a_room_what_it_decodes_alone)
{
        _cleanup_(tn_codec_room_fini) struct tn_codec_room room = { 0 };

        each_row(i)
        {
                const struct tn_codec *codec = rows[i].codec;

                for (size_t len = 0; len <= rows[i].text.len; len++) {
                        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 }, zeros = { 0 };
                        struct span in = tn_span_head(rows[i].text, len);

                        assert_int_equal(codec->decode(&room, in, 100, &out),
                                         tn_codec_decode(codec, in, 100, &zeros));
                        tn_buf_reset(&zeros);
                        assert_int_equal(codec->decode(&room, rows[i].zeros, 1000, &zeros), -EFBIG);
                        assert_int_equal(codec->decode(&room, rows[i].zeros, ZEROS, &zeros), 0);
                        assert_int_equal(zeros.len, ZEROS);
                        tn_buf_reset(&out);
                        assert_int_equal(codec->decode(&room, rows[i].text, SIZE_MAX, &out), 0);
                        assert_span(tn_buf_span(&out), TEXT);
                }
        }
}

CHECK(codec_keeps_to_the_bound)
{
        each_row(i)
        {
                _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
                struct span tail;

                assert_fails(rows[i].codec, rows[i].zeros, 0, -EFBIG);
                assert_fails(rows[i].codec, rows[i].zeros, 1, -EFBIG);
                assert_fails(rows[i].codec, rows[i].zeros, ZEROS - 1, -EFBIG);
                assert_int_equal(decode(rows[i].codec, rows[i].zeros, ZEROS, &out, &tail), 0);
                assert_int_equal(tail.len, ZEROS);
                for (size_t k = 0; k < ZEROS; k++)
                        assert_int_equal(tail.ptr[k], 0);
                assert_decodes(rows[i].codec, rows[i].text, SIZE_MAX, TEXT);
        }
}

/* A few bytes at a time; enough when there are `enough`. */
struct pipe {
        struct span in;
        struct tn_buf out;
        size_t enough;
};

static int pull(void *data, struct span *ret_piece)
{
        struct pipe *pipe = data;

        *ret_piece = tn_span_head(pipe->in, 7);
        pipe->in = tn_span_skip(pipe->in, 7);
        return 0;
}

static int push(void *data, struct span piece)
{
        struct pipe *pipe = data;

        tn_buf_add_span(&pipe->out, piece);
        return pipe->out.len >= pipe->enough;
}

static int stream(const struct tn_codec *codec, struct pipe *pipe, size_t max)
{
        const struct tn_codec_stream stream = { pull, push, pipe, max };

        return codec->stream(&stream);
}

static void pipe_fini(struct pipe *pipe)
{
        tn_buf_fini(&pipe->out);
}

CHECK(codec_streams_what_it_decodes)
{
        each_row(i)
        {
                _cleanup_(pipe_fini) struct pipe text = { rows[i].text, { 0 }, SIZE_MAX };
                _cleanup_(pipe_fini) struct pipe zeros = { rows[i].zeros, { 0 }, SIZE_MAX };
                _cleanup_(pipe_fini) struct pipe part = { rows[i].zeros, { 0 }, 1 };
                _cleanup_(pipe_fini) struct pipe over = { rows[i].zeros, { 0 }, SIZE_MAX };
                _cleanup_(tn_buf_fini) struct tn_buf both = { 0 };
                _cleanup_(pipe_fini) struct pipe twice = { { 0 }, { 0 }, SIZE_MAX };

                assert_int_equal(stream(rows[i].codec, &text, strlen(TEXT)), 0);
                assert_span(tn_buf_span(&text.out), TEXT);
                assert_int_equal(stream(rows[i].codec, &zeros, ZEROS), 0);
                assert_int_equal(zeros.out.len, ZEROS);
                assert_int_equal(stream(rows[i].codec, &part, ZEROS), 0);
                assert_true(part.out.len >= 1);
                assert_int_equal(stream(rows[i].codec, &over, ZEROS - 1), -EFBIG);
                tn_buf_add_span(&both, rows[i].text);
                tn_buf_add_span(&both, rows[i].text);
                twice.in = tn_buf_span(&both);
                assert_int_equal(stream(rows[i].codec, &twice, SIZE_MAX), 0);
                assert_span(tn_buf_span(&twice.out), TEXT TEXT);
        }
}

CHECK(codec_stream_needs_its_input_whole_and_right)
{
        each_row(i)
        {
                _cleanup_(freep) char *copy = tn_span_dup(rows[i].text);
                _cleanup_(pipe_fini) struct pipe bad = { { copy, rows[i].text.len }, { 0 }, SIZE_MAX };

                for (size_t len = 0; len < rows[i].text.len; len++) {
                        _cleanup_(pipe_fini) struct pipe cut = { tn_span_head(rows[i].text, len),
                                                                 { 0 },
                                                                 SIZE_MAX };

                        assert_int_equal(stream(rows[i].codec, &cut, SIZE_MAX), -EINVAL);
                }
                copy[rows[i].text.len / 2] ^= 0x10;
                assert_int_equal(stream(rows[i].codec, &bad, SIZE_MAX), -EINVAL);
        }
}

CHECK(codec_needs_its_input_whole)
{
        each_row(i)
        {
                for (size_t len = 0; len < rows[i].text.len; len++) {
                        /* a copy of its own, so that the sanitizer sees every byte too many */
                        _cleanup_(freep) char *copy = tn_span_dup(tn_span_head(rows[i].text, len));

                        assert_fails(rows[i].codec, (struct span){ copy, len }, SIZE_MAX, -EINVAL);
                }
        }
}

CHECK(codec_tells_corrupt_input)
{
        each_row(i)
        {
                _cleanup_(freep) char *copy = tn_span_dup(rows[i].text);

                copy[rows[i].text.len / 2] ^= 0x10;
                assert_fails(rows[i].codec, (struct span){ copy, rows[i].text.len }, SIZE_MAX, -EINVAL);
        }
}

CHECK(codec_does_not_believe_a_false_size)
{
        _cleanup_(tn_buf_fini) struct tn_buf small = { 0 }, out = { 0 };

        if (!built_in(&tn_codec_gz))
                return;
        /* a second, empty member: the size at the end is 0 */
        tn_buf_add_span(&small, BYTES(gz_zeros));
        tn_buf_add(&small, "\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0", 20);
        assert_fails(&tn_codec_gz, tn_buf_span(&small), ZEROS - 1, -EFBIG);
        assert_int_equal(tn_codec_decode(&tn_codec_gz, tn_buf_span(&small), ZEROS, &out), 0);
        assert_int_equal(out.len, ZEROS);
}

CHECK(codec_gz_passes_over_what_follows_the_last_member)
{
        _cleanup_(tn_buf_fini) struct tn_buf padded = { 0 };

        if (!built_in(&tn_codec_gz))
                return;
        tn_buf_add_span(&padded, BYTES(gz_text));
        tn_buf_add(&padded, "\0\0\0\xff\xff\xff\x7f", 7);
        assert_decodes(&tn_codec_gz, tn_buf_span(&padded), SIZE_MAX, TEXT);
}

/* All that a header may have: an extra field, a name, a comment and the header's sum. */
static const char gz_full_head[] = "\x1f\x8b\x08\x1e\0\0\0\0\2\3"
                                   "\2\0ab"
                                   "name\0"
                                   "comment\0"
                                   "\x51\xf6";

/* gz_text with that header. */
static void add_full_member(struct tn_buf *file)
{
        struct span text = BYTES(gz_text);

        tn_buf_add_span(file, BYTES(gz_full_head));
        tn_buf_add_span(file, tn_span_skip(text, 10));
}

static void assert_both(struct span in, int err, const char *text)
{
        _cleanup_(pipe_fini) struct pipe pipe = { in, { 0 }, SIZE_MAX };

        if (err < 0)
                assert_fails(&tn_codec_gz, in, SIZE_MAX, err);
        else
                assert_decodes(&tn_codec_gz, in, SIZE_MAX, text);
        assert_int_equal(stream(&tn_codec_gz, &pipe, SIZE_MAX), err);
        if (err == 0)
                assert_span(tn_buf_span(&pipe.out), text);
}

CHECK(codec_gz_streams_the_members_that_it_decodes)
{
        static const struct {
                struct span tail;
                int err;
        } tails[] = {
                { SPAN(""), 0 },
                { BYTES("\0\0\0\0\0\0\0"), 0 },
                { BYTES("\x1f"), 0 },
                { BYTES("\x1f\x1f\x8b\x08\0"), 0 },
                { BYTES("\x1f\x8b"), -EINVAL },
                { BYTES("\x1f\x8b\x08\0\0\0\0\0\0"), -EINVAL },
                { BYTES("\x1f\x8b\x07\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"), -EINVAL },
                { BYTES("\x1f\x8b\x08\x20\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"), -EINVAL },
        };

        if (!built_in(&tn_codec_gz))
                return;
        /* members of several lengths, so that what follows lies anywhere within a piece */
        for (size_t i = 0; i < ARRAY_SIZE(tails); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf file = { 0 }, text = { 0 };

                for (size_t n = 0; n < 7; n++) {
                        _cleanup_(tn_buf_fini) struct tn_buf with_tail = { 0 };

                        if (n % 2)
                                add_full_member(&file);
                        else
                                tn_buf_add_span(&file, BYTES(gz_text));
                        tn_buf_add_str(&text, TEXT);
                        tn_buf_add_span(&with_tail, tn_buf_span(&file));
                        tn_buf_add_span(&with_tail, tails[i].tail);
                        assert_both(tn_buf_span(&with_tail), tails[i].err, tn_buf_str(&text));
                }
        }
}
