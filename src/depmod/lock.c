/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "depmod/fileset.h"
#include "depmod/leftover.h"
#include "depmod/lock.h"
#include "util/cleanup.h"
#include "util/file.h"

/* Nanoseconds between tries; how many are made before the waiting is reported, and for a lock of another user. */
#define PAUSE         100000000
#define TRIES_SILENT  10
#define TRIES_FOREIGN 100

/* So often the file that was locked may turn out to have lost its name. */
#define ROUNDS        1000

static const char *const names[TN_FILESET_SLOTS] = TN_FILESET_HIDDEN("lock");

/* One attempt to get a lock: on which file, and how long it took so far. */
struct attempt {
        int dirfd;
        const char *dir;
        struct tn_log *log;
        const char *name;
        unsigned waited;
};

/* What one round came to; or -errno. */
enum { AGAIN, GOT };

static void wait_a_little(struct attempt *at)
{
        if (at->waited++ == TRIES_SILENT)
                tn_log(at->log, TN_LOG_WARNING, "waiting for another depmod that is at work in %s", at->dir);
        nanosleep(&(struct timespec){ .tv_nsec = PAUSE }, NULL);
}

static int lock(int fd, int how)
{
        while (flock(fd, how) < 0)
                if (errno != EINTR)
                        return -errno;
        return 0;
}

/* For a file that nobody else could have opened. */
static int lock_patiently(struct attempt *at, int fd)
{
        int r;

        while ((r = lock(fd, LOCK_EX | LOCK_NB)) == -EWOULDBLOCK && at->waited <= TRIES_SILENT)
                wait_a_little(at);
        return r == -EWOULDBLOCK ? lock(fd, LOCK_EX) : r;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
        return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

/* The file was locked, or cannot be. Who had it before has removed its name. */
static int claim(const struct attempt *at, int *fd, struct tn_lock *lock)
{
        struct stat now;

        if (fstat(*fd, &lock->st) < 0)
                return -errno;
        if (fstatat(at->dirfd, at->name, &now, AT_SYMLINK_NOFOLLOW) < 0)
                return errno == ENOENT ? AGAIN : -errno;
        if (!is_same(&now, &lock->st))
                return AGAIN;
        lock->dirfd = at->dirfd;
        lock->fd = TAKE_FD(*fd);
        __atomic_store_n(&lock->name, at->name, __ATOMIC_RELEASE);
        return GOT;
}

/* Another run may be quicker to lock the file; then it is that run's. */
static int claim_made(const struct attempt *at, int *fd, struct tn_lock *lock_)
{
        int r;

        if (lock(*fd, LOCK_EX | LOCK_NB) == -EWOULDBLOCK)
                return AGAIN;
        r = claim(at, fd, lock_); /* where there is no flock, having made the file is enough */
        if (r < 0)
                unlinkat(at->dirfd, at->name, 0);
        return r;
}

/* No signal comes between, for its handler would not know yet that there is a file to be removed. */
static int make(const struct attempt *at, struct tn_lock *lock)
{
        sigset_t all, before;
        int fd, r;

        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before);
        fd = openat(at->dirfd, at->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        r = fd < 0 ? -errno : claim_made(at, &fd, lock);
        closep(&fd);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        return r;
}

static int clear(const struct attempt *at)
{
        int r = tn_leftover_remove(at->dirfd, at->name);

        if (r == 0 || !tn_leftover_is_in_the_way(r))
                return r;
        tn_leftover_report(at->dir, at->name, r, at->log);
        return -EEXIST;
}

/* The lock of another user, or one that anybody may have locked. fd is -1 when it may not be opened. */
static int outwait(struct attempt *at, int fd)
{
        struct stat locked, now;

        if (fd >= 0 && lock(fd, LOCK_EX | LOCK_NB) == 0) {
                if (fstat(fd, &locked) < 0 || fstatat(at->dirfd, at->name, &now, AT_SYMLINK_NOFOLLOW) < 0)
                        return errno == ENOENT ? AGAIN : -errno;
                return is_same(&now, &locked) ? clear(at) : AGAIN; /* its run has died */
        }
        if (at->waited < TRIES_FOREIGN) {
                wait_a_little(at);
                return AGAIN;
        }
        tn_log(at->log, TN_LOG_WARNING, "removing %s/%s, which another user has locked for %u seconds",
               at->dir, at->name, TRIES_FOREIGN / 10);
        return clear(at);
}

static bool is_own(int fd)
{
        struct stat st;

        return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() && !(st.st_mode & 077);
}

/* There is something of that name already. */
static int claim_found(struct attempt *at, struct tn_lock *lock)
{
        _cleanup_(closep) int fd = -1;
        struct stat st;

        if (fstatat(at->dirfd, at->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
                return errno == ENOENT ? AGAIN : -errno;
        if (!S_ISREG(st.st_mode))
                return clear(at);
        fd = openat(at->dirfd, at->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd < 0 && errno == ENOENT)
                return AGAIN;
        if (fd < 0 && !tn_file_is_fault(-errno) && errno != EROFS)
                return -errno;
        if (fd < 0 && errno == EPERM) /* immutable: not even root may */
                return clear(at);
        if (fd < 0 && faccessat(at->dirfd, ".", W_OK, 0) < 0)
                return -errno;
        if (fd >= 0 && is_own(fd) && lock_patiently(at, fd) == 0)
                return claim(at, &fd, lock);
        return outwait(at, fd);
}

static int try(struct attempt *at, struct tn_lock *lock)
{
        int r = make(at, lock);

        return r == -EEXIST ? claim_found(at, lock) : r;
}

int tn_lock_take(struct tn_lock *lock, int dirfd, const char *dir, struct tn_log *log)
{
        struct attempt at = { .dirfd = dirfd, .dir = dir, .log = log };

        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                int r = AGAIN;

                at.name = names[i];
                for (unsigned round = 0; round < ROUNDS && r == AGAIN; round++)
                        r = try(&at, lock);
                if (r != -EEXIST)
                        return r == GOT ? 0 : r == AGAIN ? -EAGAIN : r;
        }
        return -EEXIST;
}

int tn_lock_drop(struct tn_lock *lock)
{
        const char *name = __atomic_exchange_n(&lock->name, NULL, __ATOMIC_ACQ_REL);
        struct stat st;
        int r = 0;

        if (!name)
                return 0;
        /* unless somebody has taken it away, and the name is another's */
        if (fstatat(lock->dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || is_same(&st, &lock->st))
                r = unlinkat(lock->dirfd, name, 0) < 0 && errno != ENOENT ? -errno : 0;
        close(TAKE_FD(lock->fd));
        return r;
}
