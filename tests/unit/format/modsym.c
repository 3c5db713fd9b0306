/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "format/elf.h"
#include "format/modsym.h"
#include "mkelf.h"
#include "util/cleanup.h"

typedef int list_fn(const struct tn_elf *, struct tn_modsyms *);

/* "bind name crc" of each, a blank between them. */
static char *listed(struct mkelf *made, list_fn *list)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_modsym *sym;
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(made), &elf), 0);
        assert_int_equal(list(&elf, &syms), 0);
        tn_vec_each (sym, &syms) {
                tn_buf_addf(&text, "%c:%.*s=%llx ", sym->bind, SPAN_FMT(sym->name),
                            (unsigned long long)sym->crc);
        }
        return tn_buf_take(&text);
}

static int fails(struct mkelf *made, list_fn *list)
{
        struct tn_modsyms syms = { 0 };
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(made), &elf), 0);
        return list(&elf, &syms);
}

#define assert_listed(made, list, text)                                                                      \
        do {                                                                                                 \
                _cleanup_(freep) char *check_text = listed((made), (list));                                  \
                assert_string_equal(check_text, (text));                                                     \
        } while (0)

CHECK(exports_take_their_crc_from_symbol_or_section)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);

                mkelf_export_section(&made, "one", 0x11111111);
                mkelf_export_crc(&made, "two", 0xf2222222);
                mkelf_export_section(&made, "three", 0x33333333);
                mkelf_symbol(&made, "__crc_four", 4, SHN_UNDEF, 0);
                mkelf_export(&made, "without");
                assert_listed(&made, tn_modsyms_exports,
                              "G:one=11111111 G:two=f2222222 G:three=33333333 G:four=4 ");
        }
}

CHECK(exports_with_a_bad_crc_place_have_all_ones)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_export_section(&made, "good", 1);
        mkelf_symbol(&made, "__crc_past", 1, MKELF_CRC_SECTION, 0);
        mkelf_symbol(&made, "__crc_far", UINT64_MAX, MKELF_CRC_SECTION, 0);
        mkelf_symbol(&made, "__crc_nowhere", 0, 0x7fff, 0);
        mkelf_symbol(&made, "__crc_common", 0, SHN_COMMON, 0);
        assert_listed(&made, tn_modsyms_exports,
                      "G:good=1 G:past=ffffffff G:far=ffffffff G:nowhere=ffffffff G:common=ffffffff ");
}

CHECK(exports_without_crc_come_from_the_string_table)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(false, false);

        mkelf_export(&made, "one");
        mkelf_export(&made, "");
        mkelf_export(&made, "two");
        assert_listed(&made, tn_modsyms_exports, "G:one=0 G:two=0 ");
        made.stripped = true;
        assert_listed(&made, tn_modsyms_exports, "G:one=0 G:two=0 ");
        tn_buf_add_str(&made.ksymtab_strings, "unfinished");
        assert_listed(&made, tn_modsyms_exports, "");
}

CHECK(exports_may_be_none)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, true);

        mkelf_need(&made, "printk", false);
        mkelf_symbol(&made, "__crc_", 1, SHN_ABS, 0);
        assert_listed(&made, tn_modsyms_exports, "");
}

CHECK(needs_are_undefined_symbols_then_names_with_a_version_only)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);

                mkelf_version(&made, "module_layout", 0x77);
                mkelf_version(&made, "printk", 0xfedcba98);
                mkelf_version(&made, "other", 0x5);
                mkelf_need(&made, "zlib", false);
                mkelf_need(&made, "maybe", true);
                mkelf_symbol(&made, "defined", 1, 1, 0);
                mkelf_need(&made, "printk", false);
                assert_listed(&made, tn_modsyms_needs,
                              "U:zlib=0 W:maybe=0 U:printk=fedcba98 U:module_layout=77 U:other=5 ");
        }
}

CHECK(needs_keep_leading_dots_and_versions_drop_one)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, true);

        mkelf_need(&made, ".func", false);
        mkelf_version(&made, ".func", 1);
        mkelf_version(&made, "..two", 2);
        assert_listed(&made, tn_modsyms_needs, "U:.func=1 U:..two=2 ");
        assert_listed(&made, tn_modsyms_versions, "U:func=1 U:.two=2 ");
}

CHECK(needs_of_a_repeated_name_take_its_first_version)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_version(&made, "a", 1);
        mkelf_version(&made, "a", 2);
        mkelf_version(&made, "b", 3);
        mkelf_version(&made, "b", 4);
        mkelf_need(&made, "a", false);
        mkelf_need(&made, "a", true);
        assert_listed(&made, tn_modsyms_needs, "U:a=1 W:a=1 U:b=3 ");
}

CHECK(needs_of_sparc_leave_registers_out)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, true);

        made.machine = EM_SPARCV9;
        mkelf_symbol(&made, "g2", 2, SHN_UNDEF, ELF64_ST_INFO(STB_GLOBAL, STT_SPARC_REGISTER));
        mkelf_need(&made, "printk", false);
        assert_listed(&made, tn_modsyms_needs, "U:printk=0 ");
        made.machine = EM_PPC64;
        assert_listed(&made, tn_modsyms_needs, "U:g2=0 U:printk=0 ");
}

CHECK(needs_without_a_symbol_table_are_an_error)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_version(&made, "printk", 1);
        made.stripped = true;
        assert_int_equal(fails(&made, tn_modsyms_needs), -EINVAL);
        assert_listed(&made, tn_modsyms_versions, "U:printk=1 ");
}

CHECK(needs_use_extended_versions_too_and_the_classic_ones_win)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);

                mkelf_version(&made, "both", 1);
                mkelf_version_ext(&made, "both", 2);
                mkelf_version_ext(&made,
                                  "_RNvNtCs_a_rust_name_that_is_much_longer_than_the_classic_table_holds", 3);
                mkelf_version_ext(&made, "layout", 4);
                mkelf_need(&made, "_RNvNtCs_a_rust_name_that_is_much_longer_than_the_classic_table_holds",
                           false);
                mkelf_need(&made, "both", false);
                assert_listed(&made, tn_modsyms_needs,
                              "U:_RNvNtCs_a_rust_name_that_is_much_longer_than_the_classic_table_holds=3 "
                              "U:both=1 U:layout=4 ");
                assert_listed(&made, tn_modsyms_versions,
                              "U:both=1 "
                              "U:_RNvNtCs_a_rust_name_that_is_much_longer_than_the_classic_table_holds=3 "
                              "U:layout=4 ");
        }
}

CHECK(versions_say_which_table_they_are_from)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_elf elf;

        mkelf_version(&made, "classic", 1);
        mkelf_version_ext(&made, "classic", 1);
        mkelf_version_ext(&made, "extended", 2);
        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_modsyms_versions(&elf, &syms), 0);
        assert_int_equal(syms.n, 2);
        assert_false(syms.v[0].extended);
        assert_true(syms.v[1].extended);
}

CHECK(versions_may_be_extended_only)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_version_ext(&made, "a", 1);
        mkelf_version_ext(&made, ".b", 2);
        assert_listed(&made, tn_modsyms_versions, "U:a=1 U:b=2 ");
}

CHECK(versions_that_are_absent_or_malformed_are_told)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        assert_int_equal(fails(&made, tn_modsyms_versions), -ENODATA);
        mkelf_need(&made, "a", false);
        mkelf_version(&made, "a", 1);
        tn_buf_add_char(&made.versions, '\0');
        assert_int_equal(fails(&made, tn_modsyms_versions), -EINVAL);
        assert_listed(&made, tn_modsyms_needs, "U:a=0 ");
}

CHECK(versions_with_more_names_than_crcs_or_less_are_malformed)
{
        _cleanup_(mkelf_fini) struct mkelf less = mkelf_of(true, false);
        _cleanup_(mkelf_fini) struct mkelf more = mkelf_of(true, false);
        _cleanup_(mkelf_fini) struct mkelf endless = mkelf_of(true, false);

        mkelf_version_ext(&less, "a", 1);
        tn_buf_add(&less.ext_names, "b", 2);
        assert_int_equal(fails(&less, tn_modsyms_versions), -EINVAL);
        mkelf_version_ext(&more, "a", 1);
        tn_buf_add(&more.ext_crcs, "\1\0\0\0", 4);
        assert_int_equal(fails(&more, tn_modsyms_versions), -EINVAL);
        mkelf_version_ext(&endless, "a", 1);
        endless.ext_names.len--;
        assert_int_equal(fails(&endless, tn_modsyms_versions), -EINVAL);
}

CHECK(version_name_as_long_as_its_record_ends_with_it)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_version(&made, "01234567890123456789012345678901234567890123456789012345", 1);
        mkelf_version(&made, "next", 2);
        assert_listed(&made, tn_modsyms_versions,
                      "U:01234567890123456789012345678901234567890123456789012345=1 U:next=2 ");
}

CHECK(needs_of_a_hundred_thousand_names_are_not_quadratic)
{
        enum { N = 100000 };
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        struct tn_elf elf;
        char name[16];

        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        for (unsigned i = 0; i < N; i++) {
                snprintf(name, sizeof(name), "sym%u", i);
                mkelf_version(&made, name, i);
                mkelf_need(&made, name, false);
        }
        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_modsyms_needs(&elf, &syms), 0);
        assert_int_equal(syms.n, N);
        assert_int_equal(syms.v[N - 1].crc, N - 1);
}
