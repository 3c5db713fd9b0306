/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "depmod/cachedir.h"
#include "depmod/ownfile.h"
#include "format/depcache.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"
#include "util/sum.h"

#define PREFIX "depmod-"
#define NEW    ".new"

void tn_cachedir_name(struct span path, char ret_name[TN_CACHEDIR_NAME_SIZE])
{
        snprintf(ret_name, TN_CACHEDIR_NAME_SIZE, PREFIX "%016" PRIx64, tn_sum(path, 0));
}

/* ---- the directory ---- */

static bool is_trusted(const struct stat *st)
{
        return (st->st_uid == 0 || st->st_uid == geteuid()) && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* In /tmp only root and the owner of a file can give its name to another. */
static bool leads_on(const struct stat *st)
{
        return is_trusted(st) || (st->st_uid == 0 && st->st_mode & S_ISVTX);
}

static int check(int fd, bool is_last)
{
        struct stat st;

        if (fstat(fd, &st) < 0)
                return -errno;
        if (!S_ISDIR(st.st_mode))
                return -ENOTDIR;
        return (is_last ? is_trusted(&st) : leads_on(&st)) ? 0 : -EPERM;
}

static int enter(int fd, struct span name, bool is_last, bool make)
{
        const int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | (is_last ? O_RDONLY : O_PATH);
        _cleanup_(closep) int next = -1;
        _cleanup_(freep) char *base = tn_span_dup(name);
        int r;

        if (!base)
                return -ENOMEM;
        if (tn_span_eq(name, SPAN("..")))
                return -EINVAL;
        next = openat(fd, base, flags);
        if (next < 0 && errno == ENOENT && is_last && make) {
                if (mkdirat(fd, base, 0755) < 0 && errno != EEXIST)
                        return -errno;
                next = openat(fd, base, flags);
        }
        if (next < 0)
                return -errno;
        r = check(next, is_last);
        return r < 0 ? r : TAKE_FD(next);
}

/* Takes the next name of a path off its front; false when there is none but "." or nothing. */
static bool next_name(struct span *path, struct span *ret_name)
{
        while (tn_span_split(path, '/', ret_name))
                if (ret_name->len && !tn_span_eq(*ret_name, SPAN(".")))
                        return true;
        return false;
}

int tn_cachedir_open(const char *path, bool make)
{
        _cleanup_(closep) int fd = -1;
        struct span rest = tn_span_of(path), name, next;
        bool more;
        int r;

        if (!tn_span_starts(rest, SPAN("/")) || !next_name(&rest, &name))
                return -EINVAL;
        fd = tn_file_open(AT_FDCWD, "/", O_DIRECTORY | O_PATH);
        if (fd < 0)
                return fd;
        r = check(fd, false);
        if (r < 0)
                return r;
        do {
                int below;

                more = next_name(&rest, &next);
                below = enter(fd, name, !more, make);
                if (below < 0)
                        return below;
                close(fd);
                fd = below;
                name = next;
        } while (more);
        return TAKE_FD(fd);
}

/* ---- files ---- */

int tn_cachedir_open_file(int dirfd, const char *name)
{
        struct stat st;
        _cleanup_(closep) int fd = tn_ownfile_open(dirfd, name, &st);

        if (fd < 0)
                return fd;
        return st.st_uid == geteuid() && is_trusted(&st) ? TAKE_FD(fd) : -EPERM;
}

/* One that a run has left which died: another that is writing now will find that its own has no name any more. */
static int create(int dirfd, const char *name)
{
        int fd = tn_ownfile_create(dirfd, name, 0600);

        if (fd != -EEXIST)
                return fd;
        if (unlinkat(dirfd, name, 0) < 0)
                return -errno;
        return tn_ownfile_create(dirfd, name, 0600);
}

static int write_both(int fd, struct span head, struct span records)
{
        int r = tn_file_write(fd, head);

        return r < 0 ? r : tn_file_write(fd, records);
}

int tn_cachedir_write(int dirfd, const char *name, struct span head, struct span records)
{
        char temp[TN_CACHEDIR_NAME_SIZE + sizeof(NEW)];
        _cleanup_(closep) int fd = -1;
        int r;

        snprintf(temp, sizeof(temp), "%s" NEW, name);
        fd = create(dirfd, temp);
        if (fd < 0)
                return fd;
        r = write_both(fd, head, records);
        if (r == 0 && renameat(dirfd, temp, dirfd, name) < 0)
                r = -errno;
        if (r < 0)
                unlinkat(dirfd, temp, 0);
        return r;
}

/* ---- what is left over ---- */

/* Whether a file is the cache of a module directory that is still there, or may be. */
static bool is_needed(int dirfd, const char *name)
{
        _cleanup_(closep) int fd = tn_cachedir_open_file(dirfd, name);
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(freep) char *path = NULL;
        struct tn_depcache_head head;
        struct span rest;
        struct stat st;
        char *to;
        ssize_t n;

        if (fd < 0)
                return false;
        to = tn_buf_reserve(&bytes, TN_DEPCACHE_HEAD_MAX);
        n = to ? tn_file_pread(fd, to, TN_DEPCACHE_HEAD_MAX, 0) : -ENOMEM;
        if (n < 0)
                return true;
        rest = (struct span){ to, (size_t)n };
        if (tn_depcache_head_parse(&rest, &head) < 0)
                return false;
        path = tn_span_dup(head.path);
        return !path || stat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

void tn_cachedir_tidy(int dirfd, const char *except)
{
        _cleanup_(closedirp) DIR *stream = NULL;
        const struct dirent *entry;

        if (tn_dir_stream_take(openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), &stream) < 0)
                return;
        while ((entry = readdir(stream)))
                if (tn_span_starts(tn_span_of(entry->d_name), SPAN(PREFIX)) &&
                    !tn_span_eq(tn_span_of(entry->d_name), tn_span_of(except)) &&
                    !is_needed(dirfd, entry->d_name))
                        unlinkat(dirfd, entry->d_name, 0);
}
