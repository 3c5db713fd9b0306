/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"

struct tmpdir tmpdir_new(void)
{
        const char *base = getenv("TMPDIR");
        struct tmpdir dir = { .fd = -1 };

        assert_true(asprintf(&dir.path, "%s/tenon-test-XXXXXX", base && base[0] ? base : "/tmp") > 0);
        assert_non_null(mkdtemp(dir.path));
        dir.fd = open(dir.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(dir.fd >= 0);
        return dir;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
        return remove(path);
}

void tmpdir_fini(struct tmpdir *dir)
{
        close(dir->fd);
        assert_int_equal(nftw(dir->path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
        free(dir->path);
}

static void make_parents(const struct tmpdir *dir, const char *name)
{
        for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
                char *parent = strndup(name, (size_t)(slash - name));

                mkdirat(dir->fd, parent, 0755); /* there already: openat will tell the rest */
                free(parent);
        }
}

void tmpdir_write_bytes(const struct tmpdir *dir, const char *name, const void *ptr, size_t len)
{
        int fd;

        make_parents(dir, name);
        fd = openat(dir->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        assert_true(fd >= 0);
        assert_true(write(fd, ptr, len) == (ssize_t)len);
        close(fd);
}

void tmpdir_write(const struct tmpdir *dir, const char *name, const char *text)
{
        tmpdir_write_bytes(dir, name, text, strlen(text));
}

char *tmpdir_path(const struct tmpdir *dir, const char *name)
{
        char *path;

        assert_true(asprintf(&path, "%s/%s", dir->path, name) > 0);
        return path;
}
