/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/claims.h"
#include "depmod/scan.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/vec.h"

/* The part of an absolute path behind the module directory, whatever links lead there; the whole when it is elsewhere. */
static int find_inside(const struct tn_dir *module_dir, struct span path, struct span *ret_inside)
{
        struct stat dir, st;

        *ret_inside = path;
        if (fstat(module_dir->fd, &dir) < 0)
                return -errno;
        for (size_t i = 1; i < path.len; i++) {
                _cleanup_(freep) char *above = NULL;

                if (path.ptr[i] != '/')
                        continue;
                above = tn_span_dup(tn_span_head(path, i));
                if (!above)
                        return -ENOMEM;
                if (stat(above, &st) == 0 && st.st_dev == dir.st_dev && st.st_ino == dir.st_ino)
                        *ret_inside = tn_span_skip(path, i + 1);
        }
        while (ret_inside->len != path.len && tn_span_starts(*ret_inside, SPAN("/")))
                *ret_inside = tn_span_skip(*ret_inside, 1);
        return 0;
}

static int add_named(const struct tn_scan_from *from, const char *file, struct tn_claims *claims)
{
        struct span path = tn_span_of(file), root = tn_span_of(from->root ? from->root->dir : NULL);
        _cleanup_(closep) int fd = tn_dir_open_regular(&TN_DIR_HERE, file);
        struct tn_claim claim = { .named = true };
        struct stat st;
        int r;

        if (fd < 0)
                return fd;
        if (fstat(fd, &st) < 0)
                return -errno;
        if (!tn_span_is_printable(path))
                return -EILSEQ;
        r = find_inside(from->dir, path, &path);
        if (r < 0)
                return r;
        if (root.len && tn_span_starts(path, root))
                path = tn_span_skip(path, root.len);
        claim.path = path;
        claim.dev = st.st_dev;
        claim.ino = st.st_ino;
        return tn_claims_add(claims, &claim, SPAN(""));
}

static int add_all_named(const struct tn_scan_from *from, struct tn_log *log, struct tn_claims *claims)
{
        for (const char *const *file = from->files; file && *file; file++) {
                int r = -EINVAL;

                if (**file != '/') {
                        tn_log(log, TN_LOG_CRIT, "%s: not absolute path.", *file);
                        return r;
                }
                r = add_named(from, *file, claims);
                if (r < 0 && r != -ENOMEM && r != -E2BIG)
                        tn_log(log, TN_LOG_CRIT, "could not create module %s: %s", *file, strerror(-r));
                if (r < 0)
                        return r;
        }
        return 0;
}

/* The claims' memory goes to the modules. */
static int hand_over(struct tn_claims *claims, struct tn_depmod_modules *ret_modules)
{
        struct tn_depmod_modules modules = { 0 };
        const struct tn_claimed *claimed;
        int r = tn_vec_reserve(&modules, claims->modules.n);

        if (r < 0)
                return r;
        tn_vec_each (claimed, &claims->modules)
                modules.v[modules.n++] =
                        (struct tn_depmod_module){ .name = claimed->name, .path = claimed->path };
        modules.arena = TAKE(claims->arena);
        *ret_modules = modules;
        return 0;
}

int tn_scan(const struct tn_scan_from *from, struct tn_log *log, struct tn_depmod_modules *ret_modules)
{
        const struct tn_claims_from tree = {
                .dir = from->dir,
                .root = from->root,
                .priority = from->priority,
                .max = TN_DEPMOD_MODULES_MAX,
                .unread = from->unread,
                .keeps_beaten = from->claimed,
                .data = from->data,
        };
        _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };
        int r = tn_claims_load(&tree, log, &claims);

        if (r == 0)
                r = add_all_named(from, log, &claims);
        if (r == -E2BIG)
                tn_log(log, TN_LOG_ERR, "more than %d modules below %s", TN_DEPMOD_MODULES_MAX,
                       from->dir->path);
        if (r < 0)
                return r;
        if (from->claimed)
                from->claimed(from->data, from->priority, &claims);
        return hand_over(&claims, ret_modules);
}
