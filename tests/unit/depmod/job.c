/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "check.h"
#include "depmod/job.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void set_time(const struct tmpdir *dir, const char *path, time_t sec)
{
        const struct timespec times[2] = { { sec, 0 }, { sec, 7 } };

        assert_int_equal(utimensat(dir->fd, path, times, 0), 0);
}

static struct tn_job_result run(const struct tmpdir *dir, const char *path, bool versions)
{
        const struct tn_source source = { .dir = { .path = dir->path, .fd = dir->fd } };
        _cleanup_(tn_job_room_fini) struct tn_job_room room = { 0 };
        struct tn_job_result result;

        tn_job_run(&room, &source, tn_span_of(path), versions, &result);
        return result;
}

CHECK(job_gives_what_the_files_need_of_a_module)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        _cleanup_(tn_job_result_fini) struct tn_job_result result = { 0 }, plain = { 0 };
        const struct tn_depmod_list *lists = result.digest.lists;
        struct span image;

        mkelf_info(&elf, "license=GPL");
        mkelf_info(&elf, "alias=x");
        mkelf_info(&elf, "weakdep=w");
        mkelf_export_crc(&elf, "out", 5);
        mkelf_need(&elf, "in", true);
        image = mkelf_span(&elf);
        tmpdir_write_bytes(&dir, "a.ko", image.ptr, image.len);
        set_time(&dir, "a.ko", 1000);
        result = run(&dir, "a.ko", true);
        assert_int_equal(result.error, 0);
        assert_int_equal(result.changed.tv_sec, 1000);
        assert_int_equal(result.changed.tv_nsec, 7);
        assert_string_equal(lists[TN_DEPMOD_ALIAS].text, "x");
        assert_string_equal(lists[TN_DEPMOD_WEAKDEP].text, "w");
        assert_string_equal(lists[TN_DEPMOD_EXPORT].text, "out");
        assert_int_equal(lists[TN_DEPMOD_EXPORT].versions[0].crc, 5);
        assert_string_equal(lists[TN_DEPMOD_NEED].text, "in");
        assert_true(lists[TN_DEPMOD_NEED].versions[0].weak);
        assert_int_equal(lists[TN_DEPMOD_SOFTDEP].n, 0);
        plain = run(&dir, "a.ko", false);
        assert_null(plain.digest.lists[TN_DEPMOD_NEED].versions);
        assert_non_null(plain.digest.lists[TN_DEPMOD_EXPORT].versions);
}

CHECK(job_knows_when_a_file_was_changed_that_is_no_module)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_job_result result;

        tmpdir_write(&dir, "bad.ko", "this is no module");
        set_time(&dir, "bad.ko", 2000);
        result = run(&dir, "bad.ko", false);
        assert_int_equal(result.error, -ENOEXEC);
        assert_int_equal(result.changed.tv_sec, 2000);
        assert_int_equal(mkdirat(dir.fd, "dir.ko", 0755), 0);
        set_time(&dir, "dir.ko", 3000);
        result = run(&dir, "dir.ko", false);
        assert_int_equal(result.error, -EISDIR);
        assert_int_equal(result.changed.tv_sec, 3000);
        result = run(&dir, "none.ko", false);
        assert_int_equal(result.error, -ENOENT);
        assert_int_equal(result.changed.tv_sec, 0);
}
