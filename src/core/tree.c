/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/tree.h"
#include "format/modname.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/entries.h"
#include "util/set.h"
#include "util/vec.h"

/* Bytes of names and paths below links; those of Linux' own tree, linked as a whole, are below one million. */
#define ROOM ((size_t)64 * 1024 * 1024)

struct entry {
        size_t at; /* of its name, in names */
        const char *name;
        unsigned char type;
};

struct walk {
        const struct tn_tree *tree;
        struct tn_arena arena; /* all places */
        struct tn_set walked;  /* place.id */
        struct tn_places todo;
        struct tn_entries reader;
        TN_VEC(struct entry) entries; /* of the directory that is read, in order */
        struct tn_buf names;
        struct tn_buf path; /* of the entry that is looked at */
        size_t room;        /* what is left of it */
        unsigned linked;    /* directories below links so far */
        bool full;          /* reported */
};

static void walk_fini(struct walk *walk)
{
        tn_arena_fini(&walk->arena);
        tn_set_fini(&walk->walked);
        tn_places_fini(&walk->todo);
        tn_entries_fini(&walk->reader);
        tn_vec_fini(&walk->entries);
        tn_buf_fini(&walk->names);
        tn_buf_fini(&walk->path);
}

static int by_name(const void *a, const void *b)
{
        return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static int add_entry(struct walk *walk, const struct tn_entry *found)
{
        const struct tn_tree *tree = walk->tree;
        struct entry entry = { .at = walk->names.len, .type = found->type };
        size_t len = strlen(found->name);

        if (tree->has && !tree->has(tree->data, (struct span){ found->name, len }))
                return 0;
        tn_buf_add(&walk->names, found->name, len + 1);
        return tn_buf_error(&walk->names) ?: tn_vec_add(&walk->entries, entry);
}

/* They come as the file system has them, which mostly is not in order; there are few. */
static void sort_entries(struct walk *walk)
{
        struct entry *v = walk->entries.v;

        for (size_t i = 0; i < walk->entries.n; i++)
                v[i].name = walk->names.ptr + v[i].at;
        if (walk->entries.n > 1)
                qsort(v, walk->entries.n, sizeof(*v), by_name);
}

/* Returns 0, -ENOMEM, or -errno of reading it; then what was read before is there. */
static int read_entries(struct walk *walk, int fd)
{
        struct tn_entry entry;
        int r = tn_entries_begin(&walk->reader, fd);

        walk->entries.n = 0;
        tn_buf_reset(&walk->names);
        while (r == 0 && (r = tn_entries_next(&walk->reader, &entry)) > 0)
                r = add_entry(walk, &entry);
        sort_entries(walk);
        return r;
}

static int leave(const struct walk *walk, struct tn_tree_left left)
{
        if (left.err == -ENOMEM || !walk->tree->left)
                return left.err == -ENOMEM ? left.err : 0;
        return walk->tree->left(walk->tree->data, &left);
}

static int leave_rest(struct walk *walk, struct span path)
{
        if (walk->full)
                return 0;
        walk->full = true;
        walk->room = 0;
        return leave(walk, (struct tn_tree_left){ .why = TN_TREE_FULL, .path = path });
}

/* What links lead to takes room. Returns 1, or 0 when there is none left: then nothing more is followed. */
static int take_room(struct walk *walk, const struct tn_place *place, size_t len, struct span path)
{
        if (place->links == 0)
                return 1;
        if (walk->room > len) {
                walk->room -= len;
                return 1;
        }
        return leave_rest(walk, path);
}

static int plan_dir(struct walk *walk, const struct tn_place *parent, struct span path, bool is_link)
{
        const struct tn_tree *tree = walk->tree;
        struct tn_place *place = tn_arena_alloc(&walk->arena, sizeof(*place));
        const char *copy = tn_arena_dup(&walk->arena, path);
        bool counts = !parent || !tree->counts || tree->counts(tree->data, path);
        int r;

        if (!place || !copy)
                return -ENOMEM;
        *place = (struct tn_place){
                .id.branch = counts ? place : parent->id.branch,
                .parent = parent,
                .path = { copy, path.len },
                .depth = parent ? parent->depth + 1 : 0,
                .links = parent ? parent->links + is_link : 0,
        };
        if (tree->depth && place->depth > tree->depth)
                return 0;
        r = take_room(walk, place, path.len + sizeof(*place), place->path);
        return r <= 0 ? r : tn_places_add(&walk->todo, place);
}

/* What it is, links followed. Its mode's type bits, or -errno. */
static int find_type(const struct walk *walk, int fd, const struct entry *entry, bool *ret_is_link)
{
        struct stat st;
        int r;

        *ret_is_link = entry->type == DT_LNK;
        if (entry->type == DT_UNKNOWN) {
                if (fstatat(fd, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
                        return -errno;
                *ret_is_link = S_ISLNK(st.st_mode);
        } else if (!*ret_is_link) {
                return DTTOIF(entry->type);
        }
        r = *ret_is_link ? tn_dir_stat(walk->tree->dir, walk->path.ptr, &st) : 0;
        return r < 0 ? r : (int)(st.st_mode & S_IFMT);
}

static bool is_wanted(const struct tn_tree *tree, struct span path)
{
        return tree->counts_file ? tree->counts_file(tree->data, path) : tn_modname_is_file(path, NULL);
}

static int visit_file(const struct walk *walk, const struct tn_place *place, struct span path, int type)
{
        if (type < 0)
                return leave(walk, (struct tn_tree_left){ TN_TREE_NO_ENTRY, path, .err = type });
        if (type != S_IFREG)
                return leave(walk, (struct tn_tree_left){ TN_TREE_NO_FILE, path, .type = (unsigned)type });
        return is_wanted(walk->tree, path) ? walk->tree->file(walk->tree->data, place, path) : 0;
}

/* The path of the directory is in the buffer, and what goes between. */
static int visit_entry(struct walk *walk, const struct tn_place *place, int fd, const struct entry *entry)
{
        struct span path;
        bool is_link;
        int type, r;

        tn_buf_add_str(&walk->path, entry->name);
        if (!tn_buf_str(&walk->path))
                return tn_buf_error(&walk->path);
        path = tn_buf_span(&walk->path);
        r = take_room(walk, place, path.len, place->path);
        if (r <= 0)
                return r;
        type = find_type(walk, fd, entry, &is_link);
        if (type == S_IFDIR)
                return plan_dir(walk, place, path, is_link);
        return visit_file(walk, place, path, type);
}

static const struct tn_place *find_above(const struct tn_place *place)
{
        const struct tn_place *up = place->parent;

        while (up && (up->id.dev != place->id.dev || up->id.ino != place->id.ino))
                up = up->parent;
        return up;
}

/* Whether it is to be read: 1, or 0 when it leads back to where it is, or was read under a name that is as good. */
static int enter(struct walk *walk, struct tn_place *place)
{
        struct span id = { (const char *)&place->id, sizeof(place->id) };
        const struct tn_place *known = find_above(place);
        int r;

        if (known)
                return leave(walk, (struct tn_tree_left){ TN_TREE_LOOP, place->path, .to = known->path });
        r = tn_set_add(&walk->walked, id);
        if (r > 0 && place->links && walk->tree->linked && walk->linked++ >= walk->tree->linked)
                return leave_rest(walk, place->path);
        return r;
}

/* Opens it, and sees which directory it is. Returns the descriptor or -errno. */
static int open_place(const struct walk *walk, struct tn_place *place)
{
        const char *path = place->path.len ? place->path.ptr : ".";
        _cleanup_(closep) int fd = tn_dir_open(walk->tree->dir, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
        struct stat st;

        if (fd < 0)
                return fd;
        if (fstat(fd, &st) < 0)
                return -errno;
        place->id.dev = st.st_dev;
        place->id.ino = st.st_ino;
        return TAKE_FD(fd);
}

static int visit_entries(struct walk *walk, const struct tn_place *place, int fd)
{
        const struct entry *entry;
        size_t len;
        int r = 0;

        tn_buf_reset(&walk->path);
        tn_buf_add_span(&walk->path, place->path);
        if (place->path.len)
                tn_buf_add_char(&walk->path, '/');
        len = walk->path.len;
        tn_vec_each (entry, &walk->entries) {
                walk->path.len = len;
                r = visit_entry(walk, place, fd, entry);
                if (r != 0)
                        return r;
        }
        return 0;
}

static int walk_place(struct walk *walk, struct tn_place *place)
{
        _cleanup_(closep) int fd = open_place(walk, place);
        int r = MIN(fd, 0);

        if (r == 0) {
                r = enter(walk, place);
                if (r <= 0)
                        return r;
                r = read_entries(walk, fd);
        }
        if (r < 0)
                r = leave(walk, (struct tn_tree_left){ TN_TREE_NO_DIR, place->path, .err = r });
        return r || fd < 0 ? r : visit_entries(walk, place, fd);
}

int tn_tree_walk(const struct tn_tree *tree)
{
        _cleanup_(walk_fini) struct walk walk = { .tree = tree, .room = tree->room ? tree->room : ROOM };
        struct tn_place *place;
        int r = plan_dir(&walk, NULL, SPAN(""), false);

        while (r == 0 && (place = tn_places_take(&walk.todo)))
                r = walk_place(&walk, place);
        return r;
}
