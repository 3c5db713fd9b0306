/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>
#include <stdint.h>

#include "format/codec_head.h"
#include "util/num.h"

#define XZ_DICT_MAX     ((uint64_t)1 << 20)
#define ZSTD_WINDOW_MAX ((uint64_t)8 << 20)

static uint8_t byte(struct span s, size_t at)
{
        return (uint8_t)s.ptr[at];
}

static enum tn_codec_objection gzip_objection(struct span head)
{
        enum { TEXT = 1, NAME = 8, DEFLATE = 8 };

        if (head.len < 10 || byte(head, 2) != DEFLATE)
                return TN_CODEC_OBJECTION_FORMAT;
        return byte(head, 3) & ~(TEXT | NAME) ? TN_CODEC_OBJECTION_FIELD : TN_CODEC_OBJECTION_NONE;
}

/* A number of seven bits a byte, the lowest first. False when it does not end or has more than nine bytes. */
static bool xz_number(struct span *rest, uint64_t *ret_num)
{
        uint64_t num = 0;

        for (size_t i = 0; i < rest->len && i < 9; i++) {
                num |= (uint64_t)(byte(*rest, i) & 0x7f) << (7 * i);
                if (byte(*rest, i) & 0x80)
                        continue;
                *rest = tn_span_skip(*rest, i + 1);
                *ret_num = num;
                return true;
        }
        return false;
}

/* The flags of the only filter: its number, the size of its properties, and for LZMA2 one byte of them. */
static enum tn_codec_objection xz_filter(struct span flags)
{
        enum { LZMA2 = 0x21 };
        uint64_t id, size;
        uint8_t bits;

        if (!xz_number(&flags, &id) || !xz_number(&flags, &size))
                return TN_CODEC_OBJECTION_FORMAT;
        if (id != LZMA2)
                return TN_CODEC_OBJECTION_FILTER;
        if (size != 1 || flags.len < 1 || byte(flags, 0) > 40)
                return TN_CODEC_OBJECTION_FORMAT;
        bits = byte(flags, 0);
        return (uint64_t)(2 | (bits & 1)) << (bits / 2 + 11) > XZ_DICT_MAX ? TN_CODEC_OBJECTION_MEMORY
                                                                           : TN_CODEC_OBJECTION_NONE;
}

/* The header of the first block; a stream without one begins its index with a zero byte. */
static enum tn_codec_objection xz_block(struct span rest)
{
        enum { FILTERS = 0x03, RESERVED = 0x3c, PACKED_SIZE = 0x40, PLAIN_SIZE = 0x80 };
        size_t size = rest.len ? ((size_t)byte(rest, 0) + 1) * 4 : 0;
        uint64_t unused;
        uint8_t flags;

        if (size < 8 || size > rest.len)
                return TN_CODEC_OBJECTION_FORMAT;
        flags = byte(rest, 1);
        rest = tn_span_skip(tn_span_head(rest, size - 4), 2);
        if (flags & RESERVED || (flags & PACKED_SIZE && !xz_number(&rest, &unused)) ||
            (flags & PLAIN_SIZE && !xz_number(&rest, &unused)))
                return TN_CODEC_OBJECTION_FORMAT;
        return flags & FILTERS ? TN_CODEC_OBJECTION_FILTER : xz_filter(rest);
}

static enum tn_codec_objection xz_objection(struct span head)
{
        enum { HEADER = 12, NONE = 0, CRC32 = 1 };
        uint8_t check;

        if (head.len < HEADER || byte(head, 6) != 0)
                return TN_CODEC_OBJECTION_FORMAT;
        check = byte(head, 7);
        if (check != NONE && check != CRC32)
                return TN_CODEC_OBJECTION_CHECK;
        return xz_block(tn_span_skip(head, HEADER));
}

/* The size of the contents, which is the window of a frame that has no other. */
static bool zstd_content(struct span field, unsigned code, uint64_t *ret_size)
{
        static const uint8_t sizes[] = { 1, 2, 4, 8 };

        if (field.len < sizes[code])
                return false;
        switch (code) {
        case 0: *ret_size = byte(field, 0); break;
        case 1: *ret_size = (uint64_t)tn_num_le16(field.ptr) + 256; break;
        case 2: *ret_size = tn_num_le32(field.ptr); break;
        default: *ret_size = tn_num_le64(field.ptr); break;
        }
        return true;
}

static enum tn_codec_objection zstd_objection(struct span head)
{
        enum { MAGIC = 4, DICT = 0x03, RESERVED = 0x08, SINGLE = 0x20 };
        uint64_t window;
        uint8_t flags;

        if (head.len < MAGIC + 2 || byte(head, MAGIC) & RESERVED)
                return TN_CODEC_OBJECTION_FORMAT;
        flags = byte(head, MAGIC);
        if (flags & DICT)
                return TN_CODEC_OBJECTION_DICT;
        if (flags & SINGLE) {
                if (!zstd_content(tn_span_skip(head, MAGIC + 1), flags >> 6, &window))
                        return TN_CODEC_OBJECTION_FORMAT;
        } else {
                window = (uint64_t)1 << (10 + (byte(head, MAGIC + 1) >> 3));
                window += window / 8 * (byte(head, MAGIC + 1) & 7);
        }
        return window > ZSTD_WINDOW_MAX ? TN_CODEC_OBJECTION_MEMORY : TN_CODEC_OBJECTION_NONE;
}

enum tn_codec_objection tn_codec_head_objection(const struct tn_codec *codec, struct span head)
{
        if (!tn_span_starts(head, codec->magic))
                return TN_CODEC_OBJECTION_FORMAT;
        if (codec == &tn_codec_gz)
                return gzip_objection(head);
        return codec == &tn_codec_xz ? xz_objection(head) : zstd_objection(head);
}
