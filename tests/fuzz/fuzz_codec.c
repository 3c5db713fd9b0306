/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct span in = { (const char *)data, size };
        struct pipe pipe = { .in = in };
        const struct tn_codec_stream stream = { pull, push, &pipe, OUT_MAX };
        const struct tn_codec *codec = tn_codec_find(in);
        int r = codec ? codec->decode(in, OUT_MAX, &out) : 0, rs;

        if (out.len > OUT_MAX || (r < 0 && out.len))
                __builtin_trap();
        if (!codec)
                return 0;
        rs = codec->stream(&stream);
        /* a stream may have a smaller window, and takes codes of gzip that are not complete */
        if (pipe.out.len > OUT_MAX || (r == 0 && rs != 0 && rs != -EFBIG && rs != -ENOMEM))
                __builtin_trap();
        if (r == 0 && rs == 0 && !tn_span_eq(tn_buf_span(&out), tn_buf_span(&pipe.out)))
                __builtin_trap();
        if (r == -EINVAL && rs == 0 && codec != &tn_codec_gz)
                __builtin_trap();
        tn_buf_fini(&pipe.out);
        return 0;
}
