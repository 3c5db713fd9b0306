/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/emit.h"
#include "depmod/quick.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void set_mtime(const struct tmpdir *dir, const char *path, time_t sec, long nsec)
{
        const struct timespec times[2] = { { sec, nsec }, { sec, nsec } };

        assert_int_equal(utimensat(dir->fd, path, times, 0), 0);
}

/* A directory as a run leaves it: every file, and one module that is older. */
static struct tmpdir indexed(void)
{
        struct tmpdir dir = tmpdir_new();

        for (size_t i = 0; i < tn_n_emitters; i++)
                tmpdir_write(&dir, tn_emitters[i].name.file, "twelve bytes");
        tmpdir_write(&dir, "a.ko", "");
        set_mtime(&dir, "modules.dep", 1000, 5000);
        set_mtime(&dir, "a.ko", 1000, 5000);
        return dir;
}

static bool is_current(const struct tmpdir *dir)
{
        struct tn_depmod_module mod = { .name = SPAN("a"), .path = SPAN("a.ko") };
        struct tn_depmod depmod = {
                .source.dir = { .path = dir->path, .fd = dir->fd },
                .modules = { .v = &mod, .n = 1 },
        };

        return tn_quick_is_current(&depmod, dir->fd);
}

CHECK(quick_of_the_same_age_is_current)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = indexed();

        assert_true(is_current(&dir));
        set_mtime(&dir, "a.ko", 1000, 5999);
        assert_true(is_current(&dir));
}

CHECK(quick_sees_a_module_newer_by_a_microsecond)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = indexed();

        set_mtime(&dir, "a.ko", 1000, 6000);
        assert_false(is_current(&dir));
}

CHECK(quick_sees_a_module_that_vanished)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = indexed();

        assert_int_equal(unlinkat(dir.fd, "a.ko", 0), 0);
        assert_false(is_current(&dir));
}

CHECK(quick_misses_each_file)
{
        for (size_t i = 0; i < tn_n_emitters; i++) {
                _cleanup_(tmpdir_fini) struct tmpdir dir = indexed();

                assert_int_equal(unlinkat(dir.fd, tn_emitters[i].name.file, 0), 0);
                assert_false(is_current(&dir));
        }
}

CHECK(quick_sees_files_that_were_cut)
{
        static const char *const files[] = { "modules.dep", "modules.dep.bin", "modules.alias.bin",
                                             "modules.symbols.bin", "modules.builtin.bin" };

        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                _cleanup_(tmpdir_fini) struct tmpdir dir = indexed();

                tmpdir_write(&dir, files[i], "");
                set_mtime(&dir, files[i], 2000, 0);
                assert_false(is_current(&dir));
        }
}
