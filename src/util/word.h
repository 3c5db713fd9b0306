/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_WORD_H
#define TN_UTIL_WORD_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "util/span.h"

/* Eight bytes at a time, for loops over text that take all of a run's time otherwise. */
#define TN_WORD_ONES UINT64_C(0x0101010101010101)
#define TN_WORD_HIGH UINT64_C(0x8080808080808080)

/* The eight bytes at an address that need not be aligned, the first one lowest. */
static inline uint64_t tn_word_load(const char *at)
{
        uint64_t word;

        memcpy(&word, at, sizeof(word));
        return le64toh(word);
}

static inline uint64_t tn_word_load_half(const char *at)
{
        uint32_t half;

        memcpy(&half, at, sizeof(half));
        return le32toh(half);
}

/* The first eight bytes of a text; where it has fewer, zeros behind them. */
static inline uint64_t tn_word_head(struct span s)
{
        uint64_t word = 0;

        if (s.len >= 8)
                return tn_word_load(s.ptr);
        if (s.len >= 4)
                return tn_word_load_half(s.ptr) | tn_word_load_half(s.ptr + s.len - 4) << 8 * (s.len - 4);
        for (size_t i = 0; i < s.len; i++)
                word |= (uint64_t)(unsigned char)s.ptr[i] << 8 * i;
        return word;
}

/*
 * The first eight bytes as a number: of two texts without NUL, the one with the smaller number comes first, and with equal
 * numbers they are the same up to there, or up to the end of both.
 */
static inline uint64_t tn_word_order(struct span s)
{
        return __builtin_bswap64(tn_word_head(s));
}

/* Not zero when one of the eight bytes is; then its lowest bit that is set is the highest of the first such byte. */
static inline uint64_t tn_word_zeros(uint64_t word)
{
        return (word - TN_WORD_ONES) & ~word & TN_WORD_HIGH;
}

/* Whether one of the eight is c. */
static inline bool tn_word_has(uint64_t word, unsigned char c)
{
        return tn_word_zeros(word ^ TN_WORD_ONES * c);
}

/* The highest bit of each byte that is c. */
static inline uint64_t tn_word_where(uint64_t word, unsigned char c)
{
        uint64_t other = word ^ TN_WORD_ONES * c;

        return ~(((other & ~TN_WORD_HIGH) + ~TN_WORD_HIGH) | other | ~TN_WORD_HIGH);
}

/* Whether all eight are printable ones of 7-bit ASCII, blanks included. */
static inline bool tn_word_is_printable(uint64_t word)
{
        uint64_t below = (word - TN_WORD_ONES * ' ') & ~word, above = (word + TN_WORD_ONES) | word;

        return !((below | above) & TN_WORD_HIGH);
}

static inline void tn_word_store(char *to, uint64_t word)
{
        word = htole64(word);
        memcpy(to, &word, sizeof(word));
}

/* One step of a hash of text, from 0 on: word after word, the last one with zeros behind the end of the text. */
static inline uint64_t tn_word_mix(uint64_t hash, uint64_t word)
{
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        return hash ^ hash >> 32;
}

/* The hash of a whole text. Zeros at its end may count or not. */
static inline uint32_t tn_word_hash(struct span s)
{
        uint64_t hash = 0;

        for (; s.len >= 8; s = tn_span_skip(s, 8))
                hash = tn_word_mix(hash, tn_word_load(s.ptr));
        return (uint32_t)tn_word_mix(hash, tn_word_head(s));
}

/*
 * Takes a text off the front that ends at the first NUL or the end of *rest, as tn_span_split() does, with its hash.
 * False when *rest is empty.
 */
static inline bool tn_word_split(struct span *rest, struct span *ret_text, uint32_t *ret_hash)
{
        uint64_t hash = 0, word = 0, zeros = 0;
        size_t n = 0;

        if (rest->len == 0)
                return false;
        for (; rest->len - n >= 8; n += 8) {
                word = tn_word_load(rest->ptr + n);
                zeros = tn_word_zeros(word);
                if (zeros)
                        break;
                hash = tn_word_mix(hash, word);
        }
        if (!zeros) { /* fewer than eight are left: there are zeros behind them */
                word = tn_word_head(tn_span_skip(*rest, n));
                zeros = tn_word_zeros(word);
        }
        zeros = (uint64_t)__builtin_ctzll(zeros) & ~UINT64_C(7); /* bits before it */
        n += zeros / 8;
        *ret_hash = (uint32_t)tn_word_mix(hash, word & ((UINT64_C(1) << zeros) - 1));
        *ret_text = tn_span_head(*rest, n);
        *rest = tn_span_skip(*rest, n + 1);
        return true;
}

#endif
