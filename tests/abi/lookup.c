/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "abi.h"

CHECK(a_name_is_found_whatever_its_dashes)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "with-dash"), "with_dash");
        assert_string_equal(lookup(ctx, "with_dash"), "with_dash");
        kmod_unref(ctx);
}

CHECK(an_alias_of_a_module_is_found)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "base-alias"), "base");
        assert_string_equal(lookup(ctx, "dash-alias-7"), "with_dash");
        assert_string_equal(lookup(ctx, "pci:v00001111d00000001sv00000000sd00000000bc01sc02i03"), "base");
        assert_string_equal(lookup(ctx, "usb:v2p1"), "base");
        assert_string_equal(lookup(ctx, "usb:v4p1"), "");
        kmod_unref(ctx);
}

/* lspci asks with what it has read from a file, to the newline. It is a character that a "*" can stand for. */
CHECK(a_newline_at_the_end_belongs_to_the_alias)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "pci:v00001111d00000001sv00000000sd00000000bc01sc02i03\n"), "base");
        assert_string_equal(lookup(ctx, "base-alias\n"), "");
        assert_string_equal(lookup(ctx, "base\n"), "");
        kmod_unref(ctx);
}

CHECK(one_alias_can_stand_for_several_modules)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "twin"), "twin_a twin_b");
        kmod_unref(ctx);
}

CHECK(a_symbol_is_found_in_its_own_namespace)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "symbol:base_one"), "base");
        assert_string_equal(lookup(ctx, "base_one"), "");
        kmod_unref(ctx);
}

CHECK(a_builtin_is_found_by_name_and_alias)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(lookup(ctx, "built-too"), "built_too");
        assert_string_equal(lookup(ctx, "pci:v00002222d1"), "built");
        kmod_unref(ctx);
}

CHECK(the_configuration_comes_first)
{
        struct kmod_ctx *ctx = configured();

        assert_string_equal(lookup(ctx, "conf-alias"), "base");
        assert_string_equal(lookup(ctx, "conf-bee"), "mid");
        assert_string_equal(lookup(ctx, "conf-gone"), "no_such_module");
        assert_string_equal(lookup(ctx, "conf-dash"), "with_dash");
        kmod_unref(ctx);
}

CHECK(a_command_makes_a_name_known)
{
        struct kmod_ctx *ctx = configured();

        assert_string_equal(lookup(ctx, "commanded"), "commanded");
        assert_string_equal(lookup(ctx, "only-removed"), "only_removed");
        kmod_unref(ctx);
}

CHECK(an_alias_gives_an_object_apart_from_that_of_the_name)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *one = NULL, *two = NULL;
        struct kmod_module *named = by_name(ctx, "base"), *a, *b;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "conf-alias", &one), 0);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "conf-alias", &two), 0);
        a = kmod_module_get_module(one);
        b = kmod_module_get_module(two);
        assert_ptr_equal(a, b);
        assert_ptr_not_equal(a, named);
        assert_string_equal(kmod_module_get_name(a), "base");
        assert_string_equal(kmod_module_get_path(a), kmod_module_get_path(named));
        kmod_module_unref(a);
        kmod_module_unref(b);
        kmod_module_unref(named);
        kmod_module_unref_list(one);
        kmod_module_unref_list(two);
        kmod_unref(ctx);
}

CHECK(options_for_an_alias_come_with_those_of_the_module)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *list = NULL;
        struct kmod_module *mod;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "conf-alias", &list), 0);
        mod = kmod_module_get_module(list);
        assert_string_equal(kmod_module_get_options(mod), "depth=3 depth=4 extra by=alias");
        kmod_module_unref(mod);
        kmod_module_unref_list(list);
        kmod_unref(ctx);
}

CHECK(what_is_unknown_is_no_error)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "no-such-thing", &list), 0);
        assert_null(list);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "pci:v9999", &list), 0);
        assert_null(list);
        kmod_unref(ctx);
}

CHECK(a_bracket_without_partner_is_an_error)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL;

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "usb:v[1", &list), -EINVAL);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "usb:v1]", &list), -EINVAL);
        assert_null(list);
        kmod_unref(ctx);
}

CHECK(the_list_must_come_in_empty)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL, *before;
        struct said said;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "base", &list), 0);
        before = list;
        listen_to(ctx, &said);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "mid", &list), -ENOSYS);
        assert_ptr_equal(list, before);
        assert_string_equal(names_of(list), "base");
        assert_non_null(strstr(said.text, "An empty list is needed to create lookup"));
        kmod_unref(ctx);
}

static const char *name_lookup(struct kmod_ctx *ctx, const char *text)
{
        static char name[64];
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_name_lookup(ctx, text, &mod), 0);
        if (!mod)
                return NULL;
        strncpy(name, kmod_module_get_name(mod), sizeof(name) - 1);
        kmod_module_unref(mod);
        return name;
}

CHECK(lookup_by_name_knows_modules_and_builtins)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(name_lookup(ctx, "with-dash"), "with_dash");
        assert_string_equal(name_lookup(ctx, "built-too"), "built_too");
        assert_null(name_lookup(ctx, "no_such_module"));
        kmod_unref(ctx);
}

CHECK(lookup_by_name_knows_neither_aliases_nor_commands)
{
        struct kmod_ctx *ctx = configured();

        assert_null(name_lookup(ctx, "conf-alias"));
        assert_null(name_lookup(ctx, "commanded"));
        assert_null(name_lookup(ctx, "symbol:base_one"));
        assert_null(name_lookup(ctx, "base-alias"));
        kmod_unref(ctx);
}

CHECK(lookup_by_name_leaves_the_pointer_when_there_is_none)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = (struct kmod_module *)&mod;

        assert_int_equal(kmod_module_new_from_name_lookup(ctx, "no_such_module", &mod), 0);
        assert_ptr_equal(mod, &mod);
        kmod_unref(ctx);
}

CHECK(what_is_null_finds_nothing)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_list *list = NULL;
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_lookup(NULL, "base", &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_lookup(ctx, NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_name_lookup(NULL, "base", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name_lookup(ctx, NULL, &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name_lookup(ctx, "base", NULL), -ENOENT);
        assert_null(list);
        assert_null(mod);
        kmod_unref(ctx);
}
