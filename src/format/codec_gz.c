/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libdeflate.h>
#include <stdint.h>

#include "format/codec_backend.h"
#include "format/inflate.h"
#include "util/cleanup.h"
#include "util/dl.h"
#include "util/num.h"

static struct {
        __typeof__(libdeflate_alloc_decompressor) *alloc_decompressor;
        __typeof__(libdeflate_free_decompressor) *free_decompressor;
        __typeof__(libdeflate_gzip_decompress_ex) *gzip_decompress_ex;
        __typeof__(libdeflate_crc32) *crc32;
} lib;

static const struct tn_dl_symbol symbols[] = {
        TN_DL_SYMBOL(libdeflate_alloc_decompressor, &lib.alloc_decompressor),
        TN_DL_SYMBOL(libdeflate_free_decompressor, &lib.free_decompressor),
        TN_DL_SYMBOL(libdeflate_gzip_decompress_ex, &lib.gzip_decompress_ex),
        TN_DL_SYMBOL(libdeflate_crc32, &lib.crc32),
};

#define SONAME "libdeflate.so.0"

static struct tn_dl dl = TN_DL_INIT(SONAME, symbols);

TN_DL_NOTE(SONAME, "zlib", "recommended", "modules compressed with gzip");

static void decompressor_freep(struct libdeflate_decompressor **d)
{
        if (*d)
                lib.free_decompressor(*d);
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

int tn_codec_gz_decode(struct span in, size_t max, struct tn_buf *out)
{
        _cleanup_(decompressor_freep) struct libdeflate_decompressor *d = NULL;
        struct tn_codec_sink sink = { .out = out, .max = max };
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        d = lib.alloc_decompressor();
        if (!d)
                return -ENOMEM;
        do {
                r = decode_member(d, &in, &sink);
                if (r < 0)
                        return r;
                /* what follows the last member and is none is passed over, as gzip does */
        } while (tn_span_starts(in, tn_codec_gz.magic));
        return tn_codec_sink_done(&sink);
}

/* A file of members (RFC 1952, 2.3) that is decompressed piece by piece. */
struct members {
        const struct tn_codec_stream *stream;
        struct tn_inflate *inflate;
        uint32_t crc;  /* of the member so far */
        uint32_t size; /* of it, the lower 32 bits */
        size_t made;   /* of all */
};

static int pull(void *data, struct span *ret_piece)
{
        struct members *members = data;

        return members->stream->pull(members->stream->data, ret_piece);
}

static int push(void *data, struct span piece)
{
        struct members *members = data;

        members->crc = lib.crc32(members->crc, piece.ptr, piece.len);
        members->size += (uint32_t)piece.len;
        return tn_codec_push(members->stream, &members->made, piece);
}

/* n bytes as a number, the lowest first; 0 for none. */
static int take(struct members *members, size_t n, uint32_t *ret_num)
{
        uint32_t num = 0;

        for (size_t i = 0; i < n; i++) {
                uint8_t byte;
                int r = tn_inflate_byte(members->inflate, &byte);

                if (r <= 0)
                        return r < 0 ? r : -EINVAL;
                num |= (uint32_t)byte << 8 * (i % 4);
        }
        *ret_num = num;
        return 0;
}

static int pass_string(struct members *members)
{
        uint32_t byte;
        int r;

        do
                r = take(members, 1, &byte);
        while (r == 0 && byte);
        return r;
}

/* The rest of the header, behind the magic. The sum of the header is not checked, as libdeflate does not. */
static int pass_header(struct members *members)
{
        enum { DEFLATE = 8, SUM = 2, EXTRA = 4, NAME = 8, COMMENT = 16, RESERVED = 0xe0 };
        uint32_t method, flags, num;
        int r = take(members, 1, &method);

        if (r == 0)
                r = take(members, 1, &flags);
        if (r == 0)
                r = take(members, 6, &num);
        if (r == 0 && (method != DEFLATE || flags & RESERVED))
                r = -EINVAL;
        if (r == 0 && flags & EXTRA)
                r = take(members, 2, &num);
        if (r == 0 && flags & EXTRA)
                r = take(members, num, &num);
        if (r == 0 && flags & NAME)
                r = pass_string(members);
        if (r == 0 && flags & COMMENT)
                r = pass_string(members);
        if (r == 0 && flags & SUM)
                r = take(members, 2, &num);
        return r;
}

static int stream_member(struct members *members)
{
        uint32_t crc, size;
        int r = pass_header(members);

        members->crc = members->size = 0;
        if (r == 0)
                r = tn_inflate_run(members->inflate);
        if (r == 0)
                r = take(members, 4, &crc);
        if (r == 0)
                r = take(members, 4, &size);
        if (r == 0 && (crc != members->crc || size != members->size))
                r = -EINVAL;
        return r;
}

/* Whether a member begins; what follows the last one and is none is passed over. */
static int find_member(struct members *members)
{
        for (size_t i = 0; i < tn_codec_gz.magic.len; i++) {
                uint8_t byte;
                int r = tn_inflate_byte(members->inflate, &byte);

                if (r <= 0 || (char)byte != tn_codec_gz.magic.ptr[i])
                        return MIN(r, 0);
        }
        return 1;
}

int tn_codec_gz_stream(const struct tn_codec_stream *stream)
{
        struct members members = { .stream = stream };
        const struct tn_inflate_io io = { pull, push, &members };
        _cleanup_(tn_inflate_freep) struct tn_inflate *inflate = NULL;
        int r = tn_dl_bind(&dl);

        if (r < 0)
                return r;
        members.inflate = inflate = tn_inflate_new(&io);
        if (!inflate)
                return -ENOMEM;
        r = find_member(&members);
        if (r == 0)
                return -EINVAL;
        while (r > 0) {
                r = stream_member(&members);
                if (r != 0)
                        return MIN(r, 0); /* 1: there is enough */
                r = find_member(&members);
        }
        return r;
}
