/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "tenon/image/age.h"
#include "tmpdir.h"
#include "util/cleanup.h"

CHECK(age_names_the_newest_of_what_is_newer)
{
        struct tn_image_source rows[] = {
                { (char[]){ "a" }, { 1000, 5 } },
                { (char[]){ "b" }, { 1000, 7 } },
                { (char[]){ "c" }, { 1000, 7 } },
                { (char[]){ "d" }, { 999, 9 } },
        };
        const struct tn_image_sources sources = { .v = rows, .n = ARRAY_SIZE(rows) }, none = { 0 };

        assert_ptr_equal(tn_image_age(&(struct timespec){ 1000, 6 }, &sources), &rows[1]);
        assert_ptr_equal(tn_image_age(&(struct timespec){ 999, 8 }, &sources), &rows[1]);
        assert_null(tn_image_age(&(struct timespec){ 1000, 7 }, &sources));
        assert_null(tn_image_age(&(struct timespec){ 1001, 0 }, &sources));
        assert_null(tn_image_age(&(struct timespec){ 0 }, &none));
}

static void touch(const struct tmpdir *dir, const char *path, time_t when)
{
        const struct timespec times[2] = { { .tv_sec = when }, { .tv_sec = when } };

        assert_int_equal(utimensat(dir->fd, path, times, 0), 0);
}

/* The path of the newest source after time 1500. */
static void assert_age(const struct tmpdir *dir, const char *expected)
{
        _cleanup_(tn_image_sources_fini) struct tn_image_sources sources = { 0 };
        struct tn_inroot inroot;
        const struct tn_dir root = { .path = dir->path, .root = &inroot, .inside = "/" };
        const struct tn_dir modules = { .path = "/lib/modules/6.1",
                                        .root = &inroot,
                                        .inside = "/lib/modules/6.1" };
        const struct tn_image_source *newer;

        assert_int_equal(tn_inroot_init(dir->path, &inroot), 0);
        assert_int_equal(tn_image_sources_load(&root, &modules, &sources), 0);
        tn_inroot_fini(&inroot);
        assert_int_equal(sources.hidden_err, 0);
        newer = tn_image_age(&(struct timespec){ .tv_sec = 1500 }, &sources);
        assert_string_equal(newer ? newer->path : "none", expected);
}

CHECK(age_counts_configuration_its_directories_and_indexes)
{
        static const char *const paths[] = { "/etc/modprobe.conf",     "/etc/modprobe.d/a.conf",
                                             "/lib/modprobe.d/b.conf", "/lib/modules/6.1/modules.dep",
                                             "/etc/modprobe.d",        "/lib/modprobe.d" };
        static const char *const others[] = { "/run/modprobe.d/c.conf", "/etc/modprobe.d/a.conf~",
                                              "/lib/modules/6.1/build", "/run/modprobe.d", "/etc" };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        for (size_t i = 0; i < 4; i++)
                tmpdir_write(&dir, paths[i] + 1, "");
        for (size_t i = 0; i < 3; i++)
                tmpdir_write(&dir, others[i] + 1, "");
        for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
                touch(&dir, paths[i] + 1, 1000);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                touch(&dir, others[i] + 1, 2000);
        assert_age(&dir, "none");
        for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
                touch(&dir, paths[i] + 1, (time_t)(2000 + i));
                assert_age(&dir, paths[i]);
        }
}
