/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>

#include "format/facts.h"

struct span tn_facts_info(const struct tn_facts *facts, struct span key)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info)
                if (tn_span_eq(info->key, key))
                        return info->value;
        return SPAN("");
}

int tn_facts_symbols(const struct tn_facts *facts, unsigned part, const struct tn_modsyms **ret_syms)
{
        assert(facts->parts & part);
        switch (part) {
        case TN_FACTS_EXPORTS: *ret_syms = &facts->exports; return facts->exports_err;
        case TN_FACTS_NEEDS: *ret_syms = &facts->needs; return facts->needs_err;
        default: *ret_syms = &facts->versions; return facts->versions_err;
        }
}

void tn_facts_fini(struct tn_facts *facts)
{
        tn_modinfos_fini(&facts->info);
        tn_modsyms_fini(&facts->exports);
        tn_exportrules_fini(&facts->export_rules);
        tn_modsyms_fini(&facts->needs);
        tn_modsyms_fini(&facts->versions);
        tn_arena_fini(&facts->arena);
        *facts = (struct tn_facts){ 0 };
}
