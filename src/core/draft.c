/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "core/underway.h"

void tn_draft_fini(struct tn_draft *draft)
{
        tn_needs_fini(&draft->needs);
        tn_vec_fini(&draft->placed);
        tn_vec_fini(&draft->wants);
        tn_vec_fini(&draft->left_out);
        if (draft->policy == &draft->own)
                tn_policy_fini(&draft->own);
}

static void init_module(struct tn_needs_module *needs)
{
        struct tn_draft_module *mod = (struct tn_draft_module *)needs;

        mod->name = needs->name;
        mod->step = TN_STEP_NONE;
}

void tn_draft_init(struct tn_draft *draft, const struct tn_plan_request *req, bool removal,
                   struct tn_plan *plan)
{
        *draft = (struct tn_draft){
                .req = req,
                .plan = plan,
                .removal = removal,
                .needs = { .catalog = req->catalog,
                           .arena = &plan->arena,
                           .size = sizeof(struct tn_draft_module),
                           .init = init_module },
        };
        if (removal || !tn_policy_is_there(req->config))
                return;
        draft->policy = req->policy ? req->policy : &draft->own;
        if (!req->policy)
                tn_policy_init(req->catalog, req->config, &draft->own);
}

int tn_draft_get(struct tn_draft *draft, struct span name, struct tn_draft_module **ret_mod)
{
        struct tn_needs_module *needs;
        int r = tn_needs_get(&draft->needs, name, &needs);

        if (r == 0)
                *ret_mod = (struct tn_draft_module *)needs;
        return r;
}

enum tn_skip tn_draft_is_bare(const struct tn_draft *draft, const struct tn_draft_module *mod)
{
        if ((draft->req->flags & TN_PLAN_IGNORE_COMMAND) && mod == draft->module)
                return TN_SKIP_ASKED;
        return tn_underway_has(draft->req->underway, draft->removal, mod->name) ? TN_SKIP_UNDERWAY
                                                                                : TN_SKIP_NONE;
}

int tn_draft_get_live(struct tn_draft *draft, const struct tn_draft_module *mod,
                      struct tn_live_module **ret_live)
{
        int r = tn_live_get(draft->req->live, tn_span_of(mod->name), ret_live);

        if (r < 0)
                tn_plan_set_culprit(draft->plan, mod->name);
        return r;
}

int tn_draft_want(struct tn_draft *draft, const struct tn_draft_want *want)
{
        return tn_vec_add(&draft->wants, *want);
}

int tn_draft_place(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step)
{
        int r = tn_vec_add(&draft->placed, mod);

        step.name = mod->name;
        if (r == 0)
                r = tn_vec_add(&draft->plan->steps, step);
        if (r == 0)
                mod->step = draft->plan->steps.n - 1;
        return r;
}

int tn_draft_leave_out(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step)
{
        return tn_vec_add(&draft->left_out, ((struct tn_draft_left_out){ mod, step }));
}

int tn_draft_want_idle(struct tn_draft *draft, const struct tn_draft_want *want, struct tn_step step)
{
        struct tn_draft_want idle = *want;
        int r;

        idle.idle = true;
        r = tn_draft_want(draft, &idle);
        return r < 0 ? r : tn_draft_leave_out(draft, want->mod, step);
}

struct tn_draft_want tn_draft_soft_want(struct tn_draft_module *from, enum tn_softdep_part part,
                                        const struct tn_softword *word, bool idle)
{
        return (struct tn_draft_want){
                .from = from,
                .idle = idle,
                .cause = { .reason = part == TN_SOFTDEP_POST ? TN_REASON_SOFTDEP_POST : TN_REASON_SOFTDEP_PRE,
                           .record = word->record,
                           .word = word->name },
        };
}

int tn_draft_find_soft(struct tn_draft *draft, const struct tn_draft_want *want, struct tn_matches *matches)
{
        struct tn_draft_want unknown = *want;
        int r = tn_lookup(draft->req->catalog, draft->req->config, want->cause.word, &draft->plan->arena,
                          matches);

        if (r == 0 && matches->n > 0)
                return 0;
        if (r < 0 && r != -EINVAL)
                return r;
        matches->n = 0;
        r = tn_draft_get(draft, want->cause.word, &unknown.mod);
        if (r == 0)
                r = tn_draft_want(draft, &unknown);
        if (r == 0)
                r = tn_draft_leave_out(
                        draft, unknown.mod,
                        (struct tn_step){ .kind = TN_STEP_UNKNOWN, .record = want->cause.record });
        return r;
}

struct tn_draft_mark tn_draft_mark(const struct tn_draft *draft)
{
        return (struct tn_draft_mark){ draft->placed.n, draft->wants.n, draft->left_out.n };
}

void tn_draft_rollback(struct tn_draft *draft, struct tn_draft_mark mark)
{
        while (draft->placed.n > mark.steps) {
                draft->placed.v[--draft->placed.n]->step = TN_STEP_NONE;
                draft->plan->steps.n--;
        }
        draft->wants.n = mark.wants;
        draft->left_out.n = mark.left_out;
}
