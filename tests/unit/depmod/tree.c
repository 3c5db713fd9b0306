/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "check.h"
#include "depmod/link.h"
#include "tree.h"
#include "util/cleanup.h"

void tree_init(struct tree *tree)
{
        *tree = (struct tree){ .depmod.source.dir = { .path = "D", .fd = -1 } };
        logged_init(&tree->logged);
        tree->depmod.log = &tree->logged.log;
        tree->gather.depmod = &tree->depmod;
}

/* What was said of the module in the making goes where the facts of a file go. */
static void digest(struct tree *tree)
{
        _cleanup_(tn_job_result_fini) struct tn_job_result result = { 0 };

        if (tree->depmod.modules.n) {
                assert_int_equal(tn_digest_make(&tree->facts, tree->needs_versions, &result.digest), 0);
                assert_int_equal(tn_gather_take(&tree->gather, (uint32_t)tree->depmod.modules.n - 1, &result),
                                 0);
        }
        tn_facts_fini(&tree->facts);
}

void tree_fini(struct tree *tree)
{
        tn_facts_fini(&tree->facts);
        tn_depmod_fini(&tree->depmod);
        logged_fini(&tree->logged);
}

void tree_module(struct tree *tree, const char *name)
{
        struct tn_depmod_module mod = { .name = tn_span_of(name) };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        digest(tree);
        tn_buf_addf(&path, "kernel/%s.ko", name);
        mod.path = tn_buf_span(&path);
        mod.path.ptr = tn_arena_dup(&tree->depmod.modules.arena, mod.path);
        assert_non_null(mod.path.ptr);
        assert_int_equal(tn_vec_add(&tree->depmod.modules, mod), 0);
}

void tree_info(struct tree *tree, const char *key, const char *value)
{
        struct tn_modinfo entry = { tn_span_of(key), tn_span_of(value) };

        assert_int_equal(tn_vec_add(&tree->facts.info, entry), 0);
}

void tree_export_crc(struct tree *tree, const char *symbol, uint64_t crc)
{
        struct tn_modsym sym = { .name = tn_span_of(symbol), .crc = crc, .bind = 'G' };

        assert_int_equal(tn_vec_add(&tree->facts.exports, sym), 0);
}

void tree_need_crc(struct tree *tree, const char *symbol, uint64_t crc, char bind)
{
        struct tn_modsym sym = { .name = tn_span_of(symbol), .crc = crc, .bind = bind };

        assert_int_equal(tn_vec_add(&tree->facts.needs, sym), 0);
}

void tree_export(struct tree *tree, const char *symbol)
{
        tree_export_crc(tree, symbol, 0);
}

void tree_need(struct tree *tree, const char *symbol)
{
        tree_need_crc(tree, symbol, 0, 'U');
}

void tree_connect(struct tree *tree, struct tn_buf *needs)
{
        digest(tree);
        assert_int_equal(tn_depmod_link(&tree->depmod, needs), 0);
}

void tree_link(struct tree *tree)
{
        tree_connect(tree, NULL);
        assert_int_equal(tn_depmod_sort(&tree->depmod), 0);
}
