/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "depmod/hash.h"
#include "util/num.h"

/* The last byte of an odd length goes in as a signed char, as the algorithm was published. */
static uint32_t mix_tail(uint32_t h, struct span tail)
{
        switch (tail.len) {
        case 3:
                h += tn_num_le16(tail.ptr);
                h ^= h << 16;
                h ^= (uint32_t)(int32_t)(signed char)tail.ptr[2] << 18;
                return h + (h >> 11);
        case 2:
                h += tn_num_le16(tail.ptr);
                h ^= h << 11;
                return h + (h >> 17);
        case 1:
                h += (uint32_t)(int32_t)(signed char)tail.ptr[0];
                h ^= h << 10;
                return h + (h >> 1);
        default: return h;
        }
}

uint32_t tn_hash(struct span key)
{
        uint32_t h = (uint32_t)key.len;

        for (; key.len >= 4; key = tn_span_skip(key, 4)) {
                h += tn_num_le16(key.ptr);
                h = (h << 16) ^ ((uint32_t)tn_num_le16(key.ptr + 2) << 11) ^ h;
                h += h >> 11;
        }
        h = mix_tail(h, key);
        h ^= h << 3;
        h += h >> 5;
        h ^= h << 4;
        h += h >> 17;
        h ^= h << 25;
        h += h >> 6;
        return h;
}
