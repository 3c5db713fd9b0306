/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CODEC_BACKEND_H
#define TN_FORMAT_CODEC_BACKEND_H

#include "format/codec.h"

/*
 * What the table of codec.c is made of: decode, library and stream of each compressor. A back end is one file a
 * library; when it is not built in, codec_NAME_none.c stands for it. After a failure out's contents are as before.
 */
int tn_codec_gz_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out);
int tn_codec_xz_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out);
int tn_codec_zst_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out);

/* Frees what decode has left in the room: not NULL. */
void tn_codec_gz_free(void *kept);
void tn_codec_xz_free(void *kept);
void tn_codec_zst_free(void *kept);

extern const char tn_codec_gz_library[], tn_codec_xz_library[], tn_codec_zst_library[];

int tn_codec_gz_stream(const struct tn_codec_stream *stream);
int tn_codec_xz_stream(const struct tn_codec_stream *stream);
int tn_codec_zst_stream(const struct tn_codec_stream *stream);

/* Bytes that a stream makes at a time. */
#define TN_CODEC_PIECE 65536

/* Hands a piece on; *made counts. Returns what push does, or -EFBIG past the stream's max. */
int tn_codec_push(const struct tn_codec_stream *stream, size_t *made, struct span piece);

/* Output that grows while it is made. It becomes out's only in the end, so that a failure leaves no trace. */
struct tn_codec_sink {
        struct tn_buf *out;
        size_t made; /* bytes behind out's, so far */
        size_t max;  /* how many there may be */
};

/*
 * Where the next bytes go, want of them at least, and how many fit. Never more than one byte past max fits: who
 * fills that has made too much. NULL without memory.
 */
char *tn_codec_sink_room(struct tn_codec_sink *sink, size_t want, size_t *ret_room);

/* Takes n bytes that were put there. Returns 0, or -EFBIG past max. */
int tn_codec_sink_took(struct tn_codec_sink *sink, size_t n);

/* Hands all to out. Returns 0. */
int tn_codec_sink_done(struct tn_codec_sink *sink);

#endif
