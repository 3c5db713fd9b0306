/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/list.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

static int collect(void *data, struct span path)
{
        tn_buf_addf(data, "%.*s ", SPAN_FMT(path));
        return 0;
}

static int count(void *data, struct span path)
{
        size_t *n = data;

        *n += 1;
        return 0;
}

/* What is listed of a directory, each with a blank behind it. */
static void assert_list(const struct tmpdir *tree, const char *dir, const char *pattern, const char *expected)
{
        const struct tn_list_filter filter = { .dir = dir, .pattern = pattern };
        const struct tn_dir module_dir = tn_dir_at(tree->path);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        assert_int_equal(tn_list_each(&module_dir, &filter, collect, &got), 0);
        assert_string_equal(tn_buf_str(&got), expected);
}

static struct tmpdir indexed(void)
{
        struct tmpdir tree = tmpdir_new();

        tmpdir_write(&tree, "modules.dep",
                     "kernel/net/rds/rds_tcp.ko: kernel/net/rds/rds.ko\n"
                     "kernel/net/rds/rds.ko:\n"
                     "no line of modules.dep\n"
                     "kernel/lib/crc-ccitt.ko.xz:\n"
                     "kernel/lib/crc32.ko.xz:\n"
                     "updates/net/crc32c.ko.gz: kernel/lib/crc32.ko.xz\n"
                     "/opt/x.ko:");
        return tree;
}

CHECK(list_has_all_of_modules_dep_in_its_order)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = indexed();

        assert_list(&tree, NULL, NULL,
                    "kernel/net/rds/rds_tcp.ko kernel/net/rds/rds.ko kernel/lib/crc-ccitt.ko.xz "
                    "kernel/lib/crc32.ko.xz updates/net/crc32c.ko.gz /opt/x.ko ");
}

CHECK(list_reads_modules_dep_that_was_written_elsewhere)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();

        tmpdir_write(&tree, "modules.dep", "\xef\xbb\xbfkernel/a.ko:\r\nkernel/b.ko: kernel/a.ko\r\n");
        assert_list(&tree, "kernel", NULL, "kernel/a.ko kernel/b.ko ");
}

CHECK(list_pattern_is_of_the_file_name_with_or_without_extension)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = indexed();

        assert_list(&tree, NULL, "rds", "kernel/net/rds/rds.ko ");
        assert_list(&tree, NULL, "crc*",
                    "kernel/lib/crc-ccitt.ko.xz kernel/lib/crc32.ko.xz updates/net/crc32c.ko.gz ");
        assert_list(&tree, NULL, "crc32", "kernel/lib/crc32.ko.xz ");
        assert_list(&tree, NULL, "crc32.ko", "kernel/lib/crc32.ko.xz ");
        assert_list(&tree, NULL, "crc32.ko.xz", "kernel/lib/crc32.ko.xz ");
        assert_list(&tree, NULL, "*.ko.gz", "updates/net/crc32c.ko.gz ");
        assert_list(&tree, NULL, "crc3", "");
        assert_list(&tree, NULL, "x", "/opt/x.ko ");
        assert_list(&tree, NULL, "net*", "");
}

CHECK(list_pattern_takes_minus_for_underscore)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = indexed();

        assert_list(&tree, NULL, "crc_c*", "kernel/lib/crc-ccitt.ko.xz ");
        assert_list(&tree, NULL, "rds-tcp", "kernel/net/rds/rds_tcp.ko ");
        assert_list(&tree, NULL, "crc[0-9]*", "kernel/lib/crc32.ko.xz updates/net/crc32c.ko.gz ");
}

CHECK(list_directory_is_named_with_or_without_kernel)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = indexed();

        assert_list(&tree, "kernel/net", NULL, "kernel/net/rds/rds_tcp.ko kernel/net/rds/rds.ko ");
        assert_list(&tree, "net/rds/", "rds", "kernel/net/rds/rds.ko ");
        assert_list(&tree, "./lib", "crc32*", "kernel/lib/crc32.ko.xz ");
        assert_list(&tree, "updates", NULL, "updates/net/crc32c.ko.gz ");
        assert_list(&tree, "ne", NULL, "");
        assert_list(&tree, "", "x", "/opt/x.ko ");
}

CHECK(list_without_modules_dep_walks_the_tree)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();

        tmpdir_write(&tree, "kernel/b/z.ko", "");
        tmpdir_write(&tree, "kernel/b/a.ko.zst", "");
        tmpdir_write(&tree, "kernel/a/no.txt", "");
        tmpdir_write(&tree, "kernel/c.ko", "");
        tmpdir_write(&tree, "kernel/d.ko/e.ko", "");
        tmpdir_write(&tree, "kernel/.hidden/x.ko", "");
        tmpdir_write(&tree, "build/x.ko", "");
        tmpdir_write(&tree, "source/x.ko", "");
        assert_int_equal(symlinkat("kernel/c.ko", tree.fd, "lkm.ko"), 0);
        assert_int_equal(symlinkat("nowhere", tree.fd, "dangling.ko"), 0);
        assert_int_equal(symlinkat("..", tree.fd, "kernel/up"), 0);
        assert_list(&tree, NULL, NULL,
                    "kernel/b/a.ko.zst kernel/b/z.ko kernel/c.ko kernel/d.ko/e.ko lkm.ko ");
        assert_list(&tree, "b", "*", "kernel/b/a.ko.zst kernel/b/z.ko ");
        tmpdir_write(&tree, "modules.dep", "");
        assert_list(&tree, NULL, "c", "kernel/c.ko ");
}

CHECK(list_follows_links_to_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();
        _cleanup_(freep) char *away = tmpdir_path(&tree, "away"), *top = tmpdir_path(&tree, "top");
        const struct tn_dir dir = tn_dir_at(top);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tmpdir_write(&tree, "away/deep/a.ko", "");
        tmpdir_write(&tree, "top/kernel/b.ko", "");
        assert_int_equal(symlinkat(away, tree.fd, "top/extra"), 0);
        assert_int_equal(symlinkat("extra", tree.fd, "top/updates"), 0);
        assert_int_equal(symlinkat("../..", tree.fd, "away/deep/up"), 0);
        assert_int_equal(symlinkat(away, tree.fd, "top/build"), 0);
        assert_int_equal(tn_list_each(&dir, &(struct tn_list_filter){ 0 }, collect, &got), 0);
        assert_string_equal(tn_buf_str(&got), "extra/deep/a.ko kernel/b.ko updates/deep/a.ko ");
}

/* A dozen directories that all lead to one another have more paths than anybody can read. */
CHECK(list_of_links_that_multiply_ends)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();
        const struct tn_dir dir = tn_dir_at(tree.path);
        char name[] = "a/b", to[] = "../b";
        size_t n = 0;

        tmpdir_write(&tree, "a/z.ko", "");
        for (name[0] = 'b'; name[0] < 'm'; name[0]++)
                assert_int_equal(mkdirat(tree.fd, (char[]){ name[0], '\0' }, 0700), 0);
        for (name[0] = 'a'; name[0] < 'm'; name[0]++)
                for (name[2] = 'a'; name[2] < 'm'; name[2]++) {
                        to[3] = name[2];
                        assert_int_equal(symlinkat(to, tree.fd, name), 0);
                }
        assert_int_equal(tn_list_each(&dir, &(struct tn_list_filter){ 0 }, count, &n), 0);
        assert_in_range(n, 1, 10000);
}

CHECK(list_of_a_tree_that_is_too_deep_ends)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        for (int i = 0; i < 70; i++)
                tn_buf_add_str(&path, "d/");
        tn_buf_add_str(&path, "x.ko");
        tmpdir_write(&tree, tn_buf_str(&path), "");
        tmpdir_write(&tree, "d/y.ko", "");
        assert_list(&tree, NULL, NULL, "d/y.ko ");
}

CHECK(list_of_a_tree_goes_by_names_whether_of_files_or_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&tree, "a/z.ko", "");
        tmpdir_write(&tree, "a/b/y.ko", "");
        tmpdir_write(&tree, "a-b/x.ko", "");
        tmpdir_write(&tree, "a-b.ko", "");
        tmpdir_write(&tree, "a.ko", "");
        tmpdir_write(&tree, "a\xc3.ko", "");
        tmpdir_write(&tree, "a+.ko", "");
        tmpdir_write(&tree, "Z.ko", "");
        tmpdir_write(&other, "w.ko", "");
        assert_int_equal(symlinkat(other.path, tree.fd, "a.d"), 0);
        assert_list(&tree, NULL, NULL, "Z.ko a/b/y.ko a/z.ko a+.ko a-b/x.ko a-b.ko a.d/w.ko a.ko a\xc3.ko ");
}

/* A name that is too long for the kernel fails for root as well. */
CHECK(list_of_a_tree_leaves_out_what_cannot_be_read_and_says_so)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = tmpdir_new();
        const struct tn_dir dir = tn_dir_at(tree.path), missing = tn_dir_at("/nonexistent");
        _cleanup_(closep) int fd = openat(tree.fd, ".", O_RDONLY | O_DIRECTORY);
        char name[201] = { 0 };
        size_t n = 0;

        memset(name, 'd', sizeof(name) - 1);
        tmpdir_write(&tree, "e/m.ko", "");
        assert_int_equal(symlinkat("nowhere", tree.fd, "dangling"), 0);
        assert_int_equal(symlinkat("..", tree.fd, "e/up"), 0);
        assert_int_equal(tn_list_tree(&dir, count, &n), 0);
        assert_int_equal(n, 1);
        for (int i = 0; i < 21; i++) {
                int next;

                assert_int_equal(mkdirat(fd, name, 0700), 0);
                next = openat(fd, name, O_RDONLY | O_DIRECTORY);
                assert_true(next >= 0);
                closep(&fd);
                fd = next;
        }
        assert_int_equal(tn_list_tree(&dir, count, &n), 1);
        assert_int_equal(n, 2);
        assert_int_equal(tn_list_tree(&missing, count, &n), -ENOENT);
        assert_int_equal(renameat(tree.fd, name, tree.fd, "d"), 0); /* now it can be removed */
}

static int stop(void *data, struct span path)
{
        return 7;
}

CHECK(list_fails_for_bad_patterns_and_missing_directories_and_stops_when_told)
{
        _cleanup_(tmpdir_fini) struct tmpdir tree = indexed();
        const struct tn_dir dir = tn_dir_at(tree.path), missing = tn_dir_at("/nonexistent");
        const struct tn_list_filter bad = { .pattern = "a[b" }, all = { 0 };

        assert_int_equal(tn_list_each(&dir, &bad, stop, NULL), -EINVAL);
        assert_int_equal(tn_list_each(&missing, &all, stop, NULL), -ENOENT);
        assert_int_equal(tn_list_each(&dir, &all, stop, NULL), 7);
}
