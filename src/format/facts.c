/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/facts.h"

void tn_facts_fini(struct tn_facts *facts)
{
        tn_modinfos_fini(&facts->info);
        tn_modsyms_fini(&facts->exports);
        tn_modsyms_fini(&facts->needs);
        tn_arena_fini(&facts->arena);
        *facts = (struct tn_facts){ 0 };
}
