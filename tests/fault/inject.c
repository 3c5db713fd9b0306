/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inject.h"

static struct inject_report *report;
static enum inject_how how;
static unsigned target;

void inject_start(struct inject_report *rep, enum inject_how kind, unsigned at)
{
        *rep = (struct inject_report){ 0 };
        report = rep;
        how = kind;
        target = at;
}

void inject_stop(void)
{
        report = NULL;
}

/* What can be done to a call beside letting it fail. */
enum { PLAIN = 0, CHANGES = 1, IO = 2 };

/* Counts a call. Returns whether it is the one; then it may end the program right here. */
static bool meet(const char *what, unsigned kind)
{
        unsigned n;

        if (!report)
                return false;
        n = how == INJECT_FAIL ? report->calls : how == INJECT_SHORT ? report->io : report->changes;
        report->calls++;
        report->changes += (kind & CHANGES) != 0;
        report->io += (kind & IO) != 0;
        if (how == INJECT_NOTHING || report->hit || n != target)
                return false;
        if ((how == INJECT_SHORT && !(kind & IO)) || (how > INJECT_SHORT && !(kind & CHANGES)))
                return false;
        report->hit = true;
        snprintf(report->what, sizeof(report->what), "%s", what);
        if (how == INJECT_DIE_BEFORE)
                _exit(INJECT_DIED);
        return true;
}

static void leave(bool hit)
{
        if (hit && how == INJECT_DIE_AFTER)
                _exit(INJECT_DIED);
}

/*
 * One wrapped function: its prototype, the arguments passed on, what can be done to it, and what it returns and sets
 * when it fails.
 */
#define WRAP(type, name, params, args, kind, bad, err)                                                       \
        type __real_##name params;                                                                           \
        type __wrap_##name params;                                                                           \
        type __wrap_##name params                                                                            \
        {                                                                                                    \
                bool hit = meet(#name, kind);                                                                \
                type ret;                                                                                    \
                                                                                                             \
                if (hit && how == INJECT_FAIL) {                                                             \
                        errno = err;                                                                         \
                        return bad;                                                                          \
                }                                                                                            \
                ret = __real_##name args;                                                                    \
                leave(hit);                                                                                  \
                return ret;                                                                                  \
        }

WRAP(void *, malloc, (size_t size), (size), PLAIN, NULL, ENOMEM)
WRAP(void *, calloc, (size_t n, size_t size), (n, size), PLAIN, NULL, ENOMEM)
WRAP(void *, realloc, (void *ptr, size_t size), (ptr, size), PLAIN, NULL, ENOMEM)
WRAP(void *, reallocarray, (void *ptr, size_t n, size_t size), (ptr, n, size), PLAIN, NULL, ENOMEM)
WRAP(char *, strdup, (const char *s), (s), PLAIN, NULL, ENOMEM)
WRAP(int, fstat, (int fd, struct stat *st), (fd, st), PLAIN, -1, EIO)
WRAP(int, stat, (const char *path, struct stat *st), (path, st), PLAIN, -1, EIO)
WRAP(int, fstatat, (int fd, const char *path, struct stat *st, int flags), (fd, path, st, flags), PLAIN, -1,
     EIO)
WRAP(DIR *, opendir, (const char *path), (path), PLAIN, NULL, EMFILE)
WRAP(DIR *, fdopendir, (int fd), (fd), PLAIN, NULL, ENOMEM)
WRAP(struct dirent *, readdir, (DIR * dir), (dir), PLAIN, NULL, EIO)
WRAP(int, flock, (int fd, int op), (fd, op), PLAIN, -1, ENOLCK)
WRAP(int, fsync, (int fd), (fd), CHANGES, -1, EIO)
WRAP(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), CHANGES, -1, EIO)
WRAP(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), true,
     -1, EPERM)
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags), CHANGES, -1, EIO)
WRAP(int, futimens, (int fd, const struct timespec times[2]), (fd, times), CHANGES, -1, EPERM)
WRAP(int, utimensat, (int fd, const char *path, const struct timespec times[2], int flags),
     (fd, path, times, flags), CHANGES, -1, EPERM)

/* Does less than asked, or fails. */
#define WRAP_IO(name, pointer, kind, err)                                                                    \
        ssize_t __real_##name(int fd, pointer buf, size_t len);                                              \
        ssize_t __wrap_##name(int fd, pointer buf, size_t len);                                              \
        ssize_t __wrap_##name(int fd, pointer buf, size_t len)                                               \
        {                                                                                                    \
                bool hit = meet(#name, kind);                                                                \
                ssize_t ret;                                                                                 \
                                                                                                             \
                if (hit && how == INJECT_FAIL) {                                                             \
                        errno = err;                                                                         \
                        return -1;                                                                           \
                }                                                                                            \
                if (hit && how == INJECT_SHORT)                                                              \
                        len = len / 2 + len % 2;                                                             \
                ret = __real_##name(fd, buf, len);                                                           \
                leave(hit);                                                                                  \
                return ret;                                                                                  \
        }

WRAP_IO(write, const void *, CHANGES | IO, ENOSPC)
WRAP_IO(read, void *, IO, EIO)

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
        bool hit = meet("close", PLAIN);
        int ret = __real_close(fd);

        leave(hit);
        if (!hit || how != INJECT_FAIL)
                return ret;
        errno = EIO;
        return -1;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
        bool hit = meet("open", PLAIN);

        if (hit && how == INJECT_FAIL) {
                errno = EMFILE;
                return -1;
        }
        return __real_open(path, flags);
}

int __real_openat(int dirfd, const char *path, int flags, ...);
int __wrap_openat(int dirfd, const char *path, int flags, ...);
int __wrap_openat(int dirfd, const char *path, int flags, ...)
{
        bool hit = meet("openat", flags & O_CREAT ? CHANGES : PLAIN);
        mode_t mode = 0;
        va_list ap;
        int ret;

        if (hit && how == INJECT_FAIL) {
                errno = flags & O_CREAT ? ENOSPC : EMFILE;
                return -1;
        }
        va_start(ap, flags);
        if (flags & O_CREAT)
                mode = va_arg(ap, mode_t);
        va_end(ap);
        ret = __real_openat(dirfd, path, flags, mode);
        leave(hit);
        return ret;
}
