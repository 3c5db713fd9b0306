/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are an install command. */
#include <stdint.h>
#include <stdlib.h>

#include "format/noop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

/* What does nothing has nothing of the shell's grammar before its comment. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span command = { (const char *)data, size };
        struct span said = tn_span_head(command, tn_span_chr(command, '#'));

        if (tn_noop_parse(command) == TN_NOOP_NONE)
                return 0;
        must(!tn_span_has_any(command, "\n"));
        must(!tn_span_has_any(said, "\n;&|<>()$`\\\"'*?[~=%!{}"));
        must(tn_noop_parse(said) == tn_noop_parse(command));
        return 0;
}
