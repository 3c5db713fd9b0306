/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "core/catalog.h"

int tn_catalog_find_path(struct tn_catalog *cat, struct span name, struct tn_buf *path)
{
        struct tn_depline dep;
        int r = tn_catalog_find_dep(cat, name, &dep);

        if (r < 0)
                return r;
        tn_catalog_add_path(cat, dep.path, path);
        return tn_buf_error(path);
}

/* What is before a path inside the root; nothing without a root. */
static struct span root_of(const struct tn_dir *where)
{
        struct span dir = tn_span_of(where->path);

        return where->root ? tn_span_head(dir, dir.len - strlen(where->inside)) : SPAN("");
}

void tn_catalog_add_path(const struct tn_catalog *cat, struct span path, struct tn_buf *out)
{
        const struct tn_dir *where = tn_catalog_where(cat);

        if (!tn_span_starts(path, SPAN("/")))
                tn_buf_add_path(out, where->path, "");
        else
                tn_buf_add_span(out, root_of(where));
        tn_buf_add_span(out, path);
}

int tn_catalog_open_file(const struct tn_catalog *cat, const char *path)
{
        const struct tn_dir *where = tn_catalog_where(cat);
        struct span root = root_of(where);

        if (where->root && tn_span_starts(tn_span_of(path), root) && path[root.len] == '/')
                return tn_dir_open_regular(where, path + root.len);
        return tn_dir_open_regular(&TN_DIR_HERE, path);
}

bool tn_catalog_find_system(const struct tn_catalog *cat, struct span *ret_system)
{
        const struct tn_dir *dir = tn_catalog_where(cat);
        struct span path = tn_span_of(dir->root ? dir->inside : dir->path), tail = SPAN("/lib/modules/");
        struct span usr = SPAN("/usr");

        path = tn_span_head(path, path.len - tn_span_base(path).len);
        if (!tn_span_ends(path, tail))
                return false;
        path = tn_span_head(path, path.len - tail.len);
        *ret_system = tn_span_ends(path, usr) ? tn_span_head(path, path.len - usr.len) : path;
        return true;
}
