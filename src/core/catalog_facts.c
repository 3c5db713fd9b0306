/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog_facts.h"
#include "core/modfacts.h"
#include "util/cleanup.h"

int tn_catalog_facts_at(const struct tn_catalog *cat, const char *path, unsigned parts,
                        struct tn_facts *ret_facts)
{
        int fd = tn_catalog_open_file(cat, path);

        return fd < 0 ? fd : tn_modfacts_load_take(fd, parts, ret_facts);
}

int tn_catalog_facts_of(struct tn_catalog *cat, struct span name, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r = tn_catalog_find_path(cat, name, &path);

        if (r < 0)
                return r;
        return tn_buf_str(&path) ? tn_catalog_facts_at(cat, path.ptr, parts, ret_facts) : -ENOMEM;
}
