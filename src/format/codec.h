/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CODEC_H
#define TN_FORMAT_CODEC_H

#include "util/buf.h"
#include "util/span.h"

/*
 * A file that is decompressed piece by piece, in the memory of a window. Pieces are borrowed for the call, or until the
 * next one is pulled.
 */
struct tn_codec_stream {
        int (*pull)(void *data,
                    struct span *ret_piece); /* what is compressed; empty at the end. Returns 0 or -errno */
        int (*push)(void *data, struct span piece); /* what comes out. Returns 0, 1 for enough, or -errno */
        void *data;
        size_t max; /* bytes that may come out */
};

/*
 * What decoders keep from one call to the next: their memory. Results do not depend on it. For one thread.
 * Zero-initialised is empty.
 */
struct tn_codec_room {
        void *gz, *xz, *zst; /* each is its back end's */
};

void tn_codec_room_fini(struct tn_codec_room *room);

/* A compressor of module files: one row of a table, one file a back end. */
struct tn_codec {
        const char *name; /* as /sys/module/compression and file systems name it: "zstd" */
        struct span magic;
        const char *library; /* that decode opens; empty where support was not built in */
        /*
         * Appends the decompressed bytes of all of in to out. Returns 0; -ENOSYS when the library is not
         * installed or support was not built in; -EINVAL for corrupt or truncated input; -EFBIG past max bytes, or a
         * dictionary far beyond them;
         * -ENOMEM. Then out's contents are as before.
         */
        int (*decode)(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out);
        /*
         * Decompresses to the end, or until there is enough. Returns 0, what decode does, or what pull or push returned.
         * Windows of more than 128 MiB are -EFBIG or -EINVAL.
         */
        int (*stream)(const struct tn_codec_stream *stream);
};

/* The codec's decode, for a file alone. */
int tn_codec_decode(const struct tn_codec *codec, struct span in, size_t max, struct tn_buf *out);

/* The codec whose magic starts the bytes, or NULL: they are not compressed. */
const struct tn_codec *tn_codec_find(struct span bytes);

extern const struct tn_codec tn_codec_gz, tn_codec_xz, tn_codec_zst;

/* Of images of kernels alone, decoded here: it has no library and no stream, and tn_codec_find() does not find it. */
extern const struct tn_codec tn_codec_lz4;

#endif
