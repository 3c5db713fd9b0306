/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first byte is the prefix; the rest are lines, each read as one of Module.symvers and as one of System.map. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/kernsym.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static bool lies_in(struct span part, struct span line)
{
        return part.ptr >= line.ptr && part.ptr + part.len <= line.ptr + line.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span rest = tn_span_skip((struct span){ (const char *)data, size }, 1), line;

        while (tn_span_split(&rest, '\n', &line)) {
                struct tn_kernsym sym;
                struct span bad;
                int r = tn_kernsym_parse_symvers(line, &sym, &bad);

                must(r == 0 || r == 1 || r == -EINVAL);
                must(r == 0 || lies_in(r == 1 ? sym.name : bad, line));
                must(r != 1 || (sym.name.len && !tn_span_has_any(sym.name, " \t")));
                r = tn_kernsym_parse_map(line, (char)data[0], &sym);
                must(r == 0 || r == 1 || r == -EINVAL);
                must(r != 1 || (sym.name.len && lies_in(sym.name, line)));
        }
        return 0;
}
