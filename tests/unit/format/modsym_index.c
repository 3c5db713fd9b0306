/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/modsym_index.h"
#include "util/cleanup.h"

CHECK(modsym_index_finds_the_first_of_each_name)
{
        struct tn_modsym syms[] = {
                { SPAN("printk"), 1, 'U', false }, { SPAN("a"), 2, 'U', false },
                { SPAN("printk"), 3, 'U', false }, { SPAN("zz"), 4, 'U', false },
                { SPAN("a"), 5, 'U', false },      { SPAN(""), 6, 'U', false },
        };
        const struct tn_modsyms list = { .v = syms, .n = ARRAY_SIZE(syms) };
        _cleanup_(tn_modsym_index_fini) struct tn_modsym_index index = { 0 };

        assert_int_equal(tn_modsym_index_init(&list, &index), 0);
        assert_int_equal(index.n, ARRAY_SIZE(syms));
        assert_ptr_equal(tn_modsym_index_find(&index, SPAN("printk")), &syms[0]);
        assert_ptr_equal(tn_modsym_index_find(&index, SPAN("a")), &syms[1]);
        assert_ptr_equal(tn_modsym_index_find(&index, SPAN("zz")), &syms[3]);
        assert_ptr_equal(tn_modsym_index_find(&index, SPAN("")), &syms[5]);
        assert_null(tn_modsym_index_find(&index, SPAN("print")));
        assert_null(tn_modsym_index_find(&index, SPAN("zzz")));
        for (size_t i = 1; i < index.n; i++)
                assert_true(tn_span_cmp(index.v[i - 1]->name, index.v[i]->name) < 0 ||
                            index.v[i - 1] < index.v[i]);
}

CHECK(modsym_index_of_nothing_finds_nothing)
{
        const struct tn_modsyms list = { 0 };
        _cleanup_(tn_modsym_index_fini) struct tn_modsym_index index = { 0 };

        assert_int_equal(tn_modsym_index_init(&list, &index), 0);
        assert_null(tn_modsym_index_find(&index, SPAN("a")));
}
