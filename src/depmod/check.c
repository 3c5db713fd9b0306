/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "depmod/check.h"
#include "depmod/link.h"
#include "util/brief.h"
#include "util/cleanup.h"

/* Scripts take the third word for the module and the last for the symbol. */
static void complain(const struct tn_depmod *depmod, uint32_t i, const char *what, struct span symbol)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_log(depmod->log, TN_LOG_WARNING, "%s %s %s", tn_depmod_path(depmod, i, &path), what,
               TN_BRIEF(symbol));
}

void tn_depmod_check(const struct tn_depmod *depmod, bool versions)
{
        for (uint32_t i = 0; i < depmod->modules.n; i++) {
                const struct tn_depmod_list *needs = &depmod->modules.v[i].lists[TN_DEPMOD_NEED];
                struct span rest = tn_depmod_list_span(needs), name;

                for (size_t k = 0; needs->versions && tn_depmod_list_next(&rest, &name); k++) {
                        const struct tn_symbol *sym = tn_depmod_find_symbol(depmod, name);

                        if (needs->versions[k].weak)
                                continue;
                        if (!sym)
                                complain(depmod, i, "needs unknown symbol", name);
                        else if (versions && sym->crc != needs->versions[k].crc)
                                complain(depmod, i, "disagrees about version of symbol", name);
                }
        }
}
