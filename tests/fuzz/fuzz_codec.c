/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/codec.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that the bound is met often. */
#define OUT_MAX 65536

struct pipe {
        struct span in;
        struct tn_buf out;
};

/* A few bytes at a time, so that every place is once between two pieces. */
static int pull(void *data, struct span *ret_piece)
{
        struct pipe *pipe = data;

        *ret_piece = tn_span_head(pipe->in, 13);
        pipe->in = tn_span_skip(pipe->in, 13);
        return 0;
}

static int push(void *data, struct span piece)
{
        struct pipe *pipe = data;

        tn_buf_add_span(&pipe->out, piece);
        return tn_buf_error(&pipe->out);
}

/*
 * Whether a stream may refuse what was decoded. Its window may be smaller. And gzip is decoded by libdeflate, but streamed by
 * zlib, which also refuses a wrong sum of the header, and codes that stand for nothing: length symbols 286 and 287, offset
 * symbols 30 and 31, the bit that a code of one symbol leaves over. No compressor writes them. The kernel's own decoder is
 * zlib's, too.
 */
static bool may_refuse(const struct tn_codec *codec, int err)
{
        return err == -EFBIG || err == -ENOMEM || (err == -EINVAL && codec == &tn_codec_gz);
}

/* A decoder that has met the same file before, whole and cut, decodes it as a new one. */
static void check_room(const struct tn_codec *codec, struct span in, int r, struct span bytes)
{
        static struct tn_codec_room room;
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        codec->decode(&room, tn_span_head(in, in.len / 2), OUT_MAX, &out);
        tn_buf_reset(&out);
        if (codec->decode(&room, in, OUT_MAX, &out) != r || !tn_span_eq(tn_buf_span(&out), bytes))
                __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct span in = { (const char *)data, size };
        struct pipe pipe = { .in = in };
        const struct tn_codec_stream stream = { pull, push, &pipe, OUT_MAX };
        const struct tn_codec *codec = tn_codec_find(in);
        int r = codec ? tn_codec_decode(codec, in, OUT_MAX, &out) : 0, rs;

        if (out.len > OUT_MAX || (r < 0 && out.len))
                __builtin_trap();
        if (!codec)
                return 0;
        check_room(codec, in, r, tn_buf_span(&out));
        rs = codec->stream(&stream);
        if (pipe.out.len > OUT_MAX || (r == 0 && rs != 0 && !may_refuse(codec, rs)))
                __builtin_trap();
        if (r == 0 && rs == 0 && !tn_span_eq(tn_buf_span(&out), tn_buf_span(&pipe.out)))
                __builtin_trap();
        if (r == -EINVAL && rs == 0)
                __builtin_trap();
        tn_buf_fini(&pipe.out);
        return 0;
}
