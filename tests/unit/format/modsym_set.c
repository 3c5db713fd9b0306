/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/modsym_set.h"
#include "util/cleanup.h"
#include "util/word.h"

static void fill(struct tn_modsym_set *set, struct tn_modsym *syms, size_t n, struct tn_modsyms *list)
{
        *list = (struct tn_modsyms){ .v = syms, .n = n };
        assert_int_equal(tn_modsym_set_fill(set, list), 0);
}

static struct tn_modsym *find(const struct tn_modsym_set *set, struct span name)
{
        return tn_modsym_set_find(set, name, tn_word_hash(name));
}

CHECK(modsym_set_finds_the_first_of_each_name_and_marks_the_others)
{
        struct tn_modsym syms[] = {
                { SPAN("printk"), 1, 'U', false }, { SPAN("a"), 2, 'U', false },
                { SPAN("printk"), 3, 'U', false }, { SPAN("__x86_return_thunk"), 4, 'U', false },
                { SPAN("a"), 5, 'U', false },      { SPAN(""), 6, 'U', false },
        };
        _cleanup_(tn_modsym_set_fini) struct tn_modsym_set set = { 0 };
        struct tn_modsyms list;

        fill(&set, syms, ARRAY_SIZE(syms), &list);
        assert_ptr_equal(find(&set, SPAN("printk")), &syms[0]);
        assert_ptr_equal(find(&set, SPAN("a")), &syms[1]);
        assert_ptr_equal(find(&set, SPAN("__x86_return_thunk")), &syms[3]);
        assert_ptr_equal(find(&set, SPAN("")), &syms[5]);
        assert_null(find(&set, SPAN("print")));
        assert_null(find(&set, SPAN("__x86_return_think")));
        for (size_t i = 0; i < ARRAY_SIZE(syms); i++)
                assert_int_equal(syms[i].bind, i == 2 || i == 4 ? '\0' : 'U');
}

CHECK(modsym_set_forgets_what_was_in_it)
{
        struct tn_modsym one = { SPAN("one"), 1, 'U', false }, two = { SPAN("two"), 2, 'U', false };
        _cleanup_(tn_modsym_set_fini) struct tn_modsym_set set = { 0 };
        struct tn_modsyms list;

        assert_null(find(&set, SPAN("one")));
        fill(&set, &one, 1, &list);
        fill(&set, &two, 1, &list);
        assert_null(find(&set, SPAN("one")));
        assert_ptr_equal(find(&set, SPAN("two")), &two);
        fill(&set, NULL, 0, &list);
        assert_null(find(&set, SPAN("two")));
}

/* Names of 16 bytes that all have one hash: what the second half adds is what the first has made. */
static void make_alike(char (*names)[16], size_t n)
{
        for (size_t i = 0; i < n; i++) {
                uint64_t first = UINT64_C(0x4141414141414141) + i, h = tn_word_mix(0, first);

                for (unsigned k = 0; k < 8; k++) {
                        names[i][k] = (char)(first >> 8 * k);
                        names[i][8 + k] = (char)(h >> 8 * k);
                }
        }
}

CHECK(modsym_set_of_names_that_hash_alike_is_sorted)
{
        char names[1001][16];
        struct tn_modsym syms[1001];
        _cleanup_(tn_modsym_set_fini) struct tn_modsym_set set = { 0 };
        struct tn_modsyms list;

        make_alike(names, ARRAY_SIZE(names));
        for (size_t i = 0; i < 1000; i++)
                syms[i] = (struct tn_modsym){ .name = { names[i], 16 }, .crc = i, .bind = 'U' };
        syms[1000] = syms[500];
        fill(&set, syms, 1001, &list);
        assert_int_equal(set.index.n, 1000);
        for (size_t i = 0; i < 1000; i++)
                assert_ptr_equal(find(&set, syms[i].name), &syms[i]);
        assert_null(find(&set, (struct span){ names[1000], 16 }));
        assert_int_equal(syms[1000].bind, '\0');
        assert_int_equal(syms[500].bind, 'U');
        fill(&set, syms, 3, &list);
        assert_int_equal(set.index.n, 0);
        assert_ptr_equal(find(&set, syms[2].name), &syms[2]);
        assert_null(find(&set, syms[3].name));
}
