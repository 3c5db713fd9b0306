/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "abi.h"
#include "tmpdir.h"

/* All that a walk gives, a "key=value" on each line; in memory that the next call takes. */
static const char *walk(struct kmod_config_iter *iter)
{
        static char text[8192];
        size_t len = 0;

        text[0] = '\0';
        while (kmod_config_iter_next(iter)) {
                const char *key = kmod_config_iter_get_key(iter), *value = kmod_config_iter_get_value(iter);

                len += (size_t)snprintf(text + len, sizeof(text) - len, "%s=%s\n", key ? key : "(null)",
                                        value ? value : "(null)");
                assert_in_range(len, 0, sizeof(text) - 1);
        }
        return text;
}

static const char *all(struct kmod_config_iter *iter)
{
        const char *text;

        assert_non_null(iter);
        text = walk(iter);
        kmod_config_iter_free_iter(iter);
        return text;
}

/* A context with one file of configuration, which is gone again when it is there. */
static struct kmod_ctx *with(const char *text)
{
        struct tmpdir dir = tmpdir_new();
        const char *paths[] = { dir.path, NULL };
        struct kmod_ctx *ctx;

        tmpdir_write(&dir, "a.conf", text);
        ctx = kmod_new(NULL, paths);
        assert_non_null(ctx);
        tmpdir_fini(&dir);
        return ctx;
}

CHECK(blacklists_have_keys_only)
{
        struct kmod_ctx *ctx = with("blacklist one\nblacklist two-three\n");

        assert_string_equal(all(kmod_config_get_blacklists(ctx)), "one=(null)\ntwo_three=(null)\n");
        kmod_unref(ctx);
}

CHECK(install_and_remove_commands_are_walked)
{
        struct kmod_ctx *ctx = with("install a-b /bin/echo one  two\nremove c /bin/false\n");

        assert_string_equal(all(kmod_config_get_install_commands(ctx)), "a_b=/bin/echo one  two\n");
        assert_string_equal(all(kmod_config_get_remove_commands(ctx)), "c=/bin/false\n");
        kmod_unref(ctx);
}

CHECK(aliases_are_walked)
{
        struct kmod_ctx *ctx = with("alias net-0 with-dash\nalias pci:v[0-9]* base\n");

        assert_string_equal(all(kmod_config_get_aliases(ctx)), "net_0=with_dash\npci:v[0-9]*=base\n");
        kmod_unref(ctx);
}

CHECK(options_are_walked_each_line_on_its_own)
{
        struct kmod_ctx *ctx = with("options base a=1 b=2\noptions base c=\"x y\"\n");

        assert_string_equal(all(kmod_config_get_options(ctx)), "base=a=1 b=2\nbase=c=\"x y\"\n");
        kmod_unref(ctx);
}

CHECK(softdeps_are_written_as_a_line_would_be)
{
        struct kmod_ctx *ctx = with("softdep a pre: b c post: d\nsoftdep e post: f\n");
        const char *text = all(kmod_config_get_softdeps(ctx));

        assert_non_null(strstr(text, "a=pre: b c post: d\n"));
        assert_non_null(strstr(text, "e=post: f\n"));
        kmod_unref(ctx);
}

CHECK(weakdeps_are_written_as_a_line_would_be)
{
        struct kmod_ctx *ctx = with("weakdep a b c\n");

        NEEDS(kmod_config_get_weakdeps);
        assert_non_null(strstr(all(kmod_config_get_weakdeps(ctx)), "a=b c\n"));
        kmod_unref(ctx);
}

CHECK(a_walk_that_has_not_begun_has_no_key_and_after_its_end_begins_anew)
{
        struct kmod_ctx *ctx = with("blacklist one\nblacklist two\n");
        struct kmod_config_iter *iter = kmod_config_get_blacklists(ctx);

        assert_null(kmod_config_iter_get_key(iter));
        assert_null(kmod_config_iter_get_value(iter));
        assert_string_equal(walk(iter), "one=(null)\ntwo=(null)\n");
        assert_null(kmod_config_iter_get_key(iter));
        assert_string_equal(walk(iter), "one=(null)\ntwo=(null)\n");
        kmod_config_iter_free_iter(iter);
        kmod_unref(ctx);
}

CHECK(a_walk_can_be_left_in_the_middle)
{
        struct kmod_ctx *ctx = with("softdep a pre: b c post: d\nsoftdep e post: f\n");
        struct kmod_config_iter *iter = kmod_config_get_softdeps(ctx);

        assert_true(kmod_config_iter_next(iter));
        assert_non_null(kmod_config_iter_get_value(iter));
        assert_non_null(kmod_config_iter_get_value(iter));
        kmod_config_iter_free_iter(iter);
        kmod_unref(ctx);
}

CHECK(nothing_configured_is_an_empty_walk)
{
        struct kmod_ctx *ctx = with("");

        assert_string_equal(all(kmod_config_get_blacklists(ctx)), "");
        assert_string_equal(all(kmod_config_get_install_commands(ctx)), "");
        assert_string_equal(all(kmod_config_get_remove_commands(ctx)), "");
        assert_string_equal(all(kmod_config_get_aliases(ctx)), "");
        assert_string_equal(all(kmod_config_get_options(ctx)), "");
        kmod_unref(ctx);
}

CHECK(the_first_path_that_has_a_file_of_a_name_wins)
{
        struct tmpdir one = tmpdir_new(), two = tmpdir_new();
        const char *paths[] = { one.path, two.path, "/nonexistent", NULL };
        struct kmod_ctx *ctx;

        tmpdir_write(&one, "same.conf", "blacklist first\n");
        tmpdir_write(&two, "same.conf", "blacklist second\n");
        tmpdir_write(&two, "zoo.conf", "blacklist third\n");
        ctx = kmod_new(NULL, paths);
        assert_non_null(ctx);
        assert_string_equal(all(kmod_config_get_blacklists(ctx)), "first=(null)\nthird=(null)\n");
        kmod_unref(ctx);
        tmpdir_fini(&two);
        tmpdir_fini(&one);
}

CHECK(without_paths_it_is_the_systems_configuration)
{
        struct kmod_ctx *ctx = configured();

        assert_non_null(strstr(all(kmod_config_get_blacklists(ctx)), "banned=(null)\n"));
        kmod_unref(ctx);
}

CHECK(what_is_null_has_no_configuration)
{
        assert_null(kmod_config_get_blacklists(NULL));
        assert_null(kmod_config_get_install_commands(NULL));
        assert_null(kmod_config_get_remove_commands(NULL));
        assert_null(kmod_config_get_aliases(NULL));
        assert_null(kmod_config_get_options(NULL));
        assert_null(kmod_config_get_softdeps(NULL));
        assert_null(kmod_config_iter_get_key(NULL));
        assert_null(kmod_config_iter_get_value(NULL));
        assert_false(kmod_config_iter_next(NULL));
        kmod_config_iter_free_iter(NULL);
}

CHECK(what_is_null_has_no_weakdeps)
{
        NEEDS(kmod_config_get_weakdeps);
        assert_null(kmod_config_get_weakdeps(NULL));
}
