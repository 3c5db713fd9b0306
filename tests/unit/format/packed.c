/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/packed.h"
#include "util/buf.h"
#include "window_of.h"

/* What the programs xz, zstd and lz4 make of a few letters. */
#define XZ_CRC64                                                                                             \
        "\375\067\172\130\132\000\000\004\346\326\264\106\002\000\041\001\026\000\000\000\164"               \
        "\057\345\243\340\000\142\000\006\135\000\060\356\234\000\000\000\000\000\000\251\357"               \
        "\217\311\310\303\244\130\000\001\042\143\351\303\217\123\037\266\363\175\001\000\000"               \
        "\000\000\004\131\132"
#define XZ_NO_CHECK                                                                                          \
        "\375\067\172\130\132\000\000\000\377\022\331\101\002\000\041\001\026\000\000\000\164"               \
        "\057\345\243\001\000\002\141\142\143\000\000\000\001\023\003\003\245\140\330\006\162"               \
        "\236\172\001\000\000\000\000\000\131\132"
/* with padding behind its index */
#define XZ_PADDED                                                                                            \
        "\375\067\172\130\132\000\000\000\377\022\331\101\002\000\041\001\026\000\000\000\164"               \
        "\057\345\243\340\000\307\000\006\135\000\060\357\146\000\000\000\000\000\000\000\001"               \
        "\032\310\001\000\000\000\137\061\301\000\250\000\012\374\002\000\000\000\000\000\131"               \
        "\132"
#define ZSTD       "\050\265\057\375\000\130\031\000\000\141\142\143"
#define ZSTD_CHECK "\050\265\057\375\004\130\105\000\000\020\141\141\001\000\076\001\054\102\272\320\304"
#define LZ4        "\002\041\114\030\012\000\000\000\220\141\142\143\141\142\143\141\142\143"

/* A frame that tells its size and that of its dictionary in four and two bytes, with a block of one repeated byte. */
#define ZSTD_SIZES "\x28\xb5\x2f\xfd\xa2\1\2\1\0\0\0\3\0\0x"

static const struct {
        enum tn_packed packed;
        struct span bytes;
} samples[] = {
        { TN_PACKED_XZ, { XZ_CRC64, sizeof(XZ_CRC64) - 1 } },
        { TN_PACKED_XZ, { XZ_NO_CHECK, sizeof(XZ_NO_CHECK) - 1 } },
        { TN_PACKED_XZ, { XZ_PADDED, sizeof(XZ_PADDED) - 1 } },
        { TN_PACKED_ZSTD, { ZSTD, sizeof(ZSTD) - 1 } },
        { TN_PACKED_ZSTD, { ZSTD_CHECK, sizeof(ZSTD_CHECK) - 1 } },
        { TN_PACKED_ZSTD, { ZSTD_SIZES, sizeof(ZSTD_SIZES) - 1 } },
        { TN_PACKED_LZ4, { LZ4, sizeof(LZ4) - 1 } },
};

/* Where the bytes say that they end, from byte at on; or -errno. */
static int64_t find_end(enum tn_packed packed, struct span bytes, uint64_t at)
{
        struct window_source source = { .bytes = bytes };
        struct tn_window window;
        uint64_t end;
        int r;

        window_of(&source, &window);
        r = tn_packed_end(packed, &window, at, &end);
        return r < 0 ? r : (int64_t)end;
}

CHECK(packed_is_known_by_its_magic)
{
        for (size_t i = 0; i < ARRAY_SIZE(samples); i++)
                assert_int_equal(tn_packed_find(samples[i].bytes), samples[i].packed);
        assert_int_equal(tn_packed_find(SPAN("\x1f\x8b\x08")), TN_PACKED_GZIP);
        assert_int_equal(tn_packed_find(SPAN("BZh9")), TN_PACKED_BZIP2);
        assert_int_equal(tn_packed_find(SPAN("\x5d\0\0\0\4")), TN_PACKED_LZMA);
        assert_int_equal(tn_packed_find(SPAN("\x89LZO\0\r\n\x1a\n")), TN_PACKED_LZO);
        assert_int_equal(tn_packed_find(SPAN("\x1f\x8b")), TN_PACKED_NONE);
        assert_int_equal(tn_packed_find(SPAN("")), TN_PACKED_NONE);
        assert_int_equal(tn_packed_find(SPAN("070701")), TN_PACKED_NONE);
        assert_string_equal(tn_packed_name(TN_PACKED_ZSTD), "zstd");
        assert_string_equal(tn_packed_name(TN_PACKED_NONE), "none");
}

CHECK(packed_ends_where_its_sizes_say)
{
        for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
                size_t len = samples[i].bytes.len;

                assert_int_equal(find_end(samples[i].packed, samples[i].bytes, 0), len);
                tn_buf_add_str(&bytes, "abc");
                tn_buf_add_span(&bytes, samples[i].bytes);
                tn_buf_add_span(&bytes, SPAN("070701 and more"));
                assert_int_equal(find_end(samples[i].packed, tn_buf_span(&bytes), 3), 3 + len);
        }
}

CHECK(packed_that_is_cut_has_no_end)
{
        for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
                for (size_t len = 0; len < samples[i].bytes.len; len++) {
                        struct span cut = tn_span_head(samples[i].bytes, len);
                        bool is_empty_lz4 = samples[i].packed == TN_PACKED_LZ4 && len >= 4 && len < 8;

                        assert_int_equal(find_end(samples[i].packed, cut, 0), is_empty_lz4 ? 4 : -EINVAL);
                }
        }
}

CHECK(packed_lz4_goes_on_after_another_magic_and_ends_before_zeros)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        size_t len = sizeof(LZ4) - 1;

        tn_buf_add(&bytes, LZ4, len);
        tn_buf_add(&bytes, LZ4, len);
        assert_int_equal(find_end(TN_PACKED_LZ4, tn_buf_span(&bytes), 0), 2 * len);
        tn_buf_add(&bytes, "\0\0\0\0\0", 5);
        assert_int_equal(find_end(TN_PACKED_LZ4, tn_buf_span(&bytes), 0), 2 * len);
}

CHECK(packed_lz4_ends_before_a_size_that_no_block_has)
{
        /* 8 MiB that cannot be compressed take 8,421,520 bytes */
        assert_int_equal(find_end(TN_PACKED_LZ4, SPAN("\2\x21\x4c\x18\x91\x80\x80\0"), 0), 4);
        assert_int_equal(find_end(TN_PACKED_LZ4, SPAN("\2\x21\x4c\x18\x90\x80\x80\0"), 0), -EINVAL);
}

CHECK(packed_with_a_reserved_block_or_chunk_is_malformed)
{
        char zstd[] = ZSTD, xz[] = XZ_NO_CHECK;

        zstd[6] |= 6;
        assert_int_equal(find_end(TN_PACKED_ZSTD, (struct span){ zstd, sizeof(zstd) - 1 }, 0), -EINVAL);
        xz[24] = 3;
        assert_int_equal(find_end(TN_PACKED_XZ, (struct span){ xz, sizeof(xz) - 1 }, 0), -EINVAL);
}

CHECK(packed_with_a_dictionary_that_takes_all_memory_is_refused)
{
        char xz[] = XZ_NO_CHECK;

        xz[16] = 32; /* 256 MiB */
        assert_int_equal(find_end(TN_PACKED_XZ, (struct span){ xz, sizeof(xz) - 1 }, 0), sizeof(xz) - 1);
        xz[16] = 33; /* 384 MiB */
        assert_int_equal(find_end(TN_PACKED_XZ, (struct span){ xz, sizeof(xz) - 1 }, 0), -EFBIG);
        xz[16] = 41; /* which does not exist */
        assert_int_equal(find_end(TN_PACKED_XZ, (struct span){ xz, sizeof(xz) - 1 }, 0), -EINVAL);
        assert_int_equal(find_end(TN_PACKED_LZMA, SPAN("\x5d\0\0\0\x10"), 0), -ENOSYS);
        assert_int_equal(find_end(TN_PACKED_LZMA, SPAN("\x5d\1\0\0\x10"), 0), -EFBIG);
        assert_int_equal(find_end(TN_PACKED_LZMA, SPAN("\x5d\0\0\0"), 0), -EINVAL);
}

CHECK(packed_in_other_ways_is_for_a_decompressor)
{
        assert_int_equal(find_end(TN_PACKED_GZIP, SPAN("\x1f\x8b\x08"), 0), -ENOSYS);
        assert_int_equal(find_end(TN_PACKED_NONE, SPAN("070701"), 0), -ENOSYS);
}
