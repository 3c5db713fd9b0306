/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/symvers.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* "NAME=CRC OWNER RULES NAMESPACE" of a line. */
static void assert_line(const char *line, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_symvers symvers;
        struct span bad;

        assert_int_equal(tn_symvers_parse(tn_span_of(line), &symvers, &bad), 1);
        tn_buf_addf(&got, "%.*s=%llx %.*s %s", SPAN_FMT(symvers.name), (unsigned long long)symvers.crc,
                    SPAN_FMT(symvers.owner),
                    !symvers.has_rules ? "unknown"
                    : symvers.gpl_only ? "gpl"
                                       : "any");
        if (symvers.space.len)
                tn_buf_addf(&got, " %.*s", SPAN_FMT(symvers.space));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(symvers_has_who_exports_a_symbol_and_to_whom)
{
        assert_line("0x1a2b3c4d\tprintk\tvmlinux\tEXPORT_SYMBOL\t", "printk=1a2b3c4d vmlinux any");
        assert_line("0x1\tf\tfs/fat/fat\tEXPORT_SYMBOL_GPL\t", "f=1 fs/fat/fat gpl");
        assert_line("0x00000000\tf\tvmlinux\tEXPORT_SYMBOL_GPL\tCRYPTO\r\n", "f=0 vmlinux gpl CRYPTO");
        assert_line(" 1f f vmlinux EXPORT_SYMBOL EXPORT_NS", "f=1f vmlinux any EXPORT_NS");
}

CHECK(symvers_of_older_kernels_have_the_namespace_first_or_less)
{
        assert_line("0x1\tf\tCRYPTO\tvmlinux\tEXPORT_SYMBOL_GPL", "f=1 vmlinux gpl CRYPTO");
        assert_line("0x1\tf\t\tvmlinux\tEXPORT_SYMBOL", "f=1 vmlinux any");
        assert_line("0x1\tf\tvmlinux", "f=1 vmlinux unknown");
        assert_line("0x1\tf\tvmlinux\tunknown", "f=1 vmlinux unknown");
        assert_line("0x1\tf\tvmlinux\tEXPORT_SYMBOL_GPL_FUTURE", "f=1 vmlinux any");
        assert_line("0x1\tf\tvmlinux\tEXPORT_UNUSED_SYMBOL_GPL", "f=1 vmlinux gpl");
}

CHECK(symvers_with_less_than_three_words_are_none)
{
        static const char *const lines[] = { "", " \t ", "0x1", "0x1\tf", "0x1\tf\t\t" };
        struct tn_symvers symvers;
        struct span bad;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                assert_int_equal(tn_symvers_parse(tn_span_of(lines[i]), &symvers, &bad), 0);
}

CHECK(symvers_with_a_version_that_is_no_number_are_refused)
{
        static const char *const words[] = { "1g", "0x", "#0x1", "-1", "0x10000000000000000" };

        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                char line[64];
                struct tn_symvers symvers;
                struct span bad;

                snprintf(line, sizeof(line), "%s f vmlinux E", words[i]);
                assert_int_equal(tn_symvers_parse(tn_span_of(line), &symvers, &bad), -EINVAL);
                assert_span(bad, words[i]);
                assert_span(symvers.owner, "vmlinux");
        }
}
