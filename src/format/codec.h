/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CODEC_H
#define TN_FORMAT_CODEC_H

#include "util/buf.h"
#include "util/span.h"

/* A compressor of module files: one row of a table, one file a back end. */
struct tn_codec {
        const char *name;   /* as /sys/module/compression and file systems name it: "zstd" */
        const char *suffix; /* of a file's name, after ".ko": ".zst" */
        struct span magic;
        /*
         * Appends the decompressed bytes of all of in to out. Returns 0; -ENOSYS when the library is not
         * installed or support was not built in; -EINVAL for corrupt or truncated input; -EFBIG past max bytes, or a
         * dictionary far beyond them;
         * -ENOMEM. Then out's contents are as before.
         */
        int (*decode)(struct span in, size_t max, struct tn_buf *out);
};

/* No module is larger than this decompressed: a bound against hostile files, in bytes. */
#define TN_CODEC_MAX ((size_t)512 * 1024 * 1024)

/* The codec whose magic starts the bytes, or NULL: they are not compressed. */
const struct tn_codec *tn_codec_find(struct span bytes);

/* The codec of that suffix (".xz") or name ("xz"), or NULL. */
const struct tn_codec *tn_codec_by_suffix(struct span suffix);
const struct tn_codec *tn_codec_by_name(struct span name);

extern const struct tn_codec tn_codec_gz, tn_codec_xz, tn_codec_zst;

#endif
