/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "core/modfile.h"
#include "tmpdir.h"
#include "util/cleanup.h"

/* "plain" as gzip keeps it. */
static const char gz[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\xc8\x49\xcc\xcc\x03\x00\xcf\x62\x20"
                         "\x19\x05\x00\x00\x00";

CHECK(modfile_gives_plain_bytes_as_they_are)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes, again;

        tmpdir_write(&dir, "a.ko", "some bytes");
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &file), 0);
        assert_null(file.codec);
        assert_true(file.fd >= 0);
        assert_int_equal(tn_modfile_bytes(&file, &bytes), 0);
        assert_span(bytes, "some bytes");
        assert_int_equal(tn_modfile_bytes(&file, &again), 0);
        assert_ptr_equal(again.ptr, bytes.ptr);
}

CHECK(modfile_that_is_closed_has_no_descriptor)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_modfile file;
        int fd;

        tmpdir_write(&dir, "a.ko", "some bytes");
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &file), 0);
        fd = file.fd;
        tn_modfile_close(&file);
        assert_int_equal(file.fd, -1);
        assert_int_equal(fcntl(fd, F_GETFD), -1);
}

CHECK(modfile_may_be_empty)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes;

        tmpdir_write(&dir, "a.ko", "");
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &file), 0);
        assert_int_equal(tn_modfile_bytes(&file, &bytes), 0);
        assert_int_equal(bytes.len, 0);
}

CHECK(modfile_is_decompressed_by_its_magic_whatever_its_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes;
        int r;

        tmpdir_write_bytes(&dir, "a.ko", gz, sizeof(gz) - 1);
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &file), 0);
        assert_ptr_equal(file.codec, &tn_codec_gz);
        r = tn_modfile_bytes(&file, &bytes);
        if (r == -ENOSYS)
                return; /* not built in */
        assert_int_equal(r, 0);
        assert_span(bytes, "plain");
}

CHECK(modfile_that_does_not_decompress_is_an_error_each_time)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes;

        tmpdir_write_bytes(&dir, "a.ko.xz",
                           "\xfd"
                           "7zXZ\0\0\4broken",
                           14);
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko.xz", &file), 0);
        assert_ptr_equal(file.codec, &tn_codec_xz);
        assert_true(tn_modfile_bytes(&file, &bytes) < 0);
        assert_true(tn_modfile_bytes(&file, &bytes) < 0);
}

CHECK(modfile_keeps_what_it_read_when_the_file_is_cut)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile before = { .fd = -1 }, after = { .fd = -1 };
        struct span bytes;

        tmpdir_write(&dir, "a.ko", "0123456789");
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &before), 0);
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &after), 0);
        assert_int_equal(tn_modfile_bytes(&before, &bytes), 0);
        tmpdir_write(&dir, "a.ko", "01");
        assert_span(bytes, "0123456789");
        assert_int_equal(tn_modfile_bytes(&after, &bytes), 0);
        assert_span(bytes, "01");
}

CHECK(modfile_must_be_a_regular_file_of_bearable_size)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile huge = { .fd = -1 };
        _cleanup_(freep) char *path = tmpdir_path(&dir, "huge.ko");
        const struct tn_elfsift_want want = { 0 };
        struct tn_elfsift_excess excess;
        struct tn_modfile file;
        struct span bytes;

        assert_int_equal(mkdirat(dir.fd, "dir.ko", 0755), 0);
        assert_int_equal(mkfifoat(dir.fd, "fifo.ko", 0644), 0);
        assert_int_equal(tn_modfile_open(dir.fd, "none.ko", &file), -ENOENT);
        assert_int_equal(tn_modfile_open(dir.fd, "dir.ko", &file), -EISDIR);
        assert_int_equal(tn_modfile_open(dir.fd, "fifo.ko", &file), -EINVAL);
        assert_int_equal(tn_modfile_open(AT_FDCWD, "/dev/null", &file), -EINVAL);

        tmpdir_write(&dir, "huge.ko", "");
        if (truncate(path, (off_t)tn_modfile_max() + 1) < 0)
                return; /* no room even for a file of holes */
        assert_int_equal(tn_modfile_open(AT_FDCWD, path, &huge), 0);
        assert_int_equal(tn_modfile_bytes(&huge, &bytes), -EFBIG);
        assert_int_equal(tn_modfile_parts(&huge, &want, &bytes, &excess), -EFBIG);
}

/* A pipe with the bytes in it and nobody who writes more. */
static int pipe_of(const void *ptr, size_t len)
{
        int ends[2];

        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], ptr, len), (ssize_t)len);
        close(ends[1]);
        return ends[0];
}

CHECK(modfile_may_come_through_a_pipe)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(closep) int fd = pipe_of("some bytes", 10);
        struct span bytes;

        assert_int_equal(tn_modfile_drain(fd, &file), 0);
        assert_null(file.codec);
        assert_int_equal(file.fd, -1);
        assert_int_equal(tn_modfile_bytes(&file, &bytes), 0);
        assert_span(bytes, "some bytes");
        assert_int_equal(fcntl(fd, F_GETFD), 0);
}

CHECK(modfile_that_comes_through_a_pipe_may_be_compressed)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(closep) int fd = pipe_of(gz, sizeof(gz) - 1), cut = pipe_of(gz, sizeof(gz) - 4);
        struct tn_modfile none;
        struct span bytes;
        int r = tn_modfile_drain(fd, &file);

        if (r == -ENOSYS)
                return; /* not built in */
        assert_int_equal(r, 0);
        assert_ptr_equal(file.codec, &tn_codec_gz);
        assert_int_equal(tn_modfile_bytes(&file, &bytes), 0);
        assert_span(bytes, "plain");
        assert_int_equal(tn_modfile_drain(cut, &none), -EINVAL);
        assert_int_equal(tn_modfile_drain(-1, &none), -EBADF);
}
