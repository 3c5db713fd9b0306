/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "core/info.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned seen;

/* Who prints an entry takes it for two strings of those lengths. */
static void check(const struct tn_modinfo *entry)
{
        if (strlen(entry->key.ptr) != entry->key.len || strlen(entry->value.ptr) != entry->value.len)
                __builtin_trap();
        seen += (unsigned)entry->key.len;
}

/* All that is told of a module, from its bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        struct tn_facts facts;

        if (tn_facts_parse((struct span){ (const char *)data, size }, TN_INFO_FACTS, &facts) == 0 &&
            tn_info_take(&facts, &info) == 0)
                for (size_t i = 0; i < info.entries.n; i++)
                        check(&info.entries.v[i]);
        return 0;
}
