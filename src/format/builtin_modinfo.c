/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/builtin_modinfo.h"

bool tn_builtin_modinfo_next(struct span *text, struct tn_builtin_modinfo *ret_entry)
{
        struct span entry;

        while (tn_span_split(text, '\0', &entry)) {
                size_t dot = tn_span_chr(entry, '.');
                struct span rest = tn_span_skip(entry, dot + 1);

                if (dot == 0 || rest.len == 0)
                        continue;
                ret_entry->module = tn_span_head(entry, dot);
                /* no NUL in it, so that one entry comes out */
                return tn_modinfo_next(&rest, &ret_entry->info);
        }
        return false;
}
