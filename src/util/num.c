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
