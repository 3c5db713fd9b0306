/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/cachedir.h"
#include "format/depcache.h"
#include "moddir.h"

/* Where the tests' own directories are may be open to others, or somebody else's: in a container for instance. */
static int open_in(const struct tmpdir *dir, const char *name, bool make)
{
        _cleanup_(freep) char *path = tmpdir_path(dir, name);
        int fd = tn_cachedir_open(dir->path, false);

        if (fd < 0)
                skip();
        close(fd);
        return tn_cachedir_open(path, make);
}

static void make_dir(const struct tmpdir *dir, const char *name, mode_t mode)
{
        assert_int_equal(mkdirat(dir->fd, name, 0755), 0);
        assert_int_equal(fchmodat(dir->fd, name, mode, 0), 0);
}

CHECK(cachedir_is_made_if_the_one_above_is_there)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;
        struct stat st;

        assert_int_equal(open_in(&dir, "a", false), -ENOENT);
        assert_int_equal(open_in(&dir, "a/b", true), -ENOENT);
        fd = open_in(&dir, "a", true);
        assert_true(fd >= 0);
        assert_int_equal(fstat(fd, &st), 0);
        assert_int_equal(st.st_mode & 022, 0);
        close(fd);
        fd = open_in(&dir, ".//a/./", false);
        assert_true(fd >= 0);
}

CHECK(cachedir_that_others_can_write_to_is_refused)
{
        static const mode_t modes[] = { 0777, 0775, 0757, 01777 };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        make_dir(&dir, "a", 0755);
        make_dir(&dir, "a/b", 0755);
        for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
                assert_int_equal(fchmodat(dir.fd, "a/b", modes[i], 0), 0);
                assert_int_equal(open_in(&dir, "a/b", false), -EPERM);
        }
        assert_int_equal(fchmodat(dir.fd, "a/b", 0755, 0), 0);
        for (size_t i = 0; i < ARRAY_SIZE(modes) - 1; i++) {
                assert_int_equal(fchmodat(dir.fd, "a", modes[i], 0), 0);
                assert_int_equal(open_in(&dir, "a/b", false), -EPERM);
        }
}

CHECK(cachedir_is_reached_through_no_link)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        make_dir(&dir, "a", 0755);
        make_dir(&dir, "a/b", 0755);
        assert_int_equal(symlinkat("a", dir.fd, "link"), 0);
        assert_int_equal(open_in(&dir, "link", false), -ENOTDIR);
        assert_true(open_in(&dir, "link/b", false) < 0);
        assert_int_equal(open_in(&dir, "a/../a", false), -EINVAL);
        assert_int_equal(tn_cachedir_open("a", false), -EINVAL);
        assert_int_equal(tn_cachedir_open("", false), -EINVAL);
        assert_int_equal(tn_cachedir_open("/", false), -EINVAL);
        tmpdir_write(&dir, "file", "");
        assert_int_equal(open_in(&dir, "file", true), -ENOTDIR);
}

CHECK(cachedir_of_somebody_else_is_refused)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        make_dir(&dir, "a", 0755);
        make_dir(&dir, "a/b", 0755);
        if (fchownat(dir.fd, "a/b", 1, (gid_t)-1, 0) < 0)
                skip();
        assert_int_equal(open_in(&dir, "a/b", false), -EPERM);
        assert_int_equal(fchownat(dir.fd, "a/b", 0, (gid_t)-1, 0), 0);
        assert_int_equal(fchownat(dir.fd, "a", 1, (gid_t)-1, 0), 0);
        assert_int_equal(open_in(&dir, "a/b", false), -EPERM);
        assert_int_equal(fchmodat(dir.fd, "a", 01777, 0), 0);
        assert_int_equal(open_in(&dir, "a/b", false), -EPERM);
        assert_int_equal(fchownat(dir.fd, "a", 0, (gid_t)-1, 0), 0);
}

static int open_file(const struct tmpdir *dir, const char *name)
{
        int fd = tn_cachedir_open_file(dir->fd, name);

        if (fd >= 0)
                close(fd);
        return MIN(fd, 0);
}

CHECK(cachedir_file_is_a_plain_one_that_is_nobody_elses)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "file", "x");
        assert_int_equal(open_file(&dir, "file"), 0);
        assert_int_equal(fchmodat(dir.fd, "file", 0660, 0), 0);
        assert_int_equal(open_file(&dir, "file"), -EPERM);
        assert_int_equal(fchmodat(dir.fd, "file", 0606, 0), 0);
        assert_int_equal(open_file(&dir, "file"), -EPERM);
        assert_int_equal(fchmodat(dir.fd, "file", 0600, 0), 0);
        assert_int_equal(symlinkat("file", dir.fd, "link"), 0);
        assert_true(open_file(&dir, "link") < 0);
        assert_int_equal(mkfifoat(dir.fd, "fifo", 0600), 0);
        assert_true(open_file(&dir, "fifo") < 0);
        assert_true(open_file(&dir, ".") < 0);
        if (fchownat(dir.fd, "file", 1, (gid_t)-1, 0) == 0)
                assert_int_equal(open_file(&dir, "file"), -EPERM);
}

CHECK(cachedir_file_is_replaced_as_a_whole)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), full = tmpdir_new();
        struct stat st;

        assert_int_equal(tn_cachedir_write(dir.fd, "file", SPAN("one"), SPAN("two")), 0);
        moddir_assert_file(&dir, "file", "onetwo");
        assert_int_equal(fstatat(dir.fd, "file", &st, 0), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
        tmpdir_write(&dir, "file.new", "left by a run that died");
        assert_int_equal(tn_cachedir_write(dir.fd, "file", SPAN("three"), SPAN("")), 0);
        moddir_assert_file(&dir, "file", "three");
        assert_int_equal(moddir_count(&dir, "file"), 1);
        tmpdir_write(&full, "file/x", "");
        assert_true(tn_cachedir_write(full.fd, "file", SPAN("one"), SPAN("two")) < 0);
        assert_int_equal(moddir_count(&full, "file"), 1);
        assert_int_equal(mkdirat(full.fd, "other.new", 0755), 0);
        assert_true(tn_cachedir_write(full.fd, "other", SPAN("one"), SPAN("two")) < 0);
}

static void write_cache(const struct tmpdir *dir, const char *name, const char *path)
{
        const struct tn_depcache_head head = { .path = tn_span_of(path) };
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        assert_int_equal(tn_depcache_head_format(&head, &bytes), 0);
        assert_int_equal(tn_cachedir_write(dir->fd, name, tn_buf_span(&bytes), SPAN("")), 0);
}

CHECK(cachedir_keeps_what_belongs_to_a_kernel_that_is_there)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_cache(&dir, "depmod-own", "/nix");
        write_cache(&dir, "depmod-there", dir.path);
        write_cache(&dir, "depmod-gone", "/nix/6.1.0");
        write_cache(&dir, "others", "/nix/6.1.0");
        tmpdir_write(&dir, "depmod-bad", "this is no cache");
        tmpdir_write(&dir, "depmod-x.new", "");
        tn_cachedir_tidy(dir.fd, "depmod-own");
        assert_int_equal(moddir_count(&dir, "depmod-"), 2);
        assert_int_equal(moddir_count(&dir, "depmod-own"), 1);
        assert_int_equal(moddir_count(&dir, "depmod-there"), 1);
        assert_int_equal(moddir_count(&dir, "others"), 1);
}

CHECK(cachedir_has_a_name_for_each_module_directory)
{
        char one[TN_CACHEDIR_NAME_SIZE], other[TN_CACHEDIR_NAME_SIZE];

        tn_cachedir_name(SPAN("/lib/modules/6.1.0"), one);
        tn_cachedir_name(SPAN("/lib/modules/6.1.1"), other);
        assert_string_not_equal(one, other);
        assert_int_equal(strlen(one), strlen("depmod-") + 16);
}
