/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

/* Nanoseconds between tries to open a file that is leased, and how many are made. */
#define PAUSE 20000000
#define TRIES 50

/* The name as it is opened: the path inside the root, or the one that is handed to libc. NULL without memory. */
static const char *full_name(const struct tn_dir *dir, const char *name, struct tn_buf *full)
{
        const char *before = dir->root ? dir->inside : dir->fd == AT_FDCWD ? dir->path : NULL;

        if (!before || name[0] == '/')
                return name;
        tn_buf_add_str(full, before);
        tn_buf_add_char(full, '/');
        tn_buf_add_str(full, name);
        return tn_buf_str(full);
}

int tn_dir_open(const struct tn_dir *dir, const char *name, int flags)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *full = full_name(dir, name, &buf);

        if (!full)
                return -ENOMEM;
        return dir->root ? tn_inroot_open(dir->root, full, flags) : tn_file_open(dir->fd, full, flags);
}

int tn_dir_stream_take(int fd, DIR **ret_stream)
{
        DIR *stream = fd < 0 ? NULL : fdopendir(fd);
        int r = fd < 0 ? fd : stream ? 0 : -errno;

        if (stream)
                *ret_stream = stream;
        else
                closep(&fd);
        return r;
}

int tn_dir_stat(const struct tn_dir *dir, const char *name, struct stat *ret_st)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *full = full_name(dir, name, &buf);

        if (!full)
                return -ENOMEM;
        if (dir->root) {
                _cleanup_(closep) int fd = tn_inroot_open(dir->root, full, O_PATH);

                return fd < 0 ? fd : fstat(fd, ret_st) < 0 ? -errno : 0;
        }
        if (full[0] == '/')
                return stat(full, ret_st) < 0 ? -errno : 0;
        return fstatat(dir->fd, full, ret_st, 0) < 0 ? -errno : 0;
}

static int regular(const struct stat *st)
{
        return S_ISREG(st->st_mode) ? 0 : S_ISDIR(st->st_mode) ? -EISDIR : -EINVAL;
}

/*
 * The owner of a file may have a lease on it, as file servers do. The first try asks for it; who does not give it back
 * would keep a call that waits for 45 seconds.
 */
static int open_leased(const struct tn_dir *dir, const char *name, int flags)
{
        int fd = tn_dir_open(dir, name, flags);

        for (unsigned i = 0; fd == -EAGAIN && i < TRIES; i++) {
                nanosleep(&(struct timespec){ .tv_nsec = PAUSE }, NULL);
                fd = tn_dir_open(dir, name, flags);
        }
        return fd;
}

int tn_dir_open_regular(const struct tn_dir *dir, const char *name)
{
        struct stat st;

        return tn_dir_open_known(dir, name, &st);
}

int tn_dir_open_known(const struct tn_dir *dir, const char *name, struct stat *ret_st)
{
        struct stat st;
        int r = tn_dir_stat(dir, name, &st);

        if (r == 0)
                r = regular(&st);
        return r < 0 ? r : tn_dir_open_seen(dir, name, ret_st); /* it may be another thing by now */
}

int tn_dir_open_seen(const struct tn_dir *dir, const char *name, struct stat *ret_st)
{
        _cleanup_(closep) int fd = open_leased(dir, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
        struct stat st;
        int r;

        if (fd < 0)
                return fd;
        r = fstat(fd, &st) < 0 ? -errno : regular(&st);
        if (r < 0)
                return r;
        *ret_st = st;
        return TAKE_FD(fd);
}

const char *tn_dir_strerror(int r)
{
        return r == -EINVAL   ? "not a regular file"
               : r == -EAGAIN ? "another process has a lease on it"
                              : strerror(-r);
}

bool tn_dir_is_null(const struct stat *st)
{
        return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

int tn_dir_read(const struct tn_dir *dir, const char *name, size_t max, struct tn_buf *buf)
{
        struct stat st;
        _cleanup_(closep) int fd = tn_dir_open_known(dir, name, &st);

        if (fd == -EINVAL && tn_dir_stat(dir, name, &st) == 0 && tn_dir_is_null(&st))
                return 0;
        return fd < 0 ? fd : tn_file_read_known(fd, &st, max, buf);
}
