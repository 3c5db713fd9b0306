/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "format/procmod.h"
#include "kernel/kernel.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* A module that the kernel says is held by another is one that this uses. */
static int find_held(struct tn_draft *draft, const struct tn_draft_module *mod, struct tn_draft_uses *uses)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_draft_use use = { 0 };
        struct tn_procmod held;
        struct span rest, holder;
        int r = tn_kernel_modules(&text);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        rest = tn_buf_span(&text);
        while (r == 0 && tn_procmod_next(&rest, &held))
                while (r == 0 && tn_procmod_holder(&held.holders, &holder)) {
                        if (!tn_span_eq(holder, tn_span_of(mod->name)))
                                continue;
                        r = tn_draft_get(draft, held.name, &use.mod);
                        if (r == 0)
                                r = tn_vec_add(uses, use);
                }
        return r;
}

int tn_draft_find_used(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_draft_uses *uses,
                       enum tn_rule *ret_rule)
{
        int r = tn_needs_ask_direct(&draft->needs, &mod->needs);

        *ret_rule = mod->needs.line_err < 0 ? TN_RULE_LIVE : TN_RULE_NAME;
        if (r == 0 && mod->needs.line_err < 0)
                return find_held(draft, mod, uses);
        for (size_t i = mod->needs.n_deps; r == 0 && i-- > 0;)
                r = tn_vec_add(uses, ((struct tn_draft_use){ .mod = tn_draft_dep(mod, i),
                                                             .direct = mod->needs.direct[i] }));
        return r;
}
