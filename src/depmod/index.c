/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/index.h"
#include "format/modname.h"
#include "util/brief.h"
#include "util/buf.h"
#include "util/cleanup.h"

int tn_index_put(struct tn_index_writer *writer, struct span key, struct span value, uint32_t priority,
                 struct tn_log *log)
{
        int r = tn_index_writer_add(writer, key, value, priority);
        const char *why = r == -E2BIG ? "longer than 65535 bytes" : "not 7-bit ASCII";

        if (r != -EILSEQ && r != -E2BIG)
                return r;
        tn_log(log, TN_LOG_WARNING, "Left out of the index, because it is %s: %s (%s)", why, TN_BRIEF(key),
               TN_BRIEF(value));
        return 0;
}

int tn_index_put_alias(struct tn_index_writer *writer, struct span alias, struct span value,
                       uint32_t priority, struct tn_log *log, struct tn_buf *room)
{
        int r;

        tn_buf_reset(room);
        r = tn_modname_from_alias(alias, room);

        if (r == -EINVAL) {
                tn_log(log, TN_LOG_WARNING, "Unmatched bracket in %s", TN_BRIEF(alias));
                return 0;
        }
        if (r == 0)
                r = tn_buf_error(room);
        return r < 0 ? r : tn_index_put(writer, tn_buf_span(room), value, priority, log);
}
