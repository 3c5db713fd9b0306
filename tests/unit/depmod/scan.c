/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/scan.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static int by_path(const void *a, const void *b)
{
        const struct tn_depmod_module *x = a, *y = b;

        return tn_span_cmp(x->path, y->path);
}

/* The paths that are found, sorted, one blank between; all messages go to the log. */
static void assert_found(const struct tmpdir *dir, struct logged *logged, const char *paths)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(tn_depmod_modules_fini) struct tn_depmod_modules modules = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };
        _cleanup_(freep) char *conf = tmpdir_path(dir, "depmod.conf");
        const char *confs[] = { conf, NULL };

        assert_int_equal(tn_priority_load(confs, NULL, "6.1.0", NULL, &priority), 0);
        assert_int_equal(
                tn_scan(&(struct tn_scan_from){ .dir = &(struct tn_dir){ .path = "D", .fd = dir->fd },
                                                .priority = &priority },
                        logged ? &logged->log : NULL, &modules),
                0);
        if (modules.n)
                qsort(modules.v, modules.n, sizeof(*modules.v), by_path);
        for (size_t i = 0; i < modules.n; i++)
                tn_buf_addf(&found, "%s%s", i ? " " : "", modules.v[i].path.ptr);
        assert_string_equal(tn_buf_str(&found), paths);
}

CHECK(scan_takes_files_named_as_modules)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "kernel/fs/a.ko", "");
        tmpdir_write(&dir, "kernel/b.ko.xz", "");
        tmpdir_write(&dir, "c.ko", "");
        tmpdir_write(&dir, "kernel/d.o", "");
        tmpdir_write(&dir, "kernel/e.koo", "");
        tmpdir_write(&dir, "kernel/.ko", "");
        tmpdir_write(&dir, "build/f.ko", "");
        tmpdir_write(&dir, "kernel/source/g.ko", "");
        assert_found(&dir, NULL, "c.ko kernel/b.ko.xz kernel/fs/a.ko");
}

CHECK(scan_gives_normalised_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(tn_depmod_modules_fini) struct tn_depmod_modules modules = { 0 };

        tmpdir_write(&dir, "kernel/snd-pcm.ko.gz", "");
        assert_int_equal(tn_priority_load((const char *const[]){ NULL }, NULL, "6.1.0", NULL, &priority), 0);
        assert_int_equal(tn_scan(&(struct tn_scan_from){ .dir = &(struct tn_dir){ .path = "D", .fd = dir.fd },
                                                         .priority = &priority },
                                 NULL, &modules),
                         0);
        assert_int_equal(modules.n, 1);
        assert_span(modules.v[0].name, "snd_pcm");
}

CHECK(scan_takes_one_file_a_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "kernel/a-b.ko", "");
        tmpdir_write(&dir, "updates/a_b.ko", "");
        tmpdir_write(&dir, "extra/a-b.ko", "");
        tmpdir_write(&dir, "kernel/c.ko.xz", "");
        tmpdir_write(&dir, "kernel/c.ko", "");
        assert_found(&dir, NULL, "kernel/c.ko updates/a_b.ko");
}

CHECK(scan_follows_links_to_files_and_directories_outside)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&other, "sub/a.ko", "");
        tmpdir_write(&other, "b.ko", "");
        assert_int_equal(symlinkat(other.path, dir.fd, "extra"), 0);
        tmpdir_write(&dir, "kernel/c.ko", "");
        assert_int_equal(symlinkat("kernel/c.ko", dir.fd, "d.ko"), 0);
        assert_found(&dir, NULL, "d.ko extra/b.ko extra/sub/a.ko kernel/c.ko");
}

CHECK(scan_ends_in_a_loop_of_links_with_the_real_path)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&dir, "kernel/b/m.ko", "");
        tmpdir_write(&dir, "kernel/c/n.ko", "");
        assert_int_equal(symlinkat(".", dir.fd, "kernel/self"), 0);
        assert_int_equal(symlinkat("../c", dir.fd, "kernel/b/x"), 0);
        assert_int_equal(symlinkat("../b", dir.fd, "kernel/c/y"), 0);
        assert_int_equal(symlinkat("kernel", dir.fd, "a"), 0);
        assert_found(&dir, &logged, "kernel/b/m.ko kernel/c/n.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "4 D/kernel/self leads back to D/kernel, not followed\n");
}

/* updates is one more name of what is in the tree already. */
CHECK(scan_gives_a_directory_with_two_names_the_better_rank)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "kernel/net/dummy.ko", "");
        tmpdir_write(&dir, "kernel/zvendor/dummy.ko", "");
        tmpdir_write(&dir, "kernel/zvendor/own.ko", "");
        assert_int_equal(symlinkat("kernel/zvendor", dir.fd, "updates"), 0);
        assert_found(&dir, NULL, "updates/dummy.ko updates/own.ko");
}

CHECK(scan_ranks_each_of_many_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "depmod.conf", "search worse built-in best/of\n");
        tmpdir_write(&dir, "kernel/a/m.ko", "");
        tmpdir_write(&dir, "kernel/v/m.ko", "");
        tmpdir_write(&dir, "worse/x", "");
        tmpdir_write(&dir, "best/x", "");
        assert_int_equal(symlinkat("../kernel/v", dir.fd, "best/of"), 0);
        assert_int_equal(symlinkat("../kernel/a", dir.fd, "worse/a"), 0);
        assert_found(&dir, NULL, "worse/a/m.ko");
        tmpdir_write(&dir, "depmod.conf", "search best/of built-in worse\n");
        assert_found(&dir, NULL, "best/of/m.ko");
        tmpdir_write(&dir, "depmod.conf", "search best/of worse\noverride m * kernel/v\n");
        assert_found(&dir, NULL, "kernel/v/m.ko");
}

/* The way to where the configuration counts goes through a link, in the middle or twice. */
CHECK(scan_finds_what_is_named_through_links)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&dir, "kernel/deep/m.ko", "");
        tmpdir_write(&dir, "kernel/a/m.ko", "");
        tmpdir_write(&dir, "kernel/deep/in/n.ko", "");
        tmpdir_write(&dir, "kernel/in/n.ko", "");
        tmpdir_write(&dir, "a/x", "");
        assert_int_equal(symlinkat("../kernel", dir.fd, "a/l"), 0);
        assert_found(&dir, NULL, "kernel/a/m.ko kernel/deep/in/n.ko");
        tmpdir_write(&dir, "depmod.conf", "search a/l/in built-in a/l/deep\n");
        assert_found(&dir, NULL, "a/l/in/n.ko kernel/a/m.ko");
        tmpdir_write(&dir, "depmod.conf", "override m * a/l/deep\n");
        assert_found(&dir, NULL, "a/l/deep/m.ko kernel/deep/in/n.ko");
        tmpdir_write(&other, "deep/x.ko", "");
        assert_int_equal(symlinkat(other.path, dir.fd, "kernel/out"), 0);
        tmpdir_write(&dir, "kernel/x.ko", "");
        tmpdir_write(&dir, "depmod.conf", "search a/l/out/deep\n");
        assert_found(&dir, NULL, "a/l/out/deep/x.ko kernel/a/m.ko kernel/deep/in/n.ko");
}

/* Names that count alike: no name with a link in it takes a module away from its own directory. */
CHECK(scan_takes_the_name_with_the_fewest_links)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&dir, "kernel/m.ko", "");
        tmpdir_write(&dir, "0/x", "");
        assert_int_equal(symlinkat("../kernel", dir.fd, "0/k"), 0);
        tmpdir_write(&other, "o.ko", "");
        assert_int_equal(symlinkat(other.path, dir.fd, "kernel/z"), 0);
        assert_int_equal(symlinkat(other.path, dir.fd, "kernel/b"), 0);
        assert_int_equal(symlinkat("kernel/z", dir.fd, "kernel/b.d"), 0);
        assert_found(&dir, NULL, "kernel/b/o.ko kernel/m.ko");
        tmpdir_write(&dir, "depmod.conf", "override nix * 0/k\n");
        assert_found(&dir, NULL, "kernel/b/o.ko kernel/m.ko");
}

CHECK(scan_passes_over_what_is_no_regular_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&dir, "a.ko/b.ko", "");
        assert_int_equal(mkfifoat(dir.fd, "c.ko", 0600), 0);
        assert_int_equal(symlinkat("nowhere", dir.fd, "d.ko"), 0);
        assert_int_equal(symlinkat("nowhere", dir.fd, "else"), 0);
        assert_found(&dir, &logged, "a.ko/b.ko");
        assert_int_equal(mkfifoat(dir.fd, "fifo", 0600), 0);
        tn_buf_reset(&logged.text);
        assert_found(&dir, &logged, "a.ko/b.ko");
        assert_string_equal(tn_buf_str(&logged.text), "3 unsupported file type D/c.ko: 10000\n"
                                                      "3 could not read D/d.ko: No such file or directory\n"
                                                      "3 could not read D/else: No such file or directory\n"
                                                      "3 unsupported file type D/fifo: 10000\n");
}

CHECK(scan_passes_over_names_that_would_break_the_files)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "a\nb.ko", "");
        tmpdir_write(&dir, "b\xc3\xa4r.ko", "");
        tmpdir_write(&dir, "with blank/c.ko", "");
        assert_found(&dir, NULL, "with blank/c.ko");
}

CHECK(scan_excludes_at_any_depth)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "depmod.conf", "exclude old b.ko\n");
        tmpdir_write(&dir, "kernel/old/a.ko", "");
        tmpdir_write(&dir, "kernel/b.ko", "");
        tmpdir_write(&dir, "kernel/new/c.ko", "");
        assert_found(&dir, NULL, "kernel/new/c.ko");
}

CHECK(scan_goes_into_external_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), other = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf conf = { 0 }, expected = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tn_buf_addf(&conf, "external * %s /nonexistent\n", other.path);
        tn_buf_addf(&expected, "%s/sub/b.ko kernel/a.ko", other.path);
        tmpdir_write(&dir, "depmod.conf", tn_buf_str(&conf));
        tmpdir_write(&dir, "kernel/a.ko", "");
        tmpdir_write(&other, "a.ko", "");
        tmpdir_write(&other, "sub/b.ko", "");
        assert_found(&dir, &logged, tn_buf_str(&expected));
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 could not open directory /nonexistent: No such file or directory\n");
}

/* All that a scan of a directory and of named files gives, "NAME PATH" each, by path; or the error. */
static int scan_named_in(const struct tn_inroot *root, const struct tmpdir *dir, const char *const *files,
                         struct logged *logged, struct tn_buf *list)
{
        _cleanup_(tn_depmod_modules_fini) struct tn_depmod_modules modules = { 0 };
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        struct tn_dir in = { .path = "D", .fd = dir->fd };
        struct tn_scan_from from = { .dir = &in, .files = files, .root = root, .priority = &priority };
        int r;

        assert_int_equal(tn_priority_load((const char *const[]){ NULL }, NULL, "6.1.0", NULL, &priority), 0);
        r = tn_scan(&from, &logged->log, &modules);
        if (r < 0)
                return r;
        qsort(modules.v, modules.n, sizeof(*modules.v), by_path);
        for (size_t i = 0; i < modules.n; i++)
                tn_buf_addf(list, "%s %s\n", modules.v[i].name.ptr, modules.v[i].path.ptr);
        return 0;
}

static int scan_named(const struct tmpdir *dir, const char *const *files, struct logged *logged,
                      struct tn_buf *list)
{
        return scan_named_in(NULL, dir, files, logged, list);
}

CHECK(scan_takes_named_files_and_all_of_the_tree)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), other = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf list = { 0 }, inside = { 0 }, outside = { 0 }, expected = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&dir, "kernel/a.ko", "");
        tmpdir_write(&dir, "updates/a.ko", "");
        tmpdir_write(&dir, "kernel/b.ko", "");
        tmpdir_write(&other, "c.ko", "");
        tn_buf_addf(&inside, "%s//kernel/a.ko", dir.path);
        tn_buf_addf(&outside, "%s/c.ko", other.path);
        assert_int_equal(scan_named(&dir,
                                    (const char *const[]){ tn_buf_str(&inside), tn_buf_str(&outside),
                                                           tn_buf_str(&inside), NULL },
                                    &logged, &list),
                         0);
        tn_buf_addf(&expected, "c %s/c.ko\na kernel/a.ko\nb kernel/b.ko\n", other.path);
        assert_string_equal(tn_buf_str(&list), tn_buf_str(&expected));
}

CHECK(scan_gives_a_named_file_its_path_in_the_root)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), image = tmpdir_new(), other = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf list = { 0 }, inside = { 0 }, outside = { 0 }, expected = { 0 };
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        assert_int_equal(tn_inroot_init(image.path, &root), 0);
        tmpdir_write(&image, "opt/c.ko", "");
        tmpdir_write(&other, "d.ko", "");
        tn_buf_addf(&inside, "%s/opt/c.ko", image.path);
        tn_buf_addf(&outside, "%s/d.ko", other.path);
        assert_int_equal(
                scan_named_in(&root, &dir,
                              (const char *const[]){ tn_buf_str(&inside), tn_buf_str(&outside), NULL },
                              &logged, &list),
                0);
        tn_buf_addf(&expected, "c /opt/c.ko\nd %s/d.ko\n", other.path);
        assert_string_equal(tn_buf_str(&list), tn_buf_str(&expected));
}

CHECK(scan_refuses_named_files_that_cannot_be_modules)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf list = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        assert_int_equal(scan_named(&dir, (const char *const[]){ "a.ko", NULL }, &logged, &list), -EINVAL);
        assert_int_equal(scan_named(&dir, (const char *const[]){ "/nix/a.ko", NULL }, &logged, &list),
                         -ENOENT);
        assert_int_equal(scan_named(&dir, (const char *const[]){ "/", NULL }, &logged, &list), -EISDIR);
        assert_string_equal(tn_buf_str(&logged.text),
                            "2 a.ko: not absolute path.\n"
                            "2 could not create module /nix/a.ko: No such file or directory\n"
                            "2 could not create module /: Is a directory\n");
}

CHECK(scan_takes_one_named_file_by_two_paths)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf list = { 0 }, one = { 0 }, two = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&dir, "x/a.ko", "");
        tn_buf_addf(&one, "%s/x/a.ko", dir.path);
        tn_buf_addf(&two, "%s//x/./a.ko", dir.path);
        assert_int_equal(scan_named(&dir, (const char *const[]){ tn_buf_str(&one), tn_buf_str(&two), NULL },
                                    &logged, &list),
                         0);
        assert_string_equal(tn_buf_str(&logged.text), "");
}

CHECK(scan_refuses_two_named_files_of_one_module)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf list = { 0 }, one = { 0 }, two = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&dir, "x/a-b.ko", "");
        tmpdir_write(&dir, "y/a_b.ko", "");
        tn_buf_addf(&one, "%s/x/a-b.ko", dir.path);
        tn_buf_addf(&two, "%s/y/a_b.ko", dir.path);
        assert_int_equal(scan_named(&dir, (const char *const[]){ tn_buf_str(&one), tn_buf_str(&two), NULL },
                                    &logged, &list),
                         -EEXIST);
}
