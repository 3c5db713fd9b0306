/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "core/catalog.h"
#include "core/evidence_others.h"
#include "core/list.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/vec.h"

void tn_evidence_others_fini(struct tn_evidence_others *others)
{
        tn_buf_fini(&others->all);
        tn_buf_fini(&others->with);
}

static int compare_names(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static struct span parent_of(const char *path)
{
        struct span dir = tn_span_of(path);

        return tn_span_head(dir, dir.len - tn_span_base(dir).len);
}

/* The directory of another version: that of where, with another last component. */
static int beside(const struct tn_dir *where, const char *version, struct tn_arena *arena,
                  struct tn_dir *ret_dir)
{
        const char *const from[] = { where->path, where->root ? where->inside : NULL };
        const char *paths[ARRAY_SIZE(from)] = { 0 };

        for (size_t i = 0; i < ARRAY_SIZE(from) && from[i]; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

                tn_buf_addf(&path, "%.*s%s", SPAN_FMT(parent_of(from[i])), version);
                paths[i] = tn_buf_str(&path) ? tn_arena_dup(arena, tn_buf_span(&path)) : NULL;
                if (!paths[i])
                        return -ENOMEM;
        }
        *ret_dir = (struct tn_dir){ paths[0], AT_FDCWD, where->root, paths[1] };
        return 0;
}

static int stop(void *data, struct span path)
{
        bool *found = data;

        (void)path;
        *found = true;
        return 1;
}

static int knows(const struct tn_dir *dir, struct span name)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        struct tn_depline line;
        int r = tn_catalog_open(dir, &cat);

        if (r == 0)
                r = tn_catalog_find_dep(cat, name, &line);
        return r == 0 ? 1 : r == -ENOMEM ? r : 0;
}

static void add_word(struct tn_buf *words, const char *word)
{
        tn_buf_addf(words, "%s%s", words->len ? " " : "", word);
}

static int look_at(const struct tn_dir *where, const char *version, struct span name,
                   struct tn_evidence_others *others)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        bool found = false;
        struct tn_dir dir;
        int r = beside(where, version, &arena, &dir);

        if (r < 0)
                return r;
        r = tn_list_tree(&dir, stop, &found);
        if (r == -ENOMEM || !found)
                return r == -ENOMEM ? r : 0;
        add_word(&others->all, version);
        r = knows(&dir, name);
        if (r > 0)
                add_word(&others->with, version);
        return MIN(r, 0);
}

static DIR *open_parent(const struct tn_dir *where)
{
        _cleanup_(freep) char *parent = tn_span_dup(parent_of(where->root ? where->inside : where->path));
        DIR *stream = NULL;

        if (parent && *parent)
                tn_dir_stream_take(tn_dir_open(where, parent, O_RDONLY | O_DIRECTORY), &stream);
        return stream;
}

int tn_evidence_others_load(const struct tn_dir *where, struct span version, struct span name,
                            struct tn_evidence_others *ret_others)
{
        _cleanup_(tn_evidence_others_fini) struct tn_evidence_others others = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        TN_VEC(char *) names = { 0 };
        DIR *dir = open_parent(where);
        int r = 0;

        for (struct dirent *entry; r == 0 && dir && (entry = readdir(dir));) {
                struct span one = tn_span_of(entry->d_name);
                char *copy;

                if (one.ptr[0] == '.' || tn_span_eq(one, version))
                        continue;
                copy = tn_arena_dup(&arena, one);
                r = copy ? tn_vec_add(&names, copy) : -ENOMEM;
        }
        if (dir)
                closedir(dir);
        if (names.n)
                qsort(names.v, names.n, sizeof(*names.v), compare_names);
        for (size_t i = 0; r == 0 && i < names.n; i++)
                r = look_at(where, names.v[i], name, &others);
        tn_vec_fini(&names);
        if (r == 0)
                r = tn_buf_error(&others.all) < 0 ? -ENOMEM : tn_buf_error(&others.with);
        if (r == 0)
                *ret_others = TAKE(others);
        return r;
}
