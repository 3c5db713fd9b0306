/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include "core/list.h"
#include "format/depline.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"
#include "util/vec.h"

/* How deep a tree is walked. Linux' own is 9 deep. */
#define DEPTH_MAX  64

/* How many directories are read that links lead to. */
#define LINKED_MAX 4096

struct list {
        struct tn_dir top;
        struct tn_buf dir; /* normalised, ends in '/' unless it is empty */
        struct tn_buf pattern;
        struct tn_buf path; /* what is held against the two, normalised */
        unsigned linked;    /* directories below links so far */
        bool partial;       /* something could not be read */
        tn_list_fn *fn;
        void *data;
};

/* A directory that is being read. */
struct level {
        const struct level *up;
        dev_t dev;
        ino_t ino;
        int fd;
        unsigned depth;
        bool linked; /* it is a link, or below one */
};

struct names {
        char **v;
        size_t n, cap;
};

static void names_fini(struct names *names)
{
        for (size_t i = 0; i < names->n; i++)
                free(names->v[i]);
        tn_vec_fini(names);
}

static void list_fini(struct list *list)
{
        tn_buf_fini(&list->dir);
        tn_buf_fini(&list->pattern);
        tn_buf_fini(&list->path);
}

static void add_normal(struct span s, struct tn_buf *buf)
{
        for (size_t i = 0; i < s.len; i++)
                tn_buf_add_char(buf, s.ptr[i] == '-' ? '_' : s.ptr[i]);
}

static int list_init(struct list *list, const struct tn_list_filter *filter)
{
        struct span dir = tn_span_of(filter->dir), name;
        int r = tn_modname_from_alias(tn_span_of(filter->pattern ? filter->pattern : "*"), &list->pattern);

        if (r < 0)
                return r;
        while (tn_span_split(&dir, '/', &name)) {
                if (name.len == 0 || tn_span_eq(name, SPAN(".")))
                        continue;
                add_normal(name, &list->dir);
                tn_buf_add_char(&list->dir, '/');
        }
        tn_buf_str(&list->pattern);
        return tn_buf_error(&list->pattern) ?: tn_buf_error(&list->dir);
}

/* Whether the first len bytes of a file name match the pattern. */
static bool matches(struct list *list, struct span name, size_t len)
{
        tn_buf_reset(&list->path);
        add_normal(tn_span_head(name, len), &list->path);
        return tn_buf_str(&list->path) && fnmatch(list->pattern.ptr, list->path.ptr, 0) == 0;
}

static bool has_name(struct list *list, struct span path)
{
        struct span name = tn_span_base(path), plain;

        if (matches(list, name, name.len))
                return true;
        return tn_modname_is_file(name, &plain) &&
               (matches(list, name, plain.len) || matches(list, name, plain.len - strlen(".ko")));
}

static bool is_below(struct list *list, struct span path)
{
        struct span dir = tn_buf_span(&list->dir), normal;

        tn_buf_reset(&list->path);
        add_normal(path, &list->path);
        normal = tn_buf_span(&list->path);
        return tn_span_starts(normal, dir) || (tn_span_starts(normal, SPAN("kernel/")) &&
                                               tn_span_starts(tn_span_skip(normal, strlen("kernel/")), dir));
}

static int offer(struct list *list, struct span path)
{
        bool wanted = is_below(list, path) && has_name(list, path);
        int r = tn_buf_error(&list->path);

        return r == 0 && wanted ? list->fn(list->data, path) : r;
}

static int list_dep(struct list *list, struct span text)
{
        struct tn_depline dep;
        struct span line;
        int r = 0;

        text = tn_line_text(text);
        while (r == 0 && tn_line_next(&text, &line))
                if (tn_depline_parse(line, &dep) == 0)
                        r = offer(list, dep.path);
        return r;
}

static int walk(struct list *list, struct level *level, struct tn_buf *path);

/* What a name is, links followed: they may lead anywhere, or anywhere in the root. */
static int look(const struct list *list, const struct level *level, const char *name, struct tn_buf *path,
                struct stat *ret_st, bool *ret_is_link)
{
        if (fstatat(level->fd, name, ret_st, AT_SYMLINK_NOFOLLOW) < 0)
                return -errno;
        *ret_is_link = S_ISLNK(ret_st->st_mode);
        if (!*ret_is_link)
                return 0;
        return tn_buf_str(path) ? tn_dir_stat(&list->top, path->ptr, ret_st) : tn_buf_error(path);
}

static bool is_above(const struct level *level, const struct stat *st)
{
        for (; level; level = level->up)
                if (level->dev == st->st_dev && level->ino == st->st_ino)
                        return true;
        return false;
}

/* What leads back up is a loop. What is below links is bounded: they may multiply. */
static int list_dir(struct list *list, const struct level *up, const char *name, struct tn_buf *path,
                    const struct stat *st, bool is_link)
{
        struct level level = { up, st->st_dev, st->st_ino, -1, up->depth + 1, up->linked || is_link };
        int r;

        if (level.depth > DEPTH_MAX || is_above(up, st))
                return 0;
        if (level.linked && list->linked++ >= LINKED_MAX)
                return 0;
        level.fd = is_link ? tn_dir_open(&list->top, path->ptr, O_RDONLY | O_DIRECTORY)
                           : openat(up->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        list->partial |= level.fd < 0;
        r = level.fd < 0 ? 0 : walk(list, &level, path);
        closep(&level.fd);
        return r;
}

static int list_entry(struct list *list, const struct level *level, const char *name, struct tn_buf *path)
{
        bool is_link = false;
        struct stat st;
        int r;

        if (path->len)
                tn_buf_add_char(path, '/');
        tn_buf_add_str(path, name);
        if (tn_buf_error(path))
                return tn_buf_error(path);
        r = look(list, level, name, path, &st, &is_link);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        if (S_ISREG(st.st_mode) && tn_modname_is_file(tn_span_of(name), NULL))
                return offer(list, tn_buf_span(path));
        return S_ISDIR(st.st_mode) ? list_dir(list, level, name, path, &st, is_link) : 0;
}

static int by_name(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_part(const char *name)
{
        return name[0] != '.' && strcmp(name, "build") != 0 && strcmp(name, "source") != 0;
}

static int add_name(struct names *names, const char *name)
{
        char *copy = strdup(name);
        int r = copy ? tn_vec_add(names, copy) : -ENOMEM;

        if (r < 0)
                free(copy);
        return r;
}

/* The names in a directory that count, in order. */
static int read_names(int dirfd, struct names *names)
{
        _cleanup_(closedirp) DIR *dir = NULL;
        _cleanup_(closep) int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct dirent *ent;
        int r = 0;

        dir = fd < 0 ? NULL : fdopendir(fd);
        if (!dir)
                return -errno;
        fd = -1;
        while (r == 0 && (errno = 0, ent = readdir(dir)))
                if (is_part(ent->d_name))
                        r = add_name(names, ent->d_name);
        if (r == 0)
                r = -errno;
        if (names->n)
                qsort(names->v, names->n, sizeof(*names->v), by_name);
        return r;
}

/* What cannot be read below the top is left out. */
static int walk(struct list *list, struct level *level, struct tn_buf *path)
{
        _cleanup_(names_fini) struct names names = { 0 };
        size_t len = path->len;
        int r = read_names(level->fd, &names);

        if (r < 0) {
                list->partial = true;
                return level->depth == 0 || r == -ENOMEM ? r : 0;
        }
        for (size_t i = 0; r == 0 && i < names.n; i++) {
                r = list_entry(list, level, names.v[i], path);
                path->len = len;
        }
        return r;
}

/* The descriptor is the caller's to close. */
static int open_top(struct list *list, const struct tn_dir *dir)
{
        int fd = tn_dir_open(dir, ".", O_RDONLY | O_DIRECTORY);

        list->top = *dir;
        list->top.fd = fd;
        return fd;
}

static int list_tree(struct list *list)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct level top = { .fd = list->top.fd };
        struct stat st;

        if (fstat(top.fd, &st) < 0)
                return -errno;
        top.dev = st.st_dev;
        top.ino = st.st_ino;
        return walk(list, &top, &path);
}

int tn_list_tree(const struct tn_dir *dir, tn_list_fn *fn, void *data)
{
        _cleanup_(list_fini) struct list list = { .fn = fn, .data = data };
        _cleanup_(closep) int dirfd = open_top(&list, dir);
        int r = dirfd < 0 ? dirfd : list_init(&list, &(struct tn_list_filter){ 0 });

        if (r == 0)
                r = list_tree(&list);
        return r < 0 ? r : list.partial;
}

int tn_list_each(const struct tn_dir *dir, const struct tn_list_filter *filter, tn_list_fn *fn, void *data)
{
        _cleanup_(list_fini) struct list list = { .fn = fn, .data = data };
        _cleanup_(tn_file_unmap) struct tn_file file = { 0 };
        _cleanup_(closep) int dirfd = open_top(&list, dir), fd = -1;
        int r = dirfd < 0 ? dirfd : list_init(&list, filter);

        if (r < 0)
                return r;
        fd = tn_dir_open_regular(&list.top, "modules.dep");
        r = fd < 0 ? fd : tn_file_map(fd, &file);
        if (r == -ENOMEM)
                return r;
        return file.len ? list_dep(&list, tn_file_span(&file)) : list_tree(&list);
}
