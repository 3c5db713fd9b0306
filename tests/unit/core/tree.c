/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/tree.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What is to be seen of a walk: its files, and what was left out. */
struct seen {
        struct tn_buf files, left;
        const char *counting; /* the one directory whose name counts; NULL: all */
        int stop;             /* what is returned for the first file, or for what is left out */
};

static void seen_fini(struct seen *seen)
{
        tn_buf_fini(&seen->files);
        tn_buf_fini(&seen->left);
}

static int file(void *data, const struct tn_place *place, struct span path)
{
        struct seen *seen = data;

        assert_true(tn_span_starts(path, place->path));
        tn_buf_addf(&seen->files, "%s%s", seen->files.len ? " " : "", path.ptr);
        return seen->stop;
}

static bool has(void *data, struct span base)
{
        (void)data;
        return !tn_span_eq(base, SPAN("build"));
}

static bool counts(void *data, struct span path)
{
        const struct seen *seen = data;

        return seen->counting && tn_span_eq(path, tn_span_of(seen->counting));
}

static int left(void *data, const struct tn_tree_left *left)
{
        static const char *const why[] = { "entry", "dir", "file", "loop", "full" };
        struct seen *seen = data;

        tn_buf_addf(&seen->left, "%s %.*s %.*s %d %o\n", why[left->why], SPAN_FMT(left->path),
                    SPAN_FMT(left->to), left->err, left->type);
        return -seen->stop;
}

/* Walks with rules of which only bounds are set; dir, callbacks and data are filled in. */
static int walk(const struct tmpdir *tmp, struct tn_tree tree, struct seen *seen)
{
        const struct tn_dir dir = { .fd = tmp->fd };

        tree.dir = &dir;
        tree.file = file;
        tree.has = has;
        tree.left = left;
        tree.data = seen;
        return tn_tree_walk(&tree);
}

static void assert_walk(const struct tmpdir *tmp, struct tn_tree tree, const char *counting,
                        const char *files, const char *left_out)
{
        _cleanup_(seen_fini) struct seen seen = { .counting = counting };

        assert_int_equal(walk(tmp, tree, &seen), 0);
        assert_string_equal(tn_buf_str(&seen.files), files);
        assert_string_equal(tn_buf_str(&seen.left), left_out);
}

static const struct tn_tree one_name = { .counts = counts }, all_names = { .counts = NULL };

static void add_link(const struct tmpdir *tmp, const char *to, const char *name)
{
        assert_int_equal(symlinkat(to, tmp->fd, name), 0);
}

CHECK(tree_goes_by_the_paths_of_files)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "a/m.ko", "");
        tmpdir_write(&tmp, "a/b/m.ko", "");
        tmpdir_write(&tmp, "a-b/m.ko", "");
        tmpdir_write(&tmp, "a.b/m.ko", "");
        tmpdir_write(&tmp, "a0/m.ko.xz", "");
        tmpdir_write(&tmp, "B/m.ko", "");
        tmpdir_write(&tmp, "c.ko", "");
        tmpdir_write(&tmp, "b.ko", "");
        assert_walk(&tmp, one_name, NULL, "b.ko c.ko B/m.ko a-b/m.ko a.b/m.ko a/m.ko a/b/m.ko a0/m.ko.xz",
                    "");
}

CHECK(tree_has_files_named_as_modules_and_what_the_rule_lets_in)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "a.ko", "");
        tmpdir_write(&tmp, ".ko", "");
        tmpdir_write(&tmp, "b.o", "");
        tmpdir_write(&tmp, "build/c.ko", "");
        tmpdir_write(&tmp, "d/build/c.ko", "");
        tmpdir_write(&tmp, "d/.e.ko", "");
        add_link(&tmp, "a.ko", "f.ko");
        assert_walk(&tmp, one_name, NULL, "a.ko f.ko d/.e.ko", "");
}

CHECK(tree_goes_to_links_last)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&tmp, "k/m.ko", "");
        tmpdir_write(&tmp, "z/n.ko", "");
        tmpdir_write(&other, "o.ko", "");
        tmpdir_write(&other, "in/p.ko", "");
        add_link(&tmp, "k", "a");
        add_link(&tmp, other.path, "x");
        add_link(&tmp, other.path, "c");
        add_link(&tmp, "../c", "k/d");
        assert_walk(&tmp, one_name, NULL, "k/m.ko z/n.ko c/o.ko c/in/p.ko", "");
}

/* Below a name that counts, all counts anew; where the rule says no, a name is as good as the first one. */
CHECK(tree_reads_a_directory_once_for_each_name_that_counts)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, "k", "a");
        add_link(&tmp, "k", "b");
        assert_walk(&tmp, one_name, NULL, "k/d/m.ko", "");
        assert_walk(&tmp, one_name, "b", "k/d/m.ko b/d/m.ko", "");
        assert_walk(&tmp, one_name, "a/d", "k/d/m.ko", "");
        assert_walk(&tmp, all_names, NULL, "k/d/m.ko a/d/m.ko b/d/m.ko", "");
}

/* 2^40 paths lead to the module. */
CHECK(tree_ends_where_links_multiply)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        char name[32], to[32];

        for (unsigned i = 0; i < 40; i++) {
                snprintf(name, sizeof(name), "k/%u/x", i);
                tmpdir_write(&tmp, name, "");
                snprintf(to, sizeof(to), "../%u", i + 1);
                for (const char *c = "ab"; *c; c++) {
                        snprintf(name, sizeof(name), "k/%u/%c", i, *c);
                        add_link(&tmp, to, name);
                }
        }
        tmpdir_write(&tmp, "k/40/m.ko", "");
        assert_walk(&tmp, one_name, NULL, "k/40/m.ko", "");
        assert_walk(&tmp, one_name, "k/39/b", "k/40/m.ko k/39/b/m.ko", "");
}

CHECK(tree_does_not_follow_a_way_back)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, ".", "updates");
        add_link(&tmp, "..", "k/d/up");
        assert_walk(&tmp, one_name, NULL, "k/d/m.ko", "loop k/d/up k 0 0\nloop updates  0 0\n");
        assert_walk(&tmp, all_names, NULL, "k/d/m.ko", "loop k/d/up k 0 0\nloop updates  0 0\n");
}

CHECK(tree_leaves_out_what_is_no_file_and_no_directory)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        tmpdir_write(&tmp, "d/m.ko", "");
        assert_int_equal(mkfifoat(tmp.fd, "fifo", 0600), 0);
        add_link(&tmp, "fifo", "link.ko");
        add_link(&tmp, "nowhere", "lost");
        tn_buf_addf(&expected, "file fifo  0 10000\nfile link.ko  0 10000\nentry lost  %d 0\n", -ENOENT);
        assert_walk(&tmp, one_name, NULL, "d/m.ko", tn_buf_str(&expected));
}

/* A name that is too long for the kernel fails for root as well. */
CHECK(tree_leaves_out_directories_that_cannot_be_read)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        _cleanup_(closep) int fd = openat(tmp.fd, ".", O_RDONLY | O_DIRECTORY);
        struct tmpdir none = { .fd = -1 };
        char name[201] = { 0 };

        memset(name, 'd', sizeof(name) - 1);
        tn_buf_addf(&expected, "dir   %d 0\n", -EBADF);
        assert_walk(&none, one_name, NULL, "", tn_buf_str(&expected));
        tn_buf_reset(&expected);
        for (int i = 0; i < 21; i++) {
                int next;

                tn_buf_addf(&expected, "%s%s", i ? "/" : "dir ", name);
                assert_int_equal(mkdirat(fd, name, 0700), 0);
                next = openat(fd, name, O_RDONLY | O_DIRECTORY);
                assert_true(next >= 0);
                closep(&fd);
                fd = next;
        }
        tn_buf_addf(&expected, "  %d 0\n", -ENAMETOOLONG);
        tmpdir_write(&tmp, "m.ko", "");
        assert_walk(&tmp, one_name, NULL, "m.ko", tn_buf_str(&expected));
        assert_int_equal(renameat(tmp.fd, name, tmp.fd, "d"), 0); /* now it can be removed */
}

CHECK(tree_cuts_what_links_lead_to_when_it_is_too_much)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();
        struct tn_tree tree = one_name;

        tmpdir_write(&tmp, "a/m.ko", "");
        tmpdir_write(&tmp, "z/in/n.ko", "");
        tmpdir_write(&other, "o.ko", "");
        tmpdir_write(&other, "p.ko", "");
        add_link(&tmp, other.path, "c");
        add_link(&tmp, other.path, "updates");
        tree.room = 10;
        assert_walk(&tmp, tree, "updates", "a/m.ko z/in/n.ko", "full c  0 0\n");
        tree.room = 2 * sizeof(struct tn_place) + 15;
        assert_walk(&tmp, tree, "updates", "a/m.ko z/in/n.ko c/o.ko", "full c  0 0\n");
        tree.room = 2 * sizeof(struct tn_place) + 45;
        assert_walk(&tmp, tree, "updates", "a/m.ko z/in/n.ko c/o.ko c/p.ko updates/o.ko updates/p.ko", "");
}

CHECK(tree_bounds_directories_below_links_and_depth)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();
        struct tn_tree tree = all_names;

        tmpdir_write(&tmp, "a/b/m.ko", "");
        tmpdir_write(&tmp, "a/n.ko", "");
        tmpdir_write(&other, "o/p.ko", "");
        add_link(&tmp, other.path, "c");
        add_link(&tmp, other.path, "d");
        tree.linked = 3;
        assert_walk(&tmp, tree, NULL, "a/n.ko a/b/m.ko c/o/p.ko", "full d/o  0 0\n");
        tree.linked = 1;
        assert_walk(&tmp, tree, NULL, "a/n.ko a/b/m.ko", "full c/o  0 0\n");
        tree = all_names;
        tree.depth = 1;
        assert_walk(&tmp, tree, NULL, "a/n.ko", "");
        tree.depth = 2;
        assert_walk(&tmp, tree, NULL, "a/n.ko a/b/m.ko c/o/p.ko d/o/p.ko", "");
}

CHECK(tree_stops_when_told)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(seen_fini) struct seen seen = { .stop = 7 }, lost = { .stop = 7 };

        tmpdir_write(&tmp, "d/m.ko", "");
        tmpdir_write(&tmp, "d/n.ko", "");
        tmpdir_write(&tmp, "e/o.ko", "");
        assert_int_equal(walk(&tmp, one_name, &seen), 7);
        assert_string_equal(tn_buf_str(&seen.files), "d/m.ko");
        add_link(&tmp, "nowhere", "lost");
        assert_int_equal(walk(&tmp, one_name, &lost), -7);
        assert_string_equal(tn_buf_str(&lost.files), "");
}

/* Room for the directory that the link leads to, but for none of its entries. */
CHECK(tree_stops_when_told_that_there_is_no_room)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();
        _cleanup_(seen_fini) struct seen seen = { .stop = 7 };
        struct tn_tree tree = { .room = sizeof(struct tn_place) + 3 };

        tmpdir_write(&other, "o.ko", "");
        add_link(&tmp, other.path, "c");
        assert_int_equal(walk(&tmp, tree, &seen), -7);
        assert_string_equal(tn_buf_str(&seen.left), "full c  0 0\n");
        assert_int_equal(seen.files.len, 0);
}
