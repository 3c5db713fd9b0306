/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "format/codec_backend.h"
#include "util/cleanup.h"

const struct tn_codec tn_codec_gz = {
        .name = "gzip",
        .magic = { "\x1f\x8b", 2 },
        .library = tn_codec_gz_library,
        .decode = tn_codec_gz_decode,
        .stream = tn_codec_gz_stream,
};

const struct tn_codec tn_codec_xz = {
        .name = "xz",
        .magic = { "\xfd"
                   "7zXZ\0",
                   6 },
        .library = tn_codec_xz_library,
        .decode = tn_codec_xz_decode,
        .stream = tn_codec_xz_stream,
};

const struct tn_codec tn_codec_zst = {
        .name = "zstd",
        .magic = { "\x28\xb5\x2f\xfd", 4 },
        .library = tn_codec_zst_library,
        .decode = tn_codec_zst_decode,
        .stream = tn_codec_zst_stream,
};

static const struct tn_codec *const table[] = { &tn_codec_gz, &tn_codec_xz, &tn_codec_zst };

const struct tn_codec *tn_codec_find(struct span bytes)
{
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                if (tn_span_starts(bytes, table[i]->magic))
                        return table[i];
        return NULL;
}

void tn_codec_room_fini(struct tn_codec_room *room)
{
        if (room->gz)
                tn_codec_gz_free(room->gz);
        if (room->xz)
                tn_codec_xz_free(room->xz);
        if (room->zst)
                tn_codec_zst_free(room->zst);
        *room = (struct tn_codec_room){ 0 };
}

int tn_codec_decode(const struct tn_codec *codec, struct span in, size_t max, struct tn_buf *out)
{
        _cleanup_(tn_codec_room_fini) struct tn_codec_room room = { 0 };

        return codec->decode(&room, in, max, out);
}

int tn_codec_push(const struct tn_codec_stream *stream, size_t *made, struct span piece)
{
        if (piece.len > stream->max - *made)
                return -EFBIG;
        *made += piece.len;
        return piece.len ? stream->push(stream->data, piece) : 0;
}

char *tn_codec_sink_room(struct tn_codec_sink *sink, size_t want, size_t *ret_room)
{
        size_t left = sink->max - sink->made;
        char *to;

        left += left < SIZE_MAX;
        to = tn_buf_reserve(sink->out, sink->made + MIN(want, left));
        if (!to)
                return NULL;
        *ret_room = MIN(sink->out->cap - sink->out->len - sink->made, left);
        return to + sink->made;
}

int tn_codec_sink_took(struct tn_codec_sink *sink, size_t n)
{
        if (n > sink->max - sink->made)
                return -EFBIG;
        sink->made += n;
        return 0;
}

int tn_codec_sink_done(struct tn_codec_sink *sink)
{
        sink->out->len += sink->made;
        return 0;
}
