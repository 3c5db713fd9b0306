/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a line of /proc/modules. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/procmod.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span line = { (const char *)data, size }, name;
        struct tn_procmod mod;
        int r = tn_procmod_parse(line, &mod);
        size_t total = 0;

        if (r < 0) {
                must(r == -EINVAL);
                return 0;
        }
        must(mod.name.len > 0 && tn_span_chr(mod.name, '\0') == mod.name.len);
        must(mod.holders.len == 0 || mod.holders.ptr > mod.name.ptr + mod.name.len);
        must(mod.state.len == 0 || mod.state.ptr + mod.state.len <= line.ptr + line.len);
        name = tn_procmod_taints(&mod, line);
        must(name.len == 0 || (name.ptr > mod.state.ptr && name.ptr + name.len <= line.ptr + line.len));
        while (tn_procmod_holder(&mod.holders, &name)) {
                must(name.len > 0 && tn_span_chr(name, ',') == name.len);
                total += name.len;
        }
        must(total < size);
        return 0;
}
