/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>

#include "util/sum.h"

/* Odd, with about as many ones as zeros: multiplying by them loses nothing. */
#define MIX   0x9e3779b97f4a7c15u
#define TURN  0xc2b2ae3d27d4eb4fu

#define LANES 4

static inline uint64_t load(const char *at)
{
        uint64_t word;

        memcpy(&word, at, sizeof(word));
        return le64toh(word);
}

static inline uint64_t rotate(uint64_t word, unsigned bits)
{
        return word << bits | word >> (64 - bits);
}

/* Every step can be undone, so that a change of one word is never lost. */
static inline uint64_t step(uint64_t lane, uint64_t word)
{
        return rotate((lane ^ word) * MIX, 29) * TURN;
}

/* What is left of the bytes, less than a word, ends with a 1 that tells their number. */
static uint64_t load_tail(struct span tail)
{
        char word[8] = { 0 };

        if (tail.len)
                memcpy(word, tail.ptr, tail.len);
        word[tail.len] = 1;
        return load(word);
}

/* Lanes of their own, because a multiplication takes a while and several can be under way. */
static struct span sum_blocks(struct span bytes, uint64_t lanes[LANES])
{
        uint64_t a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
        size_t whole = bytes.len - bytes.len % (8 * LANES);

        for (size_t i = 0; i < whole; i += 8 * LANES) {
                a = step(a, load(bytes.ptr + i));
                b = step(b, load(bytes.ptr + i + 8));
                c = step(c, load(bytes.ptr + i + 16));
                d = step(d, load(bytes.ptr + i + 24));
        }
        lanes[0] = a;
        lanes[1] = b;
        lanes[2] = c;
        lanes[3] = d;
        return tn_span_skip(bytes, whole);
}

uint64_t tn_sum(struct span bytes, uint64_t seed)
{
        uint64_t lanes[LANES] = { seed, seed + MIX, seed ^ TURN, seed - MIX }, sum = seed ^ bytes.len;
        struct span rest = sum_blocks(bytes, lanes);

        for (size_t i = 0; i < LANES; i++)
                sum = step(sum, lanes[i]);
        for (; rest.len >= 8; rest = tn_span_skip(rest, 8))
                sum = step(sum, load(rest.ptr));
        sum = step(sum, load_tail(rest));
        sum ^= sum >> 32;
        sum *= MIX;
        return sum ^ sum >> 29;
}
