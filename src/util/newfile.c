/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/newfile.h"

int tn_newfile_make_dirs(const char *dir)
{
        _cleanup_(freep) char *path = strdup(dir);

        if (!path)
                return -ENOMEM;
        for (char *at = path + (path[0] != '\0');; at++) {
                char c = *at;
                int r;

                if (c != '/' && c != '\0')
                        continue;
                *at = '\0';
                r = mkdir(path, 0755) < 0 && errno != EEXIST && errno != EISDIR ? -errno : 0;
                *at = c;
                if (r < 0 || c == '\0')
                        return r;
        }
}

/* Closing tells of failures that a network file system has kept to itself till then. */
static int write_and_close(int *fd, struct span bytes)
{
        int r = tn_file_write(*fd, bytes);

        if (close(TAKE_FD(*fd)) < 0 && r == 0)
                return -errno;
        return r;
}

static int write_in_place(const char *path, struct span bytes)
{
        _cleanup_(closep) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);

        return fd < 0 ? -errno : write_and_close(&fd, bytes);
}

mode_t tn_newfile_mode(mode_t mode)
{
        mode_t mask = umask(0777);

        umask(mask);
        return mode & ~mask;
}

static int replace(const char *path, const char *temp, int *fd, mode_t mode, struct span bytes)
{
        int r = fchmod(*fd, mode) < 0 ? -errno : 0;

        if (r == 0)
                r = write_and_close(fd, bytes);
        if (r == 0 && rename(temp, path) < 0)
                r = -errno;
        if (r < 0)
                unlink(temp);
        return r;
}

int tn_newfile_write(const char *path, struct span bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf temp = { 0 };
        _cleanup_(closep) int fd = -1;
        struct span name = tn_span_base(tn_span_of(path));
        struct stat st;
        bool exists = lstat(path, &st) == 0;

        if (name.len == 0 || (exists && !S_ISREG(st.st_mode)))
                return write_in_place(path, bytes);
        /* Hidden, and without an extension: directories of configuration are read meanwhile. */
        tn_buf_addf(&temp, "%.*s.%.200s.XXXXXX", (int)(name.ptr - path), path, name.ptr);
        if (!tn_buf_str(&temp))
                return tn_buf_error(&temp);
        fd = mkostemp(temp.ptr, O_CLOEXEC);
        if (fd < 0)
                return -errno;
        return replace(path, temp.ptr, &fd, exists ? st.st_mode & 07777 : tn_newfile_mode(0666), bytes);
}
