/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/newfile.h"

static void assert_file(const struct tmpdir *dir, const char *name, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(dir->fd, name, 4096, &buf), 0);
        assert_span(tn_buf_span(&buf), text);
}

static mode_t mode_of(const struct tmpdir *dir, const char *name)
{
        struct stat st;

        assert_int_equal(fstatat(dir->fd, name, &st, 0), 0);
        return st.st_mode & 07777;
}

static int count_entries(const struct tmpdir *dir)
{
        _cleanup_(closedirp) DIR *d = opendir(dir->path);
        int n = 0;

        assert_non_null(d);
        while (readdir(d))
                n++;
        return n - 2;
}

CHECK(newfile_is_made_and_replaced)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a.conf");
        mode_t mask = umask(027);

        assert_int_equal(tn_newfile_write(path, SPAN("one")), 0);
        assert_file(&dir, "a.conf", "one");
        assert_int_equal(mode_of(&dir, "a.conf"), 0640);
        umask(mask);
        assert_int_equal(chmod(path, 0444), 0);
        assert_int_equal(tn_newfile_write(path, SPAN("two")), 0);
        assert_file(&dir, "a.conf", "two");
        assert_int_equal(mode_of(&dir, "a.conf"), 0444);
        assert_int_equal(count_entries(&dir), 1);
}

CHECK(newfile_that_is_replaced_stays_whole_for_who_has_it_open)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a");
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(closep) int fd = -1;

        tmpdir_write(&dir, "a", "old");
        fd = open(path, O_RDONLY);
        assert_int_equal(tn_newfile_write(path, SPAN("new")), 0);
        assert_int_equal(tn_file_read(fd, 100, &buf), 0);
        assert_span(tn_buf_span(&buf), "old");
}

CHECK(newfile_behind_a_link_is_written_and_the_link_stays)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "link");
        struct stat st;

        tmpdir_write(&dir, "a", "a longer text");
        assert_int_equal(symlinkat("a", dir.fd, "link"), 0);
        assert_int_equal(tn_newfile_write(path, SPAN("b")), 0);
        assert_file(&dir, "a", "b");
        assert_int_equal(lstat(path, &st), 0);
        assert_true(S_ISLNK(st.st_mode));
}

CHECK(newfile_may_be_a_pipe_or_device)
{
        int fds[2];
        char path[64], got[8];

        assert_int_equal(pipe(fds), 0);
        snprintf(path, sizeof(path), "/proc/self/fd/%d", fds[1]);
        assert_int_equal(tn_newfile_write(path, SPAN("text")), 0);
        assert_int_equal(read(fds[0], got, sizeof(got)), 4);
        assert_int_equal(tn_newfile_write("/dev/null", SPAN("text")), 0);
        assert_int_equal(tn_newfile_write("/dev/full", SPAN("text")), -ENOSPC);
        close(fds[0]);
        close(fds[1]);
}

CHECK(newfile_that_cannot_be_made_says_why)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *nowhere = tmpdir_path(&dir, "no/where");

        assert_int_equal(tn_newfile_write(nowhere, SPAN("x")), -ENOENT);
        assert_int_equal(tn_newfile_write(dir.path, SPAN("x")), -EISDIR);
        assert_int_equal(tn_newfile_write("", SPAN("x")), -ENOENT);
        assert_int_equal(count_entries(&dir), 0);
}

CHECK(newfile_that_cannot_be_written_leaves_the_old_one)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a");
        struct rlimit old, low;

        tmpdir_write(&dir, "a", "old");
        signal(SIGXFSZ, SIG_IGN);
        assert_int_equal(prlimit(0, RLIMIT_FSIZE, NULL, &old), 0);
        low = (struct rlimit){ 8, old.rlim_max };
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
        assert_int_equal(tn_newfile_write(path, SPAN("more than eight bytes")), -EFBIG);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
        assert_file(&dir, "a", "old");
        assert_int_equal(count_entries(&dir), 1);
}

CHECK(newfile_has_its_directories_made)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a/b//c");
        char empty[] = "", root[] = "/";

        assert_int_equal(tn_newfile_make_dirs(path), 0);
        assert_int_equal(mode_of(&dir, "a/b/c"), 0755);
        assert_int_equal(tn_newfile_make_dirs(path), 0);
        assert_int_equal(tn_newfile_make_dirs(root), 0);
        assert_int_equal(tn_newfile_make_dirs(empty), -ENOENT);
        assert_true(path[strlen(dir.path)] == '/');
        tmpdir_write(&dir, "f", "");
        free(path);
        path = tmpdir_path(&dir, "f/x/y");
        assert_int_equal(tn_newfile_make_dirs(path), -ENOTDIR);
        assert_true(strcmp(path + strlen(path) - 5, "f/x/y") == 0);
}
