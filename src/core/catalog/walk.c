/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/catalog/walk.h"
#include "core/modfacts.h"
#include "format/modname.h"
#include "util/cleanup.h"

static int load_claims(const struct tn_dir *dir, struct tn_claims *ret_claims)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        struct tn_dir opened = *dir;
        _cleanup_(closep) int fd = tn_dir_open(dir, ".", O_RDONLY | O_DIRECTORY);
        struct tn_claims_from from = { .dir = &opened, .root = dir->root, .priority = &priority };
        int r;

        /* of a root that is not there, the configuration would be that of the running system */
        if (fd < 0)
                return fd;
        opened.fd = fd;
        r = tn_priority_load_for(dir, &priority);
        return r < 0 ? r : tn_claims_load(&from, NULL, ret_claims);
}

int tn_catalog_walk_load(const struct tn_dir *dir, struct tn_catalog_walk *ret_walk)
{
        struct tn_catalog_walk walk = { .dir = dir };
        int r = load_claims(dir, &walk.claims);

        if (r == 0)
                *ret_walk = walk;
        return r;
}

void tn_catalog_walk_fini(struct tn_catalog_walk *walk)
{
        tn_claims_fini(&walk->claims);
        tn_map_fini(&walk->lines);
        tn_arena_fini(&walk->arena);
        *walk = (struct tn_catalog_walk){ 0 };
}

/* A module that cannot be read needs nothing; loading it will tell more. Comma separated, the caller's to free. */
static char *read_depends(const struct tn_catalog_walk *walk, const struct tn_claimed *module)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int fd = tn_dir_open_regular(walk->dir, module->path.ptr);

        if (fd >= 0)
                tn_modfacts_load_take(fd, TN_FACTS_INFO, &facts);
        return tn_span_dup(tn_facts_info(&facts, SPAN("depends")));
}

static int add_need(const struct tn_catalog_walk *walk, struct span word, struct tn_buf *line)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        const struct tn_claimed *other;

        tn_modname_from_text(word, &name);
        if (tn_buf_error(&name) < 0)
                return tn_buf_error(&name);
        other = tn_claims_find(&walk->claims, tn_buf_span(&name));
        if (other)
                tn_buf_addf(line, " %s", other->path.ptr);
        return tn_buf_error(line);
}

/* What is named first is loaded first, and so stands last. */
static int make_line(struct tn_catalog_walk *walk, const struct tn_claimed *module, const char **ret_line)
{
        _cleanup_(freep) char *depends = read_depends(walk, module);
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        struct span rest = tn_span_of(depends);
        int r = depends ? 0 : -ENOMEM;

        tn_buf_addf(&line, "%s:", module->path.ptr);
        while (r == 0 && rest.len) {
                size_t comma = tn_span_rchr(rest, ',');

                r = add_need(walk, comma < rest.len ? tn_span_skip(rest, comma + 1) : rest, &line);
                rest = tn_span_head(rest, comma < rest.len ? comma : 0);
        }
        if (r == 0)
                r = tn_buf_error(&line);
        if (r < 0)
                return r;
        *ret_line = tn_arena_dup(&walk->arena, tn_buf_span(&line));
        return *ret_line ? tn_map_add(&walk->lines, module->name, (void *)(uintptr_t)*ret_line) : -ENOMEM;
}

int tn_catalog_walk_find(struct tn_catalog_walk *walk, struct span name, struct tn_depline *ret_dep)
{
        const struct tn_claimed *module = tn_claims_find(&walk->claims, name);
        const char *line = tn_map_find(&walk->lines, name);
        int r = 0;

        if (!module)
                return -ENOENT;
        if (!line)
                r = make_line(walk, module, &line);
        return r < 0 ? r : tn_depline_parse(tn_span_of(line), ret_dep);
}
