/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "depmod/symtab.h"
#include "util/cleanup.h"

CHECK(symtab_gives_one_number_a_name)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        uint32_t printk, again, other;

        assert_int_equal(tn_symtab_intern(&tab, SPAN("printk"), &printk), 0);
        assert_int_equal(tn_symtab_intern(&tab, SPAN("print"), &other), 0);
        assert_int_equal(tn_symtab_intern(&tab, SPAN("printk"), &again), 0);
        assert_int_equal(printk, again);
        assert_int_not_equal(printk, other);
        assert_span(tab.symbols.v[printk].name, "printk");
        assert_int_equal(tab.symbols.v[printk].owner, TN_SYMTAB_NOBODY);
}

CHECK(symtab_keeps_numbers_when_it_grows)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        char name[32];
        uint32_t number;

        for (uint32_t round = 0; round < 2; round++) {
                for (uint32_t i = 0; i < 10000; i++) {
                        int n = snprintf(name, sizeof(name), "symbol_%u", i);

                        assert_int_equal(tn_symtab_intern(&tab, (struct span){ name, (size_t)n }, &number),
                                         0);
                        assert_int_equal(number, i);
                }
        }
        assert_int_equal(tab.symbols.n, 10000);
}

/* Buckets of 2048: abcd 219, ext4 790, ab 836. */
CHECK(symtab_lists_owned_symbols_in_hash_order)
{
        _cleanup_(tn_symtab_fini) struct tn_symtab tab = { 0 };
        _cleanup_(freep) uint32_t *numbers = NULL;
        uint32_t ext4, ab, abcd, nobody;
        size_t n;

        assert_int_equal(tn_symtab_intern(&tab, SPAN("ab"), &ab), 0);
        assert_int_equal(tn_symtab_intern(&tab, SPAN("ext4"), &ext4), 0);
        assert_int_equal(tn_symtab_intern(&tab, SPAN("module_layout"), &nobody), 0);
        assert_int_equal(tn_symtab_intern(&tab, SPAN("abcd"), &abcd), 0);
        tab.symbols.v[ext4].owner = tab.symbols.v[ab].owner = tab.symbols.v[abcd].owner = 7;
        assert_int_equal(tn_symtab_sorted(&tab, &numbers, &n), 0);
        assert_int_equal(n, 3);
        assert_int_equal(numbers[0], abcd);
        assert_int_equal(numbers[1], ext4);
        assert_int_equal(numbers[2], ab);
}
