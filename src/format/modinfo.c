/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/elf.h"
#include "format/modinfo.h"
#include "util/vec.h"

void tn_modinfos_fini(struct tn_modinfos *infos)
{
        tn_vec_fini(infos);
}

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

/* A copy of the whole section; then the first '=' of each entry becomes its key's NUL. */
int tn_modinfo_copy(struct span bytes, struct tn_arena *arena, struct tn_modinfos *infos)
{
        struct tn_modinfo entry;
        struct span rest = bytes;
        size_t n = 0;
        char *text;
        int r;

        while (tn_modinfo_next(&rest, &entry))
                n++;
        if (n > TN_MODINFO_ENTRIES_MAX)
                return -EFBIG;
        text = tn_arena_dup(arena, bytes);
        r = text ? tn_vec_reserve(infos, infos->n + n) : -ENOMEM;
        if (r < 0)
                return r;
        for (rest = (struct span){ text, bytes.len }; tn_modinfo_next(&rest, &entry);) {
                text[entry.key.ptr - text + (ptrdiff_t)entry.key.len] = '\0';
                infos->v[infos->n++] = entry;
        }
        return 0;
}
