/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/dirs.h"
#include "core/world.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"

static bool given(const char *path)
{
        return path && *path;
}

static bool is_missing(int err)
{
        return err == -ENOENT || err == -ENOTDIR;
}

/* The module directory behind the base or the root: "/lib/modules/VERSION". */
static int add_below(const struct tn_world *world, struct tn_buf *below)
{
        const char *moduledir = given(world->moduledir) ? world->moduledir : TN_DIRS_MODULES;

        tn_buf_add_path(below, "", moduledir + strspn(moduledir, "/"));
        tn_buf_add_char(below, '/');
        if (!world->release)
                return tn_kernel_release(below);
        tn_buf_add_str(below, world->release);
        return tn_buf_error(below);
}

/* Where the links in the root lead. In a root that is missing, it is the path as it would be. */
static int find_in_root(struct tn_world *world, const char *below)
{
        struct tn_buf *path = &world->path;
        size_t outside;
        int r = tn_file_absolute(world->root, path);

        if (r < 0)
                return r;
        while (path->len && path->ptr[path->len - 1] == '/')
                path->len--;
        if (is_missing(world->root_err)) {
                tn_buf_add_str(path, below);
                return tn_buf_error(path);
        }
        outside = path->len;
        r = world->root_err;
        if (r == 0)
                r = tn_inroot_resolve(&world->inroot, below, path);
        if (r == 0 && !tn_buf_str(path))
                r = tn_buf_error(path);
        if (r < 0)
                return r;
        world->dir.root = &world->inroot;
        world->dir.inside = path->ptr + outside;
        return 0;
}

static int find_path(struct tn_world *world)
{
        _cleanup_(tn_buf_fini) struct tn_buf below = { 0 };
        int r;

        if (given(world->dirname))
                return tn_file_absolute(world->dirname, &world->path);
        r = add_below(world, &below);
        if (r == 0 && !tn_buf_str(&below))
                r = tn_buf_error(&below);
        if (r < 0)
                return r;
        if (given(world->root) && !given(world->base))
                return find_in_root(world, below.ptr);
        r = tn_file_absolute(world->base, &world->path);
        tn_buf_add_span(&world->path, tn_buf_span(&below));
        return r < 0 ? r : tn_buf_error(&world->path);
}

static int find_dir(struct tn_world *world)
{
        int r;

        tn_buf_reset(&world->path);
        if (given(world->root) && !world->inroot.dir)
                world->root_err = tn_inroot_init(world->root, &world->inroot);
        world->dir = tn_dir_at(NULL);
        r = find_path(world);
        if (r < 0)
                return r;
        world->dir.path = tn_buf_str(&world->path);
        return world->dir.path ? 0 : tn_buf_error(&world->path);
}

static int check_root(struct tn_world *world)
{
        return world->root_err;
}

struct tn_config_sources tn_world_config_sources(const struct tn_world *world)
{
        return (struct tn_config_sources){
                .paths = world->config_paths,
                .root = tn_world_root(world),
                .module_dir = &world->dir,
                .kernel_cmdline = !tn_world_root(world),
                .brief = world->brief,
        };
}

static int load_config(struct tn_world *world)
{
        const struct tn_config_sources sources = tn_world_config_sources(world);

        return tn_config_load(&sources, world->config_log, &world->config);
}

static int open_catalog(struct tn_world *world)
{
        int r = tn_catalog_open(&world->dir, &world->catalog);

        if (r < 0)
                return r;
        tn_catalog_set_log(world->catalog, world->log);
        if (world->brief)
                tn_catalog_set_brief(world->catalog);
        return 0;
}

int tn_world_open(struct tn_world *world, unsigned parts)
{
        static const struct {
                enum tn_world_part part;
                unsigned wanted_by;
                int (*open)(struct tn_world *world);
        } table[] = {
                { TN_WORLD_DIR, ~0u, find_dir },
                { TN_WORLD_ROOT, TN_WORLD_ROOT | TN_WORLD_CONFIG, check_root },
                { TN_WORLD_CONFIG, TN_WORLD_CONFIG, load_config },
                { TN_WORLD_CATALOG, TN_WORLD_CATALOG, open_catalog },
        };

        for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
                int r;

                if (!(parts & table[i].wanted_by) || world->parts & table[i].part)
                        continue;
                r = table[i].open(world);
                if (r < 0) {
                        world->failed = table[i].part;
                        return r;
                }
                world->parts |= table[i].part;
        }
        return 0;
}

void tn_world_close(struct tn_world *world)
{
        tn_catalog_close(world->catalog);
        tn_config_free(world->config);
        tn_buf_fini(&world->path);
        tn_inroot_fini(&world->inroot);
        *world = (struct tn_world){ 0 };
}
