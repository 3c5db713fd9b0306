/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "util/cleanup.h"
#include "util/inroot.h"

/* As many as the kernel follows. */
#define LINKS_MAX 40

/* The longest text of a link, and a byte to see that it was longer. */
#define LINK_SIZE 4097

/* A ".." is refused while something in the tree is renamed; by chance, or because somebody does nothing else. */
#define TRIES_MAX 32

/* By the kernel itself, which no change of the tree meanwhile can mislead. */
static int open_checked(const struct tn_inroot *root, const char *path, int flags)
{
        struct open_how how = {
                .flags = (unsigned)flags | O_CLOEXEC,
                .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
        };
        long fd = -1;

        for (unsigned i = 0; i < TRIES_MAX; i++) {
                fd = syscall(SYS_openat2, root->fd, path, &how, sizeof(how));
                if (fd >= 0 || errno != EAGAIN)
                        break;
        }
        return fd < 0 ? -errno : (int)fd;
}

int tn_inroot_init(const char *dir, struct tn_inroot *ret_root)
{
        struct span name = tn_span_of(dir);
        _cleanup_(freep) char *own = NULL;
        int fd, probe;

        while (tn_span_ends(name, SPAN("/")))
                name.len--;
        own = tn_span_dup(name);
        if (!own)
                return -ENOMEM;
        fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        *ret_root = (struct tn_inroot){ .dir = own, .own = own, .fd = fd };
        own = NULL;
        probe = open_checked(ret_root, ".", O_PATH);
        ret_root->by_links = probe == -ENOSYS || probe == -EPERM;
        closep(&probe);
        return 0;
}

void tn_inroot_fini(struct tn_inroot *root)
{
        if (root->dir)
                close(root->fd);
        free(root->own);
        *root = (struct tn_inroot){ 0 };
}

static const char *below(const char *resolved)
{
        return resolved[1] ? resolved + 1 : ".";
}

/* The text of the link that resolved is; 0 when it is none, or not there. */
static int read_link(const struct tn_inroot *root, struct tn_buf *resolved, struct tn_buf *target)
{
        const char *path = tn_buf_str(resolved);
        char *to = tn_buf_reserve(target, LINK_SIZE);
        ssize_t n;

        if (!path || !to)
                return -ENOMEM;
        n = readlinkat(root->fd, below(path), to, LINK_SIZE);
        if (n < 0)
                return errno == EINVAL || errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
        if (n == LINK_SIZE)
                return -ENAMETOOLONG;
        target->len = (size_t)n;
        return 1;
}

static void go_up(struct tn_buf *resolved)
{
        while (resolved->len && resolved->ptr[--resolved->len] != '/')
                ;
}

/* One component. Returns 1 when it is a link, whose text is then in *target. */
static int step(const struct tn_inroot *root, struct span name, struct tn_buf *resolved,
                struct tn_buf *target)
{
        int r;

        if (name.len == 0 || tn_span_eq(name, SPAN(".")))
                return 0;
        if (tn_span_eq(name, SPAN(".."))) {
                go_up(resolved);
                return 0;
        }
        tn_buf_add_char(resolved, '/');
        tn_buf_add_span(resolved, name);
        tn_buf_reset(target);
        r = read_link(root, resolved, target);
        if (r > 0)
                go_up(resolved);
        if (r > 0 && tn_span_starts(tn_buf_span(target), SPAN("/")))
                resolved->len = 0;
        return r;
}

static int walk(const struct tn_inroot *root, const char *path, struct tn_buf *resolved)
{
        _cleanup_(tn_buf_fini) struct tn_buf todo = { 0 }, target = { 0 };
        struct span rest, name;
        int links = 0;

        tn_buf_add_str(&todo, path);
        rest = tn_buf_span(&todo);
        while (tn_span_split(&rest, '/', &name)) {
                int r = step(root, name, resolved, &target);

                if (r < 0)
                        return r;
                if (r == 0)
                        continue;
                if (++links > LINKS_MAX)
                        return -ELOOP;
                /* What the link says, then what was still to do. */
                tn_buf_add_char(&target, '/');
                tn_buf_add_span(&target, rest);
                if (tn_buf_error(&target))
                        return -ENOMEM;
                tn_buf_fini(&todo);
                todo = TAKE(target);
                rest = tn_buf_span(&todo);
        }
        if (resolved->len == 0)
                tn_buf_add_char(resolved, '/');
        return tn_buf_error(&todo) ?: tn_buf_error(resolved);
}

int tn_inroot_resolve(const struct tn_inroot *root, const char *path, struct tn_buf *resolved)
{
        _cleanup_(tn_buf_fini) struct tn_buf own = { 0 };
        int r = walk(root, path, &own);

        if (r < 0)
                return r;
        tn_buf_add_span(resolved, tn_buf_span(&own));
        return tn_buf_error(resolved);
}

/* For kernels before 5.6, and where a sandbox does not know the call. */
static int open_resolved(const struct tn_inroot *root, const char *resolved, int flags)
{
        int fd = openat(root->fd, below(resolved), flags | O_NOFOLLOW | O_CLOEXEC);

        return fd < 0 ? -errno : fd;
}

int tn_inroot_open(const struct tn_inroot *root, const char *path, int flags)
{
        _cleanup_(tn_buf_fini) struct tn_buf resolved = { 0 };
        int fd = root->by_links ? -ENOSYS : open_checked(root, path, flags), r;

        if (fd >= 0 || (fd != -ENOSYS && fd != -ENOENT && fd != -EAGAIN))
                return fd;
        r = tn_inroot_resolve(root, path, &resolved);
        if (r == 0 && !tn_buf_str(&resolved))
                r = tn_buf_error(&resolved);
        if (r < 0)
                return r;
        if (root->by_links)
                fd = open_resolved(root, resolved.ptr, flags);
        else if (fd == -EAGAIN) /* without "..", only a lease (fcntl(2)) is a reason for that */
                fd = open_checked(root, resolved.ptr, flags);
        if (fd == -ENOENT && strcmp(resolved.ptr, "/dev/null") == 0) {
                fd = open("/dev/null", flags | O_CLOEXEC);
                return fd < 0 ? -errno : fd;
        }
        return fd;
}
