/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/claims.h"
#include "core/tree.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

/* A directory whose files count for so much. */
struct ranked {
        dev_t dev;
        ino_t ino;
        int64_t place;
};

/* The module directory or an external one, while it is walked. */
struct search {
        struct tn_claims *claims;
        const struct tn_priority *priority;
        const struct tn_dir *dir;
        uint32_t root;               /* its number, as for tn_priority_claim() */
        struct span directory;       /* what stands before paths: nothing for the module directory */
        struct tn_arena arena;       /* keys of ranked */
        struct tn_map ranked;        /* struct ranked -> the place that counts */
        const struct tn_place *last; /* where the last file was, and how it ranks */
        int last_place;
        bool is_last_first; /* whether that is the first name that gives it this rank */
        struct tn_log *log;
        const struct tn_claims_from *from;
};

static void search_fini(struct search *search)
{
        tn_map_fini(&search->ranked);
        tn_arena_fini(&search->arena);
}

static bool has(void *data, struct span base)
{
        const struct search *search = data;

        return !tn_priority_excludes(search->priority, base);
}

static bool counts(void *data, struct span path)
{
        const struct search *search = data;

        return tn_priority_leads_on(search->priority, search->root, path);
}

/*
 * Whether this name of a directory is the first that gives its files their rank: 1 or 0. The walk comes to the others
 * later, since something in or below them may rank otherwise.
 */
static int is_first_name(struct search *search, const struct tn_place *dir, int place)
{
        struct ranked key = { .dev = dir->id.dev, .ino = dir->id.ino, .place = place }, *kept;
        const struct tn_place *first =
                tn_map_find(&search->ranked, (struct span){ (const char *)&key, sizeof(key) });
        int r;

        if (first)
                return first == dir;
        kept = tn_arena_alloc(&search->arena, sizeof(*kept));
        if (!kept)
                return -ENOMEM;
        *kept = key;
        r = tn_map_add(&search->ranked, (struct span){ (const char *)kept, sizeof(*kept) },
                       (void *)(uintptr_t)dir);
        return r < 0 ? r : 1;
}

/* Files come directory by directory, and mostly all of one rank alike. */
static int counts_here(struct search *search, const struct tn_place *dir, int place)
{
        int r;

        if (dir == search->last && place == search->last_place)
                return search->is_last_first;
        r = is_first_name(search, dir, place);
        if (r < 0)
                return r;
        search->last = dir;
        search->last_place = place;
        search->is_last_first = r > 0;
        return r;
}

static int add(struct search *search, const struct tn_claim *claim)
{
        int r = tn_claims_add(search->claims, claim, search->directory);

        if (r != -EINVAL)
                return r;
        tn_log(search->log, TN_LOG_WARNING, "ignoring %s/%.*s: no module can be %s", search->dir->path,
               SPAN_FMT(claim->path),
               tn_claims_fit(claim->path) ? "asked for by that name" : "listed under a path with ':'");
        return 0;
}

static int take_file(void *data, const struct tn_place *dir, struct span path)
{
        struct search *search = data;
        struct tn_claim claim;
        int r;

        /* it would put lines or bytes into the files that their readers cannot take */
        if (!tn_span_is_printable(path)) {
                tn_log(search->log, TN_LOG_ERR, "ignoring %s/%.*s: not a printable 7-bit ASCII name",
                       search->dir->path, SPAN_FMT(path));
                return 0;
        }
        claim = tn_priority_claim(search->priority, search->root, path);
        r = claim.override < 0 ? counts_here(search, dir, claim.place) : 1;
        return r <= 0 ? r : add(search, &claim);
}

static const char *slash(struct span path)
{
        return path.len ? "/" : "";
}

static void tell_unread(const struct search *search, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };

        if (!search->from->unread)
                return;
        tn_buf_addf(&full, "%s%s%.*s", search->dir->path, slash(path), SPAN_FMT(path));
        if (tn_buf_str(&full))
                search->from->unread(search->from->data, full.ptr);
}

/* What is wrong with the tree is passed over; without what the machine failed to read, an index would be cut. */
static int report(void *data, const struct tn_tree_left *left)
{
        const struct search *search = data;
        const char *dir = search->dir->path;
        struct span path = left->path, to = left->to;

        switch (left->why) {
        case TN_TREE_NO_ENTRY:
        case TN_TREE_NO_DIR:
                tn_log(search->log, TN_LOG_ERR, "could not read %s%s%.*s: %s", dir, slash(path),
                       SPAN_FMT(path), strerror(-left->err));
                tell_unread(search, path);
                return tn_file_is_fault(left->err) ? 0 : left->err;
        case TN_TREE_NO_FILE:
                tn_log(search->log, TN_LOG_ERR, "unsupported file type %s/%.*s: %o", dir, SPAN_FMT(path),
                       left->type);
                return 0;
        case TN_TREE_LOOP:
                tn_log(search->log, TN_LOG_WARNING, "%s/%.*s leads back to %s%s%.*s, not followed", dir,
                       SPAN_FMT(path), dir, slash(to), SPAN_FMT(to));
                return 0;
        case TN_TREE_FULL:
                tn_log(search->log, TN_LOG_ERR,
                       "links below %s lead to too many files, from %.*s on not followed", dir,
                       SPAN_FMT(path));
                return 0;
        }
        return 0;
}

static int search_dir(const struct tn_claims_from *from, const struct tn_dir *dir, uint32_t root,
                      struct tn_log *log, struct tn_claims *claims)
{
        _cleanup_(search_fini) struct search search = {
                .claims = claims,
                .priority = from->priority,
                .dir = dir,
                .root = root,
                .directory = root ? from->priority->externals.v[root - 1] : SPAN(""),
                .log = log,
                .from = from,
        };
        const struct tn_tree tree = {
                .dir = dir,
                .file = take_file,
                .has = has,
                .counts = counts,
                .left = report,
                .data = &search,
                .room = from->room,
        };

        return tn_tree_walk(&tree);
}

static int search_external(const struct tn_claims_from *from, uint32_t root, struct tn_log *log,
                           struct tn_claims *claims)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(closep) int fd = -1;
        struct tn_dir dir = {
                .fd = AT_FDCWD,
                .root = from->root,
                .inside = from->priority->externals.v[root - 1].ptr,
        };

        tn_buf_addf(&path, "%s%s", dir.root ? dir.root->dir : "", dir.inside);
        dir.path = tn_buf_str(&path);
        if (!dir.path)
                return -ENOMEM;
        if (!tn_claims_fit(tn_span_of(dir.inside))) {
                tn_log(log, TN_LOG_ERR, "ignoring directory %s: no module can be listed under such a path",
                       dir.path);
                return 0;
        }
        fd = tn_dir_open(&dir, ".", O_RDONLY | O_DIRECTORY);
        if (fd < 0) {
                if (fd != -ENOMEM)
                        tn_log(log, TN_LOG_ERR, "could not open directory %s: %s", dir.path, strerror(-fd));
                return tn_file_is_fault(fd) ? 0 : fd;
        }
        dir.fd = fd;
        return search_dir(from, &dir, root, log, claims);
}

int tn_claims_load(const struct tn_claims_from *from, struct tn_log *log, struct tn_claims *ret_claims)
{
        _cleanup_(tn_claims_fini) struct tn_claims claims = { .max = from->max,
                                                              .keeps_beaten = from->keeps_beaten };
        int r = search_dir(from, from->dir, 0, log, &claims);

        for (size_t root = from->priority->externals.n; root > 0 && r == 0; root--)
                r = search_external(from, (uint32_t)root, log, &claims);
        if (r < 0)
                return r;
        *ret_claims = TAKE(claims);
        return 0;
}
