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

int tn_modinfo_list(struct span bytes, struct tn_modinfos *infos)
{
        struct tn_modinfo entry;
        size_t before = infos->n;
        int r = 0;

        while (r == 0 && tn_modinfo_next(&bytes, &entry))
                r = infos->n - before < TN_MODINFO_ENTRIES_MAX ? tn_vec_add(infos, entry) : -EFBIG;
        if (r < 0)
                infos->n = before;
        return r;
}

/* A copy of the whole section; then the first '=' of each entry becomes its key's NUL. */
int tn_modinfo_copy(struct span bytes, struct tn_arena *arena, struct tn_modinfos *infos)
{
        char *text = tn_arena_dup(arena, bytes);
        size_t before = infos->n;
        int r = text ? tn_modinfo_list((struct span){ text, bytes.len }, infos) : -ENOMEM;

        for (size_t i = before; i < infos->n; i++) {
                struct span key = infos->v[i].key;

                text[key.ptr - text + (ptrdiff_t)key.len] = '\0';
        }
        return r;
}
