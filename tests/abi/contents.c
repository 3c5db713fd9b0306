/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "abi.h"

static char text[8192];

static void start(void)
{
        text[0] = '\0';
}

__attribute__((format(printf, 1, 2))) static void add(const char *format, ...)
{
        size_t len = strlen(text);
        va_list args;

        va_start(args, format);
        vsnprintf(text + len, sizeof(text) - len, format, args);
        va_end(args);
}

static const char *info(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_module *mod = by_name(ctx, name);
        struct kmod_list *list = NULL, *entry;
        int n = 0, r = kmod_module_get_info(mod, &list);

        start();
        kmod_list_foreach(entry, list)
        {
                add("%s=%s\n", kmod_module_info_get_key(entry), kmod_module_info_get_value(entry));
                n++;
        }
        if (r >= 0)
                assert_int_equal(r, n);
        else
                add("%s", strerror(-r));
        kmod_module_info_free_list(list);
        kmod_module_unref(mod);
        return text;
}

CHECK(info_is_every_entry_in_the_files_order)
{
        struct kmod_ctx *ctx = plain();

        assert_string_equal(info(ctx, "base"),
                            "name=base\nlicense=GPL\ndescription=at the bottom\nalias=base-alias\n"
                            "alias=pci:v00001111d*sv*sd*bc*sc*i*\nalias=usb:v[0-3]p*\n"
                            "parm=depth:how_deep\nparmtype=depth:int\nempty=\neq=a=b\n");
        kmod_unref(ctx);
}

CHECK(info_of_a_builtin_comes_from_the_kernels_list)
{
        struct kmod_ctx *ctx = plain();
        const char *got = info(ctx, "built");

        assert_non_null(strstr(got, "license=GPL\n"));
        assert_non_null(strstr(got, "alias=pci:v00002222d*\n"));
        assert_non_null(strstr(got, "description=part of the kernel\n"));
        assert_null(strstr(got, "MIT"));
        kmod_unref(ctx);
}

CHECK(info_of_no_module_is_an_error)
{
        struct kmod_ctx *ctx = plain();

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_string_equal(info(ctx, "no_such_module"), strerror(ENOENT));
        assert_string_equal(info(ctx, "broken"), strerror(ENOEXEC));
        kmod_unref(ctx);
}

CHECK(versions_are_symbols_and_checksums)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "top");
        struct kmod_list *list = NULL, *entry;

        start();
        assert_int_equal(kmod_module_get_versions(mod, &list), 3);
        kmod_list_foreach(entry, list)
        {
                add("%s %" PRIx64 "\n", kmod_module_version_get_symbol(entry),
                    kmod_module_version_get_crc(entry));
        }
        assert_string_equal(text, "mid_one 33333333\nbase_one 11111111\nbase_two 22222222\n");
        kmod_module_versions_free_list(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(symbols_are_what_it_exports)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "base");
        struct kmod_list *list = NULL, *entry;

        start();
        assert_int_equal(kmod_module_get_symbols(mod, &list), 2);
        kmod_list_foreach(entry, list)
        {
                add("%s %" PRIx64 "\n", kmod_module_symbol_get_symbol(entry),
                    kmod_module_symbol_get_crc(entry));
        }
        assert_string_equal(text, "base_one 11111111\nbase_two 22222222\n");
        kmod_module_symbols_free_list(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(dependency_symbols_are_what_it_needs)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "top");
        struct kmod_list *list = NULL, *entry;

        start();
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), 3);
        kmod_list_foreach(entry, list)
        {
                add("%s %c %" PRIx64 "\n", kmod_module_dependency_symbol_get_symbol(entry),
                    kmod_module_dependency_symbol_get_bind(entry),
                    kmod_module_dependency_symbol_get_crc(entry));
        }
        assert_string_equal(text, "mid_one U 33333333\nbase_one U 11111111\nbase_two W 22222222\n");
        kmod_module_dependency_symbols_free_list(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

/* dracut-install does so. */
CHECK(the_name_of_a_dependency_symbol_can_be_asked_as_that_of_a_symbol)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "mid");
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), 1);
        assert_string_equal(kmod_module_symbol_get_symbol(list), "base_one");
        kmod_module_dependency_symbols_free_list(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_file_that_is_no_module_has_no_symbols)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "broken");
        struct kmod_list *list = NULL;

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_module_get_symbols(mod, &list), -ENOEXEC);
        assert_int_equal(kmod_module_get_versions(mod, &list), -ENOEXEC);
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), -ENOEXEC);
        assert_null(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_module_that_is_not_there_has_no_symbols)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "no_such_module");
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_get_symbols(mod, &list), -ENOENT);
        assert_int_equal(kmod_module_get_versions(mod, &list), -ENOENT);
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), -ENOENT);
        assert_null(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

/* A real module: read from a file that the kernel's own build made. */
CHECK(a_real_module_is_read_the_same_twice)
{
        struct kmod_ctx *ctx = plain();
        char first[sizeof(text)];

        strcpy(first, info(ctx, "vfat"));
        assert_non_null(strstr(first, "alias=fs-vfat\n"));
        assert_non_null(strstr(first, "depends=fat\n"));
        assert_string_equal(info(ctx, "vfat"), first);
        kmod_unref(ctx);
}

/* Other libraries end the program here. */
CHECK(a_list_must_come_in_empty)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "top");
        struct kmod_list *list = NULL, *before;

        assert_true(kmod_module_get_info(mod, &list) > 0);
        before = list;
        assert_int_equal(kmod_module_get_info(mod, &list), -EINVAL);
        assert_int_equal(kmod_module_get_versions(mod, &list), -EINVAL);
        assert_int_equal(kmod_module_get_symbols(mod, &list), -EINVAL);
        assert_int_equal(kmod_module_get_dependency_symbols(mod, &list), -EINVAL);
        assert_ptr_equal(list, before);
        kmod_module_info_free_list(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_section_that_is_not_there_is_no_data)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "lone");
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_get_versions(mod, &list), -ENODATA);
        assert_int_equal(kmod_module_get_symbols(mod, &list), -ENODATA);
        assert_null(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(what_is_null_has_no_contents)
{
        struct kmod_ctx *ctx = plain();
        struct kmod_module *mod = by_name(ctx, "base");
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_get_info(NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_get_info(mod, NULL), -ENOENT);
        assert_int_equal(kmod_module_get_versions(NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_get_versions(mod, NULL), -ENOENT);
        assert_int_equal(kmod_module_get_symbols(NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_get_symbols(mod, NULL), -ENOENT);
        assert_int_equal(kmod_module_get_dependency_symbols(NULL, &list), -ENOENT);
        assert_int_equal(kmod_module_get_dependency_symbols(mod, NULL), -ENOENT);
        assert_null(list);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(an_entry_that_is_null_has_nothing)
{
        assert_null(kmod_module_info_get_key(NULL));
        assert_null(kmod_module_info_get_value(NULL));
        assert_null(kmod_module_version_get_symbol(NULL));
        assert_int_equal(kmod_module_version_get_crc(NULL), 0);
        assert_null(kmod_module_symbol_get_symbol(NULL));
        assert_int_equal(kmod_module_symbol_get_crc(NULL), 0);
        assert_null(kmod_module_dependency_symbol_get_symbol(NULL));
        assert_int_equal(kmod_module_dependency_symbol_get_bind(NULL), 0);
        assert_int_equal(kmod_module_dependency_symbol_get_crc(NULL), 0);
        kmod_module_info_free_list(NULL);
        kmod_module_versions_free_list(NULL);
        kmod_module_symbols_free_list(NULL);
        kmod_module_dependency_symbols_free_list(NULL);
}
