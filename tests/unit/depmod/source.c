/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "check.h"
#include "depmod/source.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void assert_shown(const struct tn_source *source, const char *path, const char *shown)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        tn_source_add_path(source, tn_span_of(path), &out);
        assert_string_equal(tn_buf_str(&out), shown);
}

CHECK(source_shows_paths_as_they_are_seen_from_outside)
{
        const struct tn_inroot root = { .dir = "/img" };
        struct tn_source source = { .dir = { .path = "/img/lib", .fd = -1 }, .root = &root };

        assert_shown(&source, "kernel/a.ko", "/img/lib/kernel/a.ko");
        assert_shown(&source, "/opt/a.ko", "/img/opt/a.ko");
        source.root = NULL;
        assert_shown(&source, "/opt/a.ko", "/opt/a.ko");
}

/* What is absolute is the root's, even where the module directory is not looked at as a part of it. */
CHECK(source_opens_absolute_paths_in_the_root)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_source_close) struct tn_source source = TN_SOURCE_NONE;
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        struct tn_dir from = tn_dir_at(dir.path);
        struct stat st;

        tmpdir_write(&dir, "opt/a.ko", "");
        tmpdir_write(&dir, "b.ko", "");
        assert_int_equal(tn_inroot_init(dir.path, &root), 0);
        assert_int_equal(tn_source_open(&from, &root, &source), 0);
        assert_null(source.dir.root);
        from = tn_source_dir(&source, SPAN("/opt/a.ko"));
        assert_int_equal(tn_dir_stat(&from, "/opt/a.ko", &st), 0);
        from = tn_source_dir(&source, SPAN("b.ko"));
        assert_int_equal(tn_dir_stat(&from, "b.ko", &st), 0);
        assert_int_equal(tn_dir_stat(&from, "/opt/a.ko", &st), -ENOENT);
}

CHECK(source_may_be_closed_twice)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        const struct tn_dir from = tn_dir_at(dir.path);
        struct tn_source source;

        assert_int_equal(tn_source_open(&from, NULL, &source), 0);
        assert_true(source.dir.fd >= 0);
        tn_source_close(&source);
        assert_int_equal(source.dir.fd, -1);
        tn_source_close(&source);
}
