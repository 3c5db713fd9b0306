/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of Module.symvers. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/symvers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static bool is_word_of(struct span part, struct span line)
{
        return part.len == 0 || (part.ptr >= line.ptr && part.ptr + part.len <= line.ptr + line.len &&
                                 !tn_span_has_any(part, " \t"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span rest = { (const char *)data, size }, line;

        while (tn_span_split(&rest, '\n', &line)) {
                struct tn_symvers symvers;
                struct span bad;
                int r = tn_symvers_parse(line, &symvers, &bad);

                must(r == 0 || r == 1 || r == -EINVAL);
                if (r == 0)
                        continue;
                must(r == 1 || (bad.len && is_word_of(bad, line)));
                must(symvers.name.len && is_word_of(symvers.name, line));
                must(symvers.owner.len && is_word_of(symvers.owner, line));
                must(is_word_of(symvers.space, line));
                must(symvers.has_rules || (!symvers.gpl_only && symvers.space.len == 0));
        }
        return 0;
}
