/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/ownfile.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"

CHECK(ownfile_is_a_regular_file_and_nothing_else)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;
        struct stat st;

        tmpdir_write(&dir, "file", "bytes");
        assert_int_equal(symlinkat("file", dir.fd, "link"), 0);
        assert_int_equal(mkdirat(dir.fd, "dir", 0755), 0);
        assert_int_equal(mkfifoat(dir.fd, "fifo", 0644), 0);
        assert_int_equal(tn_ownfile_open(dir.fd, "link", &st), -ENOENT);
        assert_int_equal(tn_ownfile_open(dir.fd, "dir", &st), -ENOENT);
        assert_int_equal(tn_ownfile_open(dir.fd, "fifo", &st), -ENOENT);
        assert_int_equal(tn_ownfile_open(dir.fd, "none", &st), -ENOENT);
        assert_int_equal(tn_ownfile_open(-1, "file", &st), -EBADF);
        fd = tn_ownfile_open(dir.fd, "file", &st);
        assert_true(fd >= 0);
        assert_int_equal(st.st_size, 5);
}

CHECK(ownfile_is_made_only_where_nothing_is)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct stat st;
        int fd;

        assert_int_equal(symlinkat("elsewhere", dir.fd, "link"), 0);
        assert_int_equal(tn_ownfile_create(dir.fd, "link", 0644), -EEXIST);
        fd = tn_ownfile_create(dir.fd, "new", 0640);
        assert_true(fd >= 0);
        assert_int_equal(tn_ownfile_settle(&fd), 0);
        assert_int_equal(fd, -1);
        assert_int_equal(tn_ownfile_settle(&fd), -EBADF);
        assert_int_equal(tn_ownfile_create(dir.fd, "new", 0644), -EEXIST);
        assert_int_equal(fstatat(dir.fd, "new", &st, 0), 0);
        assert_int_equal(st.st_mode & 0137, 0);
}

CHECK(ownfile_copy_has_contents_mode_and_times)
{
        const struct timespec times[2] = { { 1000, 3 }, { 2000, 4 } };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        bool is_there = false;
        struct stat st;

        tmpdir_write(&dir, "old", "bytes");
        assert_int_equal(fchmodat(dir.fd, "old", 0751, 0), 0);
        assert_int_equal(utimensat(dir.fd, "old", times, 0), 0);
        assert_int_equal(tn_ownfile_copy(dir.fd, "old", "copy", &is_there), 0);
        assert_true(is_there);
        assert_int_equal(fstatat(dir.fd, "copy", &st, 0), 0);
        assert_int_equal(st.st_mode & 07777, 0751);
        assert_int_equal(st.st_atim.tv_sec, 1000);
        assert_int_equal(st.st_mtim.tv_sec, 2000);
        assert_int_equal(st.st_mtim.tv_nsec, 4);
        assert_int_equal(tn_file_read_at(dir.fd, "copy", 100, &bytes), 0);
        assert_span(tn_buf_span(&bytes), "bytes");
}

CHECK(ownfile_that_cannot_be_copied_leaves_nothing_to_remove)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        bool is_there = false;

        tmpdir_write(&dir, "old", "bytes");
        tmpdir_write(&dir, "taken", "other");
        assert_int_equal(tn_ownfile_copy(dir.fd, "none", "copy", &is_there), -ENOENT);
        assert_int_equal(tn_ownfile_copy(dir.fd, "old", "taken", &is_there), -EEXIST);
        assert_false(is_there);
        assert_int_equal(faccessat(dir.fd, "copy", F_OK, 0), -1);
}

CHECK(ownfile_syncs_a_directory_and_says_when_there_is_none)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        assert_int_equal(tn_ownfile_sync_dir(dir.fd), 0);
        assert_int_equal(tn_ownfile_sync_dir(-1), -EBADF);
}
