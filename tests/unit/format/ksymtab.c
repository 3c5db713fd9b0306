/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/ksymtab.h"
#include "mkelf.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* Where the linker has put the strings. Offsets to them are negative. */
#define STRINGS 0x80001000
#define TABLE   0x80002000
#define TABLE_G 0x80003000

static const char strings[] = "\0one\0two\0CRYPTO\0three";

enum { EMPTY = 0, ONE = 1, TWO = 5, CRYPTO = 9, THREE = 16 };

/* A kernel whose entries have fields of so many bytes. */
struct kernel {
        struct mkelf elf;
        unsigned size;
        bool relative;
        struct tn_buf table, table_gpl, crcs, crcs_gpl;
};

static void kernel_fini(struct kernel *kernel)
{
        mkelf_fini(&kernel->elf);
        tn_buf_fini(&kernel->table);
        tn_buf_fini(&kernel->table_gpl);
        tn_buf_fini(&kernel->crcs);
        tn_buf_fini(&kernel->crcs_gpl);
}

static void put(const struct kernel *kernel, struct tn_buf *to, uint64_t num, unsigned size)
{
        for (unsigned i = 0; i < size; i++)
                tn_buf_add_char(to, (char)(num >> 8 * (kernel->elf.big_endian ? size - 1 - i : i)));
}

/* What leads to an address from where the next field will be. */
static void put_field(const struct kernel *kernel, struct tn_buf *table, uint64_t start, uint64_t addr)
{
        put(kernel, table, kernel->relative ? addr - (start + table->len) : addr, kernel->size);
}

static void add(struct kernel *kernel, bool gpl, unsigned name, uint32_t crc)
{
        struct tn_buf *table = gpl ? &kernel->table_gpl : &kernel->table;
        uint64_t start = gpl ? TABLE_G : TABLE;

        put_field(kernel, table, start, 0x80000000);
        put_field(kernel, table, start, STRINGS + name);
        put(kernel, gpl ? &kernel->crcs_gpl : &kernel->crcs, crc, 4);
}

static void add_namespace(struct kernel *kernel, bool gpl, unsigned name)
{
        put_field(kernel, gpl ? &kernel->table_gpl : &kernel->table, gpl ? TABLE_G : TABLE, STRINGS + name);
}

static int print(void *data, const struct tn_ksymtab_entry *entry)
{
        tn_buf_addf(data, "%.*s", SPAN_FMT(entry->name));
        if (entry->has_crc)
                tn_buf_addf(data, "=%x", entry->crc);
        tn_buf_addf(data, "%s", entry->gpl_only ? " gpl" : "");
        if (entry->namespace.len)
                tn_buf_addf(data, " %.*s", SPAN_FMT(entry->namespace));
        tn_buf_add_char(data, '\n');
        return tn_span_eq(entry->name, SPAN("two")) ? tn_buf_error(data) : 0;
}

static int list(struct kernel *kernel, struct tn_buf *text)
{
        struct tn_elf elf;

        mkelf_section_at(&kernel->elf, "__ksymtab_strings", STRINGS,
                         (struct span){ strings, sizeof(strings) });
        mkelf_section_at(&kernel->elf, "__ksymtab", TABLE, tn_buf_span(&kernel->table));
        mkelf_section_at(&kernel->elf, "__ksymtab_gpl", TABLE_G, tn_buf_span(&kernel->table_gpl));
        if (kernel->crcs.len) {
                mkelf_section_at(&kernel->elf, "__kcrctab", 0, tn_buf_span(&kernel->crcs));
                mkelf_section_at(&kernel->elf, "__kcrctab_gpl", 0, tn_buf_span(&kernel->crcs_gpl));
        }
        assert_int_equal(tn_elf_parse(mkelf_span(&kernel->elf), &elf), 0);
        return tn_ksymtab_each(&elf, print, text);
}

static void assert_listed(struct kernel *kernel, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(list(kernel, &text), 0);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(ksymtab_has_names_crcs_namespaces_and_who_may_use_them)
{
        static const struct {
                bool is64, big_endian, relative;
                unsigned size;
        } kinds[] = {
                { true, false, true, 4 },   { true, true, true, 4 },   { false, false, true, 4 },
                { true, true, false, 8 },   { true, false, false, 8 }, { false, true, false, 4 },
                { false, false, false, 4 },
        };

        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                _cleanup_(kernel_fini) struct kernel kernel = {
                        .elf = mkelf_of(kinds[i].is64, kinds[i].big_endian),
                        .size = kinds[i].size,
                        .relative = kinds[i].relative,
                };

                add(&kernel, false, ONE, 0x11);
                add_namespace(&kernel, false, EMPTY);
                add(&kernel, false, TWO, 0x22);
                add_namespace(&kernel, false, CRYPTO);
                add(&kernel, true, THREE, 0x33);
                put(&kernel, &kernel.table_gpl, 0, kernel.size);
                assert_listed(&kernel, "one=11\ntwo=22 CRYPTO\nthree=33 gpl\n");
        }
}

CHECK(ksymtab_of_old_kernels_has_no_namespaces)
{
        static const unsigned sizes[] = { 4, 8 };

        for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
                _cleanup_(kernel_fini) struct kernel kernel = {
                        .elf = mkelf_of(true, false),
                        .size = sizes[i],
                        .relative = sizes[i] == 4,
                };

                add(&kernel, false, ONE, 0x11);
                add(&kernel, false, TWO, 0x22);
                add(&kernel, true, THREE, 0x33);
                assert_listed(&kernel, "one=11\ntwo=22\nthree=33 gpl\n");
        }
}

CHECK(ksymtab_without_modversions_has_no_crcs)
{
        _cleanup_(kernel_fini) struct kernel kernel = { .elf = mkelf_of(true, false),
                                                        .size = 4,
                                                        .relative = true };

        add(&kernel, false, ONE, 0);
        add_namespace(&kernel, false, EMPTY);
        kernel.crcs.len = 0;
        assert_listed(&kernel, "one\n");
}

CHECK(ksymtab_that_cannot_be_read_is_an_error)
{
        static const struct {
                unsigned name;
                size_t cut, crcs;
        } bad[] = {
                { sizeof(strings), 0, 4 }, /* a name outside the strings */
                { EMPTY, 0, 4 },           /* no name */
                { ONE, 1, 4 },             /* no whole entry */
                { ONE, 0, 8 },             /* more CRCs than entries */
        };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
                _cleanup_(kernel_fini) struct kernel kernel = { .elf = mkelf_of(true, false),
                                                                .size = 4,
                                                                .relative = true };

                add(&kernel, false, bad[i].name, 0);
                add_namespace(&kernel, false, EMPTY);
                kernel.table.len -= bad[i].cut;
                for (size_t n = 4; n < bad[i].crcs; n++)
                        tn_buf_add_char(&kernel.crcs, 0);
                assert_int_equal(list(&kernel, &text), -EINVAL);
                assert_int_equal(text.len, 0);
        }
}

static int stop(void *data, const struct tn_ksymtab_entry *entry)
{
        (void)entry;
        ++*(int *)data;
        return 7;
}

CHECK(ksymtab_walk_stops_when_it_is_told_to)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        _cleanup_(kernel_fini) struct kernel kernel = { .elf = mkelf_of(true, false),
                                                        .size = 4,
                                                        .relative = true };
        struct tn_elf elf;
        int calls = 0;

        add(&kernel, false, ONE, 0);
        add_namespace(&kernel, false, EMPTY);
        add(&kernel, true, TWO, 0);
        add_namespace(&kernel, true, EMPTY);
        assert_int_equal(list(&kernel, &text), 0);
        assert_int_equal(tn_elf_parse(mkelf_span(&kernel.elf), &elf), 0);
        assert_int_equal(tn_ksymtab_each(&elf, stop, &calls), 7);
        assert_int_equal(calls, 1);
}

CHECK(ksymtab_of_a_module_is_none)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_elf elf;
        int calls = 0;

        mkelf_info(&made, "license=GPL");
        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_ksymtab_each(&elf, stop, &calls), -ENODATA);
        mkelf_section_at(&made, "__ksymtab", TABLE, SPAN("\0\0\0\0"));
        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_ksymtab_each(&elf, stop, &calls), -EINVAL);
        assert_int_equal(calls, 0);
}
