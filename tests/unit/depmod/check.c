/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "depmod/check.h"
#include "tree.h"
#include "util/cleanup.h"

static void begin(struct tree *tree)
{
        tree_init(tree);
        tree->needs_versions = true;
        assert_int_equal(tn_symtab_export(&tree->depmod.symtab, SPAN("printk"), 1, TN_SYMTAB_NOBODY), 0);
}

static void assert_said(struct tree *tree, bool versions, const char *text)
{
        const char *said;

        tree_link(tree);
        tn_depmod_check(&tree->depmod, versions);
        said = tn_buf_str(&tree->logged.text);
        assert_string_equal(said ? said : "", text);
}

CHECK(check_tells_needs_that_neither_kernel_nor_module_fulfils)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree_module(&tree, "a");
        tree_export(&tree, "f");
        tree_module(&tree, "b");
        tree_need(&tree, "printk");
        tree_need(&tree, "f");
        tree_need(&tree, "nix");
        assert_said(&tree, false, "4 D/kernel/b.ko needs unknown symbol nix\n");
}

CHECK(check_compares_versions_only_when_asked)
{
        _cleanup_(tree_fini) struct tree tree, other;

        begin(&tree);
        tree_module(&tree, "a");
        tree_need_crc(&tree, "printk", 2, 'U');
        assert_said(&tree, false, "");
        begin(&other);
        tree_module(&other, "a");
        tree_export_crc(&other, "f", 7);
        tree_export_crc(&other, "g", 8);
        tree_module(&other, "b");
        tree_need_crc(&other, "printk", 2, 'U');
        tree_need_crc(&other, "f", 7, 'U');
        tree_need_crc(&other, "g", 8, 'U');
        assert_said(&other, true, "4 D/kernel/b.ko disagrees about version of symbol printk\n");
}

CHECK(check_takes_no_version_for_a_version)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree_module(&tree, "a");
        tree_need(&tree, "printk");
        assert_said(&tree, true, "4 D/kernel/a.ko disagrees about version of symbol printk\n");
}

CHECK(check_lets_weak_needs_be)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree_module(&tree, "a");
        tree_need_crc(&tree, "printk", 2, 'W');
        tree_need_crc(&tree, "nix", 2, 'W');
        tree_need_crc(&tree, "strong", 2, 'U');
        assert_said(&tree, true, "4 D/kernel/a.ko needs unknown symbol strong\n");
}

CHECK(check_goes_on_after_a_weak_need)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree_module(&tree, "a");
        tree_need_crc(&tree, "nix", 0, 'W');
        tree_need_crc(&tree, "nada", 0, 'U');
        assert_said(&tree, false, "4 D/kernel/a.ko needs unknown symbol nada\n");
}

CHECK(check_names_a_symbol_as_the_module_does)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree.depmod.symtab.prefix = '_';
        tree_module(&tree, "a");
        tree_need_crc(&tree, "._printk", 1, 'U');
        tree_need_crc(&tree, "._nix", 1, 'U');
        assert_said(&tree, true, "4 D/kernel/a.ko needs unknown symbol ._nix\n");
}

CHECK(check_takes_the_version_of_the_module_that_replaces_the_kernels)
{
        _cleanup_(tree_fini) struct tree tree;

        begin(&tree);
        tree_module(&tree, "a");
        tree_export_crc(&tree, "printk", 5);
        tree_module(&tree, "b");
        tree_need_crc(&tree, "printk", 5, 'U');
        tree_module(&tree, "c");
        tree_need_crc(&tree, "printk", 1, 'U');
        assert_said(&tree, true, "4 D/kernel/c.ko disagrees about version of symbol printk\n");
}
