/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/modsect.h"

static const struct span names[TN_MODSECTS] = {
        [TN_MODSECT_INFO] = { ".modinfo", 8 },
        [TN_MODSECT_SYMBOLS] = { ".symtab", 7 },
        [TN_MODSECT_STRINGS] = { ".strtab", 7 },
        [TN_MODSECT_EXPORTS] = { "__ksymtab_strings", 17 },
        [TN_MODSECT_VERSIONS] = { "__versions", 10 },
        [TN_MODSECT_VERSIONS_CRCS] = { "__version_ext_crcs", 18 },
        [TN_MODSECT_VERSIONS_NAMES] = { "__version_ext_names", 19 },
};

void tn_modsects_find(const struct tn_elf *elf, struct tn_modsects *ret_sects)
{
        ret_sects->elf = elf;
        ret_sects->found = tn_elf_find_each(elf, names, TN_MODSECTS, ret_sects->bytes);
}

int tn_modsects_get(const struct tn_modsects *sects, enum tn_modsect which, struct span *ret_bytes)
{
        if (!(sects->found & 1u << which))
                return -ENODATA;
        *ret_bytes = sects->bytes[which];
        return 0;
}
