/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/walk.h"
#include "depmod/scan.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/map.h"

struct scan {
        const struct tn_scan_from *from;
        const struct tn_priority *priority;
        struct tn_log *log;
        struct tn_depmod_modules modules;
        struct {
                struct tn_claim *v; /* one a module */
                size_t n;
                size_t cap;
        } claims;
        struct tn_map by_name;    /* its place in modules + 1 */
        const struct tn_dir *dir; /* what is being walked */
};

static void scan_fini(struct scan *scan)
{
        tn_depmod_modules_fini(&scan->modules);
        tn_vec_fini(&scan->claims);
        tn_map_fini(&scan->by_name);
}

static int dup_span(struct tn_arena *arena, struct span s, struct span *ret_dup)
{
        const char *copy = tn_arena_dup(arena, s);

        if (!copy)
                return -ENOMEM;
        *ret_dup = (struct span){ copy, s.len };
        return 0;
}

static int add_module(struct scan *scan, struct span name, size_t *ret_i)
{
        struct tn_depmod_module mod = { 0 };
        int r;

        if (scan->modules.n >= TN_DEPMOD_MODULES_MAX)
                return -E2BIG;
        r = dup_span(&scan->modules.arena, name, &mod.name);
        if (r == 0)
                r = tn_vec_add(&scan->modules, mod);
        if (r == 0)
                r = tn_vec_add(&scan->claims, (struct tn_claim){ 0 });
        if (r == 0)
                r = tn_map_add(&scan->by_name, mod.name, (void *)(uintptr_t)scan->modules.n);
        if (r == 0)
                *ret_i = scan->modules.n - 1;
        return r;
}

/* Those of external directories are absolute. */
static int set_path(struct scan *scan, size_t i, struct tn_claim claim)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct tn_depmod_module *mod = &scan->modules.v[i];
        size_t prefix;
        int r;

        if (claim.root) {
                tn_buf_add_span(&path, scan->priority->externals.v[claim.root - 1]);
                tn_buf_add_char(&path, '/');
        }
        prefix = path.len;
        tn_buf_add_span(&path, claim.path);
        r = tn_buf_error(&path);
        if (r == 0)
                r = dup_span(&scan->modules.arena, tn_buf_span(&path), &mod->path);
        if (r < 0)
                return r;
        claim.path = tn_span_skip(mod->path, prefix);
        scan->claims.v[i] = claim;
        return 0;
}

/* Whether a line of modules.dep can begin with a path. */
static bool fits_dep(struct span path)
{
        return tn_span_is_printable(path) && !tn_span_has_any(path, ":");
}

/* -EINVAL for a file that cannot be found by its name, -EEXIST for another of a name that was named already. */
static int add_claim(struct scan *scan, struct tn_claim claim)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        const struct tn_claim *old;
        size_t i;
        int r;

        tn_modname_from_path(claim.path, &name);
        r = tn_buf_error(&name);
        if (r < 0)
                return r;
        if (!tn_modname_is_found(tn_buf_span(&name)) || !fits_dep(claim.path))
                return -EINVAL;
        i = (size_t)(uintptr_t)tn_map_find(&scan->by_name, tn_buf_span(&name));
        if (i == 0) {
                r = add_module(scan, tn_buf_span(&name), &i);
                return r < 0 ? r : set_path(scan, i, claim);
        }
        old = &scan->claims.v[--i];
        if (claim.named && old->named)
                return claim.dev == old->dev && claim.ino == old->ino ? 0 : -EEXIST;
        return tn_claim_beats(&claim, old) ? set_path(scan, i, claim) : 0;
}

static int add_file(void *data, const struct tn_claim *claim)
{
        struct scan *scan = data;
        int r = add_claim(scan, *claim);

        if (r != -EINVAL)
                return r;
        tn_log(scan->log, TN_LOG_WARNING, "ignoring %s/%.*s: no module can be %s", scan->dir->path,
               SPAN_FMT(claim->path),
               fits_dep(claim->path) ? "asked for by that name" : "listed under a path with ':'");
        return 0;
}

static int scan_dir(struct scan *scan, const struct tn_dir *dir, uint32_t root)
{
        struct tn_walk_from from = { .dir = dir, .priority = scan->priority, .root = root };

        scan->dir = dir;
        return tn_walk(&from, scan->log, add_file, scan);
}

static int scan_external(struct scan *scan, uint32_t root)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(closep) int fd = -1;
        struct tn_dir dir = {
                .fd = AT_FDCWD,
                .root = scan->from->root,
                .inside = scan->priority->externals.v[root - 1].ptr,
        };

        tn_buf_addf(&path, "%s%s", dir.root ? dir.root->dir : "", dir.inside);
        dir.path = tn_buf_str(&path);
        if (!dir.path)
                return -ENOMEM;
        if (!fits_dep(tn_span_of(dir.inside))) {
                tn_log(scan->log, TN_LOG_ERR,
                       "ignoring directory %s: no module can be listed under such a path", dir.path);
                return 0;
        }
        fd = tn_dir_open(&dir, ".", O_RDONLY | O_DIRECTORY);
        if (fd < 0) {
                if (fd != -ENOMEM)
                        tn_log(scan->log, TN_LOG_ERR, "could not open directory %s: %s", dir.path,
                               strerror(-fd));
                return tn_file_is_fault(fd) ? 0 : fd;
        }
        dir.fd = fd;
        return scan_dir(scan, &dir, root);
}

/* The part of an absolute path behind the module directory, whatever links lead there; the whole when it is elsewhere. */
static int find_inside(const struct scan *scan, struct span path, struct span *ret_inside)
{
        struct stat dir, st;

        *ret_inside = path;
        if (fstat(scan->from->dir->fd, &dir) < 0)
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

static int add_named(struct scan *scan, const char *file)
{
        const struct tn_inroot *in = scan->from->root;
        struct span path = tn_span_of(file), root = tn_span_of(in ? in->dir : NULL);
        _cleanup_(closep) int fd = tn_file_open_regular(AT_FDCWD, file);
        struct tn_claim claim = { 0 };
        struct stat st;
        int r;

        if (fd < 0)
                return fd;
        if (fstat(fd, &st) < 0)
                return -errno;
        if (!tn_span_is_printable(path))
                return -EILSEQ;
        r = find_inside(scan, path, &path);
        if (r < 0)
                return r;
        if (root.len && tn_span_starts(path, root))
                path = tn_span_skip(path, root.len);
        claim = tn_priority_claim(scan->priority, 0, path);
        claim.named = true;
        claim.dev = st.st_dev;
        claim.ino = st.st_ino;
        return add_claim(scan, claim);
}

static int add_all_named(struct scan *scan)
{
        for (const char *const *file = scan->from->files; file && *file; file++) {
                int r = -EINVAL;

                if (**file != '/') {
                        tn_log(scan->log, TN_LOG_CRIT, "%s: not absolute path.", *file);
                        return r;
                }
                r = add_named(scan, *file);
                if (r < 0 && r != -ENOMEM && r != -E2BIG)
                        tn_log(scan->log, TN_LOG_CRIT, "could not create module %s: %s", *file, strerror(-r));
                if (r < 0)
                        return r;
        }
        return 0;
}

int tn_scan(const struct tn_scan_from *from, struct tn_log *log, struct tn_depmod_modules *ret_modules)
{
        const struct tn_priority *priority = from->priority;
        _cleanup_(scan_fini) struct scan scan = { .from = from, .priority = priority, .log = log };
        int r = scan_dir(&scan, from->dir, 0);

        for (size_t root = priority->externals.n; root > 0 && r == 0; root--)
                r = scan_external(&scan, (uint32_t)root);
        if (r == 0)
                r = add_all_named(&scan);
        if (r == -E2BIG)
                tn_log(log, TN_LOG_ERR, "more than %d modules below %s", TN_DEPMOD_MODULES_MAX,
                       from->dir->path);
        if (r < 0)
                return r;
        *ret_modules = TAKE(scan.modules);
        return 0;
}
