/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a line of a trace. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/ftrace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void must_borrow(struct span part, struct span text)
{
        must(part.len == 0 || (part.ptr >= text.ptr && part.ptr + part.len <= text.ptr + text.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span text = { (const char *)data, size };
        struct tn_ftrace_line line;
        int r = tn_ftrace_parse(text, &line);

        if (r < 0) {
                must(r == -EINVAL || r == -ENOENT);
                return 0;
        }
        must(line.event < TN_FTRACE_EVENTS);
        must_borrow(line.command, text);
        must_borrow(line.name, text);
        must_borrow(line.call_site, text);
        must_borrow(line.taints, text);
        must(line.event != TN_FTRACE_LOAD || line.name.len > 0);
        return 0;
}
