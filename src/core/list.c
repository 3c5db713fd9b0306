/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>

#include "core/list.h"
#include "core/tree.h"
#include "format/depline.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/vec.h"

/* How deep a tree is walked. Linux' own is 9 deep. */
#define DEPTH_MAX  64

/* How many directories are read that links lead to. */
#define LINKED_MAX 4096

struct list {
        struct tn_buf dir; /* normalised, ends in '/' unless it is empty */
        struct tn_buf pattern;
        struct tn_buf path;        /* what is held against the two, normalised */
        TN_VEC(struct span) found; /* files of the tree that are wanted, in the order of the walk */
        struct tn_arena arena;     /* of their paths */
        bool partial;              /* something could not be read */
        tn_list_fn *fn;
        void *data;
};

static void list_fini(struct list *list)
{
        tn_buf_fini(&list->dir);
        tn_buf_fini(&list->pattern);
        tn_buf_fini(&list->path);
        tn_vec_fini(&list->found);
        tn_arena_fini(&list->arena);
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

static int is_wanted(struct list *list, struct span path)
{
        bool wanted = is_below(list, path) && has_name(list, path);

        return tn_buf_error(&list->path) ?: wanted;
}

static int list_dep(struct list *list, struct span text)
{
        struct tn_depline dep;
        struct span line;
        int r = 0;

        text = tn_line_text(text);
        while (r == 0 && tn_line_next(&text, &line)) {
                r = tn_depline_parse(line, &dep) == 0 ? is_wanted(list, dep.path) : 0;
                if (r > 0)
                        r = list->fn(list->data, dep.path);
        }
        return r;
}

static bool is_part(void *data, struct span base)
{
        (void)data;
        return !tn_span_starts(base, SPAN(".")) && !tn_span_eq(base, SPAN("build")) &&
               !tn_span_eq(base, SPAN("source"));
}

static int keep(void *data, const struct tn_place *place, struct span path)
{
        struct list *list = data;
        const char *copy;
        int r = is_wanted(list, path);

        (void)place;
        if (r <= 0)
                return r;
        copy = tn_arena_dup(&list->arena, path);
        return copy ? tn_vec_add(&list->found, ((struct span){ copy, path.len })) : -ENOMEM;
}

/* What cannot be read below the top is left out. */
static int leave_out(void *data, const struct tn_tree_left *left)
{
        struct list *list = data;

        if (left->why != TN_TREE_NO_DIR)
                return 0;
        list->partial = true;
        return left->path.len ? 0 : left->err;
}

/* Directories stand where their names do among the files. */
static int by_path(const void *one, const void *two)
{
        const struct span *a = one, *b = two;
        size_t i = 0, n = MIN(a->len, b->len);

        while (i < n && a->ptr[i] == b->ptr[i])
                i++;
        if (i == n)
                return a->len < b->len ? -1 : a->len > b->len;
        if (a->ptr[i] == '/' || b->ptr[i] == '/')
                return a->ptr[i] == '/' ? -1 : 1;
        return (unsigned char)a->ptr[i] < (unsigned char)b->ptr[i] ? -1 : 1;
}

static int list_tree(struct list *list, const struct tn_dir *dir)
{
        const struct tn_tree tree = {
                .dir = dir,
                .file = keep,
                .has = is_part,
                .left = leave_out,
                .data = list,
                .depth = DEPTH_MAX,
                .linked = LINKED_MAX,
        };
        int r = tn_tree_walk(&tree);

        if (r == 0 && list->found.n)
                qsort(list->found.v, list->found.n, sizeof(*list->found.v), by_path);
        for (size_t i = 0; i < list->found.n && r == 0; i++)
                r = list->fn(list->data, list->found.v[i]);
        return r;
}

/* The descriptor in it is the caller's to close. */
static int open_top(const struct tn_dir *dir, struct tn_dir *ret_top)
{
        *ret_top = *dir;
        ret_top->fd = tn_dir_open(dir, ".", O_RDONLY | O_DIRECTORY);
        return ret_top->fd;
}

int tn_list_tree(const struct tn_dir *dir, tn_list_fn *fn, void *data)
{
        _cleanup_(list_fini) struct list list = { .fn = fn, .data = data };
        struct tn_dir top;
        _cleanup_(closep) int fd = open_top(dir, &top);
        int r = fd < 0 ? fd : list_init(&list, &(struct tn_list_filter){ 0 });

        if (r == 0)
                r = list_tree(&list, &top);
        return r < 0 ? r : list.partial;
}

int tn_list_each(const struct tn_dir *dir, const struct tn_list_filter *filter, tn_list_fn *fn, void *data)
{
        _cleanup_(list_fini) struct list list = { .fn = fn, .data = data };
        _cleanup_(tn_file_unmap) struct tn_file file = { 0 };
        struct tn_dir top;
        _cleanup_(closep) int dirfd = open_top(dir, &top), fd = -1;
        int r = dirfd < 0 ? dirfd : list_init(&list, filter);

        if (r < 0)
                return r;
        fd = tn_dir_open_regular(&top, "modules.dep");
        r = fd < 0 ? fd : tn_file_map(fd, &file);
        if (r == -ENOMEM)
                return r;
        return file.len ? list_dep(&list, tn_file_span(&file)) : list_tree(&list, &top);
}
