/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

struct tree {
        struct tmpdir tmp;
        char *path, *img;
        struct tn_inroot root;
};

static void add_link(const struct tree *tree, const char *to, const char *name)
{
        assert_int_equal(symlinkat(to, tree->tmp.fd, name), 0);
}

/* A module directory in an image, with files beside the image at the paths that its links name. */
static struct tree tree_new(void)
{
        struct tree tree = { .tmp = tmpdir_new() };
        char *out;

        tree.path = tmpdir_path(&tree.tmp, "img/lib/mods");
        tree.img = tmpdir_path(&tree.tmp, "img");
        out = tmpdir_path(&tree.tmp, "opt");
        tmpdir_write(&tree.tmp, "opt/x", "outside");
        tmpdir_write(&tree.tmp, "img/opt/x", "inside");
        tmpdir_write(&tree.tmp, "img/lib/mods/a", "a");
        tmpdir_write(&tree.tmp, "img/lib/mods/sub/b", "b");
        add_link(&tree, "/opt/x", "img/lib/mods/absolute");
        add_link(&tree, "/opt", "img/lib/mods/extra");
        add_link(&tree, "../../../opt/x", "img/lib/mods/climbing");
        add_link(&tree, out, "img/lib/mods/host");
        add_link(&tree, "loop", "img/lib/mods/loop");
        add_link(&tree, "/dev/null", "img/lib/mods/null");
        add_link(&tree, "gone", "img/lib/mods/dangling");
        assert_int_equal(mkfifoat(tree.tmp.fd, "img/lib/mods/fifo", 0600), 0);
        assert_int_equal(tn_inroot_init(tree.img, &tree.root), 0);
        free(out);
        return tree;
}

static void tree_fini(struct tree *tree)
{
        free(tree->path);
        free(tree->img);
        tn_inroot_fini(&tree->root);
        tmpdir_fini(&tree->tmp);
}

/* The kinds of directories: by its path, by its descriptor, and in a root, with openat2() and without. */
enum kind { BY_PATH, BY_FD, IN_ROOT, BY_LINKS, KINDS };

struct opened {
        struct tn_inroot root;
        struct tn_dir dir;
};

static void opened_fini(struct opened *opened)
{
        if (opened->dir.fd >= 0)
                close(opened->dir.fd);
}

static void open_as(const struct tree *tree, enum kind kind, struct opened *ret)
{
        *ret = (struct opened){ .root = tree->root, .dir = { .path = tree->path, .fd = AT_FDCWD } };
        ret->root.by_links = kind == BY_LINKS;
        if (kind == BY_FD)
                ret->dir.fd = openat(tree->tmp.fd, "img/lib/mods", O_RDONLY | O_DIRECTORY);
        if (kind >= IN_ROOT) {
                ret->dir.root = &ret->root;
                ret->dir.inside = "/lib/mods";
        }
}

static void assert_text(const struct tn_dir *dir, const char *name, const char *text)
{
        _cleanup_(closep) int fd = tn_dir_open_regular(dir, name);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct stat st;

        assert_true(fd >= 0);
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        assert_int_equal(tn_file_read(fd, 1000, &got), 0);
        assert_string_equal(tn_buf_str(&got), text);
        assert_int_equal(tn_dir_stat(dir, name, &st), 0);
        assert_true(S_ISREG(st.st_mode));
}

static void assert_fails(const struct tn_dir *dir, const char *name, int err)
{
        struct stat st;

        assert_int_equal(tn_dir_open_regular(dir, name), err);
        assert_int_equal(tn_dir_open(dir, name, O_RDONLY), err);
        assert_int_equal(tn_dir_stat(dir, name, &st), err);
}

CHECK(dir_opens_what_is_below_it)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();

        for (enum kind kind = 0; kind < KINDS; kind++) {
                _cleanup_(opened_fini) struct opened opened;

                open_as(&tree, kind, &opened);
                assert_text(&opened.dir, "a", "a");
                assert_text(&opened.dir, "sub/b", "b");
                assert_text(&opened.dir, "sub/../a", "a");
                assert_fails(&opened.dir, "none", -ENOENT);
                assert_fails(&opened.dir, "dangling", -ENOENT);
                assert_fails(&opened.dir, "loop", -ELOOP);
                assert_fails(&opened.dir, "a/x", -ENOTDIR);
        }
}

CHECK(dir_in_a_root_resolves_links_inside_it)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();

        for (enum kind kind = IN_ROOT; kind <= BY_LINKS; kind++) {
                _cleanup_(opened_fini) struct opened opened;
                struct stat st;

                open_as(&tree, kind, &opened);
                assert_text(&opened.dir, "absolute", "inside");
                assert_text(&opened.dir, "climbing", "inside");
                assert_text(&opened.dir, "extra/x", "inside");
                assert_text(&opened.dir, "/opt/x", "inside");
                assert_text(&opened.dir, "../../../../opt/x", "inside");
                assert_fails(&opened.dir, "host/x", -ENOENT);
                assert_int_equal(tn_dir_stat(&opened.dir, "extra", &st), 0);
                assert_true(S_ISDIR(st.st_mode));
        }
}

CHECK(dir_without_root_goes_where_links_lead)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();
        _cleanup_(freep) char *out = tmpdir_path(&tree.tmp, "opt/x");

        for (enum kind kind = BY_PATH; kind <= BY_FD; kind++) {
                _cleanup_(opened_fini) struct opened opened;

                open_as(&tree, kind, &opened);
                assert_text(&opened.dir, "host/x", "outside");
                assert_text(&opened.dir, out, "outside");
        }
        assert_text(&TN_DIR_HERE, out, "outside");
}

/* A FIFO would be waited for, and a device be used. */
CHECK(dir_takes_regular_files_only)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();

        alarm(30);
        for (enum kind kind = 0; kind < KINDS; kind++) {
                _cleanup_(opened_fini) struct opened opened;
                struct stat st;

                open_as(&tree, kind, &opened);
                assert_int_equal(tn_dir_open_regular(&opened.dir, "fifo"), -EINVAL);
                assert_int_equal(tn_dir_open_regular(&opened.dir, "sub"), -EISDIR);
                assert_int_equal(tn_dir_open_regular(&opened.dir, "."), -EISDIR);
                assert_int_equal(tn_dir_open_regular(&opened.dir, "null"), -EINVAL);
                assert_int_equal(tn_dir_stat(&opened.dir, "null", &st), 0);
                assert_true(S_ISCHR(st.st_mode));
        }
        alarm(0);
}

/* What is there now may be another thing than was seen. */
CHECK(dir_takes_what_was_seen_for_what_it_is_now)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();

        alarm(30);
        for (enum kind kind = 0; kind < KINDS; kind++) {
                _cleanup_(opened_fini) struct opened opened;
                _cleanup_(closep) int fd = -1;
                struct stat st = { .st_size = 77 }, own;

                open_as(&tree, kind, &opened);
                assert_int_equal(tn_dir_open_seen(&opened.dir, "fifo", &st), -EINVAL);
                assert_int_equal(tn_dir_open_seen(&opened.dir, "sub", &st), -EISDIR);
                assert_int_equal(tn_dir_open_seen(&opened.dir, "null", &st), -EINVAL);
                assert_int_equal(tn_dir_open_seen(&opened.dir, "none", &st), -ENOENT);
                assert_int_equal(st.st_size, 77);
                fd = tn_dir_open_seen(&opened.dir, "sub/b", &st);
                assert_int_equal(fstat(fd, &own), 0);
                assert_int_equal(st.st_ino, own.st_ino);
        }
        alarm(0);
}

static int leased = -1;

static void let_go(int sig)
{
        (void)sig;
        fcntl(leased, F_SETLEASE, F_UNLCK);
}

CHECK(dir_asks_for_a_file_that_is_leased)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();
        int other;

        leased = openat(tree.tmp.fd, "img/opt/x", O_RDWR);
        other = openat(tree.tmp.fd, "opt/x", O_RDWR);
        assert_true(leased >= 0 && other >= 0);
        signal(SIGIO, let_go);
        for (enum kind kind = IN_ROOT; kind < KINDS; kind++) {
                _cleanup_(opened_fini) struct opened opened;

                open_as(&tree, kind, &opened);
                if (fcntl(leased, F_SETLEASE, F_WRLCK) < 0)
                        skip(); /* not every file system has leases */
                assert_text(&opened.dir, "absolute", "inside");
                assert_int_equal(fcntl(leased, F_SETLEASE, F_WRLCK), 0);
                assert_text(&opened.dir, "climbing", "inside");
        }
        signal(SIGIO, SIG_IGN);
        assert_int_equal(fcntl(other, F_SETLEASE, F_WRLCK), 0);
        assert_int_equal(tn_dir_open_regular(&(struct tn_dir){ .path = tree.path, .fd = AT_FDCWD }, "host/x"),
                         -EAGAIN);
        assert_string_equal(tn_dir_strerror(-EAGAIN), "another process has a lease on it");
        assert_true(tn_file_is_fault(-EAGAIN));
        signal(SIGIO, SIG_DFL);
        close(leased);
        close(other);
}

CHECK(dir_reads_regular_files_and_nothing_of_the_null_device)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();

        alarm(30);
        for (enum kind kind = 0; kind < KINDS; kind++) {
                _cleanup_(opened_fini) struct opened opened;
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

                open_as(&tree, kind, &opened);
                assert_int_equal(tn_dir_read(&opened.dir, "sub/b", 1, &text), 0);
                assert_int_equal(tn_dir_read(&opened.dir, "null", 1, &text), 0);
                assert_string_equal(tn_buf_str(&text), "b");
                assert_int_equal(tn_dir_read(&opened.dir, "sub/b", 0, &text), -EFBIG);
                assert_int_equal(tn_dir_read(&opened.dir, "fifo", 1, &text), -EINVAL);
                assert_int_equal(tn_dir_read(&opened.dir, "/dev/zero", 1, &text),
                                 kind < IN_ROOT ? -EINVAL : -ENOENT);
                assert_int_equal(tn_dir_read(&opened.dir, "none", 1, &text), -ENOENT);
        }
        alarm(0);
        assert_string_equal(tn_dir_strerror(-EINVAL), "not a regular file");
        assert_string_equal(tn_dir_strerror(-ENOENT), strerror(ENOENT));
}

CHECK(dir_stream_takes_the_descriptor_whatever_becomes_of_it)
{
        _cleanup_(tree_fini) struct tree tree = tree_new();
        const struct tn_dir dir = tn_dir_at(tree.path);
        _cleanup_(closedirp) DIR *stream = NULL;
        int fd = tn_dir_open(&dir, "sub", O_RDONLY | O_DIRECTORY);

        assert_int_equal(tn_dir_stream_take(fd, &stream), 0);
        assert_int_equal(dirfd(stream), fd);
        fd = tn_dir_open_regular(&dir, "a");
        assert_int_equal(tn_dir_stream_take(fd, &stream), -ENOTDIR);
        assert_int_equal(fcntl(fd, F_GETFD), -1);
        assert_int_equal(tn_dir_stream_take(-ENOENT, &stream), -ENOENT);
}
