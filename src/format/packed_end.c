/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>

#include "format/packed.h"
#include "format/packed_end.h"
#include "util/num.h"

/* A walk over sizes. What goes wrong first stays, and nothing is read after it. */
struct walk {
        struct tn_window *window;
        uint64_t at;
        int err;
};

/* The next len bytes, up to 8, passed over; zeros after a failure. */
static const unsigned char *take(struct walk *walk, size_t len)
{
        static const unsigned char zeros[8];
        struct span bytes = { 0 };

        if (walk->err == 0)
                walk->err = tn_window_look(walk->window, walk->at, len, &bytes);
        if (walk->err == 0 && bytes.len < len)
                walk->err = -EINVAL;
        if (walk->err < 0)
                return zeros;
        walk->at += len;
        return (const unsigned char *)bytes.ptr;
}

static unsigned take_byte(struct walk *walk)
{
        return take(walk, 1)[0];
}

/* Passes over bytes, which must be there. */
static void pass(struct walk *walk, uint64_t len)
{
        if (len > 1)
                walk->at += len - 1;
        if (len > 0)
                take_byte(walk);
}

static void fail_if(struct walk *walk, bool is_wrong)
{
        if (is_wrong && walk->err == 0)
                walk->err = -EINVAL;
}

static int finish(const struct walk *walk, uint64_t *ret_end)
{
        if (walk->err == 0)
                *ret_end = walk->at;
        return walk->err;
}

/*
 * A frame of Zstandard, RFC 8878, 3.1.1: magic, header, blocks each with its size, and a checksum.
 */
static void pass_zstd_header(struct walk *walk, bool *ret_has_checksum)
{
        static const unsigned char dictionary[] = { 0, 1, 2, 4 }, content[] = { 0, 2, 4, 8 };
        unsigned descriptor, is_single;

        pass(walk, 4);
        descriptor = take_byte(walk);
        is_single = descriptor >> 5 & 1;
        pass(walk, is_single ? 0 : 1); /* the window */
        pass(walk, dictionary[descriptor & 3]);
        pass(walk, descriptor >> 6 == 0 ? is_single : content[descriptor >> 6]);
        *ret_has_checksum = descriptor >> 2 & 1;
}

int tn_packed_end_zstd(struct tn_window *window, uint64_t at, uint64_t *ret_end)
{
        enum { RAW, RLE, COMPRESSED, RESERVED };
        struct walk walk = { .window = window, .at = at };
        bool is_last = false, has_checksum;

        pass_zstd_header(&walk, &has_checksum);
        while (walk.err == 0 && !is_last) {
                const unsigned char *bytes = take(&walk, 3);
                unsigned header = bytes[0] | (unsigned)bytes[1] << 8 | (unsigned)bytes[2] << 16;
                unsigned type = header >> 1 & 3;

                is_last = header & 1;
                fail_if(&walk, type == RESERVED);
                pass(&walk, type == RLE ? 1 : header >> 3);
        }
        pass(&walk, has_checksum ? 4 : 0);
        return finish(&walk, ret_end);
}

/*
 * The legacy format of lz4 (doc/lz4_Frame_format.md): magic, and blocks of up to 8 MiB, each with its compressed size. A
 * magic in the place of a size starts anew, a size no block can have ends it.
 */
int tn_packed_end_lz4(struct tn_window *window, uint64_t at, uint64_t *ret_end)
{
        enum { MAGIC = 0x184c2102, PLAIN_MAX = 8 << 20, BLOCK_MAX = PLAIN_MAX + PLAIN_MAX / 255 + 16 };
        struct walk walk = { .window = window, .at = at };

        pass(&walk, 4);
        while (walk.err == 0) {
                struct span bytes;
                uint32_t size;

                walk.err = tn_window_look(window, walk.at, 4, &bytes);
                if (walk.err < 0 || bytes.len < 4)
                        break;
                size = tn_num_le32(bytes.ptr);
                if (size != MAGIC && (size == 0 || size > BLOCK_MAX))
                        break;
                pass(&walk, size == MAGIC ? 4 : 4 + (uint64_t)size);
        }
        return finish(&walk, ret_end);
}

/* The format of lzma (doc/lzma-file-format.txt of xz): properties in one byte, and the size of the dictionary in four. */
int tn_packed_end_lzma(struct tn_window *window, uint64_t at, uint64_t *ret_end)
{
        struct walk walk = { .window = window, .at = at };
        uint32_t dictionary;

        pass(&walk, 1);
        dictionary = tn_num_le32(take(&walk, 4));
        if (walk.err < 0)
                return walk.err;
        return dictionary > TN_PACKED_DICTIONARY ? -EFBIG : -ENOSYS;
}

/* A chunk of LZMA2, whose first byte says what it is; false for the last. */
static bool pass_xz_chunk(struct walk *walk)
{
        enum { LAST = 0, PLAIN_MAX = 2, COMPRESSED = 0x80, WITH_PROPERTIES = 0xc0 };
        unsigned control = take_byte(walk);

        if (control == LAST)
                return false;
        fail_if(walk, control > PLAIN_MAX && control < COMPRESSED);
        if (control >= COMPRESSED)
                pass(walk, 2); /* the decompressed size */
        pass(walk, tn_num_be16(take(walk, 2)) + 1u + (control >= WITH_PROPERTIES));
        return walk->err == 0;
}

/* Passes over what brings the walk to a multiple of four bytes after start. */
static void pass_xz_padding(struct walk *walk, uint64_t start)
{
        pass(walk, -(walk->at - start) & 3);
}

static uint64_t take_xz_number(struct walk *walk)
{
        uint64_t num = 0;
        unsigned byte = 0x80;

        for (unsigned i = 0; byte & 0x80; i++) {
                byte = take_byte(walk);
                num |= (uint64_t)(byte & 0x7f) << (7 * i);
                fail_if(walk, i == 9);
                if (walk->err < 0)
                        return 0;
        }
        return num;
}

/* A filter of a block: its number, the size of its properties, and these; LZMA2's are the size of the dictionary. */
static void pass_xz_filter(struct walk *walk)
{
        enum { LZMA2 = 0x21, BITS_MAX = 40 };
        uint64_t id = take_xz_number(walk), size = take_xz_number(walk);
        unsigned bits;

        if (id != LZMA2) {
                fail_if(walk, size > 1024); /* a header's size */
                pass(walk, walk->err < 0 ? 0 : size);
                return;
        }
        bits = take_byte(walk);
        fail_if(walk, size != 1 || bits > BITS_MAX);
        if (walk->err == 0 && (uint64_t)(2 | (bits & 1)) << (bits / 2 + 11) > TN_PACKED_DICTIONARY)
                walk->err = -EFBIG;
}

/* The header of a block after its first byte, which is its size: flags, two sizes that may be there, and filters. */
static void pass_xz_header(struct walk *walk, unsigned size)
{
        enum { FILTERS = 0x03, PACKED_SIZE = 0x40, PLAIN_SIZE = 0x80 };
        uint64_t end = walk->at + size * 4 + 3;
        unsigned flags = take_byte(walk);

        if (flags & PACKED_SIZE)
                take_xz_number(walk);
        if (flags & PLAIN_SIZE)
                take_xz_number(walk);
        for (unsigned i = 0; i <= (flags & FILTERS); i++)
                pass_xz_filter(walk);
        fail_if(walk, walk->at > end);
        if (walk->err == 0)
                pass(walk, end - walk->at);
}

/* The index after its first byte: how many blocks, two numbers for each, padding and a CRC. */
static void pass_xz_index(struct walk *walk, uint64_t start, uint64_t n_blocks)
{
        take_xz_number(walk);
        for (uint64_t i = 0; walk->err == 0 && i < n_blocks; i++) {
                take_xz_number(walk);
                take_xz_number(walk);
        }
        pass_xz_padding(walk, start);
        pass(walk, 4);
}

/*
 * A stream of xz (The .xz File Format, 1.2.0): header, blocks, index, footer. The last filter of a block is always LZMA2,
 * whose chunks have their sizes.
 */
int tn_packed_end_xz(struct tn_window *window, uint64_t at, uint64_t *ret_end)
{
        static const unsigned char check_sizes[] = {
                0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64
        };
        enum { MAGIC = 6, CRC = 4, FOOTER = 12 };
        struct walk walk = { .window = window, .at = at };
        unsigned check, header;
        uint64_t n_blocks = 0;

        pass(&walk, MAGIC + 1);
        check = check_sizes[take_byte(&walk) & 15];
        pass(&walk, CRC);
        while ((header = take_byte(&walk)) != 0) {
                pass_xz_header(&walk, header);
                while (pass_xz_chunk(&walk))
                        ;
                pass_xz_padding(&walk, at);
                pass(&walk, check);
                n_blocks++;
        }
        pass_xz_index(&walk, at, n_blocks);
        pass(&walk, FOOTER);
        return finish(&walk, ret_end);
}
