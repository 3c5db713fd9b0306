/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "util/num.h"

static int digit(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
                return c - 'A' + 10;
        return 16;
}

int tn_num_parse(struct span s, unsigned base, uint64_t *ret_num)
{
        uint64_t num = 0;

        if (base == 16 && (tn_span_starts(s, SPAN("0x")) || tn_span_starts(s, SPAN("0X"))))
                s = tn_span_skip(s, 2);
        if (s.len == 0)
                return -EINVAL;
        for (size_t i = 0; i < s.len; i++) {
                unsigned d = (unsigned)digit(s.ptr[i]);

                if (d >= base)
                        return -EINVAL;
                if (num > (UINT64_MAX - d) / base)
                        return -ERANGE;
                num = num * base + d;
        }
        *ret_num = num;
        return 0;
}

void tn_num_add(int64_t num, struct tn_buf *out)
{
        uint64_t rest = num < 0 ? -(uint64_t)num : (uint64_t)num;
        char text[24], *at = text + sizeof(text);

        do {
                *--at = (char)('0' + rest % 10);
                rest /= 10;
        } while (rest);
        if (num < 0)
                *--at = '-';
        tn_buf_add(out, at, (size_t)(text + sizeof(text) - at));
}

void tn_num_add_hex(struct span bytes, struct tn_buf *out)
{
        static const char digits[] = "0123456789abcdef";

        for (size_t i = 0; i < bytes.len; i++) {
                unsigned char byte = (unsigned char)bytes.ptr[i];

                tn_buf_add_char(out, digits[byte >> 4]);
                tn_buf_add_char(out, digits[byte & 15]);
        }
}
