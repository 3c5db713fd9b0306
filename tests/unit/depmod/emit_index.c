/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "check.h"
#include "depmod/emit.h"
#include "format/index_read.h"
#include "tmpdir.h"
#include "tree.h"
#include "util/cleanup.h"

static int draw(void *data, struct span key, struct tn_index_value value)
{
        tn_buf_addf(data, "%.*s %u %.*s\n", SPAN_FMT(key), value.priority, SPAN_FMT(value.value));
        return 0;
}

static void assert_emits(struct tree *tree, int (*emit)(const struct tn_depmod *, struct tn_buf *),
                         const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 }, drawn = { 0 };
        struct tn_index index;

        assert_int_equal(emit(&tree->depmod, &out), 0);
        assert_true(out.len >= 12);
        assert_int_equal(tn_index_parse(tn_buf_span(&out), &index), 0);
        assert_int_equal(tn_index_each(&index, draw, &drawn), 0);
        assert_string_equal(tn_buf_str(&drawn), text);
}

CHECK(emit_index_of_an_empty_tree_is_valid_and_empty)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree.depmod.source.dir.fd = dup(dir.fd);
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep_bin, "");
        assert_emits(&tree, tn_emit_alias_bin, "");
        assert_emits(&tree, tn_emit_symbols_bin, "");
        assert_emits(&tree, tn_emit_builtin_bin, "");
        assert_emits(&tree, tn_emit_builtin_alias_bin, "");
        assert_string_equal(tn_buf_str(&tree.logged.text),
                            "4 could not open modules.builtin at D: No such file or directory\n"
                            "4 could not open modules.builtin.modinfo at D: No such file or directory\n");
}

CHECK(emit_index_of_dep_and_symbols)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "fat");
        tree_export(&tree, "fat_fill");
        tree_module(&tree, "vfat");
        tree_need(&tree, "fat_fill");
        tree_need(&tree, "printk");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep_bin, "fat 0 kernel/fat.ko:\nvfat 1 kernel/vfat.ko: kernel/fat.ko\n");
        assert_emits(&tree, tn_emit_symbols_bin, "symbol:fat_fill 0 fat\n");
}

CHECK(emit_index_of_aliases_is_normalised_and_leaves_out_what_it_cannot_hold)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "one");
        tree_info(&tree, "alias", "foo-[a-z]-bar");
        tree_info(&tree, "alias", "fo[o");
        tree_info(&tree, "alias", "b\xc3\xa4r");
        tree_module(&tree, "two");
        tree_info(&tree, "alias", "foo-[a-z]-bar");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias_bin, "foo_[a-z]_bar 0 one\nfoo_[a-z]_bar 1 two\n");
        assert_string_equal(tn_buf_str(&tree.logged.text),
                            "4 Unmatched bracket in fo[o\n"
                            "4 Left out of the index, because it is not 7-bit ASCII: b\xc3\xa4r (one)\n");
}

CHECK(emit_index_reports_an_alias_that_a_module_has_twice_when_asked)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "one");
        tree_info(&tree, "alias", "foo-bar");
        tree_info(&tree, "alias", "fo[o");
        tree_info(&tree, "alias", "foo_bar");
        tree_info(&tree, "alias", "other");
        tree_module(&tree, "two");
        tree_info(&tree, "alias", "foo-bar");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias_bin, "foo_bar 0 one\nfoo_bar 0 one\nfoo_bar 1 two\nother 0 one\n");
        assert_string_equal(tn_buf_str(&tree.logged.text), "4 Unmatched bracket in fo[o\n");
        tn_buf_reset(&tree.logged.text);
        tree.depmod.warn_twice = true;
        assert_emits(&tree, tn_emit_alias_bin, "foo_bar 0 one\nfoo_bar 0 one\nfoo_bar 1 two\nother 0 one\n");
        assert_string_equal(tn_buf_str(&tree.logged.text), "4 Unmatched bracket in fo[o\n"
                                                           "4 duplicate module alias:\nfoo_bar one\n");
}

CHECK(emit_index_of_builtin_modules)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree.depmod.source.dir.fd = dup(dir.fd);
        tmpdir_write(&dir, "modules.builtin", "kernel/fs/binfmt-elf.ko\n1bad\n\nplain.ko\nkernel/last.ko");
        assert_emits(&tree, tn_emit_builtin_bin, "binfmt_elf 0 \nlast 0 \nplain 0 \n");
        assert_string_equal(tn_buf_str(&tree.logged.text), "3 Invalid modules.builtin line: 1bad\n"
                                                           "3 Invalid modules.builtin line: \n");
}

CHECK(emit_index_of_builtin_modules_takes_every_letter_and_nothing_else)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree.depmod.source.dir.fd = dup(dir.fd);
        tmpdir_write(&dir, "modules.builtin", "a.ko\nz.ko\nA.ko\nZ.ko\n@.ko\n[.ko\n`.ko\n{.ko\n");
        assert_emits(&tree, tn_emit_builtin_bin, "A 0 \nZ 0 \na 0 \nz 0 \n");
}

CHECK(emit_index_of_builtin_aliases)
{
        static const char info[] = "a.alias=x-y\0a.license=GPL\0b.alias=x_y\0noise\0.alias=p\0alias=q\0"
                                   "c.d.alias=r\0e.alias=z";
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree.depmod.source.dir.fd = dup(dir.fd);
        tmpdir_write_bytes(&dir, "modules.builtin.modinfo", info, sizeof(info) - 1);
        assert_emits(&tree, tn_emit_builtin_alias_bin, "x_y 0 b\nx_y 0 a\nz 0 e\n");
}
