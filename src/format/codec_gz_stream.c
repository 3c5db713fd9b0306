/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A module that is too large to be held is decompressed by zlib, in a window. All others are decompressed by libdeflate
 * (codec_gz.c), which is faster and needs room for the whole output at once.
 */
#define ZLIB_CONST /* input is const */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

#include "format/codec_backend.h"
#include "util/cleanup.h"
#include "util/dl.h"

#define SONAME "libz.so.1"

#define FUNCTIONS(X)                                                                                         \
        X(init, inflateInit2_)                                                                               \
        X(inflate, inflate)                                                                                  \
        X(reset, inflateReset)                                                                               \
        X(end, inflateEnd)

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "zlib-stream", "suggested", "what depmod reads of large modules compressed with gzip");

/* Windows of 32 KiB, the largest; and the header and trailer of gzip alone. */
#define WINDOW_BITS (15 + 16)

/* A file of members (RFC 1952, 2.3). */
struct members {
        const struct tn_codec_stream *stream;
        z_stream zlib;
        struct span in; /* what was pulled, and is not used yet */
        size_t made;
        char room[TN_CODEC_PIECE];
};

static void members_freep(struct members **members)
{
        if (*members)
                lib.end(&(*members)->zlib);
        free(*members);
}

static int error_of(int ret)
{
        switch (ret) {
        case Z_OK:
        case Z_STREAM_END: return 0;
        case Z_MEM_ERROR: return -ENOMEM;
        case Z_VERSION_ERROR: return -ENOSYS;
        default: return -EINVAL;
        }
}

/* The pull of the next input, once the last is used up; empty for its end. */
static int refill(struct members *members)
{
        return members->in.len ? 0 : members->stream->pull(members->stream->data, &members->in);
}

/* Takes from in what makes a piece, and pushes that. Returns 0, what push did, or -errno; -EINVAL at in's end. */
static int push_piece(struct members *members, struct span *in, bool *ret_is_end)
{
        z_stream *zlib = &members->zlib;
        size_t len = MIN(in->len, (size_t)TN_CODEC_PIECE);
        int ret, r;

        zlib->next_in = (const Bytef *)in->ptr;
        zlib->avail_in = (uInt)len;
        zlib->next_out = (Bytef *)members->room;
        zlib->avail_out = TN_CODEC_PIECE;
        ret = lib.inflate(zlib, Z_NO_FLUSH);
        r = error_of(ret);
        if (r < 0)
                return r;
        *in = tn_span_skip(*in, len - zlib->avail_in);
        *ret_is_end = ret == Z_STREAM_END;
        return tn_codec_push(members->stream, &members->made,
                             (struct span){ members->room, TN_CODEC_PIECE - zlib->avail_out });
}

/* A member whose magic is taken already. */
static int stream_member(struct members *members)
{
        struct span magic = tn_codec_gz.magic;
        bool is_end = false;
        int r = error_of(lib.reset(&members->zlib));

        if (r == 0)
                r = push_piece(members, &magic, &is_end);
        while (r == 0 && !is_end) {
                r = refill(members);
                if (r == 0)
                        r = push_piece(members, &members->in, &is_end);
        }
        return r;
}

/* Whether a member begins; what follows the last one and is none is passed over. */
static int find_member(struct members *members)
{
        for (struct span magic = tn_codec_gz.magic; magic.len; magic = tn_span_skip(magic, 1)) {
                int r = refill(members);

                if (r < 0)
                        return r;
                if (!tn_span_starts(members->in, tn_span_head(magic, 1)))
                        return 0;
                members->in = tn_span_skip(members->in, 1);
        }
        return 1;
}

int tn_codec_gz_stream(const struct tn_codec_stream *stream)
{
        _cleanup_(members_freep) struct members *members = NULL;
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        members = calloc(1, sizeof(*members));
        if (!members)
                return -ENOMEM;
        members->stream = stream;
        r = error_of(lib.init(&members->zlib, WINDOW_BITS, ZLIB_VERSION, sizeof(members->zlib)));
        if (r < 0)
                return r;
        r = find_member(members);
        if (r == 0)
                return -EINVAL;
        while (r > 0) {
                r = stream_member(members);
                if (r != 0)
                        return MIN(r, 0); /* 1: there is enough */
                r = find_member(members);
        }
        return r;
}
