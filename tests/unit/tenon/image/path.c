/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "tenon/image/path.h"

static void assert_path(const char *name, enum tn_image_kind kind, const char *path, const char *release,
                        const char *rest)
{
        struct tn_image_path parsed;

        assert_true(tn_image_path_parse(tn_span_of(name), &parsed));
        assert_int_equal(parsed.kind, kind);
        assert_span(parsed.path, path);
        assert_span(parsed.release, release);
        assert_span(parsed.rest, rest);
}

static void assert_none(const char *name)
{
        struct tn_image_path parsed;

        assert_false(tn_image_path_parse(tn_span_of(name), &parsed));
}

CHECK(path_of_a_module_has_release_and_place)
{
        assert_path("lib/modules/6.1/kernel/fat.ko", TN_IMAGE_MODULE, "lib/modules/6.1/kernel/fat.ko", "6.1",
                    "kernel/fat.ko");
        assert_path("./usr/lib/modules/6.1/fat.ko.xz", TN_IMAGE_MODULE, "usr/lib/modules/6.1/fat.ko.xz",
                    "6.1", "fat.ko.xz");
        assert_none("lib/modules/6.1/kernel/fat.txt");
        assert_none("lib/modules/fat.ko");
        assert_none("lib/modules//fat.ko");
        assert_none("lib/modules/6.1/");
        assert_none("opt/lib/modules/6.1/fat.ko");
}

CHECK(path_of_an_index_is_in_the_module_directory_itself)
{
        assert_path("/lib/modules/6.1/modules.dep.bin", TN_IMAGE_INDEX, "lib/modules/6.1/modules.dep.bin",
                    "6.1", "modules.dep.bin");
        assert_path("lib/modules/6.1/modules.order", TN_IMAGE_INDEX, "lib/modules/6.1/modules.order", "6.1",
                    "modules.order");
        assert_none("lib/modules/6.1/kernel/modules.dep");
        assert_none("lib/modules/6.1/build");
}

CHECK(path_of_configuration_is_what_modprobe_and_depmod_read)
{
        static const char *dirs[] = { "etc", "run", "lib", "usr/lib", "usr/local/lib" };

        for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
                char path[64];

                snprintf(path, sizeof(path), "%s/modprobe.d/a.conf", dirs[i]);
                assert_path(path, TN_IMAGE_MODPROBE, path, "", "a.conf");
                snprintf(path, sizeof(path), "%s/depmod.d/a.conf", dirs[i]);
                assert_path(path, TN_IMAGE_DEPMOD, path, "", "a.conf");
        }
        assert_path("././/etc/modprobe.conf", TN_IMAGE_MODPROBE, "etc/modprobe.conf", "", "modprobe.conf");
        assert_none("etc/modprobe.d/a.conf~");
        assert_none("etc/modprobe.d/.a.conf");
        assert_none("etc/modprobe.d/a/b.conf");
        assert_none("etc/modprobe.d/");
        assert_none("etc/modprobe.d");
        assert_none("usr/etc/modprobe.conf");
        assert_none("etc/modules-load.d/a.conf");
        assert_none("");
}

CHECK(path_with_dots_inside_is_none)
{
        assert_none("../etc/modprobe.d/a.conf");
        assert_none("lib/modules/6.1/../a.ko");
        assert_none("lib/modules/./a.ko");
        assert_none("lib/modules/6.1//a.ko");
        assert_none("lib/modules/../modules.dep");
}
