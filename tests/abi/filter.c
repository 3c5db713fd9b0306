/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "abi.h"

/* twin_a is blacklisted, and twin_b is not. */
static struct kmod_list *twins(struct kmod_ctx *ctx)
{
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "twin", &list), 0);
        assert_string_equal(names(list), "twin_a twin_b");
        return list;
}

CHECK(the_blacklist_filter_leaves_the_others)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, in, &out), 0);
        assert_string_equal(names_of(out), "twin_b");
        assert_string_equal(names_of(in), "twin_a twin_b");
        kmod_unref(ctx);
}

CHECK(the_builtin_filter_leaves_what_has_a_file)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *built = NULL, *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BUILTIN, in, &out), 0);
        assert_string_equal(names_of(out), "twin_a twin_b");
        out = NULL;
        assert_int_equal(kmod_module_new_from_lookup(ctx, "built", &built), 0);
        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BUILTIN, built, &out), 0);
        assert_null(out);
        kmod_module_unref_list(in);
        kmod_module_unref_list(built);
        kmod_unref(ctx);
}

CHECK(both_filters_at_once)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST | KMOD_FILTER_BUILTIN, in, &out),
                         0);
        assert_string_equal(names_of(out), "twin_b");
        kmod_module_unref_list(in);
        kmod_unref(ctx);
}

CHECK(no_filter_leaves_all)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, (enum kmod_filter)0, in, &out), 0);
        assert_string_equal(names_of(out), "twin_a twin_b");
        kmod_module_unref_list(in);
        kmod_unref(ctx);
}

CHECK(the_result_lives_on_without_what_it_came_from)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, in, &out), 0);
        kmod_module_unref_list(in);
        kmod_unref(ctx);
        assert_string_equal(names_of(out), "twin_b");
}

CHECK(nothing_goes_through_as_nothing)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *out = NULL;

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, NULL, &out), 0);
        assert_null(out);
        kmod_unref(ctx);
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

CHECK(the_old_name_of_the_blacklist_filter_still_works)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_get_filtered_blacklist(ctx, in, &out), 0);
        assert_string_equal(names_of(out), "twin_b");
        kmod_module_unref_list(in);
        kmod_unref(ctx);
}

CHECK(without_context_or_result_nothing_is_filtered)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *in = twins(ctx), *out = NULL;

        assert_int_equal(kmod_module_apply_filter(NULL, KMOD_FILTER_BLACKLIST, in, &out), -ENOENT);
        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, in, NULL), -ENOENT);
        assert_int_equal(kmod_module_get_filtered_blacklist(NULL, in, &out), -ENOENT);
        assert_int_equal(kmod_module_get_filtered_blacklist(ctx, in, NULL), -ENOENT);
        assert_null(out);
        kmod_module_unref_list(in);
        kmod_unref(ctx);
}
