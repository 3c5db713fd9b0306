/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "core/insert.h"
#include "fake_kernel.h"
#include "format/codec.h"
#include "kernel/kernel.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* "plain" as gzip keeps it; the same with a comment, which is the second byte from the start of the flags. */
static const char gz[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\xc8\x49\xcc\xcc\x03\x00\xcf\x62\x20"
                         "\x19\x05\x00\x00\x00";
static const char gz_comment[] =
        "\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\x03!\x00\x2b\xc8\x49\xcc\xcc\x03\x00\xcf"
        "\x62\x20\x19\x05\x00\x00\x00";

/* Loads a file of these bytes named fat.ko. */
static int insert(struct span bytes, unsigned flags)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "fat.ko");

        tmpdir_write_bytes(&dir, "fat.ko", bytes.ptr, bytes.len);
        return tn_insert_file(path, "a=1", flags);
}

/* Whether this build decompresses at all. */
static bool has_gzip(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        return tn_codec_decode(&tn_codec_gz, (struct span){ gz, sizeof(gz) - 1 }, 100, &out) == 0;
}

static const struct span compressed = { gz, sizeof(gz) - 1 };

CHECK(insert_gives_a_plain_file_as_it_is)
{
        fake_kernel_reset();
        assert_int_equal(insert(SPAN("plain"), TN_KERNEL_IGNORE_VERMAGIC), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 2\n");
}

CHECK(insert_does_not_try_a_plain_file_twice)
{
        fake_kernel_reset();
        fake_kernel_fail("fat", -EINVAL);
        assert_int_equal(insert(SPAN("plain"), 0), -EINVAL);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 0\n");
}

CHECK(insert_gives_the_bytes_to_a_kernel_that_takes_no_files)
{
        fake_kernel_reset();
        fake_kernel_fail("fat", -ENOSYS);
        assert_int_equal(insert(SPAN("plain"), 0), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 0\ninit image 'a=1' 5\n");
        assert_span(fake_kernel_image(), "plain");
}

CHECK(insert_leaves_decompression_to_a_kernel_that_can)
{
        fake_kernel_reset();
        fake_kernel_set_compression("gzip");
        assert_int_equal(insert(compressed, TN_KERNEL_IGNORE_MODVERSIONS), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 5\n");
}

CHECK(insert_decompresses_for_a_kernel_that_cannot)
{
        if (!has_gzip())
                return;
        fake_kernel_reset();
        assert_int_equal(insert(compressed, 0), 0);
        assert_span(fake_kernel_image(), "plain");
        fake_kernel_reset();
        fake_kernel_set_compression("xz");
        assert_int_equal(insert(compressed, 0), 0);
        assert_string_equal(fake_kernel_journal(), "init image 'a=1' 5\n");
}

CHECK(insert_decompresses_what_is_beyond_the_kernels_decoder)
{
        if (!has_gzip())
                return;
        fake_kernel_reset();
        fake_kernel_set_compression("gzip");
        assert_int_equal(insert((struct span){ gz_comment, sizeof(gz_comment) - 1 }, 0), 0);
        assert_string_equal(fake_kernel_journal(), "init image 'a=1' 5\n");
}

CHECK(insert_decompresses_what_the_kernel_refused)
{
        static const int errs[] = { -EINVAL, -EOPNOTSUPP, -ENOEXEC, -ENOSYS };

        for (size_t i = 0; i < ARRAY_SIZE(errs) && has_gzip(); i++) {
                fake_kernel_reset();
                fake_kernel_set_compression("gzip");
                fake_kernel_fail("fat", errs[i]);
                assert_int_equal(insert(compressed, 0), 0);
                assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 4\ninit image 'a=1' 5\n");
        }
}

CHECK(insert_tells_the_second_answer)
{
        if (!has_gzip())
                return;
        fake_kernel_reset();
        fake_kernel_set_compression("gzip");
        fake_kernel_add("image", 0, "");
        fake_kernel_fail("fat", -EINVAL);
        assert_int_equal(insert(compressed, 0), -EEXIST);
}

CHECK(insert_does_not_try_again_what_is_no_matter_of_compression)
{
        static const int errs[] = { -EEXIST, -ENOENT, -EPERM, -EKEYREJECTED, -EBUSY, -ENODEV };

        for (size_t i = 0; i < ARRAY_SIZE(errs); i++) {
                fake_kernel_reset();
                fake_kernel_set_compression("gzip");
                fake_kernel_fail("fat", errs[i]);
                assert_int_equal(insert(compressed, 0), errs[i]);
                assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 4\n");
        }
}

CHECK(insert_of_a_corrupt_file_is_an_error)
{
        if (!has_gzip())
                return;
        fake_kernel_reset();
        assert_int_equal(insert((struct span){ gz, 15 }, 0), -EINVAL);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(insert_forces_by_changing_a_copy)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_info(&made, "vermagic=0.0.1");
        fake_kernel_reset();
        fake_kernel_fail("fat", -ENOSYS);
        assert_int_equal(insert(mkelf_span(&made), TN_KERNEL_IGNORE_MODVERSIONS | TN_KERNEL_IGNORE_VERMAGIC),
                         0);
        assert_int_equal(fake_kernel_image().len, made.image.len);
        assert_null(memmem(fake_kernel_image().ptr, fake_kernel_image().len, "0.0.1", 5));
        fake_kernel_reset();
        fake_kernel_fail("fat", -ENOSYS);
        assert_int_equal(insert(mkelf_span(&made), 0), 0);
        assert_non_null(memmem(fake_kernel_image().ptr, fake_kernel_image().len, "0.0.1", 5));
}

CHECK(insert_cannot_force_without_vermagic)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);

        mkelf_info(&made, "license=GPL");
        fake_kernel_reset();
        fake_kernel_fail("fat", -ENOSYS);
        assert_int_equal(insert(mkelf_span(&made), TN_KERNEL_IGNORE_VERMAGIC), -ENODATA);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 2\n");
}

CHECK(insert_gives_an_open_file_as_it_is)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;

        tmpdir_write(&dir, "fat.ko", "plain");
        fd = openat(dir.fd, "fat.ko", O_RDONLY | O_CLOEXEC);
        fake_kernel_reset();
        assert_int_equal(tn_insert_fd(fd, "a=1", TN_KERNEL_IGNORE_VERMAGIC), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat 'a=1' 2\n");
        assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
}

CHECK(insert_gives_the_rest_of_an_open_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;

        tmpdir_write(&dir, "fat.ko", "headplain");
        fd = openat(dir.fd, "fat.ko", O_RDONLY | O_CLOEXEC);
        assert_int_equal(lseek(fd, 4, SEEK_SET), 4);
        fake_kernel_reset();
        assert_int_equal(tn_insert_fd(fd, "", 0), 0);
        assert_string_equal(fake_kernel_journal(), "init image '' 5\n");
        assert_span(fake_kernel_image(), "plain");
}

CHECK(insert_reads_a_pipe_and_decompresses_it_whatever_the_kernel_can)
{
        int ends[2];

        if (!has_gzip())
                return;
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], gz, sizeof(gz) - 1), (ssize_t)sizeof(gz) - 1);
        close(ends[1]);
        fake_kernel_reset();
        fake_kernel_set_compression("gzip");
        assert_int_equal(tn_insert_fd(ends[0], "a=1", 0), 0);
        assert_string_equal(fake_kernel_journal(), "init image 'a=1' 5\n");
        assert_span(fake_kernel_image(), "plain");
        close(ends[0]);
}

CHECK(insert_of_what_is_not_open_is_an_error)
{
        fake_kernel_reset();
        assert_int_equal(tn_insert_fd(-1, "", 0), -EBADF);
        assert_string_equal(fake_kernel_journal(), "");
}
