/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/packed.h"
#include "format/packed_end.h"

static const struct {
        const char *name;
        struct span magic;
        int (*end)(struct tn_window *window, uint64_t at, uint64_t *ret_end); /* or NULL */
} kinds[TN_PACKED_COUNT] = {
        [TN_PACKED_NONE] = { "none" },
        [TN_PACKED_GZIP] = { "gzip", { "\x1f\x8b\x08", 3 } },
        [TN_PACKED_BZIP2] = { "bzip2", { "BZh", 3 } },
        /* properties as all encoders write them, and the low bytes of the size of a dictionary */
        [TN_PACKED_LZMA] = { "lzma", { "\x5d\0\0", 3 }, tn_packed_end_lzma },
        [TN_PACKED_XZ] = { "xz", { "\xfd\x37zXZ\0", 6 }, tn_packed_end_xz },
        [TN_PACKED_LZO] = { "lzop", { "\x89LZO\0\r\n\x1a\n", 9 } },
        [TN_PACKED_LZ4] = { "lz4", { "\x02\x21\x4c\x18", 4 }, tn_packed_end_lz4 },
        [TN_PACKED_ZSTD] = { "zstd", { "\x28\xb5\x2f\xfd", 4 }, tn_packed_end_zstd },
};

enum tn_packed tn_packed_find(struct span bytes)
{
        for (enum tn_packed packed = TN_PACKED_GZIP; packed < TN_PACKED_COUNT; packed++) {
                if (tn_span_starts(bytes, kinds[packed].magic))
                        return packed;
        }
        return TN_PACKED_NONE;
}

const char *tn_packed_name(enum tn_packed packed)
{
        return kinds[packed].name;
}

int tn_packed_end(enum tn_packed packed, struct tn_window *window, uint64_t at, uint64_t *ret_end)
{
        return kinds[packed].end ? kinds[packed].end(window, at, ret_end) : -ENOSYS;
}
