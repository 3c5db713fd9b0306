/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>

#include "check.h"
#include "core/dkms.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void assert_dkms(const struct tmpdir *dir, const char *releases, const char *expected)
{
        struct tn_inroot inroot;
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_findings findings = { 0 };
        const struct tn_finding *finding;
        struct tn_dir root = { .fd = AT_FDCWD, .root = &inroot };

        assert_int_equal(tn_inroot_init(dir->path, &inroot), 0);
        assert_int_equal(tn_dkms_check(&root, tn_span_of(releases), &findings), 0);
        tn_vec_each (finding, &findings.list)
                tn_buf_addf(&got, "%s %s %s%s\n", finding->name, finding->subject, finding->other,
                            finding->guess ? "?" : "");
        assert_string_equal(tn_buf_str(&got), expected);
        tn_findings_fini(&findings);
        tn_inroot_fini(&inroot);
}

CHECK(dkms_names_kernels_that_a_module_was_not_built_for)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "var/lib/dkms/zfs/2.1/6.1/x86_64/module/zfs.ko", "");
        tmpdir_write(&dir, "var/lib/dkms/zfs/2.2/6.12/x86_64/module/zfs.ko", "");
        tmpdir_write(&dir, "var/lib/dkms/zfs/2.2/build/make.log", "");
        tmpdir_write(&dir, "var/lib/dkms/added/1/source/dkms.conf", "");
        tmpdir_write(&dir, "var/lib/dkms/own/0.9/6.1/x86_64/module/own.ko", "");
        tmpdir_write(&dir, "var/lib/dkms/own/0.9/source/dkms.conf", "BUILD_EXCLUSIVE_KERNEL=\"^6\\.1\"\n");
        assert_dkms(&dir, "6.1 6.12", "own 0.9 6.12?\n");
        assert_dkms(&dir, "6.1 6.12 6.13", "own 0.9 6.12?\nown 0.9 6.13?\nzfs 2.2 6.13\n");
        assert_dkms(&dir, "", "");
}

CHECK(dkms_need_not_be_there)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        assert_dkms(&dir, "6.1", "");
}
