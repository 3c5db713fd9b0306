/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "core/evidence_name.h"
#include "core/evidence_stray.h"
#include "fake_kernel.h"
#include "room.h"
#include "util/cleanup.h"

#define ALL (~0u)

static struct tn_evidence_name gather(const char *dir, const char *asked)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        const struct tn_dir at = tn_dir_at(dir);
        struct tn_evidence_name evidence;
        struct tn_evidence_name_from from = { .asked = asked };

        fake_kernel_reset();
        assert_int_equal(tn_catalog_open(&at, &cat), 0);
        from.catalog = cat;
        assert_int_equal(tn_evidence_name_init(&from, &evidence), 0);
        assert_int_equal(evidence.parts, 0);
        assert_int_equal(tn_evidence_name_add(&from, ALL, &evidence), 0);
        return evidence;
}

CHECK(evidence_name_knows_the_tree_and_those_beside_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *some = tmpdir_path(&dir, "lib/modules/6.1"), *base = tmpdir_path(&dir, "");
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };

        tmpdir_write(&dir, "lib/modules/6.1/kernel/mod-b.ko", "");
        tmpdir_write(&dir, "lib/modules/5.10/mod-c.ko", "");
        tmpdir_write(&dir, "lib/modules/6.0/mod-b.ko.xz", "");
        tmpdir_write(&dir, "lib/modules/6.2/modules.order", "");
        tmpdir_write(&dir, "lib/modules/.hidden/mod-b.ko", "");
        evidence = gather(some, "mod-b.ko");
        assert_string_equal(evidence.name, "mod_b");
        assert_string_equal(evidence.version, "6.1");
        assert_true(tn_span_starts(tn_span_of(base), tn_span_of(evidence.base)));
        assert_true(evidence.dir_there && evidence.base_there && evidence.tree.has_files);
        assert_span(evidence.others, "5.10 6.0");
        assert_span(evidence.elsewhere, "6.0");
        assert_string_equal(evidence.tree.file, "kernel/mod-b.ko");
        assert_int_equal(evidence.tree.contents.file_size, 0);
        assert_int_equal(evidence.tree.contents.facts_err, -EINVAL);
        assert_null(evidence.tree.excluded);
        assert_false(evidence.tree.is_odd);
        assert_null(evidence.here);
        assert_null(evidence.twice);
}

CHECK(evidence_name_sees_which_directory_is_not_there)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *gone = tmpdir_path(&dir, "img/lib/modules/6.1"),
                              *twice = tmpdir_path(&dir, "lib/modules/lib/modules/6.1"),
                              *deeper = tmpdir_path(&dir, "lib/modules/6.1/lib/modules/6.1");
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = gather(gone, "a");

        assert_false(evidence.dir_there || evidence.base_there);
        tn_evidence_name_fini(&evidence);
        tmpdir_write(&dir, "lib/modules/6.1/a.ko", "");
        evidence = gather(twice, "a");
        assert_true(evidence.base_there && !evidence.dir_there);
        assert_non_null(evidence.twice);
        assert_true(tn_span_starts(tn_span_of(twice), tn_span_of(evidence.twice)));
        assert_false(tn_span_ends(tn_span_of(evidence.twice), SPAN("/lib/modules")));
        tn_evidence_name_fini(&evidence);
        evidence = gather(deeper, "a");
        assert_non_null(evidence.twice);
        assert_false(tn_span_ends(tn_span_of(evidence.twice), SPAN("6.1")));
}

CHECK(evidence_stray_is_a_file_without_any_suffix)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *conf = tmpdir_path(&dir, "d");
        const char *const dirs[] = { "/nonexistent", conf, NULL };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tmpdir_write(&dir, "d/a.conf", "alias my-a vfat\n");
        tmpdir_write(&dir, "d/b.bak", "alias my-b vfat\n");
        tmpdir_write(&dir, "d/c", "alias my-c vfat\n");
        assert_int_equal(tn_evidence_stray_find(dirs, "my-a", &path), 0);
        assert_int_equal(tn_evidence_stray_find(dirs, "my-b", &path), 0);
        assert_int_equal(tn_evidence_stray_find(dirs, "my[", &path), 0);
        assert_int_equal(path.len, 0);
        assert_int_equal(tn_evidence_stray_find(dirs, "my_c", &path), 0);
        assert_true(tn_span_ends(tn_buf_span(&path), SPAN("/d/c")));
}

static struct tn_evidence_name gather_from(const struct tmpdir *dir, const char *asked)
{
        _cleanup_(freep) char *top = tmpdir_path(dir, "");

        return gather(top, asked);
}

CHECK(evidence_tree_takes_the_best_file_of_a_name)
{
        _cleanup_(freep) char *link = NULL;
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };

        tmpdir_write(&dir, "6.1/a-b.c", "");
        evidence = gather_from(&dir, "a_b");
        assert_null(evidence.tree.file);
        assert_false(evidence.tree.has_files);
        tn_evidence_name_fini(&evidence);
        tmpdir_write(&dir, "6.1/a-b.ko.bz2", "BZh9");
        evidence = gather_from(&dir, "a_b");
        assert_string_equal(evidence.tree.file, "6.1/a-b.ko.bz2");
        assert_true(evidence.tree.is_odd);
        assert_false(evidence.tree.has_files);
        tn_evidence_name_fini(&evidence);
        link = tmpdir_path(&dir, "6.1/a-b.ko");
        assert_int_equal(symlink("nix", link), 0);
        evidence = gather_from(&dir, "a_b");
        assert_string_equal(evidence.tree.file, "6.1/a-b.ko");
        assert_string_equal(evidence.tree.contents.link.text, "nix");
        assert_int_equal(evidence.tree.contents.file_err, -ENOENT);
        tn_evidence_name_fini(&evidence);
        tmpdir_write(&dir, "6.3/a_b.ko.xz", "text");
        evidence = gather_from(&dir, "a_b");
        assert_string_equal(evidence.tree.file, "6.3/a_b.ko.xz");
        assert_true(evidence.tree.has_files);
}
