/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <stdio.h>

#include "check.h"
#include "format/facts_parse.h"
#include "mkelf.h"
#include "util/cleanup.h"

#define SYMBOLS (TN_FACTS_EXPORTS | TN_FACTS_NEEDS)
#define DEPMODS (TN_FACTS_INFO | SYMBOLS)

static void assert_facts_of_everything(const struct tn_facts *facts)
{
        assert_int_equal(facts->info.n, 3);
        assert_string_equal(facts->info.v[0].key.ptr, "license");
        assert_string_equal(facts->info.v[0].value.ptr, "GPL");
        assert_string_equal(facts->info.v[1].key.ptr, "alias");
        assert_string_equal(facts->info.v[1].value.ptr, "of:N*T*=x");
        assert_string_equal(facts->info.v[2].key.ptr, "flag");
        assert_string_equal(facts->info.v[2].value.ptr, "");
        assert_int_equal(facts->exports.n, 1);
        assert_string_equal(facts->exports.v[0].name.ptr, "mine");
        assert_int_equal(facts->exports.v[0].crc, 0x12345678);
        assert_int_equal(facts->needs_err, 0);
        assert_int_equal(facts->needs.n, 2);
        assert_string_equal(facts->needs.v[0].name.ptr, "printk");
        assert_int_equal(facts->needs.v[0].crc, 7);
        assert_int_equal(facts->needs.v[0].bind, 'W');
        assert_string_equal(facts->needs.v[1].name.ptr, "module_layout");
}

static struct mkelf everything(bool is64, bool big_endian)
{
        struct mkelf made = mkelf_of(is64, big_endian);

        mkelf_info(&made, "license=GPL");
        mkelf_info(&made, "alias=of:N*T*=x");
        mkelf_info(&made, "flag");
        mkelf_export_section(&made, "mine", 0x12345678);
        mkelf_need(&made, "printk", true);
        mkelf_version(&made, "module_layout", 1);
        mkelf_version(&made, "printk", 7);
        return made;
}

CHECK(facts_hold_all_that_a_module_says)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = everything(kind & 1, kind & 2);
                _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

                assert_int_equal(tn_facts_parse(mkelf_span(&made), DEPMODS, &facts), 0);
                mkelf_fini(&made);
                assert_facts_of_everything(&facts);
        }
}

/* The module, and behind it a signature by "A Sig\0er" with the key "KEY". */
static struct span signed_module(struct mkelf *made, struct tn_buf *buf)
{
        static const char note[] = "\4\0\0\0\3\0\0\0\3\0\0\0GNU\0\x01\xab\xff";

        mkelf_section(made, ".note.gnu.build-id", SHT_NOTE, (struct span){ note, sizeof(note) - 1 });
        tn_buf_add_span(buf, mkelf_span(made));
        tn_buf_add_span(buf, SPAN("A Sig\0erKEYxy\1\4\1\10\3\0\0\0\0\0\0\2"));
        tn_buf_add_span(buf, SPAN("~Module signature appended~\n"));
        return tn_buf_span(buf);
}

static size_t has(unsigned parts, unsigned part, size_t n)
{
        return parts & part ? n : 0;
}

CHECK(facts_are_those_parts_that_are_asked_for)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct span module = signed_module(&made, &buf);

        for (unsigned parts = 0; parts < TN_FACTS_FILE; parts++) {
                _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

                assert_int_equal(tn_facts_parse(module, parts, &facts), 0);
                if (parts & TN_FACTS_EXPORT_RULES)
                        assert_int_equal(facts.parts, parts | TN_FACTS_EXPORTS);
                else
                        assert_int_equal(facts.parts, parts);
                assert_int_equal(facts.elf.machine, has(parts, TN_FACTS_ELF, EM_X86_64));
                assert_int_equal(facts.info.n, has(parts, TN_FACTS_INFO, 3));
                assert_int_equal(facts.exports.n, has(facts.parts, TN_FACTS_EXPORTS, 1));
                assert_int_equal(facts.export_rules.n, has(parts, TN_FACTS_EXPORT_RULES, 1));
                assert_int_equal(facts.needs.n, has(parts, TN_FACTS_NEEDS, 2));
                assert_int_equal(facts.versions.n, has(parts, TN_FACTS_VERSIONS, 2));
                assert_int_equal(facts.build_id.len, has(parts, TN_FACTS_BUILD_ID, 3));
                assert_int_equal(facts.signature.id.len, has(parts, TN_FACTS_SIGNATURE, 4));
        }
}

/* What a part is made of is what it asks to have; see tn_elfsift(). */
CHECK(facts_name_the_sections_that_they_are_made_of)
{
        struct span names[TN_FACTS_SECTIONS_MAX];

        assert_int_equal(tn_facts_sections(TN_FACTS_ELF | TN_FACTS_SIGNATURE, names), 0);
        assert_int_equal(tn_facts_sections(TN_FACTS_INFO, names), 1);
        assert_string_equal(names[0].ptr, ".modinfo");
        assert_int_equal(tn_facts_sections(TN_FACTS_VERSIONS, names), 1);
        assert_string_equal(names[0].ptr, "__version");
        assert_int_equal(tn_facts_sections(TN_FACTS_BUILD_ID, names), 1);
        assert_string_equal(names[0].ptr, ".note.gnu.build-id");
        assert_int_equal(tn_facts_sections(TN_FACTS_NEEDS, names), 3);
        assert_int_equal(tn_facts_sections(TN_FACTS_ALL, names), 8);
}

CHECK(facts_have_a_copy_of_each_namespace)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        mkelf_symbol(&made, "__kstrtabns_mine", made.ksymtab_strings.len, 3, 0);
        mkelf_export(&made, "SPACE");
        assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_EXPORT_RULES, &facts), 0);
        memset(made.image.ptr, '-', made.image.len);
        assert_int_equal(facts.export_rules_err, 0);
        assert_string_equal(facts.export_rules.v[0].space.ptr, "SPACE");
}

CHECK(facts_tell_what_kind_of_object_it_is)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

                assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_ELF, &facts), 0);
                assert_int_equal(facts.elf.is64, kind & 1);
                assert_int_equal(facts.elf.big_endian, !!(kind & 2));
                assert_int_equal(facts.elf.machine, made.machine);
        }
}

CHECK(facts_have_the_fields_of_a_signature)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_facts_parse(signed_module(&made, &buf), TN_FACTS_ALL, &facts), 0);
        memset(buf.ptr, '-', buf.len);
        assert_string_equal(facts.signature.id.ptr, "X509");
        assert_true(tn_span_eq(facts.signature.signer, SPAN("A Sig\0er")));
        assert_string_equal(facts.signature.key.ptr, "KEY");
        assert_string_equal(facts.signature.hash.ptr, "sha256");
        assert_string_equal(facts.signature.signature.ptr, "xy");
        assert_string_equal(facts.build_id.ptr, "\x01\xab\xff");
}

CHECK(facts_hand_out_a_list_of_symbols_by_its_part)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        const struct tn_modsyms *syms;

        made.versions.len--;
        made.stripped = true;
        assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_ALL, &facts), 0);
        assert_int_equal(tn_facts_symbols(&facts, TN_FACTS_EXPORTS, &syms), 0);
        assert_ptr_equal(syms, &facts.exports);
        facts.needs_err = -EFBIG;
        assert_int_equal(tn_facts_symbols(&facts, TN_FACTS_NEEDS, &syms), -EFBIG);
        assert_ptr_equal(syms, &facts.needs);
        assert_int_equal(tn_facts_symbols(&facts, TN_FACTS_VERSIONS, &syms), -EINVAL);
        assert_ptr_equal(syms, &facts.versions);
}

CHECK(facts_may_be_few)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        made.stripped = true;
        assert_int_equal(tn_facts_parse(mkelf_span(&made), DEPMODS, &facts), 0);
        assert_int_equal(facts.info.n, 0);
        assert_int_equal(facts.info_err, -ENODATA);
        assert_int_equal(facts.exports.n, 0);
        assert_int_equal(facts.exports_err, 0);
        assert_int_equal(facts.needs.n, 0);
        assert_int_equal(facts.needs_err, -EINVAL);
}

CHECK(facts_of_what_is_no_module_are_refused)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_facts facts;

        assert_int_equal(tn_facts_parse(SPAN("#!/bin/sh\n"), DEPMODS, &facts), -ENOEXEC);
        assert_int_equal(tn_facts_parse(SPAN(""), DEPMODS, &facts), -EINVAL);
        assert_int_equal(tn_facts_parse(tn_span_head(mkelf_span(&made), 100), DEPMODS, &facts), -EINVAL);
}

CHECK(facts_of_more_entries_than_any_module_has_are_left_out)
{
        enum { N = 1000001 };
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        for (unsigned i = 0; i < N; i++)
                mkelf_info(&made, "a");
        assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_INFO, &facts), 0);
        assert_int_equal(facts.info_err, -EFBIG);
        assert_int_equal(facts.info.n, 0);
        assert_string_equal(facts.excess.what, "entries of .modinfo");
        assert_int_equal(facts.excess.found, N);
        assert_int_equal(facts.excess.bound, N - 1);
}

CHECK(facts_that_lack_a_section_lack_the_lists_that_are_made_of_it)
{
        static const struct {
                struct span section;
                int info, exports, needs, versions;
        } lacks[] = {
                { { ".modinfo", 8 }, -EFBIG, 0, 0, 0 },
                { { ".symtab", 7 }, 0, -EFBIG, -EFBIG, 0 },
                { { "__kcrctab_gpl", 13 }, 0, -EFBIG, 0, 0 },
                { { "__versions", 10 }, 0, 0, -EFBIG, -EFBIG },
                { { ".text", 5 }, 0, 0, 0, 0 },
        };

        for (size_t i = 0; i < ARRAY_SIZE(lacks); i++) {
                struct tn_facts facts = { .parts = TN_FACTS_ALL };

                tn_facts_lack(&facts, lacks[i].section, 11, 10);
                assert_int_equal(facts.info_err, lacks[i].info);
                assert_int_equal(facts.exports_err, lacks[i].exports);
                assert_int_equal(facts.needs_err, lacks[i].needs);
                assert_int_equal(facts.versions_err, lacks[i].versions);
                assert_true(tn_span_starts(tn_span_of(facts.excess.what), SPAN("bytes of ")));
                assert_int_equal(facts.excess.found, 11);
                assert_int_equal(facts.excess.bound, 10);
        }
}

/* A list that has something is not wholly lacking, and of a part that was not read nothing is known. */
CHECK(facts_that_lack_a_section_keep_what_they_have)
{
        struct tn_modsym need = { SPAN("printk"), 0, 'U', false };
        struct tn_facts facts = { .parts = TN_FACTS_NEEDS, .needs = { .v = &need, .n = 1 } };

        tn_facts_lack(&facts, SPAN(".symtab"), 11, 10);
        assert_int_equal(facts.needs_err, 0);
        assert_int_equal(facts.exports_err, 0);
}

/* So many needs, all with the one name that the string table has, of so many bytes. */
static void parse_needs(size_t n, size_t len, struct tn_facts *facts)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(false, false);
        char name[TN_MODSYM_NAME_MAX + 1] = { 0 };

        memset(name, 'x', len);
        for (size_t i = 0; i < n; i++) {
                made.strtab.len = 1;
                mkelf_need(&made, name, false);
        }
        assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_NEEDS, facts), 0);
        assert_int_equal(facts->needs_err, facts->excess.what[0] ? -EFBIG : 0);
}

/* Far more bytes of names than the file has: 16 MiB with a NUL for each, and one more. */
CHECK(facts_of_overlapping_names_do_not_explode)
{
        _cleanup_(tn_facts_fini) struct tn_facts fits = { 0 }, facts = { 0 };

        parse_needs(4096, 4095, &fits);
        assert_string_equal(fits.excess.what, "");
        assert_int_equal(fits.needs.n, 4096);
        parse_needs(4097, 4095, &facts);
        assert_string_equal(facts.excess.what, "bytes of needs");
        assert_int_equal(facts.excess.found, 4097 * 4096);
        assert_int_equal(facts.excess.bound, 4096 * 4096);
        assert_int_equal(facts.needs.n, 0);
}

CHECK(facts_of_more_symbols_than_any_module_has_are_left_out)
{
        _cleanup_(tn_facts_fini) struct tn_facts fits = { 0 }, facts = { 0 };

        parse_needs(250000, 1, &fits);
        assert_string_equal(fits.excess.what, "");
        assert_int_equal(fits.needs.n, 250000);
        parse_needs(250001, 1, &facts);
        assert_string_equal(facts.excess.what, "needs");
        assert_int_equal(facts.excess.found, 250001);
        assert_int_equal(facts.excess.bound, 250000);
        assert_int_equal(facts.needs.n, 0);
}

/* So many exports with the one namespace of 4095 bytes that the file has. */
static void parse_namespaces(unsigned n, struct tn_facts *facts)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        char space[4096] = { 0 }, name[32];

        memset(space, 'x', sizeof(space) - 1);
        mkelf_export(&made, space);
        for (unsigned i = 0; i < n; i++) {
                snprintf(name, sizeof(name), "__crc_f%u", i);
                mkelf_symbol(&made, name, 1, SHN_ABS, 0);
                snprintf(name, sizeof(name), "__kstrtabns_f%u", i);
                mkelf_symbol(&made, name, 0, 1, 0);
        }
        assert_int_equal(tn_facts_parse(mkelf_span(&made), TN_FACTS_EXPORT_RULES, facts), 0);
        assert_int_equal(facts->exports.n, n);
}

CHECK(facts_of_overlapping_namespaces_do_not_explode)
{
        _cleanup_(tn_facts_fini) struct tn_facts fits = { 0 }, facts = { 0 };

        parse_namespaces(4096, &fits);
        assert_int_equal(fits.export_rules_err, 0);
        assert_int_equal(fits.export_rules.n, 4096);
        assert_int_equal(fits.export_rules.v[4095].space.len, 4095);
        parse_namespaces(4097, &facts);
        assert_int_equal(facts.export_rules_err, -EFBIG);
        assert_int_equal(facts.export_rules.n, 0);
        assert_string_equal(facts.excess.what, "bytes of namespaces");
        assert_int_equal(facts.excess.found, 4097 * 4096);
}
