/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
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

/* A text of len bytes. */
static char *make_long(size_t len)
{
        char *text = malloc(len + 1);

        assert_non_null(text);
        memset(text, 'x', len);
        text[len] = '\0';
        return text;
}

CHECK(digest_leaves_out_too_many_of_one_kind_and_keeps_the_others)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "good");
        tree_info(&tree, "alias", "g");
        tree_module(&tree, "bad");
        for (size_t i = 0; i < 32769; i++)
                tree_info(&tree, "alias", "a");
        for (size_t i = 0; i < 4097; i++)
                tree_info(&tree, "softdep", "pre: s");
        tree_info(&tree, "weakdep", "w");
        tree_export(&tree, "f");
        for (size_t i = 0; i < 32769; i++)
                tree_need(&tree, "nix");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias, "# Aliases extracted from modules themselves.\nalias g good\n");
        assert_emits(&tree, tn_emit_softdep, "# Soft dependencies extracted from modules themselves.\n");
        assert_emits(&tree, tn_emit_weakdep,
                     "# Weak dependencies extracted from modules themselves.\nweakdep bad w\n");
        assert_emits(&tree, tn_emit_symbols,
                     "# Aliases for symbols, used by symbol_request().\nalias symbol:f bad\n");
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 D/kernel/bad.ko has 32769 aliases of 32769 bytes, they are left out: more than 32768, or "
                "2097152 bytes, are too many\n"
                "4 D/kernel/bad.ko has 4097 softdeps of 24582 bytes, they are left out: more than 4096, or "
                "262144 bytes, are too many\n"
                "4 D/kernel/bad.ko has 32769 needs of 98307 bytes, they are left out: more than 32768, or "
                "2097152 bytes, are too many\n");
}

CHECK(digest_takes_what_is_at_the_bound)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        _cleanup_(freep) char *text = make_long(65535);
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        for (size_t i = 0; i < 32; i++)
                tree_info(&tree, "alias", text);
        tree_module(&tree, "b");
        for (size_t i = 0; i < 32768; i++)
                tree_export(&tree, "f");
        tree_link(&tree);
        assert_int_equal(tn_emit_alias(&tree.depmod, &out), 0);
        assert_true(out.len > 32 * 65535);
        assert_int_equal(tree.logged.text.len, 0);
}

CHECK(digest_leaves_out_bytes_that_are_too_many)
{
        _cleanup_(freep) char *text = make_long(60000);
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "bad");
        for (size_t i = 0; i < 35; i++)
                tree_info(&tree, "alias", text);
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias, "# Aliases extracted from modules themselves.\n");
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 D/kernel/bad.ko has 35 aliases of 2100000 bytes, they are left out: more than 32768, "
                "or 2097152 bytes, are too many\n");
}

CHECK(digest_leaves_out_a_single_text_that_no_index_can_hold)
{
        _cleanup_(freep) char *alias = make_long(65536), *symbol = make_long(4096);
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree_info(&tree, "alias", alias);
        tree_info(&tree, "alias", "b");
        tree_export(&tree, "e");
        tree_export(&tree, symbol);
        tree_link(&tree);
        assert_emits(&tree, tn_emit_alias, "# Aliases extracted from modules themselves.\nalias b a\n");
        assert_emits(&tree, tn_emit_symbols,
                     "# Aliases for symbols, used by symbol_request().\nalias symbol:e a\n");
        assert_non_null(strstr(tn_buf_str(&tree.logged.text), "because it is longer than 65535 bytes: xxx"));
        assert_non_null(strstr(tn_buf_str(&tree.logged.text), "because it is longer than 4095 bytes: xxx"));
        assert_true(tree.logged.text.len < 1000);
}

/* 31 modules of 2 MB are more than 60 MiB: the two greediest lose theirs. */
CHECK(digest_leaves_out_the_greediest_when_all_have_too_much)
{
        _cleanup_(freep) char *text = make_long(64000), *more = make_long(65000);
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "good");
        tree_info(&tree, "alias", "g");
        for (size_t m = 0; m < 31; m++) {
                tree_module(&tree, m == 3 ? "greedy" : "large");
                for (size_t i = 0; i < 32; i++)
                        tree_info(&tree, "alias", m == 3 ? more : text);
        }
        tree_module(&tree, "last");
        tree_info(&tree, "alias", "l");
        tree_link(&tree);
        assert_int_equal(tn_emit_alias(&tree.depmod, &out), 0);
        assert_non_null(strstr(tn_buf_str(&out), "\nalias g good\n"));
        assert_non_null(strstr(tn_buf_str(&out), "\nalias l last\n"));
        assert_non_null(strstr(tn_buf_str(&out), " large\n"));
        assert_null(strstr(tn_buf_str(&out), " greedy\n"));
        assert_true(out.len < (size_t)60 << 20);
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 D/kernel/greedy.ko has 32 aliases, they are left out: all modules have too many, and "
                "none has more\n");
}

/* A symbol goes back to who exported it before. */
CHECK(digest_that_leaves_out_exports_leaves_the_symbol_to_the_other)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "good");
        tree_export(&tree, "f");
        tree_module(&tree, "bad");
        for (size_t i = 0; i < 32769; i++)
                tree_export(&tree, "f");
        tree_module(&tree, "user");
        tree_need(&tree, "f");
        tree_link(&tree);
        assert_emits(&tree, tn_emit_dep, "kernel/good.ko:\nkernel/bad.ko:\nkernel/user.ko: kernel/good.ko\n");
}

/* The facts have left it out already; that is reported before the symbols are. */
CHECK(digest_reports_what_the_facts_do_not_have)
{
        _cleanup_(tree_fini) struct tree tree;

        tree_init(&tree);
        tree_module(&tree, "a");
        tree.facts.excess = (struct tn_facts_excess){ "entries of .modinfo", 300000, 250000 };
        for (size_t i = 0; i < 4097; i++)
                tree_info(&tree, "softdep", "s");
        for (size_t i = 0; i < 32769; i++)
                tree_export(&tree, "e");
        tree_link(&tree);
        assert_string_equal(
                tn_buf_str(&tree.logged.text),
                "4 D/kernel/a.ko has 4097 softdeps of 4097 bytes, they are left out: more than 4096, or "
                "262144 "
                "bytes, are too many\n"
                "4 D/kernel/a.ko has 300000 entries of .modinfo, they are left out: more than 250000 are too "
                "many\n"
                "4 D/kernel/a.ko has 32769 exports of 32769 bytes, they are left out: more than 32768, or "
                "2097152 "
                "bytes, are too many\n");
}
