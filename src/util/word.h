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

/* The eight bytes at an address that need not be aligned. */
static inline uint64_t tn_word_load(const char *at)
{
        uint64_t word;

        memcpy(&word, at, sizeof(word));
        return word;
}

/* Up to eight bytes, the first ones of s; behind them zeros. */
static inline uint64_t tn_word_head(struct span s)
{
        uint64_t word = 0;

        if (s.len >= sizeof(word))
                return tn_word_load(s.ptr);
        if (s.len)
                memcpy(&word, s.ptr, s.len);
        return word;
}

/*
 * The first eight bytes as a number: of two texts without NUL, the one with the smaller number comes first, and with equal
 * numbers they are the same up to there, or up to the end of both.
 */
static inline uint64_t tn_word_order(struct span s)
{
        return be64toh(tn_word_head(s));
}

/* Whether one of the eight is zero, or is c. */
static inline bool tn_word_has_zero(uint64_t word)
{
        return (word - TN_WORD_ONES) & ~word & TN_WORD_HIGH;
}

static inline bool tn_word_has(uint64_t word, unsigned char c)
{
        return tn_word_has_zero(word ^ TN_WORD_ONES * c);
}

#endif
