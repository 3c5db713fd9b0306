/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "util/cleanup.h"
#include "util/num.h"

static const struct {
        struct span text;
        unsigned base;
        int r;
        uint64_t num;
} rows[] = {
        { SPAN("0"), 10, 0, 0 },
        { SPAN("0010"), 10, 0, 10 },
        { SPAN("18446744073709551615"), 10, 0, UINT64_MAX },
        { SPAN("18446744073709551616"), 10, -ERANGE, 0 },
        { SPAN("99999999999999999999"), 10, -ERANGE, 0 },
        { SPAN(""), 10, -EINVAL, 0 },
        { SPAN(" 1"), 10, -EINVAL, 0 },
        { SPAN("1 "), 10, -EINVAL, 0 },
        { SPAN("+1"), 10, -EINVAL, 0 },
        { SPAN("-1"), 10, -EINVAL, 0 },
        { SPAN("1a"), 10, -EINVAL, 0 },
        { SPAN("0x1"), 10, -EINVAL, 0 },
        { SPAN("1\0"), 10, -EINVAL, 0 },
        { SPAN("dEad"), 16, 0, 0xdead },
        { SPAN("0x12d"), 16, 0, 0x12d },
        { SPAN("0XfF"), 16, 0, 0xff },
        { SPAN("ffffffffffffffff"), 16, 0, UINT64_MAX },
        { SPAN("10000000000000000"), 16, -ERANGE, 0 },
        { SPAN("0x"), 16, -EINVAL, 0 },
        { SPAN("0x0x1"), 16, -EINVAL, 0 },
        { SPAN("g"), 16, -EINVAL, 0 },
};

CHECK(num_is_the_whole_span_or_nothing)
{
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                uint64_t num = 0;

                if (tn_num_parse(rows[i].text, rows[i].base, &num) != rows[i].r || num != rows[i].num)
                        fail_msg("row %zu: %.*s", i, SPAN_FMT(rows[i].text));
        }
}

CHECK(num_leaves_the_output_alone_on_failure)
{
        uint64_t num = 42;

        assert_int_equal(tn_num_parse(SPAN("1x"), 10, &num), -EINVAL);
        assert_int_equal(tn_num_parse(SPAN("18446744073709551616"), 10, &num), -ERANGE);
        assert_int_equal(num, 42);
}

CHECK(num_loads_both_byte_orders_from_any_address)
{
        const unsigned char bytes[] = { 0, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88 };

        assert_int_equal(tn_num_le16(bytes + 1), 0x8281);
        assert_int_equal(tn_num_be16(bytes + 1), 0x8182);
        assert_int_equal(tn_num_le32(bytes + 1), 0x84838281);
        assert_int_equal(tn_num_be32(bytes + 1), 0x81828384);
        assert_true(tn_num_le64(bytes + 1) == 0x8887868584838281);
        assert_true(tn_num_be64(bytes + 1) == 0x8182838485868788);
}

static void assert_num(int64_t num, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        tn_num_add(num, &out);
        assert_string_equal(tn_buf_str(&out), expected);
}

CHECK(num_is_added_in_base_10)
{
        assert_num(0, "0");
        assert_num(-1, "-1");
        assert_num(86016, "86016");
        assert_num(INT64_MAX, "9223372036854775807");
        assert_num(INT64_MIN, "-9223372036854775808");
}

CHECK(num_bytes_are_added_as_digits)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        tn_num_add_hex(SPAN("\x00\x9f\xff"), &out);
        assert_string_equal(tn_buf_str(&out), "009fff");
}
