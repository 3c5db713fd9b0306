/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "format/buildid.h"

/* Takes len bytes off the front, and what fills up the last word. */
static struct span take(struct span *rest, uint32_t len)
{
        struct span piece = tn_span_head(*rest, len);

        *rest = tn_span_skip(*rest, (size_t)(((uint64_t)len + 3) & ~(uint64_t)3));
        return piece;
}

int tn_buildid_parse(const struct tn_elf *elf, struct span notes, struct span *ret_id)
{
        uint32_t name_len, id_len, type;

        while (tn_elf_u32(elf, notes, 0, &name_len) && tn_elf_u32(elf, notes, 4, &id_len) &&
               tn_elf_u32(elf, notes, 8, &type)) {
                struct span name, id;

                notes = tn_span_skip(notes, sizeof(Elf32_Nhdr));
                name = take(&notes, name_len);
                id = take(&notes, id_len);
                if (type == NT_GNU_BUILD_ID && tn_span_eq(name, SPAN("GNU\0")) && id.len == id_len &&
                    id_len) {
                        *ret_id = id;
                        return 0;
                }
        }
        return -ENODATA;
}
