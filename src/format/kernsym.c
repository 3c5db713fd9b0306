/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/kernsym.h"
#include "format/symvers.h"

int tn_kernsym_parse_symvers(struct span line, struct tn_kernsym *ret_sym, struct span *ret_bad)
{
        struct tn_symvers symvers;
        int r = tn_symvers_parse(line, &symvers, ret_bad);

        if (r == 0 || !tn_span_eq(symvers.owner, SPAN("vmlinux")))
                return 0;
        if (r == 1)
                *ret_sym = (struct tn_kernsym){ symvers.name, symvers.crc };
        return r;
}

int tn_kernsym_parse_map(struct span line, char prefix, struct tn_kernsym *ret_sym)
{
        static const struct span mark = SPAN("__ksymtab_");
        size_t address = tn_span_chr(line, ' ');
        struct span rest = tn_span_skip(line, address + 1);
        size_t type = tn_span_chr(rest, ' ');

        if (address == line.len || type == rest.len)
                return -EINVAL;
        rest = tn_span_skip(rest, type + 1);
        if (prefix && rest.len && rest.ptr[0] == prefix)
                rest = tn_span_skip(rest, 1);
        if (!tn_span_starts(rest, mark) || rest.len == mark.len)
                return 0;
        *ret_sym = (struct tn_kernsym){ .name = tn_span_skip(rest, mark.len) };
        return 1;
}
