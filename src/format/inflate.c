/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "format/inflate.h"
#include "util/cleanup.h"

#define CODE_BITS  15
#define HISTORY    32768u
#define ROOM       (HISTORY + 65536u)
#define N_LITERALS 288
#define N_OFFSETS  32

/* A code's symbol and length by the bits that come next: symbol << 4 | length; 0 where there is no code. */
struct codes {
        uint16_t at[1 << CODE_BITS];
};

struct tn_inflate {
        struct tn_inflate_io io;
        struct span in;
        uint64_t bits;   /* read, but not used; the next one lowest */
        unsigned n_bits; /* how many */
        size_t start;    /* in out: what is not pushed yet, ... */
        size_t end;      /* ... to here */
        struct codes literals, offsets;
        char out[ROOM]; /* what was pushed stays as history */
};

struct tn_inflate *tn_inflate_new(const struct tn_inflate_io *io)
{
        struct tn_inflate *inflate = calloc(1, sizeof(*inflate));

        if (inflate)
                inflate->io = *io;
        return inflate;
}

void tn_inflate_free(struct tn_inflate *inflate)
{
        free(inflate);
}

void tn_inflate_freep(struct tn_inflate **inflate)
{
        tn_inflate_free(*inflate);
}

/* Until there are 48 bits, or the input ends. */
static int fill(struct tn_inflate *inf)
{
        while (inf->n_bits < 48) {
                if (inf->in.len == 0) {
                        int r = inf->io.pull(inf->io.data, &inf->in);

                        if (r < 0 || inf->in.len == 0)
                                return r;
                }
                inf->bits |= (uint64_t)(unsigned char)inf->in.ptr[0] << inf->n_bits;
                inf->n_bits += 8;
                inf->in = tn_span_skip(inf->in, 1);
        }
        return 0;
}

static void drop(struct tn_inflate *inf, unsigned n)
{
        inf->bits >>= n;
        inf->n_bits -= n;
}

/* Up to 16 bits as a number, which are there if fill() was called for them. */
static int take(struct tn_inflate *inf, unsigned n, unsigned *ret_num)
{
        if (inf->n_bits < n)
                return -EINVAL;
        *ret_num = (unsigned)(inf->bits & ((UINT64_C(1) << n) - 1));
        drop(inf, n);
        return 0;
}

static int take_symbol(struct tn_inflate *inf, const struct codes *codes, unsigned *ret_symbol)
{
        unsigned code = codes->at[inf->bits & ((1 << CODE_BITS) - 1)];

        if (code == 0 || (code & 15) > inf->n_bits)
                return -EINVAL;
        drop(inf, code & 15);
        *ret_symbol = code >> 4;
        return 0;
}

static unsigned reverse(unsigned code, unsigned len)
{
        unsigned r = 0;

        for (unsigned i = 0; i < len; i++)
                r |= (code >> i & 1) << (len - 1 - i);
        return r;
}

/* RFC 1951, 3.2.2. Fewer codes than the lengths have room for are allowed: what is no code is refused when it comes. */
static int make_codes(const uint8_t *lengths, unsigned n, struct codes *codes)
{
        unsigned counts[CODE_BITS + 1] = { 0 }, next[CODE_BITS + 1] = { 0 }, code = 0;

        for (unsigned i = 0; i < n; i++)
                counts[lengths[i]]++;
        counts[0] = 0;
        for (unsigned len = 1; len <= CODE_BITS; len++) {
                code = (code + counts[len - 1]) << 1;
                next[len] = code;
                if (code + counts[len] > 1u << len)
                        return -EINVAL;
        }
        memset(codes, 0, sizeof(*codes));
        for (unsigned i = 0; i < n; i++) {
                unsigned len = lengths[i];

                if (len == 0)
                        continue;
                for (unsigned at = reverse(next[len]++, len); at < 1u << CODE_BITS; at += 1u << len)
                        codes->at[at] = (uint16_t)(i << 4 | len);
        }
        return 0;
}

static int push(struct tn_inflate *inf)
{
        struct span piece = { inf->out + inf->start, inf->end - inf->start };
        int r = piece.len ? inf->io.push(inf->io.data, piece) : 0;

        inf->start = inf->end;
        if (inf->end > HISTORY) {
                memmove(inf->out, inf->out + inf->end - HISTORY, HISTORY);
                inf->start = inf->end = HISTORY;
        }
        return r;
}

static int put(struct tn_inflate *inf, char byte)
{
        inf->out[inf->end++] = byte;
        return inf->end == ROOM ? push(inf) : 0;
}

static int copy(struct tn_inflate *inf, unsigned offset, unsigned len)
{
        if (offset > inf->end)
                return -EINVAL;
        while (len--) {
                int r = put(inf, inf->out[inf->end - offset]);

                if (r != 0)
                        return r;
        }
        return 0;
}

/*
 * 3.2.5: lengths from 3 and offsets from 1, each symbol a base and further bits. The last two of each do not occur;
 * libdeflate takes them so, and what is one file to it is to be one here.
 */
static const uint16_t length_bases[] = { 3,  4,   5,   6,   7,   8,   9,   10,  11, 13, 15,
                                         17, 19,  23,  27,  31,  35,  43,  51,  59, 67, 83,
                                         99, 115, 131, 163, 195, 227, 258, 258, 258 };
static const uint8_t length_bits[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2,
                                       3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0 };
static const uint16_t offset_bases[] = { 1,    2,    3,    4,    5,    7,     9,     13,    17,    25,   33,
                                         49,   65,   97,   129,  193,  257,   385,   513,   769,   1025, 1537,
                                         2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577, 24577, 24577 };
static const uint8_t offset_bits[] = { 0, 0, 0, 0, 1, 1, 2,  2,  3,  3,  4,  4,  5,  5,  6,  6,
                                       7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 13, 13 };

static int take_match(struct tn_inflate *inf, unsigned symbol)
{
        unsigned more, len, offset;

        symbol -= 257;
        if (symbol >= ARRAY_SIZE(length_bases) || take(inf, length_bits[symbol], &more) < 0)
                return -EINVAL;
        len = length_bases[symbol] + more;
        if (take_symbol(inf, &inf->offsets, &symbol) < 0 || symbol >= ARRAY_SIZE(offset_bases) ||
            take(inf, offset_bits[symbol], &more) < 0)
                return -EINVAL;
        offset = offset_bases[symbol] + more;
        return copy(inf, offset, len);
}

/* 48 bits are enough for a length and an offset: 15 and 5, 15 and 13. */
static int take_coded(struct tn_inflate *inf)
{
        enum { END = 256 };

        for (;;) {
                unsigned symbol = 0;
                int r = fill(inf);

                if (r == 0)
                        r = take_symbol(inf, &inf->literals, &symbol);
                if (r < 0)
                        return r;
                if (symbol == END)
                        return 0;
                r = symbol < END ? put(inf, (char)symbol) : take_match(inf, symbol);
                if (r != 0)
                        return r;
        }
}

/* 3.2.6 */
static int take_fixed(struct tn_inflate *inf)
{
        uint8_t lengths[N_LITERALS];

        for (unsigned i = 0; i < N_LITERALS; i++)
                lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        make_codes(lengths, N_LITERALS, &inf->literals);
        memset(lengths, 5, N_OFFSETS);
        make_codes(lengths, N_OFFSETS, &inf->offsets);
        return take_coded(inf);
}

/* 3.2.7: the lengths of both codes in one list, where some symbols repeat a length. */
static int take_lengths(struct tn_inflate *inf, uint8_t *lengths, unsigned n)
{
        for (unsigned i = 0; i < n;) {
                unsigned symbol = 0, more = 0, times = 1;
                uint8_t len;
                int r = fill(inf);

                if (r == 0)
                        r = take_symbol(inf, &inf->literals, &symbol);
                if (r < 0)
                        return r;
                len = (uint8_t)symbol;
                if (symbol == 16) {
                        if (i == 0 || take(inf, 2, &more) < 0)
                                return -EINVAL;
                        len = lengths[i - 1];
                        times = 3 + more;
                } else if (symbol > 16) {
                        if (take(inf, symbol == 17 ? 3 : 7, &more) < 0)
                                return -EINVAL;
                        len = 0;
                        times = (symbol == 17 ? 3 : 11) + more;
                }
                if (times > n - i)
                        return -EINVAL;
                memset(lengths + i, len, times);
                i += times;
        }
        return 0;
}

static int take_dynamic(struct tn_inflate *inf)
{
        static const uint8_t order[] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
        uint8_t lengths[N_LITERALS + N_OFFSETS] = { 0 }, code_lengths[ARRAY_SIZE(order)] = { 0 };
        unsigned n_literals, n_offsets, n_codes, len = 0;
        int r = fill(inf);

        if (r < 0)
                return r;
        if (take(inf, 5, &n_literals) < 0 || take(inf, 5, &n_offsets) < 0 || take(inf, 4, &n_codes) < 0)
                return -EINVAL;
        n_literals += 257;
        n_offsets += 1;
        if (n_literals > N_LITERALS)
                return -EINVAL;
        for (unsigned i = 0; i < n_codes + 4; i++) {
                r = fill(inf);
                if (r == 0)
                        r = take(inf, 3, &len);
                if (r < 0)
                        return r;
                code_lengths[order[i]] = (uint8_t)len;
        }
        r = make_codes(code_lengths, ARRAY_SIZE(order), &inf->literals);
        if (r == 0)
                r = take_lengths(inf, lengths, n_literals + n_offsets);
        if (r == 0)
                r = make_codes(lengths, n_literals, &inf->literals);
        if (r == 0)
                r = make_codes(lengths + n_literals, n_offsets, &inf->offsets);
        return r < 0 ? r : take_coded(inf);
}

/* 3.2.4: what is there of a byte is passed over. */
static int take_stored(struct tn_inflate *inf)
{
        unsigned len, not_len;
        int r;

        drop(inf, inf->n_bits % 8);
        r = fill(inf);
        if (r < 0)
                return r;
        if (take(inf, 16, &len) < 0 || take(inf, 16, &not_len) < 0 || (len ^ not_len) != 0xffff)
                return -EINVAL;
        while (len--) {
                uint8_t byte;

                r = tn_inflate_byte(inf, &byte);
                if (r <= 0)
                        return r < 0 ? r : -EINVAL;
                r = put(inf, (char)byte);
                if (r != 0)
                        return r;
        }
        return 0;
}

static int take_block(struct tn_inflate *inf, bool *ret_is_last)
{
        unsigned last, kind;
        int r = fill(inf);

        if (r < 0)
                return r;
        if (take(inf, 1, &last) < 0 || take(inf, 2, &kind) < 0)
                return -EINVAL;
        *ret_is_last = last;
        switch (kind) {
        case 0: return take_stored(inf);
        case 1: return take_fixed(inf);
        case 2: return take_dynamic(inf);
        default: return -EINVAL;
        }
}

int tn_inflate_run(struct tn_inflate *inf)
{
        bool is_last = false;
        int r = 0;

        inf->start = inf->end = 0;
        while (r == 0 && !is_last)
                r = take_block(inf, &is_last);
        if (r == 0)
                r = push(inf);
        drop(inf, inf->n_bits % 8);
        return r;
}

int tn_inflate_byte(struct tn_inflate *inf, uint8_t *ret_byte)
{
        unsigned num;
        int r = fill(inf);

        if (r < 0)
                return r;
        if (take(inf, 8, &num) < 0)
                return 0;
        *ret_byte = (uint8_t)num;
        return 1;
}
