/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_EXPORTRULE_H
#define TN_FORMAT_EXPORTRULE_H

#include <stdbool.h>

#include "format/modsym.h"
#include "util/vec.h"

/* Which modules may use a symbol that a module exports. */
struct tn_exportrule {
        struct span
                space; /* the namespace that they must import; empty for none. Borrows from the file's bytes */
        bool gpl_only; /* their licence must be compatible with the GPL */
        bool known;    /* false: the object lacks what tells it, as after a strip of all local symbols */
};

struct tn_exportrules {
        TN_VEC_FIELDS(struct tn_exportrule);
};

void tn_exportrules_fini(struct tn_exportrules *rules);

/*
 * One rule for each of the module's exports, in their order (include/linux/export.h of the kernel, and
 * export-internal.h in newer ones). A symbol __ksymtab_NAME in section __ksymtab_gpl tells that NAME is for the GPL only, one in another
 * section that it is not. The namespace is the string of __ksymtab_strings that __kstrtabns_NAME points to; kernels
 * before 5.4 have none. Returns 0 or -ENOMEM.
 */
int tn_exportrules_find(const struct tn_elf *elf, const struct tn_modsyms *exports,
                        struct tn_exportrules *ret_rules);

#endif
