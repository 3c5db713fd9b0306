/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>

#include "core/underway.h"
#include "util/num.h"

static bool is_running(struct span number)
{
        uint64_t pid;

        if (tn_num_parse(number, 10, &pid) < 0 || pid == 0 || pid > INT_MAX)
                return false;
        return kill((pid_t)pid, 0) == 0 || errno == EPERM;
}

bool tn_underway_has(const char *chain, bool remove, const char *module)
{
        struct span rest = tn_span_of(chain), entry;

        while (tn_span_split(&rest, ' ', &entry)) {
                size_t slash = tn_span_chr(entry, '/');

                if (tn_span_starts(entry, remove ? SPAN("-") : SPAN("+")) &&
                    tn_span_eq(tn_span_skip(entry, slash + 1), tn_span_of(module)) &&
                    is_running(tn_span_skip(tn_span_head(entry, slash), 1)))
                        return true;
        }
        return false;
}

void tn_underway_add(const char *chain, bool remove, const char *module, pid_t waiting, struct tn_buf *out)
{
        tn_buf_addf(out, "%s%s%c%d/%s", chain ? chain : "", chain && *chain ? " " : "", remove ? '-' : '+',
                    (int)waiting, module);
}
