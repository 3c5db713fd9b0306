/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "depmod/deproom.h"
#include "depmod/emit.h"
#include "tree.h"
#include "util/cleanup.h"

/* a needs b and c, b needs c, d needs e. Lines of 36, 24, 12, 24 and 12 bytes. */
static void make_tree(struct tree *tree)
{
        tree_init(tree);
        tree_module(tree, "a");
        tree_need(tree, "b");
        tree_need(tree, "c");
        tree_module(tree, "b");
        tree_export(tree, "b");
        tree_need(tree, "c");
        tree_module(tree, "c");
        tree_export(tree, "c");
        tree_module(tree, "d");
        tree_need(tree, "e");
        tree_module(tree, "e");
        tree_export(tree, "e");
        tree_link(tree);
}

static void assert_dep(struct tree *tree, size_t max, const char *text, const char *said)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(tn_deproom_fit(&tree->depmod, max), 0);
        assert_int_equal(tn_emit_dep(&tree->depmod, &out), 0);
        assert_string_equal(tn_buf_str(&out), text);
        assert_string_equal(tn_buf_str(&tree->logged.text), said);
}

CHECK(deproom_lets_lines_be_that_fit)
{
        _cleanup_(tree_fini) struct tree tree;

        make_tree(&tree);
        /* c is counted twice in the line of a at first, and the lines are measured */
        assert_dep(&tree, 110,
                   "kernel/a.ko: kernel/b.ko kernel/c.ko\nkernel/b.ko: kernel/c.ko\nkernel/c.ko:\n"
                   "kernel/d.ko: kernel/e.ko\nkernel/e.ko:\n",
                   "");
}

CHECK(deproom_knows_the_last_byte_that_fits)
{
        static const char all[] =
                "kernel/a.ko: kernel/b.ko kernel/c.ko\nkernel/b.ko: kernel/c.ko\nkernel/c.ko:\n"
                "kernel/d.ko: kernel/e.ko\nkernel/e.ko:\n";
        _cleanup_(tree_fini) struct tree fits, is_over;
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        make_tree(&fits);
        assert_dep(&fits, 108, all, "");
        make_tree(&is_over);
        assert_int_equal(tn_deproom_fit(&is_over.depmod, 107), 0);
        assert_int_equal(tn_emit_dep(&is_over.depmod, &out), 0);
        assert_true(tn_span_starts(tn_buf_span(&out), SPAN("kernel/a.ko:\n")));
}

CHECK(deproom_takes_the_dependencies_of_the_longest_lines)
{
        _cleanup_(tree_fini) struct tree tree;

        make_tree(&tree);
        assert_dep(&tree, 100,
                   "kernel/a.ko:\nkernel/b.ko: kernel/c.ko\nkernel/c.ko:\nkernel/d.ko: kernel/e.ko\n"
                   "kernel/e.ko:\n",
                   "4 D/kernel/a.ko has dependencies of 36 bytes, they are left out: all modules have too "
                   "many, and "
                   "none has more\n");
}

/* Lines of 12, 24 and 36 bytes; of 72, four are too many. */
CHECK(deproom_finds_the_longest_line_wherever_it_is)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "c");
        tree_export(&tree, "c");
        tree_module(&tree, "b");
        tree_export(&tree, "b");
        tree_need(&tree, "c");
        tree_module(&tree, "a");
        tree_need(&tree, "b");
        tree_link(&tree);
        assert_dep(&tree, 68, "kernel/c.ko:\nkernel/b.ko: kernel/c.ko\nkernel/a.ko:\n",
                   "4 D/kernel/a.ko has dependencies of 36 bytes, they are left out: all modules have too "
                   "many, and none has more\n");
}

CHECK(link_leaves_out_the_needs_of_a_module_that_has_hundreds)
{
        static char names[300][8];
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        for (size_t i = 0; i < 300; i++) {
                snprintf(names[i], sizeof(names[i]), "m%zu", i);
                tree_module(&tree, names[i]);
                tree_export(&tree, names[i]);
        }
        tree_module(&tree, "most");
        for (size_t i = 0; i < 256; i++)
                tree_need(&tree, names[i]);
        tree_module(&tree, "many");
        tree_export(&tree, "many");
        for (size_t i = 0; i < 257; i++)
                tree_need(&tree, names[i]);
        tree_module(&tree, "user");
        tree_need(&tree, "many");
        tree_link(&tree);
        assert_int_equal(tn_emit_dep(&tree.depmod, &out), 0);
        assert_non_null(strstr(tn_buf_str(&out), "\nkernel/most.ko: kernel/m"));
        assert_non_null(strstr(tn_buf_str(&out), "\nkernel/many.ko:\nkernel/user.ko: kernel/many.ko\n"));
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 D/kernel/many.ko needs 257 modules directly, they are left out: more than 256 are too "
                "many\n");
}
