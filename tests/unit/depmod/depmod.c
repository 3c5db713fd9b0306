/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/depmod.h"
#include "logged.h"
#include "moddir.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static int run(const struct tmpdir *dir, struct logged *logged)
{
        struct tn_depmod_options options = {
                .world = &WORLD(dir->path),
                .out_fd = -1,
        };

        return tn_depmod_run(&options, logged ? &logged->log : NULL);
}

/* A path that had no links when it was asked for may have one by now. */
CHECK(depmod_in_a_root_neither_reads_nor_writes_outside)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *img = tmpdir_path(&dir, "img"), *mods = tmpdir_path(&dir, "img/lib"),
                              *out = tmpdir_path(&dir, "out");
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        struct tn_world world = WORLD(mods);
        struct tn_depmod_options options = { .world = &world };
        struct stat st;

        moddir_write(&dir, "out/outside.ko", NULL, NULL);
        tmpdir_write(&dir, "img/x", "");
        assert_int_equal(symlinkat(out, dir.fd, "img/lib"), 0);
        assert_int_equal(tn_inroot_init(img, &root), 0);
        world.inroot = root;
        world.dir.root = &world.inroot;
        world.dir.inside = "/lib";
        assert_int_equal(tn_depmod_run(&options, NULL), -ENOENT);
        assert_int_equal(fstatat(dir.fd, "out/modules.dep", &st, 0), -1);
        assert_int_equal(unlinkat(dir.fd, "img/lib", 0), 0);
        assert_int_equal(symlinkat("/usr", dir.fd, "img/lib"), 0);
        moddir_write(&dir, "img/usr/inside.ko", NULL, NULL);
        assert_int_equal(tn_depmod_run(&options, NULL), 0);
        moddir_assert_file(&dir, "img/usr/modules.dep", "inside.ko:\n");
}

CHECK(depmod_writes_all_files_and_leaves_no_other)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        moddir_write(&dir, "kernel/b.ko", NULL, "sym");
        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        tmpdir_write(&dir, "modules.order", "kernel/b.ko\nkernel/a.ko\n");
        assert_int_equal(run(&dir, NULL), 0);
        moddir_assert_file(&dir, "modules.dep", "kernel/b.ko: kernel/a.ko\nkernel/a.ko:\n");
        assert_int_equal(moddir_count(&dir, "modules."), 12);
        assert_int_equal(moddir_count(&dir, "."), 2);
}

CHECK(depmod_of_an_empty_tree_succeeds)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        assert_int_equal(run(&dir, NULL), 0);
        moddir_assert_file(&dir, "modules.dep", "");
        assert_int_equal(moddir_count(&dir, "modules."), 11);
}

CHECK(depmod_passes_over_broken_modules_with_one_message)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        logged_init(&logged);
        logged.log.max = TN_LOG_ERR;
        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        tmpdir_write(&dir, "kernel/bad.ko", "this is no module");
        tmpdir_write(&dir, "modules.order", "kernel/bad.ko\nkernel/a.ko\n");
        assert_int_equal(run(&dir, &logged), 0);
        moddir_assert_file(&dir, "modules.dep", "kernel/bad.ko:\nkernel/a.ko:\n");
        tn_buf_addf(&expected, "3 failed to load symbols from %s/kernel/bad.ko: Exec format error\n",
                    dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
}

CHECK(depmod_reports_cycles_and_keeps_the_old_index)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        logged.log.max = TN_LOG_ERR;
        moddir_write(&dir, "kernel/a.ko", "sym_a", "sym_b");
        moddir_write(&dir, "kernel/b.ko", "sym_b", "sym_a");
        tmpdir_write(&dir, "modules.order", "kernel/b.ko\nkernel/a.ko\n");
        tmpdir_write(&dir, "modules.dep", "old");
        assert_int_equal(run(&dir, &logged), -ELOOP);
        assert_string_equal(tn_buf_str(&logged.text), "3 Cycle detected: b -> a -> b\n"
                                                      "3 Found 2 modules in dependency cycles!\n");
        moddir_assert_file(&dir, "modules.dep", "old");
        assert_int_equal(moddir_count(&dir, "modules."), 2);
        assert_int_equal(moddir_count(&dir, "."), 2);
}

CHECK(depmod_that_cannot_write_keeps_the_old_index)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct rlimit before, none;
        void (*handler)(int);

        logged_init(&logged);
        logged.log.max = TN_LOG_ERR;
        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        tmpdir_write(&dir, "modules.dep", "old");
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
        none = (struct rlimit){ 30, before.rlim_max };
        handler = signal(SIGXFSZ, SIG_IGN);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
        assert_int_equal(run(&dir, &logged), -EFBIG);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        signal(SIGXFSZ, handler);
        tn_buf_addf(&expected,
                    "3 Could not create index 'modules.alias': File too large. The files in %s stay as they "
                    "were.\n",
                    dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
        moddir_assert_file(&dir, "modules.dep", "old");
        assert_int_equal(moddir_count(&dir, "modules."), 1);
        assert_int_equal(moddir_count(&dir, "."), 2);
}

CHECK(depmod_cleans_up_after_a_run_that_was_killed)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, ".tenon-new-modules.dep", "half");
        tmpdir_write(&dir, ".tenon-old-modules.alias.bin", "old");
        tmpdir_write(&dir, ".tenon-journal", "cut sho");
        assert_int_equal(run(&dir, NULL), 0);
        assert_int_equal(moddir_count(&dir, "."), 2);
}

CHECK(depmod_runs_whatever_has_its_hidden_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        tmpdir_write(&dir, "modules.alias", "old");
        tmpdir_write(&dir, ".tenon-new-modules.dep/x", "in the way");
        tmpdir_write(&dir, ".tenon-1-old-modules.alias/x", "in the way");
        assert_int_equal(mkdirat(dir.fd, ".tenon-2-journal", 0755), 0);
        assert_int_equal(run(&dir, NULL), 0);
        moddir_assert_file(&dir, "modules.dep", "kernel/a.ko:\n");
        moddir_assert_file(&dir, "modules.alias", "# Aliases extracted from modules themselves.\n");
        assert_int_equal(moddir_count(&dir, ".tenon-"), 2);
}

CHECK(depmod_without_directory_is_told_in_two_messages)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "none");
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct tn_depmod_options options = { .world = &WORLD(path) };

        logged_init(&logged);
        assert_int_equal(tn_depmod_run(&options, &logged.log), -ENOENT);
        tn_buf_addf(&expected,
                    "3 could not open directory %s: No such file or directory\n"
                    "2 could not search modules: No such file or directory\n",
                    path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
}

CHECK(depmod_shows_the_text_files_and_writes_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), out = tmpdir_new();
        _cleanup_(closep) int fd = openat(out.fd, "shown", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        struct tn_depmod_options options = {
                .world = &WORLD(dir.path),
                .show = true,
                .needs = true,
                .out_fd = fd,
        };
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        assert_true(fd >= 0);
        moddir_write(&dir, "kernel/a.ko", "ext4", NULL);
        moddir_write(&dir, "kernel/b.ko", NULL, "ext4");
        tmpdir_write(&dir, "modules.order", "kernel/a.ko\nkernel/b.ko\n");
        assert_int_equal(tn_depmod_run(&options, NULL), 0);
        tn_buf_addf(&expected,
                    "%s/kernel/b.ko needs \"ext4\": %s/kernel/a.ko\n"
                    "kernel/a.ko:\nkernel/b.ko: kernel/a.ko\n"
                    "# Aliases extracted from modules themselves.\n"
                    "# Soft dependencies extracted from modules themselves.\n"
                    "# Weak dependencies extracted from modules themselves.\n"
                    "# Aliases for symbols, used by symbol_request().\nalias symbol:ext4 a\n",
                    dir.path, dir.path);
        moddir_assert_file(&out, "shown", tn_buf_str(&expected));
        assert_int_equal(moddir_count(&dir, "modules."), 1);
}

CHECK(depmod_writes_where_it_is_told)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), out = tmpdir_new();
        struct tn_depmod_options options = {
                .world = &WORLD(dir.path),
                .out_dir = out.path,
        };

        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        assert_int_equal(tn_depmod_run(&options, NULL), 0);
        assert_int_equal(moddir_count(&dir, "modules."), 0);
        assert_int_equal(moddir_count(&out, "modules."), 11);
        moddir_assert_file(&out, "modules.dep", "kernel/a.ko:\n");
}

/* Quick runs compare the two. */
CHECK(depmod_makes_its_list_no_older_than_a_module_from_the_future)
{
        const struct timespec late[2] = { { 4000000000, 5 }, { 4000000000, 5 } };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct stat st;

        moddir_write(&dir, "kernel/a.ko", NULL, NULL);
        assert_int_equal(utimensat(dir.fd, "kernel/a.ko", late, 0), 0);
        assert_int_equal(run(&dir, NULL), 0);
        assert_int_equal(fstatat(dir.fd, "modules.dep", &st, 0), 0);
        assert_int_equal(st.st_mtim.tv_sec, 4000000000);
        assert_int_equal(st.st_mtim.tv_nsec, 5);
        assert_int_equal(fstatat(dir.fd, "modules.alias", &st, 0), 0);
        assert_true(st.st_mtim.tv_sec < 4000000000);
}
