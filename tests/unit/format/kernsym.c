/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/kernsym.h"
#include "util/cleanup.h"

static int symvers(const char *line, struct tn_kernsym *sym)
{
        struct span bad = { 0 };

        return tn_kernsym_parse_symvers(tn_span_of(line), sym, &bad);
}

CHECK(kernsym_symvers_gives_the_kernels_symbols_with_their_versions)
{
        struct tn_kernsym sym;

        assert_int_equal(symvers("0x1a2b3c4d\tprintk\tvmlinux\tEXPORT_SYMBOL\t", &sym), 1);
        assert_span(sym.name, "printk");
        assert_int_equal(sym.crc, 0x1a2b3c4d);
        assert_int_equal(symvers(" 1f  x vmlinux", &sym), 1);
        assert_span(sym.name, "x");
        assert_int_equal(sym.crc, 0x1f);
}

CHECK(kernsym_symvers_passes_over_modules_and_short_lines)
{
        static const char *const lines[] = { "0x1\tf\tdrivers/foo\tEXPORT_SYMBOL",
                                             "0x1\tf",
                                             "0x1",
                                             "",
                                             " \t ",
                                             "0x1 f vmlinux.o E",
                                             "x f g" };
        struct tn_kernsym sym;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                assert_int_equal(symvers(lines[i], &sym), 0);
}

CHECK(kernsym_symvers_tells_a_version_that_is_no_number)
{
        static const char *const words[] = { "1g", "0x", "#0x1", "-1", "0x10000000000000000" };

        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                char line[64];
                struct tn_kernsym sym;
                struct span bad;

                snprintf(line, sizeof(line), "%s f vmlinux E", words[i]);
                assert_true(tn_kernsym_parse_symvers(tn_span_of(line), &sym, &bad) == -EINVAL);
                assert_span(bad, words[i]);
        }
}

static int map(const char *line, char prefix, struct tn_kernsym *sym)
{
        return tn_kernsym_parse_map(tn_span_of(line), prefix, sym);
}

CHECK(kernsym_map_gives_names_behind_ksymtab)
{
        struct tn_kernsym sym;

        assert_int_equal(map("ffffffff81000000 r __ksymtab_printk", '\0', &sym), 1);
        assert_span(sym.name, "printk");
        assert_int_equal(sym.crc, 0);
        assert_int_equal(map("0 r __ksymtab_gpl_x", '\0', &sym), 1);
        assert_span(sym.name, "gpl_x");
}

CHECK(kernsym_map_passes_over_other_names)
{
        static const char *const lines[] = { "0 T printk", "0 r x__ksymtab_f", "0 r __ksymtab_",
                                             "0 r ",       "0  r __ksymtab_f", "0 r ___ksymtab_f" };
        struct tn_kernsym sym;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                assert_int_equal(map(lines[i], '\0', &sym), 0);
}

CHECK(kernsym_map_drops_one_prefix)
{
        struct tn_kernsym sym;

        assert_int_equal(map("0 r ___ksymtab__f", '_', &sym), 1);
        assert_span(sym.name, "_f");
        assert_int_equal(map("0 r __ksymtab_f", '_', &sym), 0);
        assert_int_equal(map("0 r __ksymtab_f", 'x', &sym), 1);
        assert_span(sym.name, "f");
}

CHECK(kernsym_map_wants_three_parts)
{
        static const char *const lines[] = { "", "0", "0 ", "r __ksymtab_f", "0\tr\t__ksymtab_f" };
        struct tn_kernsym sym;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                assert_int_equal(map(lines[i], '\0', &sym), -EINVAL);
}
