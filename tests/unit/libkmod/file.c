/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "check.h"
#include "client.h"
#include "mkelf.h"
#include "util/cleanup.h"

/* A module that has something of everything, one with nothing, and a file that is none. */
static void client_modules(struct client *c)
{
        _cleanup_(mkelf_fini) struct mkelf full = mkelf_of(true, false), bare = mkelf_of(true, false);
        size_t len;
        const char *image;

        client_init(c, "full.ko:\nbare.ko:\nbad.ko:\ngone.ko:\n", NULL, "ext4\n", NULL);
        mkelf_name(&full, "full");
        mkelf_info(&full, "license=GPL");
        mkelf_info(&full, "parm=a:b=c");
        mkelf_info(&full, "alone");
        mkelf_export_crc(&full, "out", 0x11);
        mkelf_need(&full, "in", false);
        mkelf_version(&full, "in", 0x22);
        mkelf_need(&full, "weak", true);
        mkelf_version(&full, "module_layout", 0x33);
        image = mkelf_image(&full, &len);
        tmpdir_write_bytes(&c->room.dir, "full.ko", image, len);
        image = mkelf_image(&bare, &len);
        tmpdir_write_bytes(&c->room.dir, "bare.ko", image, len);
        tmpdir_write(&c->room.dir, "bad.ko", "not a module");
        tmpdir_write_bytes(&c->room.dir, "modules.builtin.modinfo", "ext4.alias=x\0ext4.license=GPL", 30);
}

CHECK(info_has_every_entry)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct kmod_list *list = NULL, *it;
        struct kmod_module *mod;

        client_modules(&c);
        mod = client_name(&c, "full");
        assert_int_equal(kmod_module_get_info(mod, &list), 4);
        kmod_list_foreach(it, list)
                tn_buf_addf(&got, "%s=%s;", kmod_module_info_get_key(it), kmod_module_info_get_value(it));
        assert_string_equal(tn_buf_str(&got), "name=full;license=GPL;parm=a:b=c;alone=;");
        assert_int_equal(kmod_module_get_info(mod, &list), -EINVAL);
        kmod_module_info_free_list(list);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_info(NULL, &list), -ENOENT);
        assert_null(kmod_module_info_get_key(NULL));
        assert_null(kmod_module_info_get_value(NULL));
        kmod_module_info_free_list(NULL);
}

CHECK(info_of_a_built_in_module_comes_from_the_kernel_build)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;
        struct kmod_module *mod;

        client_modules(&c);
        mod = client_name(&c, "ext4");
        assert_int_equal(kmod_module_get_info(mod, &list), 2);
        assert_string_equal(kmod_module_info_get_key(list), "alias");
        assert_string_equal(kmod_module_info_get_value(list), "x");
        kmod_module_info_free_list(list);
        kmod_module_unref(mod);
}

static void assert_fails(struct client *c, const char *name, int info, int versions, int symbols, int needs)
{
        struct kmod_module *mod = client_name(c, name);
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_get_info(mod, &list), info);
        assert_int_equal(kmod_module_get_versions(mod, &list), versions);
        assert_int_equal(kmod_module_get_symbols(mod, &list), symbols);
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), needs);
        assert_null(list);
        kmod_module_unref(mod);
}

CHECK(file_functions_tell_what_is_wrong)
{
        _cleanup_(client_fini) struct client c;

        client_modules(&c);
        assert_fails(&c, "bare", -ENODATA, -ENODATA, -ENODATA, 0);
        assert_fails(&c, "bad", -ENOEXEC, -ENOEXEC, -ENOEXEC, -ENOEXEC);
        assert_fails(&c, "gone", -ENOENT, -ENOENT, -ENOENT, -ENOENT);
        assert_fails(&c, "nix", -ENOENT, -ENOENT, -ENOENT, -ENOENT);
}

CHECK(versions_are_names_with_their_crcs)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;
        struct kmod_module *mod;

        client_modules(&c);
        mod = client_name(&c, "full");
        assert_int_equal(kmod_module_get_versions(mod, &list), 2);
        assert_string_equal(kmod_module_version_get_symbol(list), "in");
        assert_int_equal(kmod_module_version_get_crc(list), 0x22);
        assert_int_equal(kmod_module_get_versions(mod, &list), -EINVAL);
        kmod_module_versions_free_list(list);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_versions(NULL, &list), -ENOENT);
        assert_null(kmod_module_version_get_symbol(NULL));
        assert_int_equal(kmod_module_version_get_crc(NULL), 0);
        kmod_module_versions_free_list(NULL);
}

CHECK(symbols_are_names_with_their_crcs)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_list *list = NULL;
        struct kmod_module *mod;

        client_modules(&c);
        mod = client_name(&c, "full");
        assert_int_equal(kmod_module_get_symbols(mod, &list), 1);
        assert_string_equal(kmod_module_symbol_get_symbol(list), "out");
        assert_int_equal(kmod_module_symbol_get_crc(list), 0x11);
        assert_int_equal(kmod_module_get_symbols(mod, &list), -EINVAL);
        kmod_module_symbols_free_list(list);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_symbols(NULL, &list), -ENOENT);
        assert_null(kmod_module_symbol_get_symbol(NULL));
        assert_int_equal(kmod_module_symbol_get_crc(NULL), 0);
        kmod_module_symbols_free_list(NULL);
}

CHECK(needed_symbols_can_be_read_as_plain_ones)
{
        _cleanup_(client_fini) struct client c;
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct kmod_list *list = NULL, *it;
        struct kmod_module *mod;

        client_modules(&c);
        mod = client_name(&c, "full");
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), 3);
        kmod_list_foreach(it, list)
        {
                assert_ptr_equal(kmod_module_symbol_get_symbol(it),
                                 kmod_module_dependency_symbol_get_symbol(it));
                tn_buf_addf(&got, "%s %c %" PRIx64 ";", kmod_module_symbol_get_symbol(it),
                            kmod_module_dependency_symbol_get_bind(it),
                            kmod_module_dependency_symbol_get_crc(it));
        }
        assert_string_equal(tn_buf_str(&got), "in U 22;weak W 0;module_layout U 33;");
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), -EINVAL);
        kmod_module_dependency_symbols_free_list(list);
        kmod_module_unref(mod);
        assert_int_equal(kmod_module_get_dependency_symbols(NULL, &list), -ENOENT);
        assert_null(kmod_module_dependency_symbol_get_symbol(NULL));
        assert_int_equal(kmod_module_dependency_symbol_get_bind(NULL), KMOD_SYMBOL_NONE);
        assert_int_equal(kmod_module_dependency_symbol_get_crc(NULL), 0);
        kmod_module_dependency_symbols_free_list(NULL);
}
