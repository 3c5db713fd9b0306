/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "client.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

#define DEPS "k/fat.ko:\nk/vfat.ko: k/fat.ko\nk/llc.ko:\nk/stp.ko: k/llc.ko\nk/bridge.ko: k/stp.ko k/llc.ko\n"

CHECK(module_names_are_normalised_and_cut_at_the_dot)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, DEPS, NULL, NULL, NULL);
        mod = client_name(&c, "snd-hda_x.ko.gz");
        assert_string_equal(kmod_module_get_name(mod), "snd_hda_x");
        assert_null(kmod_module_unref(mod));
        assert_int_equal(kmod_module_new_from_name(NULL, "a", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name(c.ctx, NULL, &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name(c.ctx, "a", NULL), -ENOENT);
        assert_null(kmod_module_get_name(NULL));
        assert_null(kmod_module_ref(NULL));
        assert_null(kmod_module_unref(NULL));
}

CHECK(module_is_one_object_for_one_name_and_one_for_each_alias)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *a, *b, *by_alias, *by_other;

        client_init(&c, DEPS, "x-* vfat\n", NULL, "options x_1 o=1\n");
        a = client_name(&c, "vfat");
        b = client_lookup(&c, "vfat");
        by_alias = client_lookup(&c, "x-1");
        by_other = client_lookup(&c, "x-2");
        assert_ptr_equal(a, b);
        assert_ptr_not_equal(a, by_alias);
        assert_ptr_not_equal(by_alias, by_other);
        assert_string_equal(kmod_module_get_name(by_alias), "vfat");
        assert_string_equal(kmod_module_get_options(by_alias), "o=1");
        assert_null(kmod_module_get_options(a));
        assert_ptr_equal(kmod_module_unref(a), a);
        assert_null(kmod_module_unref(b));
        assert_null(kmod_module_unref(by_alias));
        assert_null(kmod_module_unref(by_other));
}

CHECK(module_from_a_path_has_that_path_made_absolute)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(freep) char *path = NULL, *other = NULL, *cwd = getcwd(NULL, 0);
        struct kmod_module *mod = NULL, *same = NULL, *none = NULL;

        client_init(&c, DEPS, NULL, NULL, NULL);
        tmpdir_write(&c.room.dir, "a-b.ko.xz", "");
        tmpdir_write(&c.room.dir, "d/a-b.ko", "");
        path = tmpdir_path(&c.room.dir, "a-b.ko.xz");
        other = tmpdir_path(&c.room.dir, "d/a-b.ko");
        assert_int_equal(fchdir(c.room.dir.fd), 0);
        assert_int_equal(kmod_module_new_from_path(c.ctx, "a-b.ko.xz", &mod), 0);
        assert_int_equal(chdir(cwd), 0);
        assert_string_equal(kmod_module_get_name(mod), "a_b");
        assert_string_equal(kmod_module_get_path(mod), path);
        assert_int_equal(kmod_module_new_from_path(c.ctx, path, &same), 0);
        assert_ptr_equal(same, mod);
        assert_int_equal(kmod_module_new_from_path(c.ctx, other, &none), -EEXIST);
        assert_null(none);
        assert_said(&c, "3 kmod_module_new_from_path: kmod_module 'a_b' already exists with different path: "
                        "new-path='DIR/d/a-b.ko' old-path='DIR/a-b.ko.xz'\n");
        kmod_module_unref(same);
        assert_null(kmod_module_unref(mod));
        assert_int_equal(kmod_module_new_from_path(c.ctx, other, &mod), 0);
        assert_null(kmod_module_unref(mod));
}

CHECK(module_from_a_path_that_is_not_there_or_no_name_fails)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod = NULL;

        client_init(&c, DEPS, NULL, NULL, NULL);
        assert_int_equal(kmod_module_new_from_path(c.ctx, "/nonexistent/a.ko", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(c.ctx, "/", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(NULL, "/", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_path(c.ctx, NULL, &mod), -ENOENT);
        assert_null(mod);
}

CHECK(module_path_is_found_by_its_name)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(freep) char *path = NULL;
        struct kmod_module *known, *unknown, *builtin;

        client_init(&c, DEPS, NULL, "ext4\n", NULL);
        path = tmpdir_path(&c.room.dir, "k/vfat.ko");
        known = client_name(&c, "vfat");
        unknown = client_name(&c, "nix");
        builtin = client_name(&c, "ext4");
        assert_string_equal(kmod_module_get_path(known), path);
        assert_ptr_equal(kmod_module_get_path(known), kmod_module_get_path(known));
        assert_null(kmod_module_get_path(unknown));
        assert_null(kmod_module_get_path(builtin));
        assert_null(kmod_module_get_path(NULL));
        kmod_module_unref(known);
        kmod_module_unref(unknown);
        kmod_module_unref(builtin);
}

CHECK(module_has_what_the_configuration_says_of_it)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, DEPS, NULL, NULL,
                    "options fat a=1\noptions fat b=2\ninstall f* in\ninstall fat two\nremove fat out\n");
        mod = client_name(&c, "fat");
        assert_string_equal(kmod_module_get_options(mod), "a=1 b=2");
        assert_ptr_equal(kmod_module_get_options(mod), kmod_module_get_options(mod));
        assert_string_equal(kmod_module_get_install_commands(mod), "in");
        assert_string_equal(kmod_module_get_remove_commands(mod), "out");
        kmod_module_unref(mod);
        mod = client_name(&c, "llc");
        assert_null(kmod_module_get_options(mod));
        assert_null(kmod_module_get_install_commands(mod));
        assert_null(kmod_module_get_remove_commands(mod));
        kmod_module_unref(mod);
        assert_null(kmod_module_get_options(NULL));
        assert_null(kmod_module_get_install_commands(NULL));
        assert_null(kmod_module_get_remove_commands(NULL));
}

CHECK(module_dependencies_come_in_load_order_and_have_paths)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(freep) char *path = NULL;
        struct kmod_module *mod, *first;
        struct kmod_list *deps;

        client_init(&c, DEPS, NULL, NULL, NULL);
        path = tmpdir_path(&c.room.dir, "k/llc.ko");
        mod = client_name(&c, "bridge");
        deps = kmod_module_get_dependencies(mod);
        first = kmod_module_get_module(deps);
        assert_string_equal(kmod_module_get_path(first), path);
        kmod_module_unref(first);
        assert_modules(deps, "llc stp ");
        kmod_module_unref(mod);
        mod = client_name(&c, "llc");
        assert_null(kmod_module_get_dependencies(mod));
        kmod_module_unref(mod);
        assert_null(kmod_module_get_dependencies(NULL));
}

CHECK(module_softdeps_and_weakdeps_are_those_of_all_lines)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *pre = NULL, *post = NULL, *weak = NULL;
        struct kmod_module *mod;

        client_init(&c, DEPS, NULL, NULL,
                    "softdep vfat pre: llc nix post: stp\nsoftdep v* pre: stp llc\nweakdep vfat bridge\n");
        mod = client_name(&c, "vfat");
        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_int_equal(kmod_module_get_weakdeps(mod, &weak), 0);
        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), -EINVAL);
        assert_int_equal(kmod_module_get_weakdeps(mod, &weak), -EINVAL);
        assert_modules(pre, "llc stp ");
        assert_modules(post, "stp ");
        assert_modules(weak, "bridge ");
        kmod_module_unref(mod);
        pre = post = weak = NULL;
        mod = client_name(&c, "fat");
        assert_int_equal(kmod_module_get_softdeps(mod, &pre, &post), 0);
        assert_int_equal(kmod_module_get_weakdeps(mod, &weak), 0);
        assert_true(!pre && !post && !weak);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_softdeps(NULL, &pre, &post), -ENOENT);
        assert_int_equal(kmod_module_get_weakdeps(NULL, &weak), -ENOENT);
}

CHECK(filters_keep_order_and_leave_out_what_they_take)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *in = NULL, *out = NULL;

        client_init(&c, DEPS, "x fat\nx llc\nx ext4\nx stp\n", "ext4\n", "blacklist llc\n");
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "x", &in), 0);
        assert_int_equal(kmod_module_apply_filter(c.ctx, KMOD_FILTER_BLACKLIST, in, &out), 0);
        assert_modules(out, "fat ext4 stp ");
        assert_int_equal(kmod_module_apply_filter(c.ctx, KMOD_FILTER_BUILTIN, in, &out), 0);
        assert_modules(out, "fat llc stp ");
        assert_int_equal(
                kmod_module_apply_filter(
                        c.ctx, (enum kmod_filter)(KMOD_FILTER_BLACKLIST | KMOD_FILTER_BUILTIN), in, &out),
                0);
        assert_modules(out, "fat stp ");
        assert_int_equal(kmod_module_apply_filter(c.ctx, (enum kmod_filter)0, in, &out), 0);
        assert_modules(out, "fat llc ext4 stp ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        assert_int_equal(kmod_module_get_filtered_blacklist(c.ctx, in, &out), 0);
#pragma GCC diagnostic pop
        assert_modules(out, "fat ext4 stp ");
        assert_int_equal(kmod_module_apply_filter(c.ctx, KMOD_FILTER_BLACKLIST, NULL, &out), 0);
        assert_null(out);
        assert_int_equal(kmod_module_apply_filter(NULL, KMOD_FILTER_BLACKLIST, in, &out), -ENOENT);
        kmod_module_unref_list(in);
        assert_int_equal(kmod_module_unref_list(NULL), 0);
        assert_null(kmod_module_get_module(NULL));
}

CHECK(lists_are_walked_in_both_directions)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL, *it;
        int n = 0;

        client_init(&c, DEPS, "x fat\nx llc\nx stp\n", NULL, NULL);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "x", &list), 0);
        kmod_list_foreach_reverse(it, list) n++;
        assert_int_equal(n, 3);
        assert_ptr_equal(kmod_list_prev(list, kmod_list_last(list)), kmod_list_next(list, list));
        assert_null(kmod_list_prev(list, list));
        assert_null(kmod_list_next(list, kmod_list_last(list)));
        kmod_module_unref_list(list);
        assert_null(kmod_list_next(NULL, NULL));
        assert_null(kmod_list_prev(NULL, NULL));
        assert_null(kmod_list_last(NULL));
}
