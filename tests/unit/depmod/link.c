/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "check.h"
#include "depmod/emit.h"
#include "depmod/link.h"
#include "tree.h"
#include "util/cleanup.h"

static void assert_dep(struct tree *tree, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(tn_emit_dep(&tree->depmod, &out), 0);
        assert_string_equal(tn_buf_str(&out), text);
}

static void assert_said(struct tree *tree, const char *text)
{
        const char *said = tn_buf_str(&tree->logged.text);

        assert_string_equal(said ? said : "", text);
}

CHECK(link_makes_a_dependency_of_a_weak_need_that_somebody_exports)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree_export(&tree, "f");
        tree_module(&tree, "b");
        tree_need_crc(&tree, "f", 0, 'W');
        tree_need_crc(&tree, "nix", 0, 'W');
        tree_link(&tree);
        assert_dep(&tree, "kernel/a.ko:\nkernel/b.ko: kernel/a.ko\n");
        assert_said(&tree, "");
}

CHECK(link_makes_no_dependency_of_what_the_kernel_exports)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        assert_int_equal(tn_symtab_export(&tree.depmod.symtab, SPAN("printk"), 0, TN_SYMTAB_NOBODY), 0);
        tree_module(&tree, "a");
        tree_need(&tree, "printk");
        tree_link(&tree);
        assert_dep(&tree, "kernel/a.ko:\n");
}

CHECK(link_takes_the_last_who_exports_a_symbol)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree_export(&tree, "f");
        tree_module(&tree, "user");
        tree_need(&tree, "f");
        tree_module(&tree, "b");
        tree_export(&tree, "f");
        tree_link(&tree);
        assert_dep(&tree, "kernel/a.ko:\nkernel/user.ko: kernel/b.ko\nkernel/b.ko:\n");
}

/* Makes many, which needs n modules, and a, which needs the first of them. */
static void make_many(struct tree *tree, char names[][8], size_t n)
{
        tree_init(tree);
        for (size_t i = 0; i < n; i++) {
                snprintf(names[i], 8, "m%zu", i);
                tree_module(tree, names[i]);
                tree_export(tree, names[i]);
        }
        tree_module(tree, "a");
        tree_need(tree, "m0");
        tree_module(tree, "many");
        for (size_t i = 0; i < n; i++)
                tree_need(tree, names[i]);
        tree_module(tree, "z");
        tree_need(tree, "nix");
        tree_need(tree, "m1");
        tree_need(tree, "m1");
}

/* Of several symbols from one module the first is named. */
CHECK(link_says_which_symbol_made_a_dependency)
{
        _cleanup_(tn_buf_fini) struct tn_buf needs = { 0 };
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree_export(&tree, "f");
        tree_export(&tree, "g");
        tree_module(&tree, "b");
        tree_need(&tree, "g");
        tree_need(&tree, "f");
        tree_connect(&tree, &needs);
        assert_string_equal(tn_buf_str(&needs), "D/kernel/b.ko needs \"g\": D/kernel/a.ko\n");
}

CHECK(link_says_nothing_of_dependencies_that_are_left_out)
{
        static char names[300][8];
        _cleanup_(tn_buf_fini) struct tn_buf needs = { 0 };
        _cleanup_(tree_fini) struct tree tree;

        make_many(&tree, names, 257);
        tree_connect(&tree, &needs);
        assert_string_equal(tn_buf_str(&needs), "D/kernel/a.ko needs \"m0\": D/kernel/m0.ko\n"
                                                "D/kernel/z.ko needs \"m1\": D/kernel/m1.ko\n");
        assert_said(&tree, "4 D/kernel/many.ko needs 257 modules directly, they are left out: more than 256 "
                           "are too many\n");
}

/* Modules number i and i + 1 need each other, so many pairs. */
static void make_cycles(struct tree *tree, char names[][8], size_t pairs)
{
        tree_init(tree);
        for (size_t i = 0; i < 2 * pairs; i++)
                snprintf(names[i], 8, "m%u", (unsigned)i % 10000);
        for (size_t i = 0; i < 2 * pairs; i++) {
                tree_module(tree, names[i]);
                tree_export(tree, names[i]);
                tree_need(tree, names[i ^ 1]);
        }
        tree_connect(tree, NULL);
        assert_int_equal(tn_depmod_sort(&tree->depmod), -ELOOP);
}

CHECK(link_tells_the_modules_of_a_cycle)
{
        static char names[4][8];
        _cleanup_(tree_fini) struct tree tree;

        make_cycles(&tree, names, 2);
        assert_said(&tree, "3 Cycle detected: m0 -> m1 -> m0\n"
                           "3 Cycle detected: m2 -> m3 -> m2\n"
                           "3 Found 4 modules in dependency cycles!\n");
}

static unsigned count(const struct tree *tree, const char *what)
{
        const char *at = tree->logged.text.ptr;
        unsigned n = 0;

        for (; (at = strstr(at, what)); at += strlen(what))
                n++;
        return n;
}

CHECK(link_tells_a_hundred_cycles_and_that_there_are_more)
{
        static char names[204][8];
        _cleanup_(tree_fini) struct tree tree, full;

        make_cycles(&full, names, 100);
        assert_int_equal(count(&full, "Cycle detected"), 100);
        assert_int_equal(count(&full, "more cycles"), 0);
        make_cycles(&tree, names, 102);
        assert_int_equal(count(&tree, "Cycle detected"), 100);
        assert_int_equal(count(&tree, "3 There are more cycles than these 100; run depmod again"), 1);
        assert_int_equal(count(&tree, "Found 204 modules"), 1);
}
