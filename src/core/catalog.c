/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/catalog/shelf.h"
#include "core/catalog/whole.h"
#include "util/cleanup.h"

struct tn_catalog {
        char *dir, *inside;
        struct tn_dir where; /* borrows the two */
        struct tn_catalog_shelf shelf;
        struct tn_catalog_whole whole;
};

int tn_catalog_open(const struct tn_dir *dir, struct tn_catalog **ret_cat)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = calloc(1, sizeof(*cat));

        if (!cat)
                return -ENOMEM;
        cat->dir = strdup(dir->path);
        cat->inside = dir->root ? strdup(dir->inside) : NULL;
        if (!cat->dir || (dir->root && !cat->inside))
                return -ENOMEM;
        cat->where = *dir;
        cat->where.path = cat->dir;
        cat->where.inside = cat->inside;
        cat->shelf = tn_catalog_shelf_init(&cat->where);
        *ret_cat = TAKE(cat);
        return 0;
}

void tn_catalog_unload(struct tn_catalog *cat)
{
        tn_catalog_shelf_fini(&cat->shelf);
        tn_catalog_whole_fini(&cat->whole);
}

void tn_catalog_close(struct tn_catalog *cat)
{
        if (!cat)
                return;
        tn_catalog_unload(cat);
        free(cat->dir);
        free(cat->inside);
        free(cat);
}

void tn_catalog_closep(struct tn_catalog **cat)
{
        tn_catalog_close(*cat);
}

void tn_catalog_set_log(struct tn_catalog *cat, struct tn_log *log)
{
        cat->shelf.faults.log = log;
}

void tn_catalog_set_brief(struct tn_catalog *cat)
{
        cat->shelf.brief = true;
}

const char *tn_catalog_dir(const struct tn_catalog *cat)
{
        return cat->dir;
}

const struct tn_dir *tn_catalog_where(const struct tn_catalog *cat)
{
        return &cat->where;
}

int tn_catalog_load(struct tn_catalog *cat)
{
        return tn_catalog_shelf_load(&cat->shelf);
}

bool tn_catalog_is_stale(const struct tn_catalog *cat)
{
        return tn_catalog_shelf_is_stale(&cat->shelf);
}

const char *tn_catalog_blame(const struct tn_catalog *cat, int err)
{
        return tn_catalog_shelf_blame(&cat->shelf, err);
}

int tn_catalog_get_index(struct tn_catalog *cat, enum tn_catalog_index which,
                         const struct tn_index **ret_index)
{
        return tn_catalog_shelf_get(&cat->shelf, which, ret_index);
}

static int find(struct tn_catalog *cat, enum tn_catalog_index which, struct span key,
                struct tn_index_value *ret_value)
{
        const struct tn_index *index;
        int r = tn_catalog_shelf_get(&cat->shelf, which, &index);

        if (r < 0)
                return r;
        r = tn_index_find(index, key, ret_value);
        return tn_catalog_shelf_mends(&cat->shelf, which, r) ? find(cat, which, key, ret_value) : r;
}

/* The line of a module as it is written. */
static int find_line(void *data, struct span name, struct tn_depline *ret_line)
{
        struct tn_catalog *cat = data;
        struct tn_index_value line;
        int r = find(cat, TN_CATALOG_DEP, name, &line);

        if (cat->shelf.walked)
                return tn_catalog_walk_find(&cat->shelf.walk, name, ret_line);
        if (r == 0)
                r = tn_depline_parse(line.value, ret_line);
        return tn_catalog_shelf_mends(&cat->shelf, TN_CATALOG_DEP, r) ? find_line(cat, name, ret_line) : r;
}

/* An index is depmod's. What stands in for it may be anybody's. */
int tn_catalog_find_dep(struct tn_catalog *cat, struct span name, struct tn_depline *ret_dep)
{
        struct tn_depline line;
        int r = find_line(cat, name, &line);

        if (r < 0)
                return r;
        if (cat->shelf.slots[TN_CATALOG_DEP].replaced)
                return tn_catalog_whole_get(&cat->whole, name, line, find_line, cat, ret_dep);
        *ret_dep = line;
        return 0;
}

bool tn_catalog_is_builtin(struct tn_catalog *cat, struct span name)
{
        struct tn_index_value unused;

        return find(cat, TN_CATALOG_BUILTIN, name, &unused) == 0;
}

int tn_catalog_match(struct tn_catalog *cat, enum tn_catalog_index which, struct span text,
                     struct tn_arena *arena, struct tn_index_hits *hits)
{
        const struct tn_index *index;
        size_t before = hits->n;
        int r = tn_catalog_shelf_get(&cat->shelf, which, &index);

        if (r == -ENOENT || r == -ENOTDIR)
                return 0;
        if (r == 0)
                r = tn_index_match(index, text, arena, hits);
        if (!tn_catalog_shelf_mends(&cat->shelf, which, r))
                return r;
        hits->n = before;
        return tn_catalog_match(cat, which, text, arena, hits);
}
