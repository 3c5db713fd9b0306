/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/modinfo.h"

int tn_modinfo_section(const struct tn_elf *elf, struct span *ret_bytes)
{
        struct tn_elf_section sec;
        int r = tn_elf_find(elf, SPAN(".modinfo"), &sec);

        if (r < 0)
                return r;
        *ret_bytes = sec.bytes;
        return 0;
}

bool tn_modinfo_next(struct span *bytes, struct tn_modinfo *ret_info)
{
        struct span entry;

        while (tn_span_split(bytes, '\0', &entry)) {
                size_t eq = tn_span_chr(entry, '=');

                if (entry.len == 0)
                        continue;
                *ret_info = (struct tn_modinfo){
                        .key = tn_span_head(entry, eq),
                        .value = tn_span_skip(entry, eq + 1),
                };
                return true;
        }
        return false;
}
