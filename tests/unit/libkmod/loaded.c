/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "client.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

CHECK(initstate_is_what_the_kernel_says)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, "k/fat.ko:\n", NULL, "ext4\n", NULL);
        mod = client_name(&c, "fat");
        assert_int_equal(kmod_module_get_initstate(mod), -ENOENT);
        fake_kernel_add("fat", 3, "");
        assert_int_equal(kmod_module_get_initstate(mod), KMOD_MODULE_LIVE);
        fake_kernel_find("fat")->coming = true;
        assert_int_equal(kmod_module_get_initstate(mod), KMOD_MODULE_COMING);
        kmod_module_unref(mod);
        mod = client_name(&c, "ext4");
        assert_int_equal(kmod_module_get_initstate(mod), KMOD_MODULE_BUILTIN);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_initstate(NULL), -ENOENT);
}

CHECK(module_of_a_file_is_never_built_in)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(freep) char *path = NULL;
        struct kmod_module *mod;

        client_init(&c, "", NULL, "ext4\n", NULL);
        tmpdir_write(&c.room.dir, "ext4.ko", "");
        path = tmpdir_path(&c.room.dir, "ext4.ko");
        assert_int_equal(kmod_module_new_from_path(c.ctx, path, &mod), 0);
        assert_int_equal(kmod_module_get_initstate(mod), -ENOENT);
        kmod_module_unref(mod);
}

CHECK(initstates_have_names)
{
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_BUILTIN), "builtin");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_LIVE), "live");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_COMING), "coming");
        assert_string_equal(kmod_module_initstate_str(KMOD_MODULE_GOING), "going");
        assert_null(kmod_module_initstate_str((enum kmod_module_initstate)4));
        assert_null(kmod_module_initstate_str((enum kmod_module_initstate) - 1));
}

CHECK(counts_and_holders_are_what_the_kernel_says)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, "", NULL, NULL, NULL);
        mod = client_name(&c, "fat");
        assert_int_equal(kmod_module_get_refcnt(mod), -ENOENT);
        assert_int_equal(kmod_module_get_size(mod), -ENOENT);
        assert_null(kmod_module_get_holders(mod));
        assert_said(&c,
                    "3 kmod_module_get_holders: could not open '/sys/module/fat/holders': No such file or "
                    "directory\n");
        fake_kernel_add("fat", 2, "vfat msdos");
        assert_int_equal(kmod_module_get_refcnt(mod), 2);
        assert_int_equal(kmod_module_get_size(mod), 4096);
        assert_modules(kmod_module_get_holders(mod), "vfat msdos ");
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_refcnt(NULL), -ENOENT);
        assert_int_equal(kmod_module_get_size(NULL), -ENOENT);
        assert_null(kmod_module_get_holders(NULL));
        assert_said(&c, "");
}

CHECK(sections_have_names_and_addresses_or_there_are_none)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;
        struct kmod_list *list;

        client_init(&c, "", NULL, NULL, NULL);
        mod = client_name(&c, "fat");
        assert_null(kmod_module_get_sections(mod));
        assert_said(&c,
                    "3 kmod_module_get_sections: could not open '/sys/module/fat/sections': No such file or "
                    "directory\n");
        fake_kernel_add("fat", 0, "");
        list = kmod_module_get_sections(mod);
        assert_string_equal(kmod_module_section_get_name(list), ".text");
        assert_true(kmod_module_section_get_address(list) == 0xc0ffee00);
        list = (kmod_module_section_free_list(list), NULL);
        fake_kernel_hide_sections(true);
        assert_null(kmod_module_get_sections(mod));
        assert_said(
                &c,
                "3 kmod_module_get_sections: could not read '/sys/module/fat/sections/.init': No such file "
                "or directory\n");
        kmod_module_unref(mod);
        assert_null(kmod_module_get_sections(NULL));
        assert_null(kmod_module_section_get_name(NULL));
        assert_true(kmod_module_section_get_address(NULL) == (unsigned long)-1);
        kmod_module_section_free_list(NULL);
}

CHECK(a_name_that_no_module_can_have_is_asked_of_no_kernel)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_init(&c, "", NULL, NULL, NULL);
        mod = client_name(&c, "a/b");
        assert_int_equal(kmod_module_get_initstate(mod), -ENOENT);
        assert_int_equal(kmod_module_get_refcnt(mod), -ENOENT);
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_NOLOG), -ENOENT);
        assert_string_equal(fake_kernel_journal(), "");
        kmod_module_unref(mod);
}
