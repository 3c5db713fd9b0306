/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"

static int map(int dirfd, const char *path, struct tn_file *ret_file)
{
        _cleanup_(closep) int fd = tn_file_open(dirfd, path, O_RDONLY | O_NONBLOCK);

        return fd < 0 ? fd : tn_file_map(fd, ret_file);
}

CHECK(file_is_mapped_relative_and_absolute)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a");
        struct tn_file file;

        tmpdir_write(&dir, "a", "text");
        assert_int_equal(map(dir.fd, "a", &file), 0);
        assert_span(tn_file_span(&file), "text");
        tn_file_unmap(&file);
        assert_int_equal(map(-1, path, &file), 0);
        assert_span(tn_file_span(&file), "text");
        tn_file_unmap(&file);
        assert_int_equal(file.len, 0);
        tn_file_unmap(&file);
}

CHECK(file_without_bytes_maps_to_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_file file = { "x", 1 };

        tmpdir_write(&dir, "empty", "");
        assert_int_equal(map(dir.fd, "empty", &file), 0);
        assert_int_equal(file.len, 0);
        tn_file_unmap(&file);
}

CHECK(file_that_cannot_be_mapped_says_why)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_file file;

        assert_int_equal(map(dir.fd, "missing", &file), -ENOENT);
        assert_int_equal(map(dir.fd, ".", &file), -EINVAL);
        assert_int_equal(map(AT_FDCWD, "/dev/null", &file), -EINVAL);
        assert_int_equal(tn_file_map(-1, &file), -EBADF);
        assert_int_equal(symlinkat("loop", dir.fd, "loop"), 0);
        assert_int_equal(tn_file_open(dir.fd, "loop", O_RDONLY), -ELOOP);
}

CHECK(file_that_is_a_fifo_is_not_mapped)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_file file;

        assert_int_equal(mkfifoat(dir.fd, "fifo", 0600), 0);
        assert_int_equal(map(dir.fd, "fifo", &file), -EINVAL);
}

CHECK(file_descriptors_do_not_leak_into_children)
{
        int fd = tn_file_open(AT_FDCWD, "/dev/null", O_RDONLY);

        assert_true(fd >= 0);
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        close(fd);
}

CHECK(file_read_appends_whatever_the_kind)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        int ends[2];

        assert_int_equal(pipe(ends), 0);
        assert_int_equal(tn_file_write(ends[1], SPAN("from a pipe")), 0);
        close(ends[1]);
        tn_buf_add_str(&buf, "> ");
        assert_int_equal(tn_file_read(ends[0], 100, &buf), 0);
        close(ends[0]);
        assert_span(tn_buf_span(&buf), "> from a pipe");

        tn_buf_reset(&buf);
        assert_int_equal(tn_file_read_at(AT_FDCWD, "/proc/self/status", 1 << 20, &buf), 0);
        assert_true(tn_span_starts(tn_buf_span(&buf), SPAN("Name:")));
}

CHECK(file_read_stops_past_the_maximum)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tmpdir_write(&dir, "ten", "0123456789");
        assert_int_equal(tn_file_read_at(dir.fd, "ten", 10, &buf), 0);
        assert_span(tn_buf_span(&buf), "0123456789");
        tn_buf_reset(&buf);
        assert_int_equal(tn_file_read_at(dir.fd, "ten", 9, &buf), -EFBIG);
        tn_buf_reset(&buf);
        assert_int_equal(tn_file_read_at(AT_FDCWD, "/dev/zero", 100000, &buf), -EFBIG);
        assert_true(buf.cap < 1 << 20);
}

CHECK(file_of_a_line_is_read_whole)
{
        static const size_t sizes[] = { 0, 1, 5, 4095, 4096, 4097, 20000 };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        for (size_t i = 0; i < 2 * ARRAY_SIZE(sizes); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
                size_t size = sizes[i / 2];

                while (text.len < size)
                        tn_buf_add_char(&text, 'x');
                if (size && i % 2)
                        text.ptr[size - 1] = '\n';
                tmpdir_write(&dir, "line", tn_buf_str(&text));
                tn_buf_reset(&buf);
                assert_int_equal(tn_file_read_line_at(dir.fd, "line", 20000, &buf), 0);
                assert_true(tn_span_eq(tn_buf_span(&buf), tn_buf_span(&text)));
        }
        tn_buf_reset(&buf);
        assert_int_equal(tn_file_read_line_at(dir.fd, "line", 19999, &buf), -EFBIG);
        assert_int_equal(tn_file_read_line_at(dir.fd, "missing", 10, &buf), -ENOENT);
        assert_int_equal(tn_file_read_line_at(dir.fd, ".", 10, &buf), -EISDIR);
}

/* With no byte read, and so at once: reading 40 GB of nothing takes long. */
CHECK(file_read_refuses_a_file_by_its_size)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(closep) int fd = -1;

        tmpdir_write(&dir, "sparse", "text");
        fd = openat(dir.fd, "sparse", O_RDWR | O_CLOEXEC);
        assert_int_equal(ftruncate(fd, (off_t)40 << 30), 0);
        assert_int_equal(tn_file_read(fd, 100, &buf), -EFBIG);
        assert_int_equal(buf.len, 0);
        assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
        /* what was read before does not count */
        assert_int_equal(lseek(fd, -100, SEEK_END), ((off_t)40 << 30) - 100);
        assert_int_equal(tn_file_read(fd, 100, &buf), 0);
        assert_int_equal(buf.len, 100);
}

CHECK(file_read_says_why_it_failed)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(dir.fd, "missing", 10, &buf), -ENOENT);
        assert_int_equal(tn_file_read_at(dir.fd, ".", 10, &buf), -EISDIR);
        assert_int_equal(tn_file_read(-1, 10, &buf), -EBADF);
}

CHECK(file_write_says_why_it_failed)
{
        int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

        assert_int_equal(tn_file_write(full, SPAN("x")), -ENOSPC);
        assert_int_equal(tn_file_write(full, SPAN("")), 0);
        close(full);
        assert_int_equal(tn_file_write(-1, SPAN("x")), -EBADF);
}

struct slow {
        int fd;
        pthread_t writer;
        size_t got;
        int odd; /* bytes that are not what was sent */
};

/* Takes what comes in small pieces and interrupts the writer between them. */
static void *read_slowly(void *data)
{
        struct slow *slow = data;
        char piece[4000];
        ssize_t n;

        while ((n = read(slow->fd, piece, sizeof(piece))) > 0) {
                for (ssize_t i = 0; i < n; i++)
                        slow->odd += piece[i] != (char)((slow->got + (size_t)i) % 251);
                slow->got += (size_t)n;
                pthread_kill(slow->writer, SIGUSR1);
        }
        return NULL;
}

static void ignore_signal(int sig) {}

CHECK(file_write_goes_on_after_short_writes_and_signals)
{
        struct sigaction interrupt = { .sa_handler = ignore_signal }; /* without SA_RESTART */
        struct slow slow = { .writer = pthread_self() };
        size_t len = 1 << 20;
        char *bytes = malloc(len);
        pthread_t reader;
        int ends[2];

        for (size_t i = 0; i < len; i++)
                bytes[i] = (char)(i % 251);
        sigaction(SIGUSR1, &interrupt, NULL);
        assert_int_equal(pipe(ends), 0);
        slow.fd = ends[0];
        assert_int_equal(pthread_create(&reader, NULL, read_slowly, &slow), 0);
        assert_int_equal(tn_file_write(ends[1], (struct span){ bytes, len }), 0);
        close(ends[1]);
        pthread_join(reader, NULL);
        assert_int_equal(slow.got, len);
        assert_int_equal(slow.odd, 0);
        close(ends[0]);
        signal(SIGUSR1, SIG_DFL);
        free(bytes);
}

CHECK(file_absolute_puts_the_working_directory_before_relative_paths)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 }, expected = { 0 };
        _cleanup_(freep) char *cwd = get_current_dir_name();

        assert_int_equal(tn_file_absolute("/a/b", &got), 0);
        assert_string_equal(tn_buf_str(&got), "/a/b");
        tn_buf_reset(&got);
        assert_int_equal(tn_file_absolute("a/b", &got), 0);
        tn_buf_addf(&expected, "%s/a/b", cwd);
        assert_string_equal(tn_buf_str(&got), tn_buf_str(&expected));
        tn_buf_reset(&got);
        assert_int_equal(tn_file_absolute(NULL, &got), 0);
        assert_int_equal(tn_file_absolute("", &got), 0);
        assert_int_equal(got.len, 0);
}

CHECK(file_absolute_names_the_working_directory_as_the_shell_does)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 }, expected = { 0 };
        _cleanup_(freep) char *link = tmpdir_path(&dir, "link");
        _cleanup_(freep) char *before = getcwd(NULL, 0);
        _cleanup_(freep) char *pwd = getenv("PWD") ? strdup(getenv("PWD")) : NULL;

        tmpdir_write(&dir, "real/file", "");
        assert_int_equal(symlinkat("real", dir.fd, "link"), 0);
        assert_int_equal(chdir(link), 0);
        setenv("PWD", link, 1);
        assert_int_equal(tn_file_absolute("a", &got), 0);
        tn_buf_addf(&expected, "%s/a", link);
        assert_string_equal(tn_buf_str(&got), tn_buf_str(&expected));
        setenv("PWD", "/", 1);
        tn_buf_reset(&got);
        assert_int_equal(tn_file_absolute("a", &got), 0);
        assert_non_null(strstr(tn_buf_str(&got), "/real/a"));
        if (pwd)
                setenv("PWD", pwd, 1);
        else
                unsetenv("PWD");
        assert_int_equal(chdir(before), 0);
}

CHECK(file_pread_reads_as_much_as_there_is)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;
        char room[8];

        tmpdir_write(&dir, "a", "0123456789");
        fd = openat(dir.fd, "a", O_RDONLY | O_CLOEXEC);
        assert_int_equal(tn_file_pread(fd, room, 4, 3), 4);
        assert_memory_equal(room, "3456", 4);
        assert_int_equal(tn_file_pread(fd, room, 8, 8), 2);
        assert_int_equal(tn_file_pread(fd, room, 8, 99), 0);
        assert_int_equal(tn_file_pread(-1, room, 8, 0), -EBADF);
}
