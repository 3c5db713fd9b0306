/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/dirs.h"
#include "tenon/image/age.h"
#include "util/cleanup.h"
#include "util/confd.h"

static int compare(const struct timespec *a, const struct timespec *b)
{
        if (a->tv_sec != b->tv_sec)
                return a->tv_sec < b->tv_sec ? -1 : 1;
        return (a->tv_nsec > b->tv_nsec) - (a->tv_nsec < b->tv_nsec);
}

const struct tn_image_source *tn_image_age(const struct timespec *image,
                                           const struct tn_image_sources *sources)
{
        const struct tn_image_source *source, *newest = NULL;

        tn_vec_each (source, sources) {
                if (compare(&source->mtime, newest ? &newest->mtime : image) > 0)
                        newest = source;
        }
        return newest;
}

void tn_image_sources_fini(struct tn_image_sources *sources)
{
        struct tn_image_source *source;

        tn_vec_each (source, sources)
                free(source->path);
        tn_vec_fini(sources);
        free(sources->hidden_path);
        *sources = (struct tn_image_sources){ 0 };
}

/* Indexes that every run of depmod which changes something writes, and that images have. */
static const char *const indexes[] = { "modules.dep", "modules.dep.bin", "modules.alias.bin",
                                       "modules.softdep" };

static int note_hidden(struct tn_image_sources *sources, int err, const char *path)
{
        if (sources->hidden_err)
                return 0;
        sources->hidden_path = strdup(path);
        if (!sources->hidden_path)
                return -ENOMEM;
        sources->hidden_err = err;
        return 0;
}

/* Adds what has the name in dir, if it is there; as messages name it, it is path. */
static int add(struct tn_image_sources *sources, const struct tn_dir *dir, const char *name, const char *path)
{
        struct tn_image_source source = { 0 };
        struct stat st;
        int r = tn_dir_stat(dir, name, &st);

        if (r == -ENOENT || r == -ENOTDIR)
                return 0;
        if (r < 0)
                return r == -ENOMEM ? r : note_hidden(sources, r, path);
        source.path = strdup(path);
        source.mtime = st.st_mtim;
        if (!source.path)
                return -ENOMEM;
        r = tn_vec_add(sources, source);
        if (r < 0)
                free(source.path);
        return r;
}

static int add_indexes(struct tn_image_sources *sources, const struct tn_dir *modules)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(indexes); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

                tn_buf_addf(&path, "%s/%s", modules->path, indexes[i]);
                r = tn_buf_str(&path) ? add(sources, modules, indexes[i], path.ptr) : -ENOMEM;
        }
        return r;
}

static int add_configuration(struct tn_image_sources *sources, const struct tn_dir *root)
{
        static const char *const dirs[] = TN_DIRS_CONF("modprobe.d");
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .root = root->root };
        int r = add(sources, root, TN_DIRS_CLASSIC, TN_DIRS_CLASSIC);

        for (size_t i = 0; r == 0 && dirs[i]; i++) {
                if (strncmp(dirs[i], "/run/", 5) == 0)
                        continue;
                r = add(sources, root, dirs[i], dirs[i]);
                if (r == 0)
                        r = tn_confd_scan(&confd, dirs[i], NULL);
        }
        for (size_t i = 0; r == 0 && i < confd.files.n; i++)
                r = add(sources, root, confd.files.v[i].path, confd.files.v[i].path);
        return r;
}

int tn_image_sources_load(const struct tn_dir *root, const struct tn_dir *modules,
                          struct tn_image_sources *ret_sources)
{
        struct tn_image_sources sources = { 0 };
        int r = add_configuration(&sources, root);

        if (r == 0)
                r = add_indexes(&sources, modules);
        if (r == 0)
                *ret_sources = sources;
        else
                tn_image_sources_fini(&sources);
        return r;
}
