/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/loser.h"
#include "core/policy.h"
#include "format/modname.h"
#include "util/cleanup.h"

/* What is searched, and the step that it is about. */
struct search {
        const struct tn_plan_request *req;
        const struct tn_plan *plan;
        struct tn_losers *out;
        const struct tn_target *target;
        const struct tn_step *step;
        bool asked; /* it is the target's own */
};

void tn_losers_fini(struct tn_losers *losers)
{
        tn_vec_fini(&losers->list);
        tn_arena_fini(&losers->arena);
}

static int add(const struct search *search, struct tn_loser loser)
{
        return tn_vec_add(&search->out->list, loser);
}

/* Whether a module that a later rule has is one of the targets, so that nothing was lost by it. */
static bool is_target(const struct tn_plan *plan, const char *name)
{
        const struct tn_target *target;

        tn_vec_each (target, &plan->targets)
                if (strcmp(target->match.name, name) == 0)
                        return true;
        return false;
}

static int add_beaten_rules(const struct search *search)
{
        enum tn_rule winner = search->plan->targets.v[0].match.rule;
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        const struct tn_match *match;
        int r = tn_lookup_beaten(search->req->catalog, search->req->config, search->req->subject.text, winner,
                                 &search->out->arena, &matches);

        tn_vec_each (match, &matches)
                if (r == 0 && (match->pattern || !is_target(search->plan, match->name)))
                        r = add(search, (struct tn_loser){ .why = TN_LOSER_RULE,
                                                           .record = match->record,
                                                           .match = *match,
                                                           .winner = search->plan->targets.v[0].match.record,
                                                           .rule = winner });
        return r;
}

static bool is_used(const struct tn_plan *plan, const struct tn_conf_record *record)
{
        const struct tn_target *target;

        tn_vec_each (target, &plan->targets)
                if (target->match.record == record)
                        return true;
        return false;
}

/* Lines that have the text itself: aliases for what is no name, and a blacklist of an alias. */
static int add_lines_of_text(const struct search *search, const char *text)
{
        struct tn_config_iter it = tn_config_match(search->req->config, TN_CONF_ALIAS, text);
        const struct tn_conf_record *record;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&it)))
                if (!tn_modname_is_sane(record->value) && !tn_modname_is_found(record->value) &&
                    !is_used(search->plan, record))
                        r = add(search, (struct tn_loser){ .why = TN_LOSER_BAD_NAME, .record = record });
        if (search->plan->targets.n == 0 || is_target(search->plan, text))
                return r;
        it = tn_config_match(search->req->config, TN_CONF_BLACKLIST, text);
        while (r == 0 && (record = tn_config_next(&it)))
                r = add(search, (struct tn_loser){ .why = TN_LOSER_NO_MODULE, .record = record });
        return r;
}

static int find_of_text(const struct search *search)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_plan *plan = search->plan;
        int r;

        if (search->req->subject.by != TN_PLAN_BY_TEXT || !tn_modname_is_request(search->req->subject.text) ||
            tn_modname_from_alias(search->req->subject.text, &text) < 0)
                return 0;
        if (!tn_buf_str(&text))
                return tn_buf_error(&text);
        r = add_lines_of_text(search, text.ptr);
        if (r < 0 || plan->targets.n == 0 || plan->targets.v[0].match.rule > TN_RULE_BUILTIN_ALIAS)
                return r;
        return add_beaten_rules(search);
}

static enum tn_loser_why judge_blacklist(const struct search *search, const struct tn_conf_record *record)
{
        const struct tn_step *step = search->step;

        if (step->kind == TN_STEP_BLACKLISTED)
                return record == step->record ? TN_LOSER_NONE : TN_LOSER_LINE;
        if (step->kind == TN_STEP_LOADED)
                return TN_LOSER_IN_KERNEL;
        if (step->kind == TN_STEP_BARRED)
                return TN_LOSER_DENIED;
        if (tn_step_is_left_out(step))
                return TN_LOSER_NONE;
        return search->asked ? TN_LOSER_BY_NAME : TN_LOSER_NOT_ASKED;
}

static enum tn_loser_why judge_install(const struct search *search, const struct tn_conf_record *record)
{
        const struct tn_step *step = search->step;

        switch (step->kind) {
        case TN_STEP_BLACKLISTED: return TN_LOSER_BLACKLISTED;
        case TN_STEP_BARRED: return TN_LOSER_DENIED;
        case TN_STEP_LOADED: return TN_LOSER_IN_KERNEL;
        case TN_STEP_INSTALL:
        case TN_STEP_DENIED: return record == step->record ? TN_LOSER_NONE : TN_LOSER_LINE;
        default: return TN_LOSER_NONE;
        }
}

static enum tn_loser_why judge_remove(const struct search *search, const struct tn_conf_record *record)
{
        return search->asked && search->target->match.record != record ? TN_LOSER_REMOVAL : TN_LOSER_NONE;
}

static enum tn_loser_why judge_options(const struct search *search, const struct tn_conf_record *record)
{
        if (search->step->kind == TN_STEP_BLACKLISTED)
                return TN_LOSER_BLACKLISTED;
        if (search->step->kind == TN_STEP_BARRED)
                return TN_LOSER_DENIED;
        return search->step->kind == TN_STEP_LOADED ? TN_LOSER_IN_KERNEL : TN_LOSER_NONE;
}

/* A module that others want gets its softdeps even if it is loaded. */
static enum tn_loser_why judge_softdep(const struct search *search, const struct tn_conf_record *record)
{
        const struct tn_step *step = search->step;

        if (step->kind == TN_STEP_INSTALL || step->kind == TN_STEP_DENIED)
                return TN_LOSER_COMMAND;
        if (step->kind == TN_STEP_BLACKLISTED)
                return TN_LOSER_BLACKLISTED;
        if (step->kind == TN_STEP_BARRED)
                return TN_LOSER_DENIED;
        return search->asked && step->kind == TN_STEP_LOADED ? TN_LOSER_IN_KERNEL : TN_LOSER_NONE;
}

static enum tn_loser_why judge_weakdep(const struct search *search, const struct tn_conf_record *record)
{
        return search->asked ? TN_LOSER_WEAK : TN_LOSER_NONE;
}

static enum tn_loser_why judge_deny(const struct search *search, const struct tn_conf_record *record)
{
        const struct tn_step *step = search->step;

        if (step->kind == TN_STEP_LOADED)
                return TN_LOSER_IN_KERNEL;
        if (step->kind == TN_STEP_BARRED)
                return record == step->record ? TN_LOSER_NONE : TN_LOSER_LINE;
        return tn_step_is_left_out(step) ? TN_LOSER_NONE : TN_LOSER_POLICY;
}

/* What it does not let in itself, for that is denied, may let in others. */
static enum tn_loser_why judge_allow(const struct search *search, const struct tn_conf_record *record)
{
        const struct tn_conf_record *unused;
        enum tn_policy_mode mode = tn_policy_mode(search->req->config, &unused);

        (void)record;
        return mode == TN_POLICY_DENY || mode == TN_POLICY_OFF ? TN_LOSER_POLICY : TN_LOSER_NONE;
}

/* The kinds of lines about a module, in the order in which they are told. */
static const struct {
        enum tn_conf_kind kind;
        enum tn_loser_why (*judge)(const struct search *search, const struct tn_conf_record *record);
} lines[] = {
        { TN_CONF_BLACKLIST, judge_blacklist }, { TN_CONF_INSTALL, judge_install },
        { TN_CONF_SOFTDEP, judge_softdep },     { TN_CONF_OPTIONS, judge_options },
        { TN_CONF_REMOVE, judge_remove },       { TN_CONF_WEAKDEP, judge_weakdep },
        { TN_CONF_DENY, judge_deny },           { TN_CONF_ALLOW, judge_allow },
};

static bool names_winner(enum tn_loser_why why)
{
        return why == TN_LOSER_LINE || why == TN_LOSER_COMMAND || why == TN_LOSER_BLACKLISTED ||
               why == TN_LOSER_DENIED;
}

static int find_lines(const struct search *search)
{
        const struct tn_step *step = search->step;
        int r = 0;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
                struct tn_config_iter it = tn_config_match(search->req->config, lines[i].kind, step->name);
                const struct tn_conf_record *record;

                while (r == 0 && (record = tn_config_next(&it))) {
                        struct tn_loser loser = { .why = lines[i].judge(search, record),
                                                  .record = record,
                                                  .module = step->name };

                        if (names_winner(loser.why))
                                loser.winner = step->record;
                        if (loser.why == TN_LOSER_POLICY)
                                loser.winner = tn_config_last(search->req->config, TN_CONF_POLICY);
                        r = loser.why ? add(search, loser) : 0;
                }
        }
        return r;
}

/*
 * Whether options of that key are given to the module when it is asked for by an alias. An alias line of the configuration gives
 * those of its own pattern.
 */
static int leads_to(const struct search *search, struct span key, const char *module)
{
        struct tn_config_iter it = tn_config_each(search->req->config, TN_CONF_ALIAS);
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        const struct tn_conf_record *record;
        const struct tn_match *match;
        int r;

        while ((record = tn_config_next(&it)))
                if (tn_span_eq(record->key, key) && tn_span_eq(record->value, tn_span_of(module)))
                        return 1;
        r = tn_lookup(search->req->catalog, search->req->config, key, &search->out->arena, &matches);
        tn_vec_each (match, &matches)
                if (r == 0 && match->alias && strcmp(match->name, module) == 0 &&
                    tn_span_eq(key, tn_span_of(match->alias)))
                        return 1;
        return r;
}

/* Options that other aliases of the target's module have. */
static int find_options_of_aliases(const struct search *search)
{
        struct tn_config_iter it = tn_config_each(search->req->config, TN_CONF_OPTIONS);
        const struct tn_match *match = &search->target->match;
        const struct tn_conf_record *record;
        int r = 0;

        while (r >= 0 && (record = tn_config_next(&it))) {
                if (tn_span_eq(record->key, tn_span_of(match->name)) ||
                    (match->alias && tn_span_eq(record->key, tn_span_of(match->alias))))
                        continue;
                r = leads_to(search, record->key, match->name);
                if (r > 0)
                        r = add(search, (struct tn_loser){ .why = TN_LOSER_OTHER_ALIAS,
                                                           .record = record,
                                                           .module = match->name });
        }
        return r;
}

/*
 * A module may be in the plan of several targets. It is told of once: where it is the target, or else where it is first.
 */
static bool is_told_of(const struct tn_plan *plan, const struct tn_target *target, size_t number)
{
        const char *name = plan->steps.v[number].name;
        bool own = strcmp(name, target->match.name) == 0;
        const struct tn_target *other;

        tn_vec_each (other, &plan->targets)
                for (size_t i = other->first_step; i < other->first_step + other->n_steps; i++) {
                        bool others = strcmp(name, other->match.name) == 0;

                        if (strcmp(plan->steps.v[i].name, name) == 0 && (own == others ? i < number : others))
                                return false;
                }
        return true;
}

static int find_of_target(struct search *search)
{
        const struct tn_target *target = search->target;
        int r = 0;

        for (size_t i = target->first_step; r == 0 && i < target->first_step + target->n_steps; i++) {
                search->step = &search->plan->steps.v[i];
                search->asked = strcmp(search->step->name, target->match.name) == 0;
                if (is_told_of(search->plan, target, i))
                        r = find_lines(search);
                if (r == 0 && search->asked)
                        r = find_options_of_aliases(search);
        }
        return r;
}

int tn_losers_find(const struct tn_plan_request *req, const struct tn_plan *plan,
                   struct tn_losers *ret_losers)
{
        struct search search = { .req = req, .plan = plan, .out = ret_losers };
        int r;

        *ret_losers = (struct tn_losers){ 0 };
        r = find_of_text(&search);
        for (size_t i = 0; r == 0 && i < plan->targets.n; i++) {
                search.target = &plan->targets.v[i];
                r = find_of_target(&search);
        }
        return r;
}
