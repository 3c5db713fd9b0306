/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog_walk.h"
#include "core/list.h"
#include "core/modfile.h"
#include "format/modinfo.h"
#include "format/modname.h"
#include "util/cleanup.h"

struct walked {
        const char *name;
        const char *path;
        const char *depends; /* comma separated; NULL until it is read */
        const char *line;    /* NULL until it is asked for */
};

/* Of several files of one name, one below updates/ wins, as depmod has it by default; else the first. */
static int take(void *data, struct span path)
{
        struct tn_catalog_walk *walk = data;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct walked *mod;

        tn_modname_from_path(path, &name);
        if (tn_buf_error(&name) < 0)
                return tn_buf_error(&name);
        mod = tn_map_find(&walk->modules, tn_buf_span(&name));
        if (mod && !tn_span_starts(path, SPAN("updates/")))
                return 0;
        if (!mod) {
                mod = tn_arena_alloc(&walk->arena, sizeof(*mod));
                if (!mod)
                        return -ENOMEM;
                mod->name = tn_arena_dup(&walk->arena, tn_buf_span(&name));
                if (!mod->name || tn_map_add(&walk->modules, tn_span_of(mod->name), mod) < 0)
                        return -ENOMEM;
        }
        mod->path = tn_arena_dup(&walk->arena, path);
        return mod->path ? 0 : -ENOMEM;
}

int tn_catalog_walk_load(const struct tn_dir *dir, struct tn_catalog_walk *ret_walk)
{
        _cleanup_(tn_catalog_walk_fini) struct tn_catalog_walk walk = { .dir = dir };
        int r = tn_list_tree(dir, take, &walk);

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
