/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/dirs.h"
#include "core/world.h"
#include "fake_kernel.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What the running kernel is called. */
#define RUNNING "6.1.0-fake"

/* What the images have, whatever this was built for. */
#define MODULES "/lib/modules"

static const char *const no_files[] = { NULL };

static void hear(void *data, enum tn_log_level level, const char *text)
{
        tn_buf_addf(data, "%s\n", text);
}

/* The path of the directory, and that nothing else was opened for it. */
static void assert_dir(struct tn_world world, const char *expected)
{
        struct tn_world own = world;

        assert_int_equal(tn_world_open(&own, TN_WORLD_DIR), 0);
        assert_string_equal(own.dir.path, expected);
        assert_int_equal(own.dir.fd, AT_FDCWD);
        assert_null(own.config);
        assert_null(own.catalog);
        tn_world_close(&own);
}

CHECK(world_is_the_running_system_when_nothing_is_said)
{
        assert_dir((struct tn_world){ 0 }, TN_DIRS_MODULES "/" RUNNING);
        assert_dir((struct tn_world){ .base = "", .root = "", .moduledir = "", .dirname = "" },
                   TN_DIRS_MODULES "/" RUNNING);
}

CHECK(world_finds_the_directory_below_a_base)
{
        assert_dir((struct tn_world){ .base = "/img/" }, "/img/" TN_DIRS_MODULES "/" RUNNING);
        assert_dir((struct tn_world){ .base = "/img", .release = "5" }, "/img" TN_DIRS_MODULES "/5");
        assert_dir((struct tn_world){ .base = "/img", .release = "" }, "/img" TN_DIRS_MODULES "/");
        assert_dir((struct tn_world){ .base = "/img", .moduledir = "//mods", .release = "5" }, "/img/mods/5");
}

CHECK(world_takes_a_module_directory_as_it_is)
{
        _cleanup_(freep) char *cwd = get_current_dir_name();
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        assert_dir((struct tn_world){ .dirname = "/m//", .base = "/b", .release = "5" }, "/m//");
        assert_dir((struct tn_world){ .dirname = "/m", .root = "/nonexistent" }, "/m");
        tn_buf_addf(&expected, "%s/.", cwd);
        assert_dir((struct tn_world){ .dirname = "." }, tn_buf_str(&expected));
}

/* An image with /lib -> /usr/lib, a module directory, a configuration; and a softdep beside it, which no link may reach. */
struct image {
        struct tmpdir dir;
        char *root, *base;
};

static struct image image_new(void)
{
        struct image image = { .dir = tmpdir_new() };

        fake_kernel_reset();
        fake_kernel_set_cmdline("m.cmdline=1\n");
        tmpdir_write(&image.dir, "img/usr" MODULES "/5/modules.dep", "kernel/a.ko:\n");
        tmpdir_write(&image.dir, "img/usr" MODULES "/5/modules.softdep", "softdep in pre: b\n");
        tmpdir_write(&image.dir, "img/etc/modprobe.d/a.conf", "blacklist a\nnonsense\n");
        tmpdir_write(&image.dir, "base" MODULES "/5/modules.softdep", "softdep out pre: b\n");
        assert_int_equal(symlinkat("/usr/lib", image.dir.fd, "img/lib"), 0);
        image.root = tmpdir_path(&image.dir, "img");
        image.base = tmpdir_path(&image.dir, "base");
        return image;
}

static void image_fini(struct image *image)
{
        free(image->root);
        free(image->base);
        tmpdir_fini(&image->dir);
}

static void assert_config(const struct tn_world *world, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_config_dump(world->config, &text);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(world_in_a_root_has_its_directory_and_its_configuration)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(freep) char *path = tmpdir_path(&image.dir, "img/usr" MODULES "/5");
        _cleanup_(tn_world_close) struct tn_world world = { .root = image.root,
                                                            .moduledir = MODULES,
                                                            .release = "5" };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), 0);
        assert_string_equal(world.dir.path, path);
        assert_string_equal(world.dir.inside, "/usr" MODULES "/5");
        assert_ptr_equal(world.dir.root, &world.inroot);
        assert_config(&world, "blacklist a\nsoftdep in pre: b\n");
        assert_null(world.catalog);
}

CHECK(world_root_may_end_in_a_slash)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(freep) char *path = tmpdir_path(&image.dir, "img/usr" MODULES "/5"),
                              *root = tmpdir_path(&image.dir, "img//");

        assert_dir((struct tn_world){ .root = root, .moduledir = MODULES, .release = "5" }, path);
}

CHECK(world_of_a_base_beside_a_root_has_only_its_configuration_from_the_root)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(tn_world_close) struct tn_world world = {
                .base = image.base, .root = image.root, .moduledir = MODULES, .release = "5"
        };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), 0);
        assert_null(world.dir.root);
        assert_config(&world, "blacklist a\nsoftdep out pre: b\n");
}

CHECK(world_without_a_root_has_the_kernel_command_line)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(tn_world_close) struct tn_world world = {
                .base = image.base, .moduledir = MODULES, .release = "5", .config_paths = no_files
        };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), 0);
        assert_config(&world, "options m cmdline=1\nsoftdep out pre: b\n");
}

CHECK(world_of_a_root_that_is_missing_has_a_directory_and_no_configuration)
{
        _cleanup_(tn_world_close) struct tn_world world = { .root = "/nonexistent/",
                                                            .moduledir = MODULES,
                                                            .release = "5" };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG | TN_WORLD_CATALOG), -ENOENT);
        assert_int_equal(world.failed, TN_WORLD_ROOT);
        assert_string_equal(world.dir.path, "/nonexistent" MODULES "/5");
        assert_null(world.dir.root);
        assert_null(world.config);
        assert_null(world.catalog);
        assert_int_equal(tn_world_open(&world, TN_WORLD_ROOT), -ENOENT);
        assert_int_equal(tn_world_open(&world, TN_WORLD_CATALOG), 0);
        assert_string_equal(tn_catalog_dir(world.catalog), "/nonexistent" MODULES "/5");
}

CHECK(world_says_that_the_directory_failed)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(freep) char *path = tmpdir_path(&image.dir, "img/usr" MODULES "/5");
        _cleanup_(tn_world_close) struct tn_world world = { .root = image.root,
                                                            .moduledir = MODULES,
                                                            .release = "loop" };

        assert_int_equal(symlinkat("loop", image.dir.fd, "img/usr" MODULES "/loop"), 0);
        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), -ELOOP);
        assert_int_equal(world.failed, TN_WORLD_DIR);
        assert_null(world.config);
        world.release = "5";
        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), 0);
        assert_string_equal(world.dir.path, path);
        assert_string_equal(world.dir.inside, "/usr" MODULES "/5");
}

/* Not "/lib/modules/5", which would be of the running system. */
CHECK(world_of_a_relative_base_fails_without_a_working_directory)
{
        _cleanup_(freep) char *cwd = get_current_dir_name();
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_world worlds[] = {
                { .base = "img", .release = "5" },
                { .root = "img", .release = "5" },
                { .dirname = "img" },
        };

        assert_int_equal(mkdirat(dir.fd, "gone", 0700), 0);
        assert_int_equal(fchdir(dir.fd), 0);
        assert_int_equal(chdir("gone"), 0);
        assert_int_equal(unlinkat(dir.fd, "gone", AT_REMOVEDIR), 0);
        for (size_t i = 0; i < ARRAY_SIZE(worlds); i++) {
                assert_int_equal(tn_world_open(&worlds[i], TN_WORLD_DIR), -ENOENT);
                assert_int_equal(worlds[i].failed, TN_WORLD_DIR);
                assert_int_equal(worlds[i].parts, 0);
                tn_world_close(&worlds[i]);
        }
        assert_int_equal(chdir(cwd), 0);
}

CHECK(world_in_a_root_that_cannot_be_opened_has_no_directory)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(freep) char *loop = tmpdir_path(&image.dir, "loop");
        _cleanup_(tn_world_close) struct tn_world world = { .root = loop, .release = "5" };

        assert_int_equal(symlinkat("loop", image.dir.fd, "loop"), 0);
        assert_int_equal(tn_world_open(&world, TN_WORLD_DIR), -ELOOP);
        assert_int_equal(world.failed, TN_WORLD_DIR);
        world.base = image.base;
        assert_int_equal(tn_world_open(&world, TN_WORLD_DIR), 0);
        assert_int_equal(tn_world_open(&world, TN_WORLD_ROOT), -ELOOP);
        assert_int_equal(world.failed, TN_WORLD_ROOT);
}

CHECK(world_that_was_closed_is_the_running_system_again)
{
        _cleanup_(image_fini) struct image image = image_new();
        struct tn_world world = { .root = image.root, .moduledir = MODULES, .release = "5" };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG | TN_WORLD_CATALOG), 0);
        tn_world_close(&world);
        assert_null(world.root);
        assert_null(world.dir.path);
        assert_null(world.config);
        assert_null(world.catalog);
        assert_null(tn_world_root(&world));
        assert_dir(world, TN_DIRS_MODULES "/" RUNNING);
}

CHECK(world_keeps_the_parts_that_are_open)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(tn_world_close) struct tn_world world = { .root = image.root,
                                                            .moduledir = MODULES,
                                                            .release = "5" };
        const struct tn_config *config;

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG), 0);
        config = world.config;
        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG | TN_WORLD_CATALOG), 0);
        assert_ptr_equal(world.config, config);
        assert_ptr_equal(tn_catalog_where(world.catalog)->root, &world.inroot);
}

CHECK(world_logs_to_the_log_of_the_part)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(tn_buf_fini) struct tn_buf config = { 0 }, catalog = { 0 }, path = { 0 };
        struct tn_log config_log = { .emit = hear, .data = &config, .max = TN_LOG_DEBUG };
        struct tn_log log = { .emit = hear, .data = &catalog, .max = TN_LOG_WARNING };
        _cleanup_(tn_world_close) struct tn_world world = { .root = image.root,
                                                            .moduledir = MODULES,
                                                            .release = "5",
                                                            .config_log = &config_log,
                                                            .log = &log };

        assert_int_equal(tn_world_open(&world, TN_WORLD_CONFIG | TN_WORLD_CATALOG), 0);
        assert_int_equal(catalog.len, 0);
        assert_int_equal(tn_catalog_find_path(world.catalog, SPAN("a"), &path), 0);
        assert_non_null(strstr(tn_buf_str(&config), "nonsense"));
        assert_non_null(strstr(tn_buf_str(&catalog), "modules.dep.bin is missing"));
        assert_null(strstr(config.ptr, "modules.dep"));
}
