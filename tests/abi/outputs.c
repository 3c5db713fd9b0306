/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>

#include "abi.h"

/* What a variable holds that nobody has set. Many callers do not set what they only get a result in. */
#define GARBAGE ((void *)(uintptr_t)0xa5a5a5a5a5a5a5a5U)

static struct kmod_module *unset_module(void)
{
        return GARBAGE;
}

static struct kmod_list *unset_list(void)
{
        return GARBAGE;
}

static struct kmod_list *found(struct kmod_ctx *ctx, const char *text)
{
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, text, &list), 0);
        assert_non_null(list);
        return list;
}

CHECK(a_new_module_is_written_over_what_is_there)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *named = unset_module(), *looked_up = unset_module(), *filed = unset_module();

        assert_int_equal(kmod_module_new_from_name(ctx, "base", &named), 0);
        assert_int_equal(kmod_module_new_from_name_lookup(ctx, "base", &looked_up), 0);
        assert_ptr_equal(looked_up, named);
        assert_int_equal(kmod_module_new_from_path(ctx, kmod_module_get_path(named), &filed), 0);
        assert_ptr_equal(filed, named);
        kmod_module_unref(named);
        kmod_module_unref(looked_up);
        kmod_module_unref(filed);
        kmod_unref(ctx);
}

CHECK(the_list_of_loaded_modules_is_written_over_what_is_there)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = unset_list();

        assert_int_equal(kmod_module_new_from_loaded(ctx, &list), 0);
        assert_string_equal(names_of(list), "llc stp bridge coming_up going_away strange");
        kmod_unref(ctx);
}

CHECK(a_filtered_list_is_written_over_what_is_there)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *both = found(ctx, "twin"), *left = unset_list(), *none = unset_list();

        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, both, &left), 0);
        assert_string_equal(names_of(left), "twin_b");
        left = unset_list();
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        assert_int_equal(kmod_module_get_filtered_blacklist(ctx, both, &left), 0);
#pragma GCC diagnostic pop
        assert_string_equal(names_of(left), "twin_b");
        assert_int_equal(kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, NULL, &none), 0);
        assert_null(none);
        kmod_module_unref_list(both);
        kmod_unref(ctx);
}

CHECK(after_a_failure_an_output_is_as_it_was)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = unset_module();
        struct kmod_list *list = unset_list();

        assert_int_equal(kmod_module_new_from_path(ctx, "/nonexistent/x.ko", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name_lookup(ctx, "no_such_module", &mod), 0);
        assert_int_equal(kmod_module_new_from_name(ctx, NULL, &mod), -ENOENT);
        assert_ptr_equal(mod, GARBAGE);
        assert_int_equal(kmod_module_apply_filter(NULL, KMOD_FILTER_BLACKLIST, NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_loaded(NULL, &list), -ENOENT);
        assert_ptr_equal(list, GARBAGE);
        kmod_unref(ctx);
}

CHECK(a_lookup_is_refused_by_a_list_that_is_not_empty)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = unset_list();
        struct said said;

        listen_to(ctx, &said);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "base", &list), -ENOSYS);
        assert_ptr_equal(list, GARBAGE);
        assert_string_equal(said.text, "An empty list is needed to create lookup\n");
        kmod_unref(ctx);
}
