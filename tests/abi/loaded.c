/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "abi.h"

static int state_of(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_module *mod = by_name(ctx, name);
        int state = kmod_module_get_initstate(mod);

        kmod_module_unref(mod);
        return state;
}

CHECK(all_that_is_loaded_comes_in_the_kernels_order_from_the_end)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_loaded(ctx, &list), 0);
        assert_string_equal(names_of(list), "llc stp bridge coming_up going_away strange");
        kmod_unref(ctx);
}

CHECK(states_are_what_the_kernel_says)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(state_of(ctx, "llc"), KMOD_MODULE_LIVE);
        assert_int_equal(state_of(ctx, "coming-up"), KMOD_MODULE_COMING);
        assert_int_equal(state_of(ctx, "going_away"), KMOD_MODULE_GOING);
        assert_int_equal(state_of(ctx, "nascent"), KMOD_MODULE_COMING);
        assert_int_equal(state_of(ctx, "built"), KMOD_MODULE_BUILTIN);
        assert_int_equal(state_of(ctx, "lone"), -ENOENT);
        assert_int_equal(state_of(ctx, "no_such_module"), -ENOENT);
        kmod_unref(ctx);
}

CHECK(a_state_that_nobody_knows_is_an_error)
{
        struct kmod_ctx *ctx = plain();

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(state_of(ctx, "strange"), -EINVAL);
        kmod_unref(ctx);
}

CHECK(states_have_names)
{
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_BUILTIN), "builtin");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_LIVE), "live");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_COMING), "coming");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_GOING), "going");
        assert_null(kmod_module_initstate_str((enum kmod_module_initstate)77));
}

CHECK(sizes_and_counts_are_what_the_kernel_says)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *llc = by_name(ctx, "llc"), *lone = by_name(ctx, "lone");

        assert_int_equal(kmod_module_get_size(llc), 16384);
        assert_int_equal(kmod_module_get_refcnt(llc), 2);
        assert_int_equal(kmod_module_get_size(lone), -ENOENT);
        assert_int_equal(kmod_module_get_refcnt(lone), -ENOENT);
        kmod_module_unref(llc);
        kmod_module_unref(lone);
        kmod_unref(ctx);
}

static long size_of(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_module *mod = by_name(ctx, name);
        long size = kmod_module_get_size(mod);

        kmod_module_unref(mod);
        return size;
}

CHECK(a_size_that_sys_does_not_have_is_that_of_proc)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(size_of(ctx, "bridge"), 65536);
        assert_int_equal(size_of(ctx, "nascent"), -ENOENT);
        kmod_unref(ctx);
}

static int order(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

CHECK(holders_are_those_that_need_it)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *llc = by_name(ctx, "llc"), *bridge = by_name(ctx, "bridge"),
                           *lone = by_name(ctx, "lone");
        char text[64], *word[2];

        strncpy(text, names_of(kmod_module_get_holders(llc)), sizeof(text) - 1);
        word[0] = strtok(text, " ");
        word[1] = strtok(NULL, " ");
        assert_non_null(word[1]);
        qsort(word, 2, sizeof(*word), order); /* the order is that of a directory */
        assert_string_equal(word[0], "bridge");
        assert_string_equal(word[1], "stp");
        assert_null(kmod_module_get_holders(bridge));
        assert_null(kmod_module_get_holders(lone));
        kmod_module_unref(llc);
        kmod_module_unref(bridge);
        kmod_module_unref(lone);
        kmod_unref(ctx);
}

CHECK(sections_have_addresses)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *llc = by_name(ctx, "llc"), *stp = by_name(ctx, "stp");
        struct kmod_list *list = kmod_module_get_sections(llc), *entry;
        int text = 0, data = 0;

        kmod_list_foreach(entry, list)
        {
                const char *name = kmod_module_section_get_name(entry);
                unsigned long address = kmod_module_section_get_address(entry);

                text += strcmp(name, ".text") == 0 && address == 0xffffffffc0123000UL;
                data += strcmp(name, ".data") == 0 && address == 0x1000;
        }
        assert_int_equal(text, 1);
        assert_int_equal(data, 1);
        kmod_module_section_free_list(list);
        assert_null(kmod_module_get_sections(stp));
        kmod_module_unref(llc);
        kmod_module_unref(stp);
        kmod_unref(ctx);
}

CHECK(the_list_must_be_given)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_loaded(NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_loaded(ctx, NULL), -ENOENT);
        assert_null(list);
        kmod_unref(ctx);
}

CHECK(what_is_null_is_not_loaded)
{
        assert_int_equal(kmod_module_get_initstate(NULL), -ENOENT);
        assert_int_equal(kmod_module_get_refcnt(NULL), -ENOENT);
        assert_int_equal(kmod_module_get_size(NULL), -ENOENT);
        assert_null(kmod_module_get_holders(NULL));
        assert_null(kmod_module_get_sections(NULL));
        assert_null(kmod_module_section_get_name(NULL));
        assert_true(kmod_module_section_get_address(NULL) == (unsigned long)-1);
        kmod_module_section_free_list(NULL);
}
