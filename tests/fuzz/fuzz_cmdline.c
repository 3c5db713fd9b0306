/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a kernel command line. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/cmdline.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check(const struct tn_conf_record *record)
{
        must(record->key.len > 0 && strlen(record->key.ptr) == record->key.len);
        must(strlen(record->value.ptr) == record->value.len);
        switch (record->kind) {
        case TN_CONF_BLACKLIST: must(record->value.len == 0); break;
        case TN_CONF_OPTIONS: must(record->value.len > 0 && record->value.ptr[0] != '='); break;
        default: abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;
        struct tn_cmdline cmdline;
        size_t said = 0;
        int r;

        tn_cmdline_init(&cmdline, (struct span){ (const char *)data, size });
        while ((r = tn_cmdline_next(&cmdline, &arena, &record)) != 0) {
                must(++said <= size);
                if (r == 1)
                        check(&record);
                else
                        must(r == -EINVAL && record.key.len > 0);
        }
        must(tn_cmdline_next(&cmdline, &arena, &record) == 0);
        must(tn_cmdline_value((struct span){ (const char *)data, size }, SPAN("module_blacklist")).len <=
             size);
        return 0;
}
