/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "format/facts_pack.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* There is one way to pack a record: of what unpacks, the bytes are the same again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf again = { 0 };
        struct span bytes = { (const char *)data, size };

        if (tn_facts_unpack(bytes, &facts) < 0)
                return 0;
        if (tn_facts_pack(&facts, &again) < 0 || !tn_span_eq(tn_buf_span(&again), bytes))
                __builtin_trap();
        return 0;
}
