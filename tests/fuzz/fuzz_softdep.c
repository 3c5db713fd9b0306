/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the text of a softdep. */
#include <stdint.h>
#include <stdlib.h>

#include "format/softdep.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct tn_softdep softdep = tn_softdep_init((struct span){ (const char *)data, size });
        const char *last = (const char *)data;
        struct span name;

        while (tn_softdep_next(&softdep, &name)) {
                must(name.len > 0 && name.ptr > last);
                must(softdep.part == TN_SOFTDEP_PRE || softdep.part == TN_SOFTDEP_POST);
                must(!tn_span_has_any(name, " \t\n"));
                last = name.ptr + name.len;
        }
        must(softdep.rest.len == 0);
        return 0;
}
