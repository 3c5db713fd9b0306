/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "check.h"
#include "depmod/emit.h"
#include "tree.h"
#include "util/cleanup.h"

static void assert_emits(struct tree *tree, int (*emit)(const struct tn_depmod *, struct tn_buf *),
                         const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(emit(&tree->depmod, &out), 0);
        assert_string_equal(tn_buf_str(&out), text);
}

CHECK(emit_text_of_an_empty_tree)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep, "");
        assert_emits(&tree, tn_emit_alias, "# Aliases extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_softdep, "# Soft dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_weakdep, "# Weak dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_symbols, "# Aliases for symbols, used by symbol_request().\n");
        assert_emits(&tree, tn_emit_devname, "");
}

CHECK(emit_dep_has_direct_and_indirect_dependencies_users_first)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "nls");
        tree_export(&tree, "load_nls");
        tree_module(&tree, "fat");
        tree_export(&tree, "fat_fill");
        tree_need(&tree, "printk");
        tree_need(&tree, "load_nls");
        tree_module(&tree, "vfat");
        tree_need(&tree, "fat_fill");
        tree_need(&tree, "load_nls");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep,
                     "kernel/nls.ko:\n"
                     "kernel/fat.ko: kernel/nls.ko\n"
                     "kernel/vfat.ko: kernel/fat.ko kernel/nls.ko\n");
}

CHECK(emit_dep_drops_the_dot_of_a_function_descriptor)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree_need(&tree, ".entry");
        tree_module(&tree, "b");
        tree_export(&tree, "entry");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep, "kernel/a.ko: kernel/b.ko\nkernel/b.ko:\n");
}

CHECK(emit_symbols_belong_to_the_last_who_exports_them_in_hash_order)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "one");
        tree_export(&tree, "ab");
        tree_export(&tree, "ext4");
        tree_module(&tree, "two");
        tree_need(&tree, "nobody");
        tree_export(&tree, "abcd");
        tree_export(&tree, "ext4");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_symbols,
                     "# Aliases for symbols, used by symbol_request().\n"
                     "alias symbol:abcd two\n"
                     "alias symbol:ext4 two\n"
                     "alias symbol:ab one\n");
}

CHECK(emit_alias_and_deps_keep_text_and_order)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "one");
        tree_info(&tree, "license", "GPL");
        tree_info(&tree, "alias", "pci:v0000[0-9]*");
        tree_info(&tree, "softdep", "pre: a-b post: c");
        tree_info(&tree, "alias", "foo-bar");
        tree_info(&tree, "softdep", "");
        tree_info(&tree, "weakdep", "d e");
        tree_module(&tree, "two");
        tree_info(&tree, "alias", "foo-bar");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias,
                     "# Aliases extracted from modules themselves.\n"
                     "alias pci:v0000[0-9]* one\nalias foo-bar one\nalias foo-bar two\n");
        assert_emits(&tree, tn_emit_softdep,
                     "# Soft dependencies extracted from modules themselves.\n"
                     "softdep one pre: a-b post: c\nsoftdep one \n");
        assert_emits(&tree, tn_emit_weakdep,
                     "# Weak dependencies extracted from modules themselves.\n"
                     "weakdep one d e\n");
}

CHECK(emit_text_makes_no_lines_that_a_module_smuggles_in)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "bad");
        tree_info(&tree, "softdep", "pre: a\ninstall b /bin/c");
        tree_info(&tree, "alias", "a\nb");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_softdep, "# Soft dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_alias, "# Aliases extracted from modules themselves.\n");
        assert_string_equal(tn_buf_str(&tree.logged.text),
                            "4 Module 'bad' has a newline in its softdep, left out\n"
                            "4 Module 'bad' has a newline in its alias, left out\n");
}

CHECK(emit_devname_is_the_first_complete_pair)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "autofs4");
        tree_info(&tree, "alias", "char-major-10-235");
        tree_info(&tree, "alias", "devname:autofs");
        tree_info(&tree, "alias", "devname:later");
        tree_module(&tree, "loop");
        tree_info(&tree, "alias", "devname:first");
        tree_info(&tree, "alias", "devname:loop-control");
        tree_info(&tree, "alias", "block-major-7-*");
        tree_info(&tree, "alias", "block-major-7-5");
        tree_module(&tree, "none");
        tree_info(&tree, "alias", "char-major-1-2");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_devname,
                     "# Device nodes to trigger on-demand module loading.\n"
                     "autofs4 autofs c10:235\n"
                     "loop loop-control b7:5\n");
        assert_int_equal(tree.logged.text.len, 0);
}

CHECK(emit_devname_without_numbers_is_left_out)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "m");
        tree_info(&tree, "alias", "devname:node");
        tree_info(&tree, "alias", "char-major-4294967296-1");
        tree_info(&tree, "alias", "char-major-1");
        tree_info(&tree, "alias", "char-major--1");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_devname, "");
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "3 Module 'm' has devname (node) but lacks major and minor information. Ignoring.\n");
}

CHECK(emit_devname_goes_on_after_a_module_that_is_left_out)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "none");
        tree_module(&tree, "m");
        tree_info(&tree, "alias", "devname:node");
        tree_module(&tree, "n");
        tree_info(&tree, "alias", "devname:good");
        tree_info(&tree, "alias", "char-major-1-2");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_devname,
                     "# Device nodes to trigger on-demand module loading.\nn good c1:2\n");
}

/* One rule for who writes it and who reads it. */
CHECK(emit_devname_is_below_dev)
{
        static const char *const bad[] = {
                "../../etc/cron.d/x", "/etc/passwd", "net/../../x", "",    "net//tun",
                "net/./tun",          "net/tun/",    "a b",         "%n",  "a\nb x c1:1",
                "\"quoted\"",         "a\\x2f..",    "\303\244",    "a\tb"
        };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(tree_fini) struct tree tree;
                _cleanup_(tn_buf_fini) struct tn_buf alias = { 0 }, line = { 0 };

                tn_buf_addf(&alias, "devname:%s", bad[i]);
                tree_init(&tree);
                tree_module(&tree, "m");
                tree_info(&tree, "alias", tn_buf_str(&alias));
                tree_info(&tree, "alias", "char-major-1-2");
                tree_link(&tree);
                assert_emits(&tree, tn_emit_devname, "");
                tn_buf_addf(&line, "4 Module 'm' has the alias devname:");
                assert_true(tn_span_starts(tn_buf_span(&tree.logged.text), tn_buf_span(&line)));
                assert_non_null(
                        strstr(tn_buf_str(&tree.logged.text), ", which is no device node below /dev"));
        }
}

CHECK(emit_devname_takes_a_good_one_after_a_bad_one)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "m");
        tree_info(&tree, "alias", "char-major-1-2");
        tree_info(&tree, "alias", "devname:../x");
        tree_info(&tree, "alias", "devname:net/tun");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_devname,
                     "# Device nodes to trigger on-demand module loading.\nm net/tun c1:2\n");
}

/* "kernel/x /tmp/evil.ko" would be read as two dependencies, one of them outside the tree. */
CHECK(emit_dep_lists_no_path_with_a_blank)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "low");
        tree_export(&tree, "low");
        tree_module(&tree, "x /tmp/evil");
        tree_export(&tree, "f");
        tree_need(&tree, "low");
        tree_module(&tree, "b");
        tree_export(&tree, "b");
        tree_need(&tree, "f");
        tree_module(&tree, "c");
        tree_need(&tree, "b");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep,
                     "kernel/low.ko:\n"
                     "kernel/x /tmp/evil.ko: kernel/low.ko\n"
                     "kernel/b.ko: kernel/low.ko\n"
                     "kernel/c.ko: kernel/b.ko kernel/low.ko\n");
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 Module 'b' needs 'kernel/x /tmp/evil.ko', whose path has a blank and cannot be a "
                "dependency, left out\n");
}

CHECK(emit_nothing_of_a_name_with_a_blank_becomes_a_word)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "ext4 x");
        tree_info(&tree, "alias", "devname:node");
        tree_info(&tree, "alias", "char-major-1-2");
        tree_info(&tree, "softdep", "pre: evil");
        tree_info(&tree, "weakdep", "evil");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_softdep, "# Soft dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_weakdep, "# Weak dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_devname, "");
}

CHECK(emit_symbols_with_a_newline_are_no_lines_of_their_own)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "m");
        tree_export(&tree, "x\nalias symbol:printk evil\n#");
        tree_export(&tree, "good");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_symbols,
                     "# Aliases for symbols, used by symbol_request().\nalias symbol:good m\n");
        assert_string_equal(tn_buf_str(&tree.logged.text),
                            "4 Module 'm' has a newline in its symbol, left out\n");
}
