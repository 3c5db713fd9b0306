/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "client.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

#define DEPS "k/fat.ko:\nk/vfat.ko: k/fat.ko\n"

CHECK(lookup_gives_modules_best_first_or_none)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;

        client_init(&c, DEPS, "fs-* vfat\nfs-f fat\n", NULL, NULL);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "fs-f", &list), 0);
        assert_modules(list, "vfat fat ");
        list = NULL;
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "nix", &list), 0);
        assert_null(list);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "x[", &list), -EINVAL);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "", &list), 0);
        assert_null(list);
        assert_int_equal(kmod_module_new_from_lookup(NULL, "a", &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "a", NULL), -ENOENT);
}

CHECK(lookup_wants_an_empty_list)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;

        client_init(&c, DEPS, NULL, NULL, NULL);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "fat", &list), 0);
        assert_int_equal(kmod_module_new_from_lookup(c.ctx, "vfat", &list), -ENOSYS);
        assert_said(&c, "3 kmod_module_new_from_lookup: An empty list is needed to create lookup\n");
        assert_modules(list, "fat ");
}

CHECK(lookup_by_name_touches_nothing_when_there_is_none)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod = NULL;

        client_init(&c, DEPS, "al fat\n", "ext4\n", "alias vfat fat\n");
        assert_int_equal(kmod_module_new_from_name_lookup(c.ctx, "al", &mod), 0);
        assert_null(mod);
        assert_int_equal(kmod_module_new_from_name_lookup(c.ctx, "vfat", &mod), 0);
        assert_string_equal(kmod_module_get_name(mod), "vfat");
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_new_from_name_lookup(c.ctx, "ext4", &mod), 0);
        assert_string_equal(kmod_module_get_name(mod), "ext4");
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_new_from_name_lookup(NULL, "al", &mod), -ENOENT);
        assert_int_equal(kmod_module_new_from_name_lookup(c.ctx, NULL, &mod), -ENOENT);
}

CHECK(lookup_of_loaded_modules_has_them_in_order)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;

        client_init(&c, DEPS, NULL, NULL, NULL);
        assert_int_equal(kmod_module_new_from_loaded(c.ctx, &list), 0);
        assert_null(list);
        fake_kernel_add("vfat", 0, "");
        fake_kernel_add("fat", 1, "vfat");
        assert_int_equal(kmod_module_new_from_loaded(c.ctx, &list), 0);
        assert_modules(list, "vfat fat ");
        assert_int_equal(kmod_module_new_from_loaded(NULL, &list), -ENOENT);
}
