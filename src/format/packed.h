/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PACKED_H
#define TN_FORMAT_PACKED_H

#include "util/span.h"
#include "util/window.h"

/* The compressions that the kernel takes for an initramfs; a module file may have some of them (format/codec.h). */
enum tn_packed {
        TN_PACKED_NONE,
        TN_PACKED_GZIP,
        TN_PACKED_BZIP2,
        TN_PACKED_LZMA,
        TN_PACKED_XZ,
        TN_PACKED_LZO,
        TN_PACKED_LZ4,
        TN_PACKED_ZSTD,
        TN_PACKED_COUNT,
};

/* The bytes of the longest magic. */
#define TN_PACKED_MAGIC      9

/*
 * The largest dictionary that is decompressed, in bytes: a file may ask for 4 GiB of memory. "xz -9" and "lzma -9" ask for
 * 64 MiB; zstd's library has a bound of its own.
 */
#define TN_PACKED_DICTIONARY ((uint64_t)256 << 20)

/* What the bytes are compressed with, by their magic. */
enum tn_packed tn_packed_find(struct span bytes);

/* Its name, as its program is called: "gzip"; "none" for TN_PACKED_NONE. */
const char *tn_packed_name(enum tn_packed packed);

/*
 * Where the compressed bytes at `at` end, found by the sizes in them and without decompressing: one frame of zstd, one
 * stream of xz, all blocks of lz4's legacy format. Returns 0; -ENOSYS where only a decompressor can tell, as for gzip;
 * -EINVAL when they are malformed or cut; -EFBIG when they have a larger dictionary than TN_PACKED_DICTIONARY; -errno from
 * the window.
 */
int tn_packed_end(enum tn_packed packed, struct tn_window *window, uint64_t at, uint64_t *ret_end);

#endif
