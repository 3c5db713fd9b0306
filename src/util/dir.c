/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/sysmacros.h>

#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

/* The name as it is opened: the path inside the root, or the one that is handed to libc. NULL without memory. */
static const char *full_name(const struct tn_dir *dir, const char *name, struct tn_buf *full)
{
        const char *before = dir->root ? dir->inside : dir->fd == AT_FDCWD ? dir->path : NULL;

        if (!before || name[0] == '/')
                return name;
        tn_buf_addf(full, "%s/%s", before, name);
        return tn_buf_str(full);
}

int tn_dir_open(const struct tn_dir *dir, const char *name, int flags)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *full = full_name(dir, name, &buf);
        int fd;

        if (!full)
                return -ENOMEM;
        if (dir->root)
                return tn_inroot_open(dir->root, full, flags);
        if (full[0] == '/')
                fd = open(full, flags | O_CLOEXEC);
        else
                fd = openat(dir->fd, full, flags | O_CLOEXEC);
        return fd < 0 ? -errno : fd;
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

int tn_dir_open_regular(const struct tn_dir *dir, const char *name)
{
        _cleanup_(closep) int fd = -1;
        struct stat st;
        int r = tn_dir_stat(dir, name, &st);

        if (r == 0)
                r = regular(&st);
        if (r < 0)
                return r;
        /* it may be another thing by now */
        fd = tn_dir_open(dir, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
        if (fd < 0)
                return fd;
        r = fstat(fd, &st) < 0 ? -errno : regular(&st);
        return r < 0 ? r : TAKE_FD(fd);
}

const char *tn_dir_strerror(int r)
{
        return r == -EINVAL ? "not a regular file" : strerror(-r);
}

bool tn_dir_is_null(const struct stat *st)
{
        return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

int tn_dir_read(const struct tn_dir *dir, const char *name, size_t max, struct tn_buf *buf)
{
        _cleanup_(closep) int fd = tn_dir_open_regular(dir, name);
        struct stat st;

        if (fd == -EINVAL && tn_dir_stat(dir, name, &st) == 0 && tn_dir_is_null(&st))
                return 0;
        return fd < 0 ? fd : tn_file_read(fd, max, buf);
}
