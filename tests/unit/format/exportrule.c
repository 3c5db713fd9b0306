/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>

#include "check.h"
#include "format/elf.h"
#include "format/exportrule.h"
#include "mkelf.h"
#include "util/cleanup.h"

/* The numbers of the sections of what module() makes. */
enum {
        CRCS = MKELF_CRC_SECTION,
        STRINGS,
        SYMTAB,
        STRTAB,
        OPEN,
        GPL,
};

static struct mkelf module(bool is64, bool big_endian)
{
        struct mkelf made = mkelf_of(is64, big_endian);

        mkelf_section(&made, "__ksymtab", SHT_PROGBITS, SPAN("entries"));
        mkelf_section(&made, "__ksymtab_gpl", SHT_PROGBITS, SPAN("entries"));
        return made;
}

/* An export with its entry in that section, and its namespace behind its name as the kernel's build has it. */
static void add(struct mkelf *made, const char *name, uint16_t section, const char *space)
{
        _cleanup_(tn_buf_fini) struct tn_buf entry = { 0 }, string = { 0 };
        size_t at;

        tn_buf_addf(&entry, "__ksymtab_%s", name);
        tn_buf_addf(&string, "__kstrtabns_%s", name);
        mkelf_export_section(made, name, 1);
        at = made->ksymtab_strings.len;
        mkelf_export(made, space);
        mkelf_symbol(made, tn_buf_str(&entry), 0, section, 0);
        mkelf_symbol(made, tn_buf_str(&string), at, STRINGS, 0);
}

/* "name:rule:namespace" of each, a blank between them. */
static char *listed(struct mkelf *made)
{
        _cleanup_(tn_exportrules_fini) struct tn_exportrules rules = { 0 };
        _cleanup_(tn_modsyms_fini) struct tn_modsyms exports = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(made), &elf), 0);
        assert_int_equal(tn_modsyms_exports(&elf, &exports), 0);
        assert_int_equal(tn_exportrules_find(&elf, &exports, &rules), 0);
        assert_int_equal(rules.n, exports.n);
        for (size_t i = 0; i < rules.n; i++) {
                const struct tn_exportrule *rule = &rules.v[i];

                tn_buf_addf(&text, "%.*s:%s:%.*s ", SPAN_FMT(exports.v[i].name),
                            !rule->known     ? "?"
                            : rule->gpl_only ? "gpl"
                                             : "all",
                            SPAN_FMT(rule->space));
        }
        return tn_buf_take(&text);
}

static void assert_listed(struct mkelf *made, const char *expected)
{
        _cleanup_(freep) char *text = listed(made);

        assert_string_equal(text, expected);
}

CHECK(export_rules_come_from_the_section_of_the_entry_and_the_string_of_the_namespace)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = module(kind & 1, kind & 2);

                add(&made, "zeta", OPEN, "");
                add(&made, "alpha", GPL, "CRYPTO_INTERNAL");
                add(&made, "beta", GPL, "");
                add(&made, "alpha2", OPEN, "OTHER");
                assert_listed(&made, "zeta:all: alpha:gpl:CRYPTO_INTERNAL beta:gpl: alpha2:all:OTHER ");
        }
}

CHECK(export_rules_are_unknown_without_the_symbols_that_tell_them)
{
        _cleanup_(mkelf_fini) struct mkelf made = module(true, false);

        mkelf_export_section(&made, "f", 1);
        assert_listed(&made, "f:?: ");
        made.stripped = true;
        assert_listed(&made, "f:?: ");
}

CHECK(export_rules_of_a_module_without_exports_are_none)
{
        _cleanup_(mkelf_fini) struct mkelf made = module(true, false);

        mkelf_symbol(&made, "__ksymtab_f", 0, GPL, 0);
        assert_listed(&made, "");
}

CHECK(export_rules_of_one_name_twice_are_the_same)
{
        _cleanup_(mkelf_fini) struct mkelf made = module(false, true);

        mkelf_export_section(&made, "f", 1);
        mkelf_export_section(&made, "e", 1);
        add(&made, "f", GPL, "SPACE");
        assert_listed(&made, "f:gpl:SPACE e:?: f:gpl:SPACE ");
}

CHECK(export_rules_have_no_namespace_that_is_not_there)
{
        _cleanup_(mkelf_fini) struct mkelf made = module(true, false);

        add(&made, "good", GPL, "SPACE");
        mkelf_export_section(&made, "past", 1);
        mkelf_symbol(&made, "__kstrtabns_past", 1000, STRINGS, 0);
        mkelf_export_section(&made, "far", 1);
        mkelf_symbol(&made, "__kstrtabns_far", UINT64_MAX, STRINGS, 0);
        mkelf_export_section(&made, "elsewhere", 1);
        mkelf_symbol(&made, "__kstrtabns_elsewhere", 0, CRCS, 0);
        mkelf_export_section(&made, "endless", 1);
        mkelf_symbol(&made, "__kstrtabns_endless", made.ksymtab_strings.len, STRINGS, 0);
        tn_buf_add_str(&made.ksymtab_strings, "SPA");
        assert_listed(&made, "good:gpl:SPACE past:?: far:?: elsewhere:?: endless:?: ");
}

CHECK(export_rules_of_a_hundred_thousand_exports_are_not_quadratic)
{
        enum { N = 100000 };
        _cleanup_(mkelf_fini) struct mkelf made = module(true, false);
        _cleanup_(freep) char *text = NULL;

        for (unsigned i = 0; i < N; i++)
                mkelf_export_section(&made, "f", 1);
        for (unsigned i = 0; i < N; i++)
                mkelf_symbol(&made, "__ksymtab_f", 0, GPL, 0);
        text = listed(&made);
        assert_int_equal(strlen(text), N * strlen("f:gpl: "));
}
