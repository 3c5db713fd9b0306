/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/draft.h"

static bool is_spared(const struct tn_draft *draft, const char *name)
{
        for (size_t i = 0; draft->req->spared && draft->req->spared[i]; i++)
                if (strcmp(draft->req->spared[i], name) == 0)
                        return true;
        return false;
}

/* By one of its names. What keeps it out counts more than what does not. */
static int judge_name(struct tn_draft *draft, struct tn_draft_module *mod, const char *name)
{
        const struct tn_conf_record *record;
        int r = tn_draft_is_barred(mod) ? 0 : tn_policy_judge(draft->policy, name, &record);

        if (r <= 0)
                return r;
        mod->denial = record;
        mod->spared = is_spared(draft, name)                   ? TN_SPARED_ASKED
                      : draft->policy->mode == TN_POLICY_AUDIT ? TN_SPARED_AUDIT
                                                               : TN_SPARED_NONE;
        return 0;
}

int tn_draft_judge(struct tn_draft *draft, struct tn_draft_module *mod, const char *path)
{
        int r = 0;

        if (!draft->policy || mod->judged)
                return 0;
        mod->judged = true;
        if (path && draft->req->inside)
                r = judge_name(draft, mod, draft->req->inside);
        return r < 0 ? r : judge_name(draft, mod, mod->name);
}

struct tn_step tn_draft_barred_step(const struct tn_draft_module *mod, struct tn_step other)
{
        if (!tn_draft_is_barred(mod))
                return other;
        return (struct tn_step){ .kind = TN_STEP_BARRED, .required = mod->required, .record = mod->denial };
}
