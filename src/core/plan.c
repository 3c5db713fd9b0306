/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/plan.h"
#include "format/modname.h"
#include "format/noop.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

void tn_plan_fini(struct tn_plan *plan)
{
        tn_vec_fini(&plan->targets);
        tn_vec_fini(&plan->steps);
        tn_arena_fini(&plan->arena);
        *plan = (struct tn_plan){ 0 };
}

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

static int find_live(const struct tn_plan_request *req,
                     bool (*counts)(const struct tn_plan_request *req, const struct tn_live_module *mod),
                     struct tn_arena *arena, struct tn_matches *matches)
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

void tn_plan_set_culprit(struct tn_plan *plan, const char *module)
{
        plan->culprit = tn_arena_dup(&plan->arena, tn_span_of(module));
}

bool tn_plan_is_refused(const struct tn_conf_record *command)
{
        return command && tn_noop_parse(command->value) != TN_NOOP_NONE;
}

static int find_targets(const struct tn_plan_request *req,
                        bool (*counts)(const struct tn_plan_request *req, const struct tn_live_module *mod),
                        struct tn_arena *arena, struct tn_matches *matches)
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

int tn_plan_each_target(const struct tn_plan_request *req,
                        bool (*counts)(const struct tn_plan_request *req, const struct tn_live_module *mod),
                        int (*plan_target)(const struct tn_plan_request *req, struct tn_plan *plan),
                        struct tn_plan *ret_plan)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r;

        *ret_plan = (struct tn_plan){ 0 };
        r = find_targets(req, counts, &ret_plan->arena, &matches);
        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                r = tn_vec_add(&ret_plan->targets, ((struct tn_target){ .match = matches.v[i],
                                                                        .first_step = ret_plan->steps.n }));
                if (r == 0)
                        r = plan_target(req, ret_plan);
        }
        return r;
}
