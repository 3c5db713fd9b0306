/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/depmod.h"
#include "depmod/publish.h"
#include "logged.h"
#include "moddir.h"

/* Whoever only looks needs no lock, and waits for nobody. */
CHECK(load_alone_gives_the_modules_and_writes_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        struct tn_depmod_options options = {
                .world = &WORLD(dir.path),
                .quick = true,
        };
        struct stat before, after;
        const uint32_t *deps;

        moddir_write(&dir, "kernel/b.ko", NULL, "sym");
        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        tmpdir_write(&dir, "modules.order", "kernel/b.ko\nkernel/a.ko\n");
        assert_int_equal(fstat(dir.fd, &before), 0);
        assert_int_equal(tn_depmod_load(&options, NULL, NULL, &depmod), 0);
        assert_int_equal(fstat(dir.fd, &after), 0);
        assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
        assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
        assert_int_equal(depmod.modules.n, 2);
        assert_string_equal(depmod.modules.v[0].name.ptr, "b");
        assert_int_equal(tn_graph_deps(&depmod.graph, 0, &deps), 1);
        assert_int_equal(deps[0], 1);
}

CHECK(load_takes_the_lock_of_where_the_files_will_go)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), out = tmpdir_new();
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        struct tn_depmod_options options = { .world = &WORLD(dir.path) };
        struct tn_publish to = tn_publish_init(out.path, NULL);

        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        assert_int_equal(tn_depmod_load(&options, &to, NULL, &depmod), 0);
        assert_int_equal(moddir_count(&dir, ".tenon-"), 0);
        assert_int_equal(moddir_count(&out, ".tenon-lock"), 1);
        assert_int_equal(moddir_count(&out, "modules."), 0);
        assert_int_equal(tn_publish_files(&depmod, &to), 0);
        tn_publish_end(&to);
        assert_int_equal(moddir_count(&out, ".tenon-"), 0);
        assert_int_equal(moddir_count(&out, "modules."), 11);
}

CHECK(load_quick_reads_no_module_when_the_files_can_stay)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        struct tn_depmod_options options = {
                .world = &WORLD(dir.path),
                .quick = true,
        };
        _cleanup_(tn_publish_end) struct tn_publish to = tn_publish_init(NULL, NULL);

        moddir_write(&dir, "kernel/a.ko", "sym", NULL);
        assert_int_equal(tn_depmod_run(&options, NULL), 0);
        moddir_assert_file(&dir, "modules.dep", "kernel/a.ko:\n");
        assert_int_equal(tn_depmod_load(&options, &to, NULL, &depmod), 1);
        assert_int_equal(depmod.modules.n, 1);
        assert_int_equal(depmod.modules.v[0].lists[TN_DEPMOD_EXPORT].n, 0);
}

static void assert_logs(const struct tmpdir *dir, struct tn_depmod_options *options, const char *text)
{
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf want = { 0 };

        logged_init(&logged);
        options->world = &WORLD(dir->path);
        tmpdir_write(dir, "modules.order", "");
        assert_int_equal(tn_depmod_load(options, NULL, &logged.log, &depmod), 0);
        tn_buf_addf(&want, text, dir->path);
        assert_string_equal(tn_buf_str(&logged.text) ? logged.text.ptr : "", tn_buf_str(&want));
}

/* What the kernel is known to export makes the difference, and a list of versions another one. */
CHECK(load_checks_symbols_against_the_lists_of_the_kernel)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new(), build = tmpdir_new();
        _cleanup_(freep) char *map = tmpdir_path(&build, "map"), *symvers = tmpdir_path(&build, "symvers");
        struct tn_depmod_options options = { .check_symbols = true };

        tmpdir_write(&build, "map", "0 r __ksymtab_printk\n");
        tmpdir_write(&build, "symvers", "0x5\tprintk\tvmlinux\tEXPORT_SYMBOL\n");
        moddir_write(&dir, "kernel/a.ko", NULL, "printk");
        moddir_write(&dir, "kernel/b.ko", NULL, "nix");
        assert_logs(&dir, &options, "4 -e needs -E or -F\n");
        options.system_map = map;
        assert_logs(&dir, &options, "4 %s/kernel/b.ko needs unknown symbol nix\n");
        tmpdir_write(&build, "map", "0 r ___ksymtab_printk\n0 r ___ksymtab_nix\n");
        options.symbol_prefix = '_';
        assert_logs(&dir, &options, "");
        options.symbol_prefix = '\0';
        options.symvers = symvers;
        options.system_map = "/nix";
        moddir_write(&dir, "kernel/b.ko", NULL, NULL);
        assert_logs(&dir, &options, "4 %s/kernel/a.ko disagrees about version of symbol printk\n");
        options.check_symbols = false;
        assert_logs(&dir, &options, "");
}

CHECK(load_ends_without_the_list_that_was_named)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        struct tn_depmod_options options = { .world = &WORLD(dir.path), .symvers = "/nix/symvers" };
        struct tn_depmod depmod;

        logged_init(&logged);
        assert_int_equal(tn_depmod_load(&options, NULL, &logged.log, &depmod), -ENOENT);
        assert_string_equal(tn_buf_str(&logged.text),
                            "2 could not load /nix/symvers: No such file or directory\n");
}

CHECK(load_ends_when_dependencies_cannot_be_written)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        struct tn_depmod_options options = { .world = &WORLD(dir.path), .needs = true, .out_fd = -1 };
        struct tn_depmod depmod;

        logged_init(&logged);
        moddir_write(&dir, "kernel/a.ko", "f", NULL);
        moddir_write(&dir, "kernel/b.ko", NULL, "f");
        tmpdir_write(&dir, "modules.order", "");
        assert_int_equal(tn_depmod_load(&options, NULL, &logged.log, &depmod), -EBADF);
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 could not write dependencies: Bad file descriptor\n");
}

static void tell(void *data, uint32_t done, uint32_t total)
{
        tn_buf_addf(data, "%u/%u ", done, total);
}

CHECK(load_tells_how_many_modules_were_read)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        _cleanup_(tn_buf_fini) struct tn_buf told = { 0 };
        struct tn_depmod_options options = { .world = &WORLD(dir.path), .progress = tell, .data = &told };

        moddir_write(&dir, "kernel/a.ko", NULL, NULL);
        tmpdir_write(&dir, "kernel/b.ko", "this is no module");
        moddir_write(&dir, "kernel/c.ko", NULL, NULL);
        assert_int_equal(tn_depmod_load(&options, NULL, NULL, &depmod), 0);
        assert_string_equal(tn_buf_str(&told), "1/3 2/3 3/3 ");
}

CHECK(load_ends_when_the_files_have_nowhere_to_go)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        struct tn_depmod_options options = { .world = &WORLD(dir.path) };
        struct tn_publish to = tn_publish_init("/nix/out", NULL);
        struct tn_depmod depmod;

        logged_init(&logged);
        assert_int_equal(tn_depmod_load(&options, &to, &logged.log, &depmod), -ENOENT);
        tn_publish_end(&to);
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 could not open directory /nix/out: No such file or directory\n");
}

CHECK(load_has_what_to_show_written_or_says_that_it_was_not)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        _cleanup_(logged_fini) struct logged logged;
        struct tn_depmod_options options = { .world = &WORLD(dir.path) };

        moddir_write(&dir, "kernel/a.ko", NULL, NULL);
        tmpdir_write(&dir, "modules.order", "");
        logged_init(&logged);
        assert_int_equal(tn_depmod_load(&options, NULL, &logged.log, &depmod), 0);
        assert_int_equal(tn_publish_show(&depmod, -1), -EBADF);
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 Could not create index 'modules.dep': Bad file descriptor\n");
}
