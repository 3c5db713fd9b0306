/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "abi.h"

CHECK(without_a_directory_it_is_the_running_kernels)
{
        struct kmod_ctx *ctx = configured();
        struct utsname uts;
        char want[256];

        assert_int_equal(uname(&uts), 0);
        snprintf(want, sizeof(want), "/lib/modules/%s", uts.release);
        assert_string_equal(kmod_get_dirname(ctx), want);
        kmod_unref(ctx);
}

CHECK(a_relative_directory_is_taken_from_where_we_were)
{
        struct kmod_ctx *ctx;

        assert_int_equal(chdir("/usr/lib"), 0);
        ctx = kmod_new("modules/none", NULL);
        assert_int_equal(chdir("/tmp"), 0);
        assert_non_null(ctx);
        assert_string_equal(kmod_get_dirname(ctx), "/usr/lib/modules/none");
        kmod_unref(ctx);
}

CHECK(a_directory_without_name_is_where_we_were)
{
        static const char *const none[] = { NULL };
        struct kmod_ctx *running = plain(), *ctx;

        assert_int_equal(chdir(kmod_get_dirname(running)), 0);
        ctx = kmod_new("", none);
        assert_int_equal(chdir("/"), 0);
        assert_non_null(ctx);
        assert_string_equal(lookup(ctx, "base"), "base");
        kmod_unref(ctx);
        kmod_unref(running);
}

CHECK(a_directory_that_does_not_exist_has_no_modules)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", NULL);

        assert_non_null(ctx);
        assert_string_equal(kmod_get_dirname(ctx), "/nonexistent");
        assert_string_equal(lookup(ctx, "base"), "");
        kmod_unref(ctx);
}

CHECK(unref_gives_the_context_while_it_lives_and_null_at_its_end)
{
        struct kmod_ctx *ctx = plain();

        assert_ptr_equal(kmod_ref(ctx), ctx);
        assert_ptr_equal(kmod_unref(ctx), ctx);
        assert_null(kmod_unref(ctx));
}

CHECK(a_module_keeps_its_context)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "base");

        kmod_unref(ctx);
        assert_string_equal(kmod_module_get_name(mod), "base");
        assert_non_null(kmod_module_get_path(mod));
        assert_null(kmod_module_unref(mod));
}

CHECK(the_context_gives_back_the_users_pointer)
{
        struct kmod_ctx *ctx = plain();
        int mine;

        assert_null(kmod_get_userdata(ctx));
        kmod_set_userdata(ctx, &mine);
        assert_ptr_equal(kmod_get_userdata(ctx), &mine);
        kmod_unref(ctx);
}

CHECK(errors_are_logged_from_the_start_and_the_priority_can_be_set)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(kmod_get_log_priority(ctx), LOG_ERR);
        kmod_set_log_priority(ctx, LOG_DEBUG);
        assert_int_equal(kmod_get_log_priority(ctx), LOG_DEBUG);
        kmod_unref(ctx);
}

/* A request that is an error, for what is said about it. */
static void make_an_error(struct kmod_ctx *ctx)
{
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, "base", &list), 0);
        assert_int_equal(kmod_module_new_from_lookup(ctx, "base", &list), -ENOSYS);
        kmod_module_unref_list(list);
}

CHECK(the_log_function_is_told)
{
        struct kmod_ctx *ctx = plain();
        struct said said;

        listen_to(ctx, &said);
        make_an_error(ctx);
        assert_string_equal(said.text, "An empty list is needed to create lookup\n");
        assert_int_equal(said.priority, LOG_ERR);
        kmod_unref(ctx);
}

CHECK(the_log_function_is_not_told_what_is_below_the_priority)
{
        struct kmod_ctx *ctx = plain();
        struct said said;

        listen_to(ctx, &said);
        kmod_set_log_priority(ctx, LOG_CRIT);
        make_an_error(ctx);
        assert_string_equal(said.text, "");
        kmod_unref(ctx);
}

/* Standard error goes into a file while this lasts. Returns what was written. */
static const char *stderr_of(void (*act)(struct kmod_ctx *), struct kmod_ctx *ctx)
{
        static char text[4096];
        FILE *file = tmpfile();
        int saved = dup(STDERR_FILENO);
        size_t n;

        assert_non_null(file);
        fflush(stderr);
        assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
        act(ctx);
        fflush(stderr);
        assert_true(dup2(saved, STDERR_FILENO) >= 0);
        close(saved);
        rewind(file);
        n = fread(text, 1, sizeof(text) - 1, file);
        text[n] = '\0';
        fclose(file);
        return text;
}

CHECK(without_a_log_function_standard_error_is_told)
{
        struct kmod_ctx *ctx = plain();
        const char *text = stderr_of(make_an_error, ctx);

        assert_non_null(strstr(text, "libkmod: ERROR"));
        assert_non_null(strstr(text, ": An empty list is needed to create lookup\n"));
        kmod_unref(ctx);
}

CHECK(with_null_for_a_log_function_nobody_is_told)
{
        struct kmod_ctx *ctx = plain();

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_string_equal(stderr_of(make_an_error, ctx), "");
        kmod_unref(ctx);
}

CHECK(the_environment_sets_the_first_priority)
{
        struct kmod_ctx *ctx;

        setenv("KMOD_LOG", "debug", 1);
        ctx = plain();
        assert_int_equal(kmod_get_log_priority(ctx), LOG_DEBUG);
        kmod_unref(ctx);
        setenv("KMOD_LOG", "4", 1);
        ctx = plain();
        assert_int_equal(kmod_get_log_priority(ctx), LOG_WARNING);
        kmod_unref(ctx);
        unsetenv("KMOD_LOG");
}

CHECK(a_context_that_is_null_does_no_harm)
{
        int mine;

        assert_null(kmod_ref(NULL));
        assert_null(kmod_unref(NULL));
        kmod_set_log_fn(NULL, NULL, NULL);
        kmod_set_log_priority(NULL, LOG_DEBUG);
        assert_int_equal(kmod_get_log_priority(NULL), -1);
        kmod_set_userdata(NULL, &mine);
        assert_null(kmod_get_userdata(NULL));
        assert_null(kmod_get_dirname(NULL));
}
