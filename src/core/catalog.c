/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "core/catalog.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

static const char *const index_names[TN_CATALOG_INDEXES] = {
        [TN_CATALOG_DEP] = "modules.dep.bin",
        [TN_CATALOG_ALIAS] = "modules.alias.bin",
        [TN_CATALOG_SYMBOLS] = "modules.symbols.bin",
        [TN_CATALOG_BUILTIN_ALIAS] = "modules.builtin.alias.bin",
        [TN_CATALOG_BUILTIN] = "modules.builtin.bin",
};

struct tn_catalog {
        char *dir;
        struct {
                bool tried;
                int err; /* what opening it returned */
                struct tn_file file;
                struct tn_index index;
        } slots[TN_CATALOG_INDEXES];
};

int tn_catalog_open(const char *dir, struct tn_catalog **ret_cat)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = calloc(1, sizeof(*cat));

        if (!cat)
                return -ENOMEM;
        cat->dir = strdup(dir);
        if (!cat->dir)
                return -ENOMEM;
        *ret_cat = TAKE(cat);
        return 0;
}

void tn_catalog_close(struct tn_catalog *cat)
{
        if (!cat)
                return;
        for (size_t i = 0; i < TN_CATALOG_INDEXES; i++)
                tn_file_unmap(&cat->slots[i].file);
        free(cat->dir);
        free(cat);
}

void tn_catalog_closep(struct tn_catalog **cat)
{
        tn_catalog_close(*cat);
}

const char *tn_catalog_dir(const struct tn_catalog *cat)
{
        return cat->dir;
}

static int load_index(const char *dir, const char *name, struct tn_file *file, struct tn_index *index)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r;

        tn_buf_addf(&path, "%s/%s", dir, name);
        if (!tn_buf_str(&path))
                return tn_buf_error(&path);
        r = tn_file_map_at(AT_FDCWD, path.ptr, file);
        if (r < 0)
                return r;
        return tn_index_parse(tn_file_span(file), index);
}

int tn_catalog_get_index(struct tn_catalog *cat, enum tn_catalog_index which,
                         const struct tn_index **ret_index)
{
        __typeof__(cat->slots[0]) *slot = &cat->slots[which];

        if (!slot->tried) {
                slot->err = load_index(cat->dir, index_names[which], &slot->file, &slot->index);
                slot->tried = true;
        }
        if (slot->err < 0)
                return slot->err;
        *ret_index = &slot->index;
        return 0;
}

static int find(struct tn_catalog *cat, enum tn_catalog_index which, struct span key,
                struct tn_index_value *ret_value)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(cat, which, &index);

        return r < 0 ? r : tn_index_find(index, key, ret_value);
}

int tn_catalog_find_dep(struct tn_catalog *cat, struct span name, struct tn_depline *ret_dep)
{
        struct tn_index_value line;
        int r = find(cat, TN_CATALOG_DEP, name, &line);

        return r < 0 ? r : tn_depline_parse(line.value, ret_dep);
}

bool tn_catalog_is_builtin(struct tn_catalog *cat, struct span name)
{
        struct tn_index_value unused;

        return find(cat, TN_CATALOG_BUILTIN, name, &unused) == 0;
}

int tn_catalog_match(struct tn_catalog *cat, enum tn_catalog_index which, struct span text,
                     struct tn_index_values *values)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(cat, which, &index);

        if (r == -ENOENT)
                return 0;
        return r < 0 ? r : tn_index_match(index, text, values);
}
