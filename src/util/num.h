/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_NUM_H
#define TN_UTIL_NUM_H

#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * The whole span as an unsigned number in base 10, or 16 with or without "0x". Returns 0, -EINVAL when it is
 * empty or has another byte in it, -ERANGE when it does not fit.
 */
int tn_num_parse(struct span s, unsigned base, uint64_t *ret_num);

/* Appends a number in base 10. Failures stick to the buffer. */
void tn_num_add(int64_t num, struct tn_buf *out);

/* Appends bytes as two lower-case hexadecimal digits each. */
void tn_num_add_hex(struct span bytes, struct tn_buf *out);

/* Unaligned loads of each byte order. */
static inline uint16_t tn_num_le16(const void *p)
{
        const unsigned char *b = p;

        return (uint16_t)(b[0] | b[1] << 8);
}

static inline uint32_t tn_num_le32(const void *p)
{
        const unsigned char *b = p;

        return (uint32_t)tn_num_le16(b) | (uint32_t)tn_num_le16(b + 2) << 16;
}

static inline uint64_t tn_num_le64(const void *p)
{
        const unsigned char *b = p;

        return (uint64_t)tn_num_le32(b) | (uint64_t)tn_num_le32(b + 4) << 32;
}

static inline uint16_t tn_num_be16(const void *p)
{
        return __builtin_bswap16(tn_num_le16(p));
}

static inline uint32_t tn_num_be32(const void *p)
{
        return __builtin_bswap32(tn_num_le32(p));
}

static inline uint64_t tn_num_be64(const void *p)
{
        return __builtin_bswap64(tn_num_le64(p));
}

#endif
