/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/diagnose_load.h"
#include "core/list.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/vec.h"

static int compare_names(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static DIR *open_parent(const struct tn_dir *where)
{
        struct span dir = tn_span_of(where->root ? where->inside : where->path);
        _cleanup_(freep) char *parent = tn_span_dup(tn_span_head(dir, dir.len - tn_span_base(dir).len));
        DIR *stream = NULL;

        if (parent)
                tn_dir_stream_take(tn_dir_open(where, parent, O_RDONLY | O_DIRECTORY), &stream);
        return stream;
}

/* The names of the directories beside the module directory, in order. */
static int find_others(const struct tn_dir *where, struct tn_arena *arena, struct tn_buf *others)
{
        TN_VEC(char *) names = { 0 };
        DIR *dir = open_parent(where);
        int r = 0;

        for (struct dirent *entry; r == 0 && dir && (entry = readdir(dir));) {
                char *name = entry->d_name[0] != '.' ? tn_arena_dup(arena, tn_span_of(entry->d_name)) : NULL;

                if (name)
                        r = tn_vec_add(&names, name);
        }
        if (dir)
                closedir(dir);
        if (names.n)
                qsort(names.v, names.n, sizeof(*names.v), compare_names);
        for (size_t i = 0; i < names.n; i++)
                tn_buf_addf(others, "%s%s", i ? " " : "", names.v[i]);
        tn_vec_fini(&names);
        return r < 0 ? r : tn_buf_error(others);
}

/* The search for a module's file. */
struct search {
        struct span name; /* normalised */
        struct tn_buf file;
        size_t n_files;
};

static int look_at_file(void *data, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct search *search = data;

        search->n_files++;
        tn_modname_from_path(path, &name);
        if (search->file.len || !tn_span_eq(tn_buf_span(&name), search->name))
                return 0;
        tn_buf_add_span(&search->file, path);
        return tn_buf_error(&search->file);
}

int tn_diagnose_load_missing(const char *name, struct tn_catalog *cat, struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf others = { 0 }, release = { 0 }, own = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        const char *dir = tn_catalog_dir(cat), *slash = strrchr(dir, '/');
        struct tn_diagnose_missing missing = { .version = slash ? slash + 1 : dir };
        struct search search = { 0 };
        struct stat st;
        int r = 0;

        tn_kernel_release(&release);
        missing.running = tn_span_eq(tn_buf_span(&release), tn_span_of(missing.version));
        r = tn_dir_stat(tn_catalog_where(cat), ".", &st);
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
                return 0;
        missing.no_dir = r < 0;
        r = 0;
        if (missing.no_dir) {
                r = find_others(tn_catalog_where(cat), &arena, &others);
                missing.others = tn_buf_span(&others);
        } else if (*missing.version && tn_modname_from_alias(tn_span_of(name), &own) == 0) {
                search.name = tn_buf_span(&own);
                missing.no_modules = tn_list_tree(tn_catalog_where(cat), look_at_file, &search) == 0 &&
                                     search.n_files == 0;
                missing.file = tn_buf_span(&search.file);
        }
        if (r == 0)
                r = tn_diagnose_missing(&missing, lines);
        tn_buf_fini(&search.file);
        return r;
}
