/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "depmod/walk.h"
#include "format/modname.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/map.h"
#include "util/vec.h"

/* A directory to be walked. */
struct place {
        struct {
                dev_t dev;
                ino_t ino;
        } id;
        const struct place *parent; /* NULL for the root */
        struct span path;           /* relative to the root, whose own is empty; NUL-terminated */
};

struct walk {
        int rootfd;
        const char *dir;
        const struct tn_priority *priority;
        struct tn_log *log;
        tn_walk_fn *fn;
        void *data;
        struct tn_arena arena;       /* all places */
        struct tn_map walked;        /* place.id -> place */
        TN_VEC(struct place *) todo; /* real directories */
        struct {
                struct place **v;
                size_t n;
                size_t cap;
                size_t done;
        } links; /* to directories; their turn comes when there is nothing real left to do */
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
        tn_map_fini(&walk->walked);
        tn_vec_fini(&walk->todo);
        tn_vec_fini(&walk->links);
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

static int plan_dir(struct walk *walk, const struct place *parent, struct span path, bool is_link)
{
        struct place *place = tn_arena_alloc(&walk->arena, sizeof(*place));
        const char *copy = tn_arena_dup(&walk->arena, path);

        if (!place || !copy)
                return -ENOMEM;
        place->parent = parent;
        place->path = (struct span){ copy, path.len };
        return is_link ? tn_vec_add(&walk->links, place) : tn_vec_add(&walk->todo, place);
}

/* What is wrong with the tree is passed over; without what the machine failed to read, an index would be cut. */
static int complain(struct walk *walk, struct span path, int r)
{
        if (r != -ENOMEM)
                tn_log(walk->log, TN_LOG_ERR, "could not read %s%s%.*s: %s", walk->dir, path.len ? "/" : "",
                       SPAN_FMT(path), strerror(-r));
        return tn_file_is_fault(r) ? 0 : r;
}

/* What it is, links followed. Its mode's type bits, or -errno. */
static int find_type(int fd, const struct entry *entry, bool *ret_is_link)
{
        struct stat st;

        switch (entry->type) {
        case DT_REG: *ret_is_link = false; return S_IFREG;
        case DT_DIR: *ret_is_link = false; return S_IFDIR;
        }
        if (fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
                return -errno;
        *ret_is_link = S_ISLNK(st.st_mode);
        if (*ret_is_link && fstatat(fd, entry->name, &st, 0) < 0)
                return -errno;
        return (int)(st.st_mode & S_IFMT);
}

static int visit_file(struct walk *walk, struct span path, int type)
{
        if (!tn_modname_is_file(path, NULL))
                return 0;
        if (type < 0)
                return complain(walk, path, type);
        if (type != S_IFREG) {
                tn_log(walk->log, TN_LOG_ERR, "unsupported file type %s/%.*s: %o", walk->dir, SPAN_FMT(path),
                       (unsigned)type);
                return 0;
        }
        /* it would put lines or bytes into the files that their readers cannot take */
        if (!tn_span_is_printable(path)) {
                tn_log(walk->log, TN_LOG_ERR, "ignoring %s/%.*s: not a printable 7-bit ASCII name", walk->dir,
                       SPAN_FMT(path));
                return 0;
        }
        return walk->fn(walk->data, path);
}

static int visit_entry(struct walk *walk, const struct place *place, int fd, const struct entry *entry)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        bool is_link = true;
        int type;

        join(place->path, entry->name, &path);
        if (!tn_buf_str(&path))
                return tn_buf_error(&path);
        type = find_type(fd, entry, &is_link);
        if (type == S_IFDIR)
                return plan_dir(walk, place, tn_buf_span(&path), is_link);
        return visit_file(walk, tn_buf_span(&path), type);
}

/* Whether the directory is new; then it is known from now on. A way back up is worth a word, another way is not. */
static int enter(struct walk *walk, struct place *place, int fd)
{
        const struct place *known;
        struct stat st;
        int r;

        if (fstat(fd, &st) < 0)
                return -errno;
        place->id.dev = st.st_dev;
        place->id.ino = st.st_ino;
        known = tn_map_find(&walk->walked, (struct span){ (const char *)&place->id, sizeof(place->id) });
        if (known) {
                const struct place *up = place->parent;

                while (up && up != known)
                        up = up->parent;
                tn_log(walk->log, up ? TN_LOG_WARNING : TN_LOG_INFO,
                       "%s/%.*s leads back to %s/%.*s, not followed", walk->dir, SPAN_FMT(place->path),
                       walk->dir, SPAN_FMT(known->path));
                return 0;
        }
        r = tn_map_add(&walk->walked, (struct span){ (const char *)&place->id, sizeof(place->id) }, place);
        return r < 0 ? r : 1;
}

static int open_place(const struct walk *walk, const struct place *place, DIR **ret_dir)
{
        _cleanup_(closep) int fd = -1;

        fd = openat(walk->rootfd, place->path.len ? place->path.ptr : ".",
                    O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        *ret_dir = fdopendir(fd);
        if (!*ret_dir)
                return -errno;
        fd = -1;
        return 0;
}

static int walk_place(struct walk *walk, struct place *place)
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
                r = read_entries(dir, walk->priority, &entries);
        if (r < 0)
                r = complain(walk, place->path, r);
        for (size_t i = 0; i < entries.n && r == 0; i++)
                r = visit_entry(walk, place, dirfd(dir), &entries.v[i]);
        return r;
}

/* The last planned is walked next. */
static struct place *next_place(struct walk *walk)
{
        if (walk->todo.n)
                return walk->todo.v[--walk->todo.n];
        return walk->links.done < walk->links.n ? walk->links.v[walk->links.done++] : NULL;
}

int tn_walk(int dirfd, const char *dir, const struct tn_priority *priority, struct tn_log *log,
            tn_walk_fn *fn, void *data)
{
        _cleanup_(walk_fini) struct walk walk = {
                .rootfd = dirfd,
                .dir = dir,
                .priority = priority,
                .log = log,
                .fn = fn,
                .data = data,
        };
        struct place *place;
        int r = plan_dir(&walk, NULL, SPAN(""), false);

        while (r == 0 && (place = next_place(&walk)))
                r = walk_place(&walk, place);
        return r;
}
