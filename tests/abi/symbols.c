/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>

#include "abi.h"

/* How programs that open the library at run time find it. The first call makes the linker keep the library. */
static void *library(void)
{
        void *handle = dlopen("libkmod.so.2", RTLD_NOW | RTLD_NODELETE);

        assert_non_null(handle);
        assert_ptr_equal(dlsym(handle, "kmod_new"), kmod_new);
        return handle;
}

/* All that systemd asks for: it does without modules when one of them is missing. */
CHECK(what_systemd_wants_is_found_by_name)
{
        static const char *const wanted[] = {
                "kmod_list_next",
                "kmod_load_resources",
                "kmod_module_get_initstate",
                "kmod_module_get_module",
                "kmod_module_get_name",
                "kmod_module_new_from_lookup",
                "kmod_module_probe_insert_module",
                "kmod_module_unref",
                "kmod_module_unref_list",
                "kmod_new",
                "kmod_set_log_fn",
                "kmod_unref",
                "kmod_validate_resources",
        };
        void *handle = library();

        for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
                assert_non_null(dlsym(handle, wanted[i]));
        dlclose(handle);
}

CHECK(each_version_has_what_it_began_with)
{
        static const struct {
                const char *name, *version;
        } wanted[] = {
                { "kmod_new", "LIBKMOD_5" },
                { "kmod_module_get_filtered_blacklist", "LIBKMOD_5" },
                { "kmod_module_apply_filter", "LIBKMOD_6" },
                { "kmod_get_dirname", "LIBKMOD_22" },
        };
        void *handle = library();

        for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
                assert_non_null(dlvsym(handle, wanted[i].name, wanted[i].version));
        dlclose(handle);
}

/* Some releases had it in the one version, others in the other: programs of both kinds are about. */
CHECK(lookup_by_name_is_found_in_both_its_versions)
{
        void *handle = library();

        if (kmod_module_get_weakdeps) {
                assert_non_null(dlvsym(handle, "kmod_module_new_from_name_lookup", "LIBKMOD_30"));
                assert_non_null(dlvsym(handle, "kmod_module_get_weakdeps", "LIBKMOD_33"));
                assert_non_null(dlvsym(handle, "kmod_config_get_weakdeps", "LIBKMOD_33"));
        }
        assert_non_null(dlvsym(handle, "kmod_module_new_from_name_lookup", "LIBKMOD_5"));
        dlclose(handle);
}
