/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/walk.h"
#include "format/modname.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/set.h"
#include "util/vec.h"

/* Bytes of names and paths below links; those of Linux' own tree, linked as a whole, are below one million. */
#define LINKED_MAX ((size_t)64 * 1024 * 1024)

/* A directory whose files count for so much. */
struct ranked {
        dev_t dev;
        ino_t ino;
        int64_t place;
};

struct walk {
        const struct tn_walk_from *from;
        struct tn_log *log;
        tn_walk_fn *fn;
        void *data;
        struct tn_arena arena; /* all places */
        struct tn_map ranked;  /* struct ranked -> the place that counts */
        struct tn_set walked;  /* by place.id */
        struct tn_places todo;
        size_t room; /* for names and paths below links */
};

struct entry {
        char *name;
        unsigned char type;
};

struct entries {
        struct entry *v;
        size_t n;
        size_t cap;
};

static void walk_fini(struct walk *walk)
{
        tn_arena_fini(&walk->arena);
        tn_set_fini(&walk->walked);
        tn_map_fini(&walk->ranked);
        tn_places_fini(&walk->todo);
}

static void entries_fini(struct entries *entries)
{
        for (size_t i = 0; i < entries->n; i++)
                free(entries->v[i].name);
        tn_vec_fini(entries);
}

static int by_name(const void *a, const void *b)
{
        return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static int add_entry(struct entries *entries, const struct dirent *ent)
{
        struct entry entry = { strdup(ent->d_name), ent->d_type };
        int r = entry.name ? tn_vec_add(entries, entry) : -ENOMEM;

        if (r < 0)
                free(entry.name);
        return r;
}

/* Returns 0, -ENOMEM, or -errno of readdir(); then what was read before is there. */
static int read_entries(DIR *dir, const struct tn_priority *priority, struct entries *entries)
{
        struct dirent *ent;
        int r = 0;

        while (r == 0 && (errno = 0, ent = readdir(dir)))
                if (strcmp(ent->d_name, ".") != 0 && strcmp(ent->d_name, "..") != 0 &&
                    !tn_priority_excludes(priority, tn_span_of(ent->d_name)))
                        r = add_entry(entries, ent);
        if (r == 0)
                r = -errno;
        if (entries->n)
                qsort(entries->v, entries->n, sizeof(*entries->v), by_name);
        return r;
}

static void join(struct span dir, const char *name, struct tn_buf *path)
{
        tn_buf_add_span(path, dir);
        if (dir.len)
                tn_buf_add_char(path, '/');
        tn_buf_add_str(path, name);
}

/* What links lead to takes room. Where there is none left, it is 0, and nothing more is followed. */
static bool has_room(struct walk *walk, const struct tn_place *place, size_t len)
{
        if (place->links == 0)
                return true;
        if (walk->room > len) {
                walk->room -= len;
                return true;
        }
        if (walk->room)
                tn_log(walk->log, TN_LOG_ERR,
                       "links below %s lead to too many files, from %s on not followed",
                       walk->from->dir->path, place->path.ptr);
        walk->room = 0;
        return false;
}

static int plan_dir(struct walk *walk, const struct tn_place *parent, struct span path, bool is_link)
{
        struct tn_place *place = tn_arena_alloc(&walk->arena, sizeof(*place));
        const char *copy = tn_arena_dup(&walk->arena, path);
        bool is_branch = tn_priority_leads_on(walk->from->priority, walk->from->root, path);

        if (!place || !copy)
                return -ENOMEM;
        *place = (struct tn_place){
                .id.branch = parent && !is_branch ? parent->id.branch : place,
                .parent = parent,
                .path = { copy, path.len },
                .links = parent ? parent->links + is_link : 0,
        };
        return has_room(walk, place, path.len + sizeof(*place)) ? tn_places_add(&walk->todo, place) : 0;
}

/* What is wrong with the tree is passed over; without what the machine failed to read, an index would be cut. */
static int complain(struct walk *walk, struct span path, int r)
{
        if (r != -ENOMEM)
                tn_log(walk->log, TN_LOG_ERR, "could not read %s%s%.*s: %s", walk->from->dir->path,
                       path.len ? "/" : "", SPAN_FMT(path), strerror(-r));
        return tn_file_is_fault(r) ? 0 : r;
}

/* What it is, links followed. Its mode's type bits, or -errno. */
static int find_type(const struct walk *walk, int fd, const struct entry *entry, const char *path,
                     bool *ret_is_link)
{
        struct stat st;
        int r;

        *ret_is_link = false;
        switch (entry->type) {
        case DT_REG: return S_IFREG;
        case DT_DIR: return S_IFDIR;
        }
        if (fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
                return -errno;
        *ret_is_link = S_ISLNK(st.st_mode);
        r = *ret_is_link ? tn_dir_stat(walk->from->dir, path, &st) : 0;
        return r < 0 ? r : (int)(st.st_mode & S_IFMT);
}

/*
 * Whether this name of a directory is the first that gives its files their rank: 1 or 0. The walk comes to the others
 * later, since something in or below them may rank otherwise.
 */
static int is_first_name(struct walk *walk, const struct tn_place *dir, int place)
{
        struct ranked key = { .dev = dir->id.dev, .ino = dir->id.ino, .place = place }, *kept;
        const struct tn_place *first =
                tn_map_find(&walk->ranked, (struct span){ (const char *)&key, sizeof(key) });
        int r;

        if (first)
                return first == dir;
        kept = tn_arena_alloc(&walk->arena, sizeof(*kept));
        if (!kept)
                return -ENOMEM;
        *kept = key;
        r = tn_map_add(&walk->ranked, (struct span){ (const char *)kept, sizeof(*kept) },
                       (void *)(uintptr_t)dir);
        return r < 0 ? r : 1;
}

static int offer(struct walk *walk, const struct tn_place *place, struct span path)
{
        struct tn_claim claim = tn_priority_claim(walk->from->priority, walk->from->root, path);
        int r = claim.override < 0 ? is_first_name(walk, place, claim.place) : 1;

        return r <= 0 ? r : walk->fn(walk->data, &claim);
}

static int visit_file(struct walk *walk, const struct tn_place *place, struct span path, int type)
{
        const char *root = walk->from->dir->path;

        if (type < 0)
                return complain(walk, path, type);
        if (type != S_IFREG) {
                tn_log(walk->log, TN_LOG_ERR, "unsupported file type %s/%.*s: %o", root, SPAN_FMT(path),
                       (unsigned)type);
                return 0;
        }
        if (!tn_modname_is_file(path, NULL))
                return 0;
        /* it would put lines or bytes into the files that their readers cannot take */
        if (!tn_span_is_printable(path)) {
                tn_log(walk->log, TN_LOG_ERR, "ignoring %s/%.*s: not a printable 7-bit ASCII name", root,
                       SPAN_FMT(path));
                return 0;
        }
        return offer(walk, place, path);
}

static int visit_entry(struct walk *walk, const struct tn_place *place, int fd, const struct entry *entry)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        bool is_link;
        int type;

        join(place->path, entry->name, &path);
        if (!tn_buf_str(&path))
                return tn_buf_error(&path);
        if (!has_room(walk, place, path.len))
                return 0;
        type = find_type(walk, fd, entry, path.ptr, &is_link);
        if (type == S_IFDIR)
                return plan_dir(walk, place, tn_buf_span(&path), is_link);
        return visit_file(walk, place, tn_buf_span(&path), type);
}

static const struct tn_place *find_above(const struct tn_place *place)
{
        const struct tn_place *up = place->parent;

        while (up && (up->id.dev != place->id.dev || up->id.ino != place->id.ino))
                up = up->parent;
        return up;
}

/* Whether it is to be read: 1, or 0 when it leads back to where it is, or was read under a name that is as good. */
static int enter(struct walk *walk, struct tn_place *place, int fd)
{
        struct span id = { (const char *)&place->id, sizeof(place->id) };
        const struct tn_place *known;
        struct stat st;

        if (fstat(fd, &st) < 0)
                return -errno;
        place->id.dev = st.st_dev;
        place->id.ino = st.st_ino;
        known = find_above(place);
        if (known) {
                const char *root = walk->from->dir->path;

                tn_log(walk->log, TN_LOG_WARNING, "%s/%.*s leads back to %s%s%.*s, not followed", root,
                       SPAN_FMT(place->path), root, known->path.len ? "/" : "", SPAN_FMT(known->path));
                return 0;
        }
        return tn_set_add(&walk->walked, id);
}

static int open_place(const struct walk *walk, const struct tn_place *place, DIR **ret_dir)
{
        _cleanup_(closep) int fd = tn_dir_open(walk->from->dir, place->path.len ? place->path.ptr : ".",
                                               O_RDONLY | O_DIRECTORY | O_NONBLOCK);

        if (fd < 0)
                return fd;
        *ret_dir = fdopendir(fd);
        if (!*ret_dir)
                return -errno;
        TAKE_FD(fd);
        return 0;
}

static int walk_place(struct walk *walk, struct tn_place *place)
{
        _cleanup_(entries_fini) struct entries entries = { 0 };
        _cleanup_(closedirp) DIR *dir = NULL;
        int r = open_place(walk, place, &dir);

        if (r == 0) {
                r = enter(walk, place, dirfd(dir));
                if (r == 0)
                        return 0;
        }
        if (r > 0)
                r = read_entries(dir, walk->from->priority, &entries);
        if (r < 0)
                r = complain(walk, place->path, r);
        for (size_t i = 0; i < entries.n && r == 0; i++)
                r = visit_entry(walk, place, dirfd(dir), &entries.v[i]);
        return r;
}

int tn_walk(const struct tn_walk_from *from, struct tn_log *log, tn_walk_fn *fn, void *data)
{
        _cleanup_(walk_fini) struct walk walk = {
                .from = from,
                .log = log,
                .fn = fn,
                .data = data,
                .room = from->room ? from->room : LINKED_MAX,
        };
        struct tn_place *place;
        int r = plan_dir(&walk, NULL, SPAN(""), false);

        while (r == 0 && (place = tn_places_take(&walk.todo)))
                r = walk_place(&walk, place);
        return r;
}
