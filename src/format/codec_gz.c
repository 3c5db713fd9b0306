/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libdeflate.h>
#include <stdint.h>

#include "format/codec_backend.h"
#include "util/cleanup.h"
#include "util/dl.h"
#include "util/num.h"

#define SONAME "libdeflate.so.0"

#define FUNCTIONS(X)                                                                                         \
        X(alloc_decompressor, libdeflate_alloc_decompressor)                                                 \
        X(free_decompressor, libdeflate_free_decompressor)                                                   \
        X(gzip_decompress_ex, libdeflate_gzip_decompress_ex)

const char tn_codec_gz_library[] = SONAME;

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "zlib", "recommended", "modules compressed with gzip");

void tn_codec_gz_free(void *kept)
{
        lib.free_decompressor(kept);
}

/* Deflate makes at most 1032 bytes of one; what the file says of itself is not believed beyond that. */
#define RATIO_MAX 1032

/*
 * How much room to begin with: the last member's length, which is what the file ends with (RFC 1952, ISIZE). Mostly
 * there is one member, and it fits at the first try.
 */
static size_t first_room(struct span in)
{
        uint32_t size = in.len < 4 ? 0 : tn_num_le32(in.ptr + in.len - 4);
        size_t most = in.len < SIZE_MAX / RATIO_MAX ? in.len * RATIO_MAX : SIZE_MAX;

        return MAX(MIN((size_t)size, most), (size_t)4096);
}

/* One member, taken off the front. libdeflate does all or nothing: what did not fit is done again with more room. */
static int decode_member(struct libdeflate_decompressor *d, struct span *in, struct tn_codec_sink *sink)
{
        size_t want = first_room(*in);

        for (;;) {
                size_t room = 0, used = 0, made = 0;
                char *to = tn_codec_sink_room(sink, want, &room);

                if (!to)
                        return -ENOMEM;
                switch (lib.gzip_decompress_ex(d, in->ptr, in->len, to, room, &used, &made)) {
                case LIBDEFLATE_SUCCESS: *in = tn_span_skip(*in, used); return tn_codec_sink_took(sink, made);
                case LIBDEFLATE_INSUFFICIENT_SPACE: break;
                default: return -EINVAL;
                }
                if (room > sink->max - sink->made)
                        return -EFBIG;
                want = room + room;
        }
}

int tn_codec_gz_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out)
{
        struct tn_codec_sink sink = { .out = out, .max = max };
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        if (!room->gz)
                room->gz = lib.alloc_decompressor();
        if (!room->gz)
                return -ENOMEM;
        do {
                r = decode_member(room->gz, &in, &sink);
                if (r < 0)
                        return r;
                /* what follows the last member and is none is passed over, as gzip does */
        } while (tn_span_starts(in, tn_codec_gz.magic));
        return tn_codec_sink_done(&sink);
}
