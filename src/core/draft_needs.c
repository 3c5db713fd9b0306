/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

int tn_draft_want_need(struct tn_draft *draft, struct tn_draft_module *user, struct tn_draft_module *used,
                       bool idle)
{
        return tn_draft_want(draft,
                             &(struct tn_draft_want){
                                     .mod = used,
                                     .from = user,
                                     .cause = { .reason = TN_REASON_DEPENDENCY,
                                                .match = { .name = used->name, .rule = TN_RULE_NAME } },
                                     .idle = idle,
                             });
}

int tn_draft_want_needs(struct tn_draft *draft, struct tn_draft_module *mod, bool idle)
{
        int r = mod->caused ? 0 : tn_needs_ask_direct(&draft->needs, &mod->needs);

        for (size_t i = 0; r == 0 && !mod->caused && i < mod->needs.n_deps; i++) {
                struct tn_draft_module *used = tn_draft_dep(mod, i);

                if (!used->user)
                        used->user = mod;
                if (mod->needs.direct[i])
                        r = tn_draft_want_need(draft, mod, used, idle);
        }
        mod->caused |= !idle;
        return r;
}

int tn_draft_leave_needs(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step)
{
        int r = tn_draft_want_needs(draft, mod, true);

        for (size_t i = mod->needs.n_deps; r == 0 && i-- > 0;) {
                struct tn_draft_module *dep = tn_draft_dep(mod, i);

                r = tn_draft_leave_out(draft, dep, tn_draft_barred_step(dep, step));
                if (r == 0)
                        r = tn_draft_want_needs(draft, dep, true);
        }
        return r;
}
