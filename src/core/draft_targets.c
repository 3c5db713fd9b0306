/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* "/" and the like name no module. */
static int find_file(const struct tn_plan_request *req, struct tn_arena *arena, struct tn_matches *matches)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_match match = { .rule = TN_RULE_PATH };

        tn_modname_from_path(tn_span_of(req->subject.file), &name);
        if (tn_buf_error(&name) < 0 || name.len == 0)
                return tn_buf_error(&name);
        match.name = tn_arena_dup(arena, tn_buf_span(&name));
        match.path = tn_arena_dup(arena, tn_span_of(req->subject.file));
        return match.name && match.path ? tn_vec_add(matches, match) : -ENOMEM;
}

static int find_live(const struct tn_plan_request *req, tn_draft_counts *counts, struct tn_arena *arena,
                     struct tn_matches *matches)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_match match = { .rule = TN_RULE_LIVE };
        struct tn_live_module *mod;
        int r;

        if (tn_modname_from_alias(req->subject.text, &name) < 0 || !tn_modname_is_sane(tn_buf_span(&name)))
                return tn_buf_error(&name);
        r = tn_live_get(req->live, tn_buf_span(&name), &mod);
        if (r < 0 || !counts(req, mod))
                return r == -ENOMEM ? r : 0;
        match.name = tn_arena_dup(arena, tn_span_of(mod->name));
        return match.name ? tn_vec_add(matches, match) : -ENOMEM;
}

static int find_targets(const struct tn_plan_request *req, tn_draft_counts *counts, struct tn_arena *arena,
                        struct tn_matches *matches)
{
        int r, unknown;

        if (req->subject.by == TN_PLAN_BY_MATCH)
                return tn_vec_add(matches, *req->subject.match);
        if (req->subject.by == TN_PLAN_BY_FILE)
                return find_file(req, arena, matches);
        unknown = tn_lookup(req->catalog, req->config, req->subject.text, arena, matches);
        if (unknown == -ENOMEM || matches->n > 0 || !counts)
                return unknown;
        r = find_live(req, counts, arena, matches);
        return r < 0 || matches->n > 0 ? r : unknown;
}

/* Plans the last target of a plan. */
static int plan_target(struct tn_draft *draft, tn_draft_plan *plan)
{
        const struct tn_match *match = &draft->target->match;
        struct tn_draft_want want = { .cause = { .reason = TN_REASON_REQUESTED, .match = *match } };
        int r = tn_draft_get(draft, tn_span_of(match->name), &want.mod);

        if (r < 0)
                return r;
        draft->module = want.mod;
        r = plan(draft, &want);
        return r < 0 ? r : tn_draft_finish(draft);
}

int tn_draft_targets(const struct tn_plan_request *req, bool removal, tn_draft_counts *counts,
                     tn_draft_plan *plan, struct tn_plan *ret_plan)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r;

        *ret_plan = (struct tn_plan){ 0 };
        r = find_targets(req, counts, &ret_plan->arena, &matches);
        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                struct tn_draft draft;

                r = tn_vec_add(&ret_plan->targets, ((struct tn_target){ .match = matches.v[i],
                                                                        .first_step = ret_plan->steps.n }));
                if (r < 0)
                        return r;
                tn_draft_init(&draft, req, removal, ret_plan);
                draft.target = &ret_plan->targets.v[i];
                r = plan_target(&draft, plan);
                tn_draft_fini(&draft);
        }
        return r;
}
