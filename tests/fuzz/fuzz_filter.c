/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a filter expression, held against a row. */
#include <errno.h>
#include <stdlib.h>

#include "format/filter.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static const struct tn_filter_column columns[] = {
        { "name", TN_FILTER_TEXT },
        { "size", TN_FILTER_NUMBER },
        { "holders", TN_FILTER_LIST },
        { "build_id", TN_FILTER_TEXT },
};

static int get(void *row, size_t column, struct tn_filter_value *value)
{
        size_t *asked = row;

        must(column < ARRAY_SIZE(columns));
        ++*asked;
        value->none = column == 3;
        value->number = 86016;
        if (column == 0)
                tn_buf_add(&value->text, "fat", 4);
        if (column == 2)
                tn_buf_add(&value->text, "vfat\0msdos", 11);
        return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_filter_fini) struct tn_filter filter = { 0 };
        struct tn_filter_error error = { .at = size + 1 };
        size_t asked = 0;
        int r = tn_filter_parse((struct span){ (const char *)data, size }, columns, ARRAY_SIZE(columns),
                                &filter, &error);

        if (r < 0) {
                must(r == -EINVAL && error.at <= size && error.text);
                return 0;
        }
        must(filter.n > 0);
        r = tn_filter_match(&filter, get, &asked);
        must((r == 0 || r == 1) && asked > 0 && asked <= filter.n);
        return 0;
}
