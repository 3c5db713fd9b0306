/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "depmod/hash.h"
#include "depmod/symtab.h"
#include "util/cleanup.h"

static void export(struct tn_symtab *tab, const char *name, uint64_t crc, uint32_t owner)
{
        assert_int_equal(tn_symtab_export(tab, tn_span_of(name), crc, owner), 0);
}

CHECK(symtab_finds_what_was_exported_and_nothing_else)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        const struct tn_symbol *sym;

        assert_null(tn_symtab_find(&tab, SPAN("printk")));
        export(&tab, "printk", 5, TN_SYMTAB_NOBODY);
        export(&tab, "kfree", 6, 3);
        sym = tn_symtab_find(&tab, SPAN("printk"));
        assert_non_null(sym);
        assert_string_equal(sym->name.ptr, "printk");
        assert_int_equal(sym->crc, 5);
        assert_int_equal(sym->owner, TN_SYMTAB_NOBODY);
        assert_null(tn_symtab_find(&tab, SPAN("print")));
}

CHECK(symtab_lets_the_last_who_exports_own_a_symbol)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        const struct tn_symbol *sym;

        export(&tab, "f", 5, TN_SYMTAB_NOBODY);
        export(&tab, "f", 6, 3);
        sym = tn_symtab_find(&tab, SPAN("f"));
        assert_int_equal(tab.symbols.n, 1);
        assert_int_equal(sym->crc, 6);
        assert_int_equal(sym->owner, 3);
}

CHECK(symtab_drops_one_prefix)
{
        struct tn_symtab tab = { .prefix = '_' }, plain = { 0 };

        assert_span(tn_symtab_plain(&tab, SPAN("__f")), "_f");
        assert_span(tn_symtab_plain(&tab, SPAN("f")), "f");
        assert_span(tn_symtab_plain(&tab, SPAN("")), "");
        assert_span(tn_symtab_plain(&plain, SPAN("_f")), "_f");
}

/* A search ends at a free slot: half of them stay free. */
CHECK(symtab_keeps_numbers_when_it_grows)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        char name[32];

        for (uint32_t round = 0; round < 2; round++) {
                for (uint32_t i = 0; i < 10000; i++) {
                        snprintf(name, sizeof(name), "symbol_%u", i);
                        export(&tab, name, i, i);
                        assert_true(tab.symbols.n <= tab.n_slots / 2);
                }
        }
        assert_int_equal(tab.symbols.n, 10000);
        for (uint32_t i = 0; i < 10000; i++) {
                const struct tn_symbol *sym = &tab.symbols.v[i];

                snprintf(name, sizeof(name), "symbol_%u", i);
                assert_string_equal(sym->name.ptr, name);
                assert_ptr_equal(tn_symtab_find(&tab, tn_span_of(name)), sym);
                assert_int_equal(sym->owner, i);
        }
}

/* Buckets of 2048: abcd 219, ext4 790, ab 836. */
CHECK(symtab_lists_owned_symbols_in_hash_order)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        _cleanup_(freep) struct tn_keyed *sorted = NULL;
        size_t n;

        export(&tab, "ab", 0, 7);
        export(&tab, "ext4", 0, 7);
        export(&tab, "module_layout", 0, TN_SYMTAB_NOBODY);
        export(&tab, "abcd", 0, 7);
        assert_int_equal(tn_symtab_sorted(&tab, &sorted, &n), 0);
        assert_int_equal(n, 3);
        assert_string_equal(tab.symbols.v[sorted[0].n].name.ptr, "abcd");
        assert_string_equal(tab.symbols.v[sorted[1].n].name.ptr, "ext4");
        assert_string_equal(tab.symbols.v[sorted[2].n].name.ptr, "ab");
}

/* So many that most buckets have several. */
CHECK(symtab_lists_symbols_of_a_bucket_by_their_bytes)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        _cleanup_(freep) struct tn_keyed *sorted = NULL;
        char name[32];
        size_t n, same = 0;

        for (uint32_t i = 0; i < 10000; i++) {
                snprintf(name, sizeof(name), "a_longer_name_%u", i);
                export(&tab, name, 0, 1);
        }
        assert_int_equal(tn_symtab_sorted(&tab, &sorted, &n), 0);
        assert_int_equal(n, 10000);
        for (size_t i = 1; i < n; i++) {
                struct span a = tab.symbols.v[sorted[i - 1].n].name, b = tab.symbols.v[sorted[i].n].name;
                uint32_t bucket_a = tn_hash(a) % TN_HASH_SYMBOLS, bucket_b = tn_hash(b) % TN_HASH_SYMBOLS;

                assert_true(bucket_a < bucket_b || (bucket_a == bucket_b && tn_span_cmp(a, b) < 0));
                same += bucket_a == bucket_b;
        }
        assert_true(same > 5000);
}
