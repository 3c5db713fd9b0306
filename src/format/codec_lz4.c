/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/codec.h"
#include "util/cleanup.h"
#include "util/num.h"

/*
 * LZ4 as the kernel's build writes it (lz4_Block_format.md, and "Legacy frame" of lz4_Frame_format.md): the magic, then
 * blocks, each behind its size in 32 bits. A block is up to 8 MiB, decompressed, and refers to nothing outside of it.
 */
#define SIZE      4
#define BLOCK_MAX ((size_t)8 << 20)
#define MATCH_MIN 4
#define LONG      15 /* of the four bits of a length: more bytes of it follow */

struct block {
        struct span in; /* what is left of it */
        char *to;
        size_t len, max; /* bytes that came out, and that may */
};

static bool take_length(struct block *block, unsigned bits, size_t *ret_len)
{
        size_t len = bits;
        unsigned char more = bits == LONG ? 255 : 0;

        while (more == 255) {
                if (block->in.len == 0 || len > BLOCK_MAX)
                        return false;
                more = (unsigned char)block->in.ptr[0];
                block->in = tn_span_skip(block->in, 1);
                len += more;
        }
        *ret_len = len;
        return true;
}

static int copy_literals(struct block *block, size_t len)
{
        if (len > block->in.len)
                return -EINVAL;
        if (len > block->max - block->len)
                return -EFBIG;
        if (len)
                memcpy(block->to + block->len, block->in.ptr, len);
        block->len += len;
        block->in = tn_span_skip(block->in, len);
        return 0;
}

/* What is copied may overlap what it is copied from: the bytes repeat. */
static int copy_match(struct block *block, size_t back, size_t len)
{
        if (back == 0 || back > block->len)
                return -EINVAL;
        if (len > block->max - block->len)
                return -EFBIG;
        for (size_t i = 0; i < len; i++, block->len++)
                block->to[block->len] = block->to[block->len - back];
        return 0;
}

/* The last sequence has no match. */
static int decode_block(struct block *block)
{
        while (block->in.len) {
                unsigned token = (unsigned char)block->in.ptr[0];
                size_t len, back;
                int r;

                block->in = tn_span_skip(block->in, 1);
                r = take_length(block, token >> 4, &len) ? copy_literals(block, len) : -EINVAL;
                if (r < 0 || block->in.len == 0)
                        return r;
                if (block->in.len < 2)
                        return -EINVAL;
                back = tn_num_le16(block->in.ptr);
                block->in = tn_span_skip(block->in, 2);
                r = take_length(block, token & LONG, &len) ? copy_match(block, back, len + MATCH_MIN)
                                                           : -EINVAL;
                if (r < 0)
                        return r;
        }
        return -EINVAL;
}

static int add_block(struct span in, size_t max, struct tn_buf *out)
{
        struct block block = { .in = in, .max = MIN(max, BLOCK_MAX) };
        int r;

        block.to = tn_buf_reserve(out, block.max + 1);
        if (!block.to)
                return -ENOMEM;
        r = decode_block(&block);
        out->len += r < 0 ? 0 : block.len;
        return r == -EFBIG && max >= BLOCK_MAX ? -EINVAL : r;
}

static int decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out)
{
        size_t before = out->len;
        int r = tn_span_starts(in, tn_codec_lz4.magic) ? 0 : -EINVAL;

        in = tn_span_skip(in, tn_codec_lz4.magic.len);
        while (r == 0 && in.len) {
                uint32_t size = in.len < SIZE ? UINT32_MAX : tn_num_le32(in.ptr);

                in = tn_span_skip(in, SIZE);
                if (size > in.len) {
                        r = -EINVAL;
                        break;
                }
                r = add_block(tn_span_head(in, size), max - (out->len - before), out);
                in = tn_span_skip(in, size);
        }
        if (r < 0)
                out->len = before;
        return r;
}

const struct tn_codec tn_codec_lz4 = {
        .name = "lz4", .library = "", .magic = { "\x02\x21\x4c\x18", 4 }, .decode = decode
};
