/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a line of modules.devname. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/devname.h"
#include "util/buf.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        struct tn_devname dev, again;
        int r = tn_devname_parse((struct span){ (const char *)data, size }, &dev);

        if (r < 0) {
                must(r == -EINVAL);
                return 0;
        }
        must(dev.module.len && dev.node.len && dev.node.ptr[0] != '/');
        must(tn_devname_is_node(dev.node));
        must(!tn_span_has_any(dev.node, " \t\n%\"'\\"));
        /* written as the file has it, it is the same line */
        tn_buf_addf(&line, "%.*s %.*s %c%u:%u", SPAN_FMT(dev.module), SPAN_FMT(dev.node), dev.type, dev.major,
                    dev.minor);
        must(tn_devname_parse(tn_buf_span(&line), &again) == 0);
        must(tn_span_eq(again.module, dev.module) && tn_span_eq(again.node, dev.node));
        must(again.type == dev.type && again.major == dev.major && again.minor == dev.minor);
        return 0;
}
