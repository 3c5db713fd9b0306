/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "depmod/ownfile.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

int tn_ownfile_open(int dirfd, const char *name, struct stat *ret_st)
{
        _cleanup_(closep) int fd =
                openat(dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

        if (fd < 0)
                return tn_file_is_fault(-errno) ? -ENOENT : -errno;
        if (fstat(fd, ret_st) < 0)
                return -errno;
        return S_ISREG(ret_st->st_mode) ? TAKE_FD(fd) : -ENOENT;
}

int tn_ownfile_create(int dirfd, const char *name, mode_t mode)
{
        int fd = openat(dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

        return fd < 0 ? -errno : fd;
}

/* Where the file system cannot begin early, tn_ownfile_settle() takes all of the time. */
void tn_ownfile_begin_sync(int fd)
{
        (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

/* What close() returns may be the first word of an error. */
int tn_ownfile_settle(int *fd)
{
        int taken = TAKE_FD(*fd);

        if (fsync(taken) < 0 && errno != EINVAL && errno != EROFS) {
                int r = -errno;

                close(taken);
                return r;
        }
        return close(taken) < 0 && errno != EINTR ? -errno : 0;
}

static int copy_state(int fd, const struct stat *st)
{
        const struct timespec times[2] = { st->st_atim, st->st_mtim };

        if (fchown(fd, st->st_uid, st->st_gid) < 0 && errno != EPERM && errno != EINVAL)
                return -errno;
        return fchmod(fd, st->st_mode & 0777) < 0 || futimens(fd, times) < 0 ? -errno : 0;
}

/* This may be a file that was not depmod's: who cannot read it gets the reason. */
int tn_ownfile_copy(int dirfd, const char *from, const char *to, bool *ret_is_there)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(closep) int in = tn_dir_open_regular(&(struct tn_dir){ .fd = dirfd }, from), out = -1;
        struct stat st;
        int r;

        if (in < 0)
                return in;
        if (fstat(in, &st) < 0)
                return -errno;
        r = tn_file_read(in, SIZE_MAX, &bytes);
        if (r < 0)
                return r;
        out = tn_ownfile_create(dirfd, to, 0600);
        if (out < 0)
                return out;
        *ret_is_there = true;
        r = tn_file_write(out, tn_buf_span(&bytes));
        if (r == 0)
                r = copy_state(out, &st);
        return r < 0 ? r : tn_ownfile_settle(&out);
}

int tn_ownfile_sync_dir(int dirfd)
{
        return fsync(dirfd) < 0 && errno != EINVAL && errno != EROFS ? -errno : 0;
}
