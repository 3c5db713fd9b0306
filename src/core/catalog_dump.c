/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog.h"

static int add_entry(void *data, struct span key, struct tn_index_value value)
{
        struct tn_buf *text = data;

        tn_buf_add_span(text, key);
        tn_buf_add_char(text, ' ');
        tn_buf_add_span(text, value.value);
        tn_buf_add_char(text, '\n');
        return tn_buf_error(text);
}

static int add_alias(void *data, struct span key, struct tn_index_value value)
{
        tn_buf_add_str(data, "alias ");
        return add_entry(data, key, value);
}

int tn_catalog_dump(struct tn_catalog *cat, enum tn_catalog_index which, struct tn_buf *text)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(cat, which, &index);

        if (r == -ENOENT)
                return 0;
        if (r < 0)
                return r;
        return tn_index_each(index,
                             which == TN_CATALOG_ALIAS || which == TN_CATALOG_SYMBOLS ? add_alias : add_entry,
                             text);
}
