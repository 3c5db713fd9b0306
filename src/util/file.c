/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/cleanup.h"
#include "util/file.h"

bool tn_file_is_fault(int r)
{
        switch (-r) {
        case EACCES:
        case EAGAIN:
        case EFBIG:
        case EINVAL:
        case EISDIR:
        case ELOOP:
        case ENAMETOOLONG:
        case ENODEV:
        case ENOENT:
        case ENOEXEC:
        case ENOTDIR:
        case ENXIO:
        case EPERM: return true;
        default: return false;
        }
}

int tn_file_open(int dirfd, const char *path, int flags)
{
        int fd = path[0] == '/' ? open(path, flags | O_CLOEXEC) : openat(dirfd, path, flags | O_CLOEXEC);

        return fd < 0 ? -errno : fd;
}

int tn_file_map(int fd, struct tn_file *ret_file)
{
        struct stat st;

        return fstat(fd, &st) < 0 ? -errno : tn_file_map_known(fd, &st, ret_file);
}

int tn_file_map_known(int fd, const struct stat *st, struct tn_file *ret_file)
{
        void *ptr;

        if (!S_ISREG(st->st_mode))
                return -EINVAL;
        if (st->st_size == 0) {
                *ret_file = (struct tn_file){ 0 };
                return 0;
        }
        if ((uintmax_t)st->st_size > SIZE_MAX)
                return -EFBIG;
        ptr = mmap(NULL, (size_t)st->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (ptr == MAP_FAILED)
                return -errno;
        *ret_file = (struct tn_file){ ptr, (size_t)st->st_size };
        return 0;
}

void tn_file_unmap(struct tn_file *file)
{
        if (file->ptr)
                munmap((void *)(uintptr_t)file->ptr, file->len);
        *file = (struct tn_file){ 0 };
}

/*
 * Makes room for what is in a regular file, so that one call reads all of it and the end is found without growing. Of
 * files of /proc, the length is known only when they are read; then *ret_size is 0. Returns 0, or -EFBIG when more than max
 * bytes are left.
 */
static int make_room(int fd, const struct stat *st, size_t max, struct tn_buf *buf, size_t *ret_size)
{
        off_t at;

        *ret_size = 0;
        if (!S_ISREG(st->st_mode) || st->st_size <= 0)
                return 0;
        if ((uintmax_t)st->st_size > max) {
                at = lseek(fd, 0, SEEK_CUR);
                return at >= 0 && st->st_size > at && (uintmax_t)(st->st_size - at) > max ? -EFBIG : 0;
        }
        *ret_size = (size_t)st->st_size;
        return tn_buf_reserve(buf, (size_t)st->st_size + 4096) ? 0 : tn_buf_error(buf);
}

/* Once all bytes of a regular file are there, and there was room for more, nobody has to ask for the end. */
int tn_file_read_known(int fd, const struct stat *st, size_t max, struct tn_buf *buf)
{
        size_t got = 0, size;
        int r = make_room(fd, st, max, buf, &size);

        while (r == 0 && (got == 0 || got != size)) {
                char *to = tn_buf_reserve(buf, 4096);
                ssize_t n;

                if (!to)
                        return tn_buf_error(buf);
                n = read(fd, to, buf->cap - buf->len);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        return 0;
                if ((size_t)n > max - got)
                        return -EFBIG;
                got += (size_t)n;
                buf->len += (size_t)n;
        }
        return r;
}

int tn_file_read(int fd, size_t max, struct tn_buf *buf)
{
        struct stat st;

        if (fstat(fd, &st) < 0)
                st.st_mode = 0; /* reading will tell */
        return tn_file_read_known(fd, &st, max, buf);
}

ssize_t tn_file_pread(int fd, char *to, size_t len, uint64_t at)
{
        size_t got = 0;

        while (got < len) {
                ssize_t n = pread(fd, to + got, len - got, (off_t)(at + got));

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break;
                got += (size_t)n;
        }
        return (ssize_t)got;
}

int tn_file_read_at(int dirfd, const char *path, size_t max, struct tn_buf *buf)
{
        _cleanup_(closep) int fd = tn_file_open(dirfd, path, O_RDONLY);

        return fd < 0 ? fd : tn_file_read(fd, max, buf);
}

int tn_file_read_line_at(int dirfd, const char *path, size_t max, struct tn_buf *buf)
{
        _cleanup_(closep) int fd = tn_file_open(dirfd, path, O_RDONLY);
        size_t room = MIN(max, (size_t)4096);
        char *to;
        ssize_t n;

        if (fd < 0)
                return fd;
        to = tn_buf_reserve(buf, room);
        if (!to)
                return tn_buf_error(buf);
        n = read(fd, to, room);
        if (n < 0 && errno != EINTR)
                return -errno;
        buf->len += n > 0 ? (size_t)n : 0;
        if (n == 0 || (n > 0 && (size_t)n < room && to[n - 1] == '\n'))
                return 0;
        return tn_file_read(fd, n > 0 ? max - (size_t)n : max, buf);
}

int tn_file_write(int fd, struct span bytes)
{
        while (bytes.len) {
                ssize_t n = write(fd, bytes.ptr, bytes.len);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                bytes = tn_span_skip(bytes, (size_t)n);
        }
        return 0;
}

int tn_file_absolute(const char *path, struct tn_buf *absolute)
{
        if (path && path[0] && path[0] != '/') {
                _cleanup_(freep) char *cwd = get_current_dir_name();

                if (!cwd)
                        return -errno;
                tn_buf_addf(absolute, "%s/", cwd);
        }
        tn_buf_add_str(absolute, path ? path : "");
        return tn_buf_error(absolute);
}
