/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "abi.h"

/* insert and remove one module; what happens around it is in probe.c */

static int insert(const char *name, int answer)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, name);
        int r;

        kmod_set_log_fn(ctx, NULL, NULL);
        kernel_answers(answer, EPERM);
        r = kmod_module_insert_module(mod, 0, NULL);
        kmod_module_unref(mod);
        kmod_unref(ctx);
        return r;
}

CHECK(a_module_that_the_kernel_takes_is_in)
{
        assert_int_equal(insert("lone", 0), 0);
}

CHECK(what_the_kernel_says_against_it_comes_back)
{
        assert_int_equal(insert("lone", EEXIST), -EEXIST);
        assert_int_equal(insert("lone", EPERM), -EPERM);
        assert_int_equal(insert("lone", ENOEXEC), -ENOEXEC);
        assert_int_equal(insert("lone", EKEYREJECTED), -EKEYREJECTED);
}

CHECK(a_module_without_a_file_cannot_be_inserted)
{
        assert_int_equal(insert("no_such_module", 0), -ENOENT);
        assert_int_equal(insert("built", 0), -ENOENT);
}

CHECK(options_and_flags_are_taken)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "base");

        kernel_answers(0, EPERM);
        assert_int_equal(kmod_module_insert_module(mod, 0, "depth=1"), 0);
        assert_int_equal(kmod_module_insert_module(mod, KMOD_INSERT_FORCE_VERMAGIC, ""), 0);
        assert_int_equal(kmod_module_insert_module(
                                 mod, KMOD_INSERT_FORCE_MODVERSION | KMOD_INSERT_FORCE_VERMAGIC, NULL),
                         0);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(dependencies_are_not_the_business_of_insert)
{
        assert_int_equal(insert("top", ENOENT), -ENOENT);
        assert_int_equal(insert("top", 0), 0);
}

CHECK(a_module_that_the_kernel_lets_go_is_out)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "bridge");

        kernel_answers(EPERM, 0);
        assert_int_equal(kmod_module_remove_module(mod, 0), 0);
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_FORCE), 0);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(what_the_kernel_says_against_removal_comes_back_and_is_told)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "llc");
        struct said said;

        listen_to(ctx, &said);
        kernel_answers(EPERM, EWOULDBLOCK);
        assert_int_equal(kmod_module_remove_module(mod, 0), -EWOULDBLOCK);
        assert_int_equal(said.priority, LOG_ERR);
        assert_non_null(strstr(said.text, "llc"));
        kernel_answers(EPERM, ENOENT);
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_NOWAIT), -ENOENT);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(removal_without_log_is_silent)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "llc");
        struct said said;

        listen_to(ctx, &said);
        kernel_answers(EPERM, EBUSY);
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_NOLOG), -EBUSY);
        assert_string_equal(said.text, "");
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(what_is_null_is_neither_inserted_nor_removed)
{
        assert_int_equal(kmod_module_insert_module(NULL, 0, NULL), -ENOENT);
        assert_int_equal(kmod_module_remove_module(NULL, 0), -ENOENT);
}
