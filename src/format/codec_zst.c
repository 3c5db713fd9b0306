/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "format/codec_backend.h"
#include "util/cleanup.h"
#include "util/dl.h"

#define SONAME "libzstd.so.1"

#define FUNCTIONS(X)                                                                                         \
        X(create, ZSTD_createDStream)                                                                        \
        X(free, ZSTD_freeDStream)                                                                            \
        X(reset, ZSTD_DCtx_reset)                                                                            \
        X(decompress, ZSTD_decompressStream)                                                                 \
        X(error_code, ZSTD_getErrorCode)                                                                     \
        X(content_size, ZSTD_getFrameContentSize)

const char tn_codec_zst_library[] = SONAME;

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "zstd", "recommended", "modules compressed with zstd");

static void stream_freep(ZSTD_DStream **stream)
{
        if (*stream)
                lib.free(*stream);
}

/* With room for all of it, the library decodes a frame in one go and needs no window of its own. */
static size_t first_room(struct span in)
{
        unsigned long long size = lib.content_size(in.ptr, in.len);
        bool known = size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR;

        return known && size < SIZE_MAX ? (size_t)size + 1 : 64 * 1024;
}

static int error_of(size_t ret)
{
        switch (lib.error_code(ret)) {
        case ZSTD_error_no_error: return 0;
        case ZSTD_error_memory_allocation: return -ENOMEM;
        default: return -EINVAL;
        }
}

/* Frames until the end of in; each may or may not tell its size. */
static int decode(ZSTD_DStream *stream, struct span in, struct tn_codec_sink *sink)
{
        ZSTD_inBuffer from = { in.ptr, in.len, 0 };
        size_t want = first_room(in);

        for (;; want = 64 * 1024) {
                size_t room = 0, left;
                ZSTD_outBuffer to = { tn_codec_sink_room(sink, want, &room), 0, 0 };
                int r;

                if (!to.dst)
                        return -ENOMEM;
                to.size = room;
                left = lib.decompress(stream, &to, &from);
                r = error_of(left);
                if (r == 0)
                        r = tn_codec_sink_took(sink, to.pos);
                if (r < 0)
                        return r;
                if (from.pos == from.size && left == 0)
                        return 0;
                if (from.pos == from.size && to.pos < to.size)
                        return -EINVAL; /* the last frame is not whole */
        }
}

/* The library's own limit for the window of a stream is 128 MiB. */
static int stream_all(ZSTD_DStream *zstd, const struct tn_codec_stream *stream, char *room)
{
        ZSTD_inBuffer from = { 0 };
        size_t made = 0;
        bool is_whole = false, has_more = false; /* the frame; in the library */

        for (;;) {
                ZSTD_outBuffer to = { room, TN_CODEC_PIECE, 0 };
                size_t left;
                int r;

                if (from.pos == from.size && !has_more) {
                        struct span in = { 0 };

                        r = stream->pull(stream->data, &in);
                        if (r < 0)
                                return r;
                        if (in.len == 0)
                                return is_whole ? 0 : -EINVAL;
                        from = (ZSTD_inBuffer){ in.ptr, in.len, 0 };
                }
                left = lib.decompress(zstd, &to, &from);
                r = error_of(left);
                if (r == 0)
                        r = tn_codec_push(stream, &made, (struct span){ room, to.pos });
                if (r != 0)
                        return MIN(r, 0);
                is_whole = left == 0;
                has_more = !is_whole && to.pos == to.size;
        }
}

int tn_codec_zst_stream(const struct tn_codec_stream *stream)
{
        _cleanup_(stream_freep) ZSTD_DStream *zstd = NULL;
        _cleanup_(freep) char *room = malloc(TN_CODEC_PIECE);
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        zstd = lib.create();
        return zstd && room ? stream_all(zstd, stream, room) : -ENOMEM;
}

void tn_codec_zst_free(void *kept)
{
        lib.free(kept);
}

int tn_codec_zst_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out)
{
        struct tn_codec_sink sink = { .out = out, .max = max };
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        if (!room->zst)
                room->zst = lib.create();
        if (!room->zst)
                return -ENOMEM;
        lib.reset(room->zst, ZSTD_reset_session_only);
        r = decode(room->zst, in, &sink);
        return r < 0 ? r : tn_codec_sink_done(&sink);
}
