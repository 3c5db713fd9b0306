/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/catalog_walk.h"
#include "core/modfile.h"
#include "core/priority.h"
#include "core/walk.h"
#include "format/elf.h"
#include "format/modinfo.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/file.h"

struct walked {
        const char *name;
        const char *path;
        struct tn_claim claim; /* of the path; borrows from it */
        const char *depends;   /* comma separated; NULL until it is read */
        const char *line;      /* NULL until it is asked for */
};

/* One directory that is being walked: the module directory, or an external one. */
struct loading {
        struct tn_catalog_walk *walk;
        const struct tn_priority *priority;
        uint32_t root;         /* its number, as for tn_priority_claim() */
        struct span directory; /* what stands before paths; empty for the module directory */
};

static int add_module(struct tn_catalog_walk *walk, struct span name, struct walked **ret_mod)
{
        struct walked *mod = tn_arena_alloc(&walk->arena, sizeof(*mod));

        if (!mod)
                return -ENOMEM;
        mod->name = tn_arena_dup(&walk->arena, name);
        if (!mod->name || tn_map_add(&walk->modules, tn_span_of(mod->name), mod) < 0)
                return -ENOMEM;
        *ret_mod = mod;
        return 0;
}

static int set_path(const struct loading *loading, struct walked *mod, struct tn_claim claim)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        size_t prefix;

        tn_buf_add_span(&path, loading->directory);
        if (path.len)
                tn_buf_add_char(&path, '/');
        prefix = path.len;
        tn_buf_add_span(&path, claim.path);
        if (tn_buf_error(&path) < 0)
                return tn_buf_error(&path);
        mod->path = tn_arena_dup(&loading->walk->arena, tn_buf_span(&path));
        if (!mod->path)
                return -ENOMEM;
        mod->claim = claim;
        mod->claim.path = tn_span_of(mod->path + prefix);
        return 0;
}

/* Of several files of one name that one which depmod would take. */
static int take(void *data, const struct tn_claim *claim)
{
        struct loading *loading = data;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct walked *mod;
        int r = 0;

        tn_modname_from_path(claim->path, &name);
        if (tn_buf_error(&name) < 0)
                return tn_buf_error(&name);
        if (!tn_modname_is_found(tn_buf_span(&name)) || tn_span_has_any(claim->path, ":"))
                return 0;
        mod = tn_map_find(&loading->walk->modules, tn_buf_span(&name));
        if (mod && !tn_claim_beats(claim, &mod->claim))
                return 0;
        if (!mod)
                r = add_module(loading->walk, tn_buf_span(&name), &mod);
        return r < 0 ? r : set_path(loading, mod, *claim);
}

static int load_dir(struct loading *loading, const struct tn_dir *dir)
{
        struct tn_dir opened = *dir;
        _cleanup_(closep) int fd = tn_dir_open(dir, ".", O_RDONLY | O_DIRECTORY);
        struct tn_walk_from from = { .dir = &opened, .priority = loading->priority, .root = loading->root };

        opened.fd = fd;
        return fd < 0 ? fd : tn_walk(&from, NULL, take, loading);
}

static int load_external(struct loading *loading, struct span directory)
{
        struct tn_dir dir = {
                .path = directory.ptr,
                .fd = AT_FDCWD,
                .root = loading->walk->dir->root,
                .inside = directory.ptr,
        };
        int r;

        loading->directory = directory;
        r = load_dir(loading, &dir);
        return r < 0 && tn_file_is_fault(r) ? 0 : r;
}

/* The last part of the directory's path is the kernel that lines of depmod.d may be for. */
static int load_priority(const struct tn_dir *dir, struct tn_priority *ret_priority)
{
        _cleanup_(freep) char *version = NULL;
        struct span path = tn_span_of(dir->path);

        while (tn_span_ends(path, SPAN("/")))
                path.len--;
        version = tn_span_dup(tn_span_base(path));
        return version ? tn_priority_load(NULL, dir->root, version, NULL, ret_priority) : -ENOMEM;
}

int tn_catalog_walk_load(const struct tn_dir *dir, struct tn_catalog_walk *ret_walk)
{
        _cleanup_(tn_catalog_walk_fini) struct tn_catalog_walk walk = { .dir = dir };
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        struct loading loading = { .walk = &walk, .priority = &priority };
        struct stat st;
        /* Of a root that is not there, the configuration would be that of the running system. */
        int r = tn_dir_stat(dir, ".", &st);

        if (r == 0)
                r = load_priority(dir, &priority);
        if (r == 0)
                r = load_dir(&loading, dir);
        for (size_t i = priority.externals.n; i > 0 && r == 0; i--) {
                loading.root = (uint32_t)i;
                r = load_external(&loading, priority.externals.v[i - 1]);
        }
        if (r < 0)
                return r;
        *ret_walk = TAKE(walk);
        return 0;
}

void tn_catalog_walk_fini(struct tn_catalog_walk *walk)
{
        tn_map_fini(&walk->modules);
        tn_arena_fini(&walk->arena);
        *walk = (struct tn_catalog_walk){ 0 };
}

static struct span depends_of(struct span bytes)
{
        struct tn_modinfo info;
        struct span section;
        struct tn_elf elf;

        if (tn_elf_parse(bytes, &elf) == 0 && tn_modinfo_section(&elf, &section) == 0)
                while (tn_modinfo_next(&section, &info))
                        if (tn_span_eq(info.key, SPAN("depends")))
                                return info.value;
        return SPAN("");
}

/* A module that cannot be read needs nothing; loading it will tell more. */
static int read_depends(struct tn_catalog_walk *walk, struct walked *mod)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes = { 0 };
        int fd = tn_dir_open_regular(walk->dir, mod->path);

        if (fd >= 0 && tn_modfile_take(fd, &file) == 0 && tn_modfile_bytes(&file, &bytes) < 0)
                bytes = SPAN("");
        mod->depends = tn_arena_dup(&walk->arena, depends_of(bytes));
        return mod->depends ? 0 : -ENOMEM;
}

static int add_need(const struct tn_catalog_walk *walk, struct span word, struct tn_buf *line)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        const struct walked *other;

        tn_modname_from_text(word, &name);
        if (tn_buf_error(&name) < 0)
                return tn_buf_error(&name);
        other = tn_map_find(&walk->modules, tn_buf_span(&name));
        if (other)
                tn_buf_addf(line, " %s", other->path);
        return tn_buf_error(line);
}

/* What is named first is loaded first, and so stands last. */
static int make_line(struct tn_catalog_walk *walk, struct walked *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        int r = mod->depends ? 0 : read_depends(walk, mod);
        struct span rest = tn_span_of(mod->depends);

        tn_buf_addf(&line, "%s:", mod->path);
        while (r == 0 && rest.len) {
                size_t comma = tn_span_rchr(rest, ',');

                r = add_need(walk, comma < rest.len ? tn_span_skip(rest, comma + 1) : rest, &line);
                rest = tn_span_head(rest, comma < rest.len ? comma : 0);
        }
        if (r < 0)
                return r;
        mod->line = tn_buf_error(&line) < 0 ? NULL : tn_arena_dup(&walk->arena, tn_buf_span(&line));
        return mod->line ? 0 : -ENOMEM;
}

int tn_catalog_walk_find(struct tn_catalog_walk *walk, struct span name, struct tn_depline *ret_dep)
{
        struct walked *mod = tn_map_find(&walk->modules, name);
        int r = 0;

        if (!mod)
                return -ENOENT;
        if (!mod->line)
                r = make_line(walk, mod);
        return r < 0 ? r : tn_depline_parse(tn_span_of(mod->line), ret_dep);
}
