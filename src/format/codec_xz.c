/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/codec_backend.h"
#include "util/cleanup.h"
#include "util/dl.h"

#define SONAME "liblzma.so.5"

#define FUNCTIONS(X)                                                                                         \
        X(code, lzma_code)                                                                                   \
        X(end, lzma_end)                                                                                     \
        X(stream_decoder, lzma_stream_decoder)

const char tn_codec_xz_library[] = SONAME;

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "xz", "recommended", "modules compressed with xz");

/* A stream names its dictionary's size, up to 4 GiB; "xz -9" takes 64 MiB. More than a module is long is no use. */
#define MEMORY_MAX ((uint64_t)512 << 20)

static void stream_fini(lzma_stream *stream)
{
        lib.end(stream);
}

static int error_of(lzma_ret ret)
{
        switch (ret) {
        case LZMA_OK:
        case LZMA_STREAM_END: return 0;
        case LZMA_MEM_ERROR: return -ENOMEM;
        case LZMA_MEMLIMIT_ERROR: return -EFBIG;
        default: return -EINVAL;
        }
}

/* A decoder that is begun anew keeps the memory that it has. */
static int decode(lzma_stream *stream, struct span in, struct tn_codec_sink *sink)
{
        lzma_ret ret = lib.stream_decoder(stream, MEMORY_MAX, LZMA_CONCATENATED);
        int r = error_of(ret);

        stream->next_in = (const uint8_t *)in.ptr;
        stream->avail_in = in.len;
        while (r == 0 && ret != LZMA_STREAM_END) {
                size_t room = 0;
                char *to = tn_codec_sink_room(sink, 64 * 1024, &room);

                if (!to)
                        return -ENOMEM;
                stream->next_out = (uint8_t *)to;
                stream->avail_out = room;
                ret = lib.code(stream, LZMA_FINISH);
                r = error_of(ret);
                if (r == 0)
                        r = tn_codec_sink_took(sink, room - stream->avail_out);
        }
        return r;
}

/* "xz -9" has a dictionary of 64 MiB; a stream fills it, whatever the file is good for. */
#define STREAM_MEMORY_MAX ((uint64_t)128 << 20)

/* The pull of the next input, once the last is used up; empty for its end. */
static int refill(const struct tn_codec_stream *stream, lzma_stream *lzma)
{
        struct span in = { 0 };
        int r = lzma->avail_in ? 1 : stream->pull(stream->data, &in);

        if (r == 0) {
                lzma->next_in = (const uint8_t *)in.ptr;
                lzma->avail_in = in.len;
        }
        return MIN(r, 0);
}

static int stream_all(const struct tn_codec_stream *stream, char *room)
{
        _cleanup_(stream_fini) lzma_stream lzma = LZMA_STREAM_INIT;
        lzma_ret ret = lib.stream_decoder(&lzma, STREAM_MEMORY_MAX, LZMA_CONCATENATED);
        size_t made = 0;
        int r = error_of(ret);

        while (r == 0 && ret != LZMA_STREAM_END) {
                r = refill(stream, &lzma);
                if (r < 0)
                        break;
                lzma.next_out = (uint8_t *)room;
                lzma.avail_out = TN_CODEC_PIECE;
                ret = lib.code(&lzma, lzma.avail_in ? LZMA_RUN : LZMA_FINISH);
                r = error_of(ret);
                if (r == 0)
                        r = tn_codec_push(stream, &made,
                                          (struct span){ room, TN_CODEC_PIECE - lzma.avail_out });
        }
        return MIN(r, 0);
}

int tn_codec_xz_stream(const struct tn_codec_stream *stream)
{
        _cleanup_(freep) char *room = malloc(TN_CODEC_PIECE);
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        return room ? stream_all(stream, room) : -ENOMEM;
}

void tn_codec_xz_free(void *kept)
{
        lib.end(kept);
        free(kept);
}

int tn_codec_xz_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out)
{
        struct tn_codec_sink sink = { .out = out, .max = max };
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        if (!room->xz)
                room->xz = calloc(1, sizeof(lzma_stream)); /* all zero, as LZMA_STREAM_INIT */
        if (!room->xz)
                return -ENOMEM;
        r = decode(room->xz, in, &sink);
        return r < 0 ? r : tn_codec_sink_done(&sink);
}
