/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/atomic.h"
#include "util/cleanup.h"
#include "util/file.h"

struct tn_atomic_file {
        const char *name; /* borrowed */
        char *temp;       /* NULL once it has its own name */
        int fd;           /* -1 once synced */
};

/* As many leftovers of processes that had our id as are plausible. */
#define TRIES 1000

/* Names are not random but unique: the directory may be shared with another pid namespace. */
static int create(int dirfd, unsigned serial, char **ret_temp)
{
        for (unsigned i = 0; i < TRIES; i++) {
                _cleanup_(freep) char *temp = NULL;
                int fd;

                if (asprintf(&temp, TN_ATOMIC_PREFIX "%d-%u-%u", (int)getpid(), serial, i) < 0) {
                        temp = NULL;
                        return -ENOMEM;
                }
                fd = openat(dirfd, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
                if (fd >= 0) {
                        *ret_temp = TAKE(temp);
                        return fd;
                }
                if (errno != EEXIST)
                        return -errno;
        }
        return -EEXIST;
}

static void drop(int dirfd, struct tn_atomic_file *file)
{
        if (file->fd >= 0)
                close(file->fd);
        if (file->temp)
                unlinkat(dirfd, file->temp, 0);
        free(file->temp);
        *file = (struct tn_atomic_file){ .fd = -1 };
}

int tn_atomic_add(struct tn_atomic *set, const char *name, struct span bytes)
{
        struct tn_atomic_file file = { .name = name, .fd = -1 };
        int r;

        set->failed = name;
        r = tn_vec_reserve(&set->files, set->files.n + 1);
        if (r < 0)
                return r;
        file.fd = create(set->dirfd, (unsigned)set->files.n, &file.temp);
        if (file.fd < 0)
                return file.fd;
        r = tn_file_write(file.fd, bytes);
        if (r < 0) {
                drop(set->dirfd, &file);
                return r;
        }
        set->files.v[set->files.n++] = file;
        set->failed = NULL;
        return 0;
}

/* The descriptor is gone after close() whatever it returns; what it returns may be the first word of an error. */
static int settle(struct tn_atomic_file *file)
{
        int fd = TAKE_FD(file->fd);

        if (fsync(fd) < 0 && errno != EINVAL && errno != EROFS) {
                int r = -errno;

                close(fd);
                return r;
        }
        return close(fd) < 0 && errno != EINTR ? -errno : 0;
}

static int rename_all(struct tn_atomic *set)
{
        struct tn_atomic_file *file;

        tn_vec_each (file, &set->files) {
                set->failed = file->name;
                if (renameat(set->dirfd, file->temp, set->dirfd, file->name) < 0)
                        return -errno;
                free(file->temp);
                file->temp = NULL;
        }
        set->failed = NULL;
        return 0;
}

int tn_atomic_commit(struct tn_atomic *set)
{
        struct tn_atomic_file *file;
        int r;

        tn_vec_each (file, &set->files) {
                set->failed = file->name;
                r = settle(file);
                if (r < 0)
                        return r;
        }
        r = rename_all(set);
        if (r < 0)
                return r;
        /* Some file systems cannot sync a directory and say EINVAL; there is nothing to be done about it then. */
        if (fsync(set->dirfd) < 0 && errno != EINVAL)
                return -errno;
        return 0;
}

void tn_atomic_fini(struct tn_atomic *set)
{
        struct tn_atomic_file *file;

        tn_vec_each (file, &set->files)
                drop(set->dirfd, file);
        tn_vec_fini(&set->files);
        *set = (struct tn_atomic){ .dirfd = -1 };
}

int tn_atomic_sweep(int dirfd)
{
        _cleanup_(closedirp) DIR *dir = NULL;
        struct dirent *ent;
        int n = 0, fd;

        fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        dir = fdopendir(fd);
        if (!dir) {
                int r = -errno;

                close(fd);
                return r;
        }
        while ((ent = readdir(dir)))
                if (tn_span_starts(tn_span_of(ent->d_name), SPAN(TN_ATOMIC_PREFIX)) &&
                    unlinkat(dirfd, ent->d_name, 0) == 0)
                        n++;
        return n;
}
