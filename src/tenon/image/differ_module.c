/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/modname.h"
#include "tenon/image/differ_run.h"
#include "util/cleanup.h"

/* Reads the module behind fd, which is taken over. What cannot be read stays unknown. */
static int read_module(struct tn_image_run *run, int fd, struct tn_image_gist *gist)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = fd < 0 ? fd : tn_modfile_take(fd, &file);

        if (r == 0)
                r = tn_image_gist_module(&file, &run->out->arena, gist);
        return r == -ENOMEM ? r : 0;
}

/* The module of the disk at the place of the image's, compressed in whatever way. Returns 1, 0 without one, -ENOMEM. */
static int find_same(struct tn_image_run *run, const struct tn_image_copy *copy, struct tn_image_pair *pair)
{
        static const char *const suffixes[] = { "", ".xz", ".zst", ".gz" };
        const struct tn_dir *dir = tn_catalog_where(run->disk->catalog);
        struct span plain = copy->path.rest;

        tn_modname_is_file(copy->path.rest, &plain);
        for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
                size_t start = strlen(dir->path) + 1;
                int fd;

                tn_buf_reset(&pair->path);
                tn_buf_addf(&pair->path, "%s/", dir->path);
                tn_buf_add_span(&pair->path, plain);
                tn_buf_add_str(&pair->path, suffixes[i]);
                if (!tn_buf_str(&pair->path))
                        return -ENOMEM;
                fd = tn_dir_open_regular(dir, pair->path.ptr + start);
                if (fd != -ENOENT && fd != -ENOTDIR)
                        return read_module(run, fd, &pair->gist) < 0 ? -ENOMEM : 1;
        }
        tn_buf_reset(&pair->path);
        return 0;
}

/* Where the module is that would be loaded from the disk, as modules.dep has it. Returns 0, -ENOENT or another error. */
static int find_taken(struct tn_image_run *run, const struct tn_image_copy *copy, struct span *ret_path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_depline dep;
        int r;

        tn_modname_from_path(copy->path.rest, &name);
        r = tn_buf_error(&name);
        if (r == 0)
                r = tn_catalog_find_dep(run->disk->catalog, tn_buf_span(&name), &dep);
        if (r == 0)
                *ret_path = dep.path;
        return r;
}

/* Reads it. Returns 1, 0 when it is not there, -ENOMEM. */
static int read_taken(struct tn_image_run *run, struct span path, struct tn_image_pair *pair)
{
        int fd;

        tn_catalog_add_path(run->disk->catalog, path, &pair->path);
        if (!tn_buf_str(&pair->path))
                return -ENOMEM;
        fd = tn_catalog_open_file(run->disk->catalog, pair->path.ptr);
        if (fd == -ENOENT || fd == -ENOTDIR)
                return 0;
        return read_module(run, fd, &pair->gist) < 0 ? -ENOMEM : 1;
}

/* Whether it is the same module file of the tree, but for its compression. */
static bool is_same_place(struct span a, struct span b)
{
        struct span plain_a = a, plain_b = b;

        tn_modname_is_file(a, &plain_a);
        tn_modname_is_file(b, &plain_b);
        return tn_span_eq(plain_a, plain_b);
}

/* Whether the image has a module of the tree, too. */
static bool is_in_image(const struct tn_image_run *run, struct span path)
{
        const struct tn_image_copy *copy;

        tn_vec_each (copy, run->copies) {
                if (copy->path.kind == TN_IMAGE_MODULE && is_same_place(copy->path.rest, path))
                        return true;
        }
        return false;
}

int tn_image_differ_module(struct tn_image_run *run, const struct tn_image_copy *copy)
{
        _cleanup_(tn_image_pair_fini) struct tn_image_pair same = { .copy = copy }, taken = { .copy = copy };
        struct span path = { 0 };
        int found = find_taken(run, copy, &path), has_same = find_same(run, copy, &same);
        int r = 0;

        if (has_same < 0 || found == -ENOMEM)
                return -ENOMEM;
        if (found == 0 && !(has_same && (is_same_place(path, copy->path.rest) || is_in_image(run, path))))
                r = read_taken(run, path, &taken);
        if (r < 0)
                return r;
        if (r > 0)
                return tn_image_judge(run, &taken, has_same ? TN_IMAGE_SUPERSEDED : TN_IMAGE_MOVED);
        if (has_same)
                return tn_image_judge(run, &same, TN_IMAGE_DIFFERS);
        return tn_image_report(run, &same, TN_IMAGE_ONLY_IN_IMAGE);
}
