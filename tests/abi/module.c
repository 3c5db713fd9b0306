/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "abi.h"

/* The absolute path of a file of the module directory; in memory that the next call takes. */
static const char *in_tree(const char *file)
{
        static char path[512];
        struct utsname uts;

        assert_int_equal(uname(&uts), 0);
        snprintf(path, sizeof(path), "/lib/modules/%s/%s", uts.release, file);
        return path;
}

static struct kmod_module *by_path(struct kmod_ctx *ctx, const char *path)
{
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_path(ctx, path, &mod), 0);
        return mod;
}

CHECK(a_name_is_normalised_and_ends_at_the_dot)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "with-dash.ko.xz");

        assert_string_equal(kmod_module_get_name(mod), "with_dash");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_name_need_not_belong_to_a_module)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "no such module");

        assert_string_equal(kmod_module_get_name(mod), "no such module");
        assert_null(kmod_module_get_path(mod));
        assert_null(kmod_module_get_dependencies(mod));
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(the_same_name_is_the_same_object)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "with-dash");

        assert_ptr_equal(by_name(ctx, "with_dash"), mod);
        assert_ptr_equal(kmod_module_unref(mod), mod);
        assert_null(kmod_module_unref(mod));
        kmod_unref(ctx);
}

CHECK(ref_gives_the_module)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "base");

        assert_ptr_equal(kmod_module_ref(mod), mod);
        assert_ptr_equal(kmod_module_unref(mod), mod);
        assert_null(kmod_module_unref(mod));
        kmod_unref(ctx);
}

CHECK(two_contexts_share_nothing)
{
        struct kmod_ctx *one = plain(), *two = plain();
        struct kmod_module *a = by_name(one, "base"), *b = by_name(two, "base");

        assert_ptr_not_equal(a, b);
        kmod_module_unref(a);
        kmod_unref(one);
        assert_string_equal(kmod_module_get_name(b), "base");
        kmod_module_unref(b);
        kmod_unref(two);
}

CHECK(the_path_is_found_by_name)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "with-dash");

        assert_string_equal(kmod_module_get_path(mod), in_tree("kernel/made/with-dash.ko"));
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_builtin_has_no_path)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "built");

        assert_null(kmod_module_get_path(mod));
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_file_names_its_module)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_path(ctx, in_tree("kernel/made/with-dash.ko"));

        assert_string_equal(kmod_module_get_name(mod), "with_dash");
        assert_string_equal(kmod_module_get_path(mod), in_tree("kernel/made/with-dash.ko"));
        assert_ptr_equal(by_path(ctx, in_tree("kernel/made/with-dash.ko")), mod);
        kmod_module_unref(mod);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_relative_file_becomes_absolute)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod;

        assert_int_equal(system("cp /lib/modules/$(uname -r)/kernel/made/lone.ko /tmp/other.ko && cd /tmp"),
                         0);
        mod = by_path(ctx, "other.ko");
        assert_string_equal(kmod_module_get_path(mod), "/tmp/other.ko");
        assert_string_equal(kmod_module_get_name(mod), "other");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_file_that_is_not_there_is_an_error)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_path(ctx, "/nonexistent/x.ko", &mod), -ENOENT);
        assert_null(mod);
        kmod_unref(ctx);
}

CHECK(two_files_of_one_name_do_not_go_together)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_path(ctx, in_tree("kernel/made/lone.ko")), *second = NULL;
        struct said said;

        assert_int_equal(system("cp /lib/modules/$(uname -r)/kernel/made/lone.ko /tmp/lone.ko"), 0);
        listen_to(ctx, &said);
        assert_int_equal(kmod_module_new_from_path(ctx, "/tmp/lone.ko", &second), -EEXIST);
        assert_null(second);
        assert_int_equal(said.priority, LOG_ERR);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(one_file_by_several_paths_is_one_module)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod, *base;
        char path[512];

        assert_int_equal(system("mkdir -p /tmp/real /tmp/linked && ln -sfn real /tmp/dir && "
                                "cp /lib/modules/$(uname -r)/kernel/made/lone.ko /tmp/real/lone.ko && "
                                "ln -sf ../real/lone.ko /tmp/linked/lone.ko"),
                         0);
        mod = by_path(ctx, "/tmp/real/lone.ko");
        assert_ptr_equal(by_path(ctx, "/tmp//real/./lone.ko"), mod);
        assert_ptr_equal(by_path(ctx, "/tmp/dir/lone.ko"), mod);
        assert_ptr_equal(by_path(ctx, "/tmp/linked/lone.ko"), mod);
        assert_string_equal(kmod_module_get_path(mod), "/tmp/real/lone.ko");
        for (int i = 0; i < 4; i++)
                kmod_module_unref(mod);
        base = by_name(ctx, "base");
        snprintf(path, sizeof(path), "/%s", kmod_module_get_path(base));
        assert_ptr_equal(by_path(ctx, path), base);
        kmod_module_unref(base);
        kmod_module_unref(base);
        kmod_unref(ctx);
}

CHECK(a_directory_names_a_module_only_by_its_name)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = NULL;

        /* what is there is enough; whether it is a module shows when it is read */
        assert_int_equal(kmod_module_new_from_path(ctx, "/tmp", &mod), 0);
        assert_string_equal(kmod_module_get_name(mod), "tmp");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(dependencies_come_in_the_order_of_loading)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *top = by_name(ctx, "top"), *lone = by_name(ctx, "lone"), *file;

        assert_string_equal(names_of(kmod_module_get_dependencies(top)), "base mid");
        assert_string_equal(names_of(kmod_module_get_dependencies(top)), "base mid");
        assert_null(kmod_module_get_dependencies(lone));
        kmod_module_unref(top);
        kmod_module_unref(lone);
        file = by_path(ctx, in_tree("kernel/made/top.ko"));
        assert_string_equal(names_of(kmod_module_get_dependencies(file)), "base mid");
        kmod_module_unref(file);
        kmod_unref(ctx);
}

CHECK(softdeps_come_before_and_after)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "soft");
        struct kmod_list *pre = NULL, *post = NULL;

        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_string_equal(names_of(pre), "before1 before2");
        assert_string_equal(names_of(post), "after1");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_module_without_softdeps_has_two_empty_lists)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "lone");
        struct kmod_list *pre = NULL, *post = NULL;

        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_null(pre);
        assert_null(post);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(weakdeps_are_a_list)
{
        struct kmod_ctx *ctx;
        struct kmod_module *mod;
        struct kmod_list *weak = NULL;

        NEEDS(kmod_module_get_weakdeps);
        ctx = configured();
        mod = by_name(ctx, "weak");
        assert_int_equal(kmod_module_get_weakdeps(mod, &weak), 0);
        assert_string_equal(names_of(weak), "weak1 weak2");
        kmod_module_unref(mod);
        weak = NULL;
        mod = by_name(ctx, "lone");
        assert_int_equal(kmod_module_get_weakdeps(mod, &weak), 0);
        assert_null(weak);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(lists_of_softdeps_must_come_in_empty)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "soft");
        struct kmod_list *pre = NULL, *post = NULL, *none = NULL;

        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &none), -EINVAL);
        assert_int_equal(kmod_module_get_softdeps(mod, &none, &post), -EINVAL);
        assert_null(none);
        kmod_module_unref_list(pre);
        kmod_module_unref_list(post);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(softdeps_of_several_lines_are_joined)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "joined");
        struct kmod_list *pre = NULL, *post = NULL;

        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_string_equal(names_of(pre), "before1 before2 deeper");
        assert_string_equal(names_of(post), "after1");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(options_of_all_lines_are_joined)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "base"), *top = by_name(ctx, "top"),
                           *lone = by_name(ctx, "lone");

        assert_string_equal(kmod_module_get_options(mod), "depth=3 depth=4 extra");
        assert_string_equal(kmod_module_get_options(top), "a=\"b c\"");
        assert_null(kmod_module_get_options(lone));
        kmod_module_unref(mod);
        kmod_module_unref(top);
        kmod_module_unref(lone);
        kmod_unref(ctx);
}

CHECK(commands_are_what_the_configuration_says)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "commanded"), *lone = by_name(ctx, "lone");

        assert_string_equal(kmod_module_get_install_commands(mod), "/bin/true $CMDLINE_OPTS");
        assert_string_equal(kmod_module_get_remove_commands(mod), "/bin/false");
        assert_null(kmod_module_get_install_commands(lone));
        assert_null(kmod_module_get_remove_commands(lone));
        kmod_module_unref(mod);
        kmod_module_unref(lone);
        kmod_unref(ctx);
}

CHECK(what_is_null_makes_no_module)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_name(NULL, "base", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name(ctx, NULL, &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name(ctx, "base", NULL), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(NULL, "/tmp", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(ctx, NULL, &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(ctx, "/tmp", NULL), -ENOENT);
        assert_null(mod);
        kmod_unref(ctx);
}

CHECK(a_module_that_is_null_has_nothing)
{
        struct kmod_list *pre = NULL, *post = NULL;

        assert_null(kmod_module_ref(NULL));
        assert_null(kmod_module_unref(NULL));
        assert_null(kmod_module_get_name(NULL));
        assert_null(kmod_module_get_path(NULL));
        assert_null(kmod_module_get_options(NULL));
        assert_null(kmod_module_get_install_commands(NULL));
        assert_null(kmod_module_get_remove_commands(NULL));
        assert_null(kmod_module_get_dependencies(NULL));
        assert_null(kmod_module_get_module(NULL));
        assert_int_equal(kmod_module_get_softdeps(NULL, &pre, &post), -ENOENT);
        assert_int_equal(kmod_module_unref_list(NULL), 0);
}

CHECK(a_module_that_is_null_has_no_weakdeps)
{
        struct kmod_list *weak = NULL;

        NEEDS(kmod_module_get_weakdeps);
        assert_int_equal(kmod_module_get_weakdeps(NULL, &weak), -ENOENT);
}
