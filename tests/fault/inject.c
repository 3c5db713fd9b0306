/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Here open() is to be open(): both it and open64() are wrapped, whichever the tool is compiled to call. */
#undef _FILE_OFFSET_BITS

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <regex.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inject.h"

bool inject_no_links, inject_closed;

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
static bool count(const char *what, unsigned kind)
{
        unsigned n;

        n = how == INJECT_FAIL ? report->calls : how == INJECT_SHORT ? report->io : report->changes;
        report->calls++;
        report->changes += (kind & CHANGES) != 0;
        report->io += (kind & IO) != 0;
        if (how == INJECT_STUCK && report->hit)
                return strcmp(what, report->what) == 0;
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

/* The same from any thread. */
static bool meet(const char *what, unsigned kind)
{
        static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
        bool hit;

        if (!report)
                return false;
        pthread_mutex_lock(&counting);
        hit = count(what, kind);
        pthread_mutex_unlock(&counting);
        return hit;
}

static bool fails(bool hit)
{
        return hit && (how == INJECT_FAIL || how == INJECT_STUCK);
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
                if (fails(hit)) {                                                                            \
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
#define WRAP_BOTH(type, name, params, args, kind, bad, err)                                                  \
        WRAP(type, name, params, args, kind, bad, err)                                                       \
        WRAP(type, name##64, params, args, kind, bad, err)

WRAP_BOTH(int, fstat, (int fd, void *st), (fd, st), PLAIN, -1, EIO)
WRAP_BOTH(int, fstatfs, (int fd, void *fs), (fd, fs), PLAIN, -1, EIO)
WRAP_BOTH(int, stat, (const char *path, void *st), (path, st), PLAIN, -1, EIO)
WRAP_BOTH(int, fstatat, (int fd, const char *path, void *st, int flags), (fd, path, st, flags), PLAIN, -1,
          EIO)
WRAP_BOTH(void *, readdir, (DIR * dir), (dir), PLAIN, NULL, EIO)
WRAP(ssize_t, pread64, (int fd, void *buf, size_t len, int64_t at), (fd, buf, len, at), PLAIN, -1, EIO)
WRAP(DIR *, opendir, (const char *path), (path), PLAIN, NULL, EMFILE)
WRAP(DIR *, fdopendir, (int fd), (fd), PLAIN, NULL, ENOMEM)
WRAP(int, faccessat, (int fd, const char *path, int mode, int flags), (fd, path, mode, flags), PLAIN, -1,
     EACCES)
WRAP(int, pthread_create, (pthread_t * thread, const pthread_attr_t *attr, void *(*fn)(void *), void *data),
     (thread, attr, fn, data), PLAIN, EAGAIN, 0)
WRAP(int, flock, (int fd, int op), (fd, op), PLAIN, -1, ENOLCK)

/* What is not on disk is lost with the machine, not with the program: nothing here would see it, but wait for it. */
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
        bool hit = meet("fsync", CHANGES);

        if (fails(hit)) {
                errno = EIO;
                return -1;
        }
        leave(hit);
        return 0;
}

WRAP(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), CHANGES, -1, EIO)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), CHANGES, -1, EPERM)
WRAP(int, fchown, (int fd, uid_t uid, gid_t gid), (fd, uid, gid), CHANGES, -1, EIO)

int __real_linkat(int a, const char *from, int b, const char *to, int flags);
int __wrap_linkat(int a, const char *from, int b, const char *to, int flags);
int __wrap_linkat(int a, const char *from, int b, const char *to, int flags)
{
        bool hit = meet("linkat", CHANGES);
        int ret;

        if (fails(hit) || (report && inject_no_links)) {
                leave(hit);
                errno = EPERM;
                return -1;
        }
        ret = __real_linkat(a, from, b, to, flags);
        leave(hit);
        return ret;
}

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
                if (fails(hit)) {                                                                            \
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
        if (!fails(hit))
                return ret;
        errno = EIO;
        return -1;
}

#define WRAP_OPEN(name)                                                                                      \
        int __real_##name(const char *path, int flags, ...);                                                 \
        int __wrap_##name(const char *path, int flags, ...);                                                 \
        int __wrap_##name(const char *path, int flags, ...)                                                  \
        {                                                                                                    \
                bool hit = meet(#name, PLAIN);                                                               \
                                                                                                             \
                if (fails(hit)) {                                                                            \
                        errno = EMFILE;                                                                      \
                        return -1;                                                                           \
                }                                                                                            \
                return __real_##name(path, flags);                                                           \
        }

WRAP_OPEN(open)
WRAP_OPEN(open64)

static bool is_closed(const char *path)
{
        static const char *const open[] = { "modules.order", "modules.builtin", "modules.builtin.modinfo" };

        for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
                if (strcmp(path, open[i]) == 0)
                        return false;
        return report && inject_closed && strncmp(path, "modules.", strlen("modules.")) == 0;
}

long __real_syscall(long number, long a, long b, long c, long d, long e);
long __wrap_syscall(long number, long a, long b, long c, long d, long e);
long __wrap_syscall(long number, long a, long b, long c, long d, long e)
{
        bool reads = number == SYS_getdents64;
        bool hit = meet(reads ? "getdents64" : "syscall", reads ? PLAIN : CHANGES);
        long ret;

        if (fails(hit)) {
                errno = reads ? EIO : EINVAL;
                return -1;
        }
        ret = __real_syscall(number, a, b, c, d, e);
        leave(hit);
        return ret;
}

#define WRAP_OPENAT(name)                                                                                    \
        int __real_##name(int dirfd, const char *path, int flags, ...);                                      \
        int __wrap_##name(int dirfd, const char *path, int flags, ...);                                      \
        int __wrap_##name(int dirfd, const char *path, int flags, ...)                                       \
        {                                                                                                    \
                bool hit = meet(#name, flags & O_CREAT ? CHANGES : PLAIN);                                   \
                mode_t mode = 0;                                                                             \
                va_list ap;                                                                                  \
                int ret;                                                                                     \
                                                                                                             \
                if (fails(hit)) {                                                                            \
                        errno = flags & O_CREAT ? ENOSPC : EMFILE;                                           \
                        return -1;                                                                           \
                }                                                                                            \
                if (is_closed(path)) {                                                                       \
                        errno = EACCES;                                                                      \
                        return -1;                                                                           \
                }                                                                                            \
                va_start(ap, flags);                                                                         \
                if (flags & O_CREAT)                                                                         \
                        mode = va_arg(ap, mode_t);                                                           \
                va_end(ap);                                                                                  \
                ret = __real_##name(dirfd, path, flags, mode);                                               \
                leave(hit);                                                                                  \
                return ret;                                                                                  \
        }

WRAP_OPENAT(openat)
WRAP_OPENAT(openat64)

int __wrap_asprintf(char **ret, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int __wrap_asprintf(char **ret, const char *fmt, ...)
{
        va_list ap;
        int n = -1;

        if (fails(meet("asprintf", PLAIN)))
                return -1;
        va_start(ap, fmt);
        n = vasprintf(ret, fmt, ap);
        va_end(ap);
        return n;
}

int __real_regcomp(regex_t *regex, const char *text, int flags);
int __wrap_regcomp(regex_t *regex, const char *text, int flags);
int __wrap_regcomp(regex_t *regex, const char *text, int flags)
{
        return fails(meet("regcomp", PLAIN)) ? REG_ESPACE : __real_regcomp(regex, text, flags);
}

int __real_regexec(const regex_t *regex, const char *text, size_t n, regmatch_t *found, int flags);
int __wrap_regexec(const regex_t *regex, const char *text, size_t n, regmatch_t *found, int flags);
int __wrap_regexec(const regex_t *regex, const char *text, size_t n, regmatch_t *found, int flags)
{
        if (fails(meet("regexec", PLAIN)))
                return REG_ESPACE;
        return __real_regexec(regex, text, n, found, flags);
}
