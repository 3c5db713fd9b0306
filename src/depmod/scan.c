/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "depmod/scan.h"
#include "depmod/walk.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/map.h"

struct scan {
        const struct tn_priority *priority;
        struct tn_log *log;
        struct tn_depmod_modules modules;
        struct {
                struct tn_claim *v; /* one a module */
                size_t n;
                size_t cap;
        } claims;
        struct tn_map by_name; /* its place in modules + 1 */
        uint32_t root;         /* what is being walked: 0 is the module directory, n the n-th external one */
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

static int add_file(void *data, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct scan *scan = data;
        struct tn_claim claim = tn_priority_claim(scan->priority, scan->root, path);
        size_t i;
        int r;

        tn_modname_from_path(path, &name);
        r = tn_buf_error(&name);
        if (r < 0)
                return r;
        if (name.len == 0) {
                tn_log(scan->log, TN_LOG_INFO, "ignoring %.*s: a module needs a name", SPAN_FMT(path));
                return 0;
        }
        i = (size_t)(uintptr_t)tn_map_find(&scan->by_name, tn_buf_span(&name));
        if (i == 0) {
                r = add_module(scan, tn_buf_span(&name), &i);
                return r < 0 ? r : set_path(scan, i, claim);
        }
        return tn_claim_beats(&claim, &scan->claims.v[i - 1]) ? set_path(scan, i - 1, claim) : 0;
}

static int scan_external(struct scan *scan, uint32_t root)
{
        const char *dir = scan->priority->externals.v[root - 1].ptr;
        _cleanup_(closep) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0) {
                int r = -errno;

                if (r != -ENOMEM)
                        tn_log(scan->log, TN_LOG_ERR, "could not open directory %s: %s", dir, strerror(-r));
                return tn_file_is_fault(r) ? 0 : r;
        }
        scan->root = root;
        return tn_walk(fd, dir, scan->priority, scan->log, add_file, scan);
}

int tn_scan(int dirfd, const char *dir, const struct tn_priority *priority, struct tn_log *log,
            struct tn_depmod_modules *ret_modules)
{
        _cleanup_(scan_fini) struct scan scan = { .priority = priority, .log = log };
        int r = tn_walk(dirfd, dir, priority, log, add_file, &scan);

        for (size_t root = priority->externals.n; root > 0 && r == 0; root--)
                r = scan_external(&scan, (uint32_t)root);
        if (r == -E2BIG)
                tn_log(log, TN_LOG_ERR, "more than %d modules below %s", TN_DEPMOD_MODULES_MAX, dir);
        if (r < 0)
                return r;
        *ret_modules = TAKE(scan.modules);
        return 0;
}
