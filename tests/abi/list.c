/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "abi.h"

/* base, mid: what top needs. */
static struct kmod_list *two(struct kmod_ctx *ctx)
{
        struct kmod_module *top = by_name(ctx, "top");
        struct kmod_list *list = kmod_module_get_dependencies(top);

        kmod_module_unref(top);
        assert_string_equal(names(list), "base mid");
        return list;
}

CHECK(next_walks_to_the_end_and_stops)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = two(ctx), *second = kmod_list_next(list, list);

        assert_non_null(second);
        assert_ptr_not_equal(second, list);
        assert_null(kmod_list_next(list, second));
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}

CHECK(prev_walks_to_the_beginning_and_stops)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = two(ctx), *last = kmod_list_last(list);

        assert_ptr_equal(last, kmod_list_next(list, list));
        assert_ptr_equal(kmod_list_prev(list, last), list);
        assert_null(kmod_list_prev(list, list));
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}

CHECK(foreach_reverse_is_the_other_way_round)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = two(ctx), *entry;
        const char *want[] = { "mid", "base" };
        size_t n = 0;

        kmod_list_foreach_reverse(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                assert_in_range(n, 0, 1);
                assert_string_equal(kmod_module_get_name(mod), want[n++]);
                kmod_module_unref(mod);
        }
        assert_int_equal(n, 2);
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}

CHECK(a_list_of_one_is_its_own_last)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "lone", &list), 0);
        assert_ptr_equal(kmod_list_last(list), list);
        assert_null(kmod_list_next(list, list));
        assert_null(kmod_list_prev(list, list));
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}

CHECK(an_empty_list_has_nothing)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = two(ctx), *entry;

        assert_null(kmod_list_last(NULL));
        assert_null(kmod_list_next(NULL, NULL));
        assert_null(kmod_list_next(NULL, list));
        assert_null(kmod_list_next(list, NULL));
        assert_null(kmod_list_prev(NULL, NULL));
        assert_null(kmod_list_prev(NULL, list));
        assert_null(kmod_list_prev(list, NULL));
        kmod_list_foreach(entry, (struct kmod_list *)NULL) fail();
        kmod_list_foreach_reverse(entry, (struct kmod_list *)NULL) fail();
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}
