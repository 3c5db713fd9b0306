/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "client.h"
#include "core/dirs.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

static const char *const no_paths[] = { NULL };

CHECK(context_is_of_the_running_kernel_when_none_is_named)
{
        struct kmod_ctx *ctx = kmod_new(NULL, no_paths);

        assert_string_equal(kmod_get_dirname(ctx), TN_DIRS_MODULES "/6.1.0-fake");
        assert_null(kmod_unref(ctx));
}

CHECK(context_makes_its_directory_absolute)
{
        _cleanup_(freep) char *cwd = getcwd(NULL, 0);
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct kmod_ctx *ctx = kmod_new("some/where", no_paths);

        tn_buf_addf(&expected, "%s/some/where", cwd);
        assert_string_equal(kmod_get_dirname(ctx), tn_buf_str(&expected));
        assert_null(kmod_unref(ctx));
}

CHECK(context_lives_as_long_as_there_are_references)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", no_paths);

        assert_ptr_equal(kmod_ref(ctx), ctx);
        assert_ptr_equal(kmod_unref(ctx), ctx);
        assert_null(kmod_unref(ctx));
        assert_null(kmod_ref(NULL));
        assert_null(kmod_unref(NULL));
}

CHECK(context_is_kept_by_its_modules)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", no_paths);
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_name(ctx, "a", &mod), 0);
        assert_ptr_equal(kmod_unref(ctx), ctx);
        assert_string_equal(kmod_module_get_name(mod), "a");
        assert_null(kmod_module_unref(mod));
}

CHECK(context_carries_a_pointer_of_the_client)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", no_paths);

        assert_null(kmod_get_userdata(ctx));
        kmod_set_userdata(ctx, &ctx);
        assert_ptr_equal(kmod_get_userdata(ctx), &ctx);
        kmod_unref(ctx);
        kmod_set_userdata(NULL, &ctx);
        assert_null(kmod_get_userdata(NULL));
        assert_null(kmod_get_dirname(NULL));
}

CHECK(context_logs_errors_unless_told_otherwise)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", no_paths);

        assert_int_equal(kmod_get_log_priority(ctx), 3);
        kmod_set_log_priority(ctx, 6);
        assert_int_equal(kmod_get_log_priority(ctx), 6);
        kmod_unref(ctx);
        assert_int_equal(kmod_get_log_priority(NULL), -1);
        kmod_set_log_priority(NULL, 1);
        kmod_set_log_fn(NULL, NULL, NULL);
}

static int priority_with(const char *value)
{
        struct kmod_ctx *ctx;
        int priority;

        setenv("KMOD_LOG", value, 1);
        ctx = kmod_new("/nonexistent", no_paths);
        priority = kmod_get_log_priority(ctx);
        kmod_unref(ctx);
        unsetenv("KMOD_LOG");
        return priority;
}

CHECK(context_takes_its_priority_from_the_environment)
{
        assert_int_equal(priority_with("debug"), 7);
        assert_int_equal(priority_with("info"), 6);
        assert_int_equal(priority_with("notice"), 5);
        assert_int_equal(priority_with("warning"), 4);
        assert_int_equal(priority_with("err"), 3);
        assert_int_equal(priority_with("6"), 6);
        assert_int_equal(priority_with("99"), 3);
        assert_int_equal(priority_with(""), 3);
        assert_int_equal(priority_with("x"), 3);
}

CHECK(context_says_what_is_wrong_with_its_configuration)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_ctx *ctx;
        const char *paths[2] = { NULL, NULL };
        _cleanup_(freep) char *path = NULL, *out = NULL;
        _cleanup_(freep) char *text = NULL;
        size_t len = 0;
        FILE *saved = stderr, *memory = open_memstream(&text, &len);

        client_init(&c, "", NULL, NULL, "nonsense\n");
        path = tmpdir_path(&c.room.dir, "test.conf");
        paths[0] = path;
        stderr = memory;
        ctx = kmod_new(c.room.dir.path, paths);
        stderr = saved;
        fclose(memory);
        kmod_unref(ctx);
        assert_true(asprintf(&out,
                             "libkmod: ERROR: kmod_config_parse: %s line 1: ignoring bad line starting with "
                             "'nonsense'\n",
                             path) > 0);
        assert_string_equal(text, out);
}

CHECK(context_without_log_function_says_nothing)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, "", NULL, NULL, NULL);
        mod = client_name(&c, "gone");
        assert_int_equal(kmod_module_insert_module(mod, 0, NULL), -ENOENT);
        assert_said(&c, "3 kmod_module_insert_module: could not find module by name='gone'\n");
        kmod_set_log_priority(c.ctx, 2);
        assert_int_equal(kmod_module_insert_module(mod, 0, NULL), -ENOENT);
        assert_said(&c, "");
        kmod_set_log_priority(c.ctx, -1);
        assert_int_equal(kmod_get_log_priority(c.ctx), -1);
        assert_int_equal(kmod_module_insert_module(mod, 0, NULL), -ENOENT);
        assert_said(&c, "");
        kmod_set_log_priority(c.ctx, 7);
        kmod_set_log_fn(c.ctx, NULL, NULL);
        assert_int_equal(kmod_module_insert_module(mod, 0, NULL), -ENOENT);
        assert_said(&c, "");
        kmod_module_unref(mod);
}
