/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/diagnose.h"
#include "core/diagnose_load.h"
#include "fake_kernel.h"
#include "util/cleanup.h"
#include "room.h"

static void assert_missing(const struct tn_diagnose_missing *missing, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        assert_int_equal(tn_diagnose_missing(missing, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

static void assert_link(struct span text, int err, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        assert_int_equal(tn_diagnose_link(text, err, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

CHECK(diagnose_of_a_link_says_where_it_leads)
{
        assert_link(SPAN("/a\033.ko"), -ELOOP,
                    "it is a symbolic link to /a\\x1b.ko, which leads back to it\n");
        assert_link(SPAN("/a.ko"), -ENOENT, "it is a symbolic link to /a.ko, which is not there\n");
        assert_link(SPAN("a.ko"), -ENOENT,
                    "it is a symbolic link to a.ko, which is not there\n"
                    "a relative path in a link counts from the directory of the link: "
                    "make it with ln -sr, or with an absolute path\n");
        assert_link(SPAN("a.ko"), -EACCES, "");
}

CHECK(diagnose_of_a_missing_module_says_what_there_is)
{
        struct tn_diagnose_missing missing = { .version = "6.1" };

        assert_missing(&missing, "");
        missing.file = SPAN("kernel/a.ko");
        assert_missing(&missing, "kernel/a.ko is there, but no index knows it: run depmod 6.1\n");
        missing.no_modules = true;
        assert_missing(&missing, "there are no modules in it\n");
        missing.no_dir = true;
        assert_missing(&missing, "there are no modules for 6.1\n");
        missing.others = SPAN("5.10 6.12");
        missing.running = true;
        assert_missing(&missing, "there are no modules for 6.1, the running kernel; there are for 5.10 6.12\n"
                                 "they may have been replaced by an update: reboot, or install them\n");
}

static void assert_load_missing(const char *dir, const char *name, const char *want)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };
        const struct tn_dir at = tn_dir_at(dir);

        fake_kernel_reset();
        assert_int_equal(tn_catalog_open(&at, &cat), 0);
        assert_int_equal(tn_diagnose_load_missing(name, cat, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

CHECK(diagnose_finds_what_there_is_of_a_missing_module)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *some = tmpdir_path(&dir, "6.1"), *none = tmpdir_path(&dir, "6.2"),
                              *gone = tmpdir_path(&dir, "6.3");

        tmpdir_write(&dir, "6.1/kernel/a/mod-b.ko", "");
        tmpdir_write(&dir, "6.1/kernel/b/mod_c.ko.xz", "");
        tmpdir_write(&dir, "6.2/modules.order", "");
        tmpdir_write(&dir, "5.10/x", "");
        tmpdir_write(&dir, ".hidden/x", "");
        assert_load_missing(some, "mod_b",
                            "kernel/a/mod-b.ko is there, but no index knows it: run depmod 6.1\n");
        assert_load_missing(some, "mod-c",
                            "kernel/b/mod_c.ko.xz is there, but no index knows it: run depmod 6.1\n");
        assert_load_missing(some, "mod_d", "");
        assert_load_missing(none, "mod_b", "there are no modules in it\n");
        assert_load_missing(gone, "mod_b", "there are no modules for 6.3; there are for 5.10 6.1 6.2\n");
}
