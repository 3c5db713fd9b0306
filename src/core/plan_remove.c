/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "util/cleanup.h"

/* The modules that are being taken away, innermost first: what ends circles and bounds the depth. */
struct underway {
        const struct tn_draft_module *mod;
        unsigned depth;
        const struct underway *outer;
};

/* A module that stays, and so may keep those that it holds. */
struct keeper {
        struct tn_draft_want want;
        enum tn_skip skip;
        const struct tn_conf_record *record; /* see struct tn_step */
};

/* The unmaking of one target. */
struct remover {
        struct tn_draft *draft;
        const struct underway *underway;
        struct tn_draft_modules *later; /* modules that became unused, whose softdeps have yet to go */
        TN_VEC(struct keeper) keepers; /* of the modules that are underway, each behind those which keep it */
        const char *kept;              /* the last module that could not be planned away for itself */
};

/*
 * Takes a module and what hangs on it away. *ret_verdict is GO when that is planned; otherwise it is left out, and the rest
 * of the plan and the live copy are as they were.
 */
static int remove_module(struct remover *rm, const struct tn_draft_want *want, enum tn_verdict *ret_verdict);

static int leave(struct remover *rm, struct tn_draft_module *mod, enum tn_skip skip,
                 const struct tn_conf_record *record)
{
        return tn_draft_leave_out(
                rm->draft, mod, (struct tn_step){ .kind = TN_STEP_SKIPPED, .skip = skip, .record = record });
}

/* Leaves out a module that stays, behind those which keep it: what was planned for it has been undone. */
static int keep(struct remover *rm, const struct tn_draft_want *want, enum tn_skip skip, size_t first_keeper)
{
        int r = 0;

        for (size_t i = first_keeper; r == 0 && i < rm->keepers.n; i++) {
                const struct keeper *it = &rm->keepers.v[i];

                r = tn_draft_want(rm->draft, &it->want);
                if (r == 0)
                        r = leave(rm, it->want.mod, it->skip, it->record);
        }
        if (r == 0)
                r = leave(rm, want->mod, skip, NULL);
        return r < 0 ? r : tn_vec_add(&rm->keepers, ((struct keeper){ *want, skip, NULL }));
}

/* Modules that are only wished away: whatever keeps them, they are left alone. */
static int remove_wished(struct remover *rm, const struct tn_draft_want *want)
{
        size_t n_keepers = rm->keepers.n;
        enum tn_verdict verdict;
        int r = remove_module(rm, want, &verdict);

        rm->keepers.n = n_keepers;
        return r;
}

/* Everything one word of a softdep stands for, or, where something is given instead, that for each of it. */
static int remove_soft(struct remover *rm, struct tn_draft_want *want, const struct tn_step *instead)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_draft_find_soft(rm->draft, want, &matches);

        for (size_t i = matches.n; r == 0 && i-- > 0;) {
                want->cause.match = matches.v[i];
                r = tn_draft_get(rm->draft, tn_span_of(matches.v[i].name), &want->mod);
                if (r == 0)
                        r = instead ? tn_draft_want_idle(rm->draft, want, *instead) : remove_wished(rm, want);
        }
        return r;
}

/* Softdeps go in the reverse of the order in which they came. */
static int remove_softdeps(struct remover *rm, struct tn_draft_module *mod, enum tn_softdep_part part,
                           const struct tn_step *instead)
{
        const struct tn_step bare = { .kind = TN_STEP_SKIPPED, .skip = tn_draft_is_bare(rm->draft, mod) };
        struct tn_softwords it = tn_softwords_of(rm->draft->req->config, mod->name, part);
        TN_VEC(struct tn_softword) words = { 0 };
        struct tn_softword word;
        int r = 0;

        if (!instead && bare.skip)
                instead = &bare;
        if (!instead && rm->underway->depth >= TN_DRAFT_DEPTH_MAX) {
                tn_plan_set_culprit(rm->draft->plan, rm->draft->module->name);
                return -EMLINK;
        }
        while (r == 0 && tn_softwords_next(&it, &word))
                r = tn_vec_add(&words, word);
        while (r == 0 && words.n > 0) {
                struct tn_draft_want want =
                        tn_draft_soft_want(mod, part, &words.v[--words.n], instead != NULL);

                r = remove_soft(rm, &want, instead);
        }
        tn_vec_fini(&words);
        return r;
}

/* The last one first. Those of a module that stays are left out with it. */
static int remove_holders(struct remover *rm, struct tn_draft_module *mod, struct tn_live_module *live,
                          const struct tn_step *instead, enum tn_verdict *ret_verdict)
{
        struct tn_draft_want want = { .from = mod, .cause = { .reason = TN_REASON_HOLDER } };
        TN_VEC(const char *) names = { 0 };
        const char *holders;
        int r = tn_live_holders(rm->draft->req->live, live, &holders);

        *ret_verdict = TN_VERDICT_GO;
        for (; r == 0 && *holders; holders += strlen(holders) + 1)
                r = tn_vec_add(&names, holders);
        while (r == 0 && *ret_verdict == TN_VERDICT_GO && names.n > 0) {
                r = tn_draft_get(rm->draft, tn_span_of(names.v[--names.n]), &want.mod);
                if (r < 0)
                        break;
                want.cause.match = (struct tn_match){ .name = want.mod->name, .rule = TN_RULE_LIVE };
                r = instead ? tn_draft_want_idle(rm->draft, &want, *instead)
                            : remove_module(rm, &want, ret_verdict);
                if (*ret_verdict == TN_VERDICT_ABSENT)
                        *ret_verdict = TN_VERDICT_GO;
        }
        tn_vec_fini(&names);
        return r;
}

/* A module that one used which goes. */
static int remove_used(struct remover *rm, const struct tn_draft_want *want, const struct tn_draft_use *use)
{
        struct tn_live_module *live;
        int r = tn_draft_get_live(rm->draft, want->mod, &live);
        bool absent = r == 0 && live->state == TN_KERNEL_ABSENT, planned = want->mod->step != TN_STEP_NONE;

        if (r < 0)
                return r;
        if (!absent && live->refcnt == 0)
                return remove_wished(rm, want);
        if (!use->held && (!absent || planned || !use->direct))
                return 0;
        r = tn_draft_want(rm->draft, want);
        if (r < 0 || planned)
                return r;
        return leave(rm, want->mod, absent ? TN_SKIP_ABSENT : TN_SKIP_IN_USE, NULL);
}

/*
 * What only this module used goes with it. All that it used loses a holder before any of it is looked at, so that those
 * which held one another go as well.
 */
static int remove_unused(struct remover *rm, struct tn_draft_module *mod, const struct tn_step *instead)
{
        struct tn_draft_want want = { .from = mod, .cause = { .reason = TN_REASON_UNUSED } };
        struct tn_draft_uses uses = { 0 };
        struct tn_live_module *live;
        int r = tn_draft_find_used(rm->draft, mod, &uses, &want.cause.match.rule);

        for (size_t i = 0; r == 0 && !instead && i < uses.n; i++) {
                r = tn_draft_get_live(rm->draft, uses.v[i].mod, &live);
                if (r == 0 && live->state != TN_KERNEL_ABSENT)
                        r = tn_live_release(rm->draft->req->live, live, mod->name, &uses.v[i].held);
        }
        for (size_t i = 0; r == 0 && i < uses.n; i++) {
                want.mod = uses.v[i].mod;
                want.cause.match.name = want.mod->name;
                r = instead ? tn_draft_want_idle(rm->draft, &want, *instead)
                            : remove_used(rm, &want, &uses.v[i]);
        }
        tn_vec_fini(&uses);
        return r;
}

static int add_step(struct remover *rm, const struct tn_draft_want *want,
                    const struct tn_conf_record *command)
{
        struct tn_step step = {
                .kind = TN_STEP_DELETE,
                .record = command,
                .required =
                        want->cause.reason == TN_REASON_REQUESTED || want->cause.reason == TN_REASON_HOLDER,
        };

        if (command) {
                step.kind = tn_plan_is_refused(command) ? TN_STEP_DENIED : TN_STEP_REMOVE;
                step.command = command->value.ptr;
        }
        return tn_draft_place(rm->draft, want->mod, step);
}

/*
 * What hangs on a module that has gone: first what becomes unused, level by level, then the softdeps, its own before
 * those of what became unused.
 */
static int remove_below(struct remover *rm, const struct tn_draft_want *want, const struct tn_step *instead)
{
        struct tn_draft_modules later = { 0 }, *outer = rm->later;
        bool inner = want->cause.reason == TN_REASON_UNUSED;
        int r = 0;

        if (inner)
                r = tn_vec_add(rm->later, want->mod);
        else
                rm->later = &later;
        if (r == 0)
                r = remove_unused(rm, want->mod, instead);
        if (r == 0 && !inner)
                r = remove_softdeps(rm, want->mod, TN_SOFTDEP_PRE, NULL);
        for (size_t i = 0; r == 0 && !inner && i < later.n; i++)
                r = remove_softdeps(rm, later.v[i], TN_SOFTDEP_PRE, NULL);
        rm->later = outer;
        tn_vec_fini(&later);
        return r;
}

/* A command that says that the module is never to be removed. Nothing is removed for it either. */
static int refuse(struct remover *rm, const struct tn_draft_want *want, struct tn_live_module *live,
                  const struct tn_conf_record *command, const struct tn_step *instead)
{
        struct tn_draft_module *mod = want->mod;
        enum tn_verdict unused;
        int r = add_step(rm, want, command);

        if (r == 0)
                r = remove_softdeps(rm, mod, TN_SOFTDEP_POST, instead);
        if (r == 0 && rm->draft->req->flags & TN_PLAN_REMOVE_HOLDERS)
                r = remove_holders(rm, mod, live, instead, &unused);
        if (r == 0)
                r = remove_unused(rm, mod, instead);
        return r < 0 ? r : remove_softdeps(rm, mod, TN_SOFTDEP_PRE, instead);
}

/* Everything of a module that is there, or has a command; the caller undoes it when the verdict is not GO. */
static int take_away(struct remover *rm, const struct tn_draft_want *want, struct tn_live_module *live,
                     const struct tn_conf_record *command, enum tn_verdict *ret_verdict)
{
        const struct tn_step instead = { .kind = TN_STEP_SKIPPED,
                                         .skip = TN_SKIP_COMMAND,
                                         .record = command };
        unsigned flags = rm->draft->req->flags;
        int r;

        *ret_verdict = TN_VERDICT_GO;
        if (tn_plan_is_refused(command))
                return refuse(rm, want, live, command, &instead);
        r = remove_softdeps(rm, want->mod, TN_SOFTDEP_POST, NULL);
        if (r == 0 && flags & TN_PLAN_REMOVE_HOLDERS)
                r = remove_holders(rm, want->mod, live, NULL, ret_verdict);
        if (r < 0 || *ret_verdict != TN_VERDICT_GO)
                return r;
        if (live->refcnt > 0 && !command && !(flags & TN_PLAN_WAIT)) {
                *ret_verdict = TN_VERDICT_IN_USE;
                rm->kept = want->mod->name;
                return 0;
        }
        r = add_step(rm, want, command);
        if (r == 0)
                r = tn_live_remove(rm->draft->req->live, live);
        return r < 0 ? r : remove_below(rm, want, command ? &instead : NULL);
}

static bool is_underway(const struct remover *rm, const struct tn_draft_module *mod)
{
        for (const struct underway *u = rm->underway; u; u = u->outer)
                if (u->mod == mod)
                        return true;
        return false;
}

/* A command runs once, however many lead to it: whether its module is loaded says nothing of that. */
static bool has_command_step(const struct remover *rm, const struct tn_draft_module *mod)
{
        const struct tn_step *it;

        tn_vec_each (it, &rm->draft->plan->steps)
                if (tn_step_removes(it) && strcmp(it->name, mod->name) == 0)
                        return true;
        return false;
}

static int remove_live(struct remover *rm, const struct tn_draft_want *want, struct tn_live_module *live,
                       const struct tn_conf_record *command, enum tn_verdict *ret_verdict)
{
        const struct underway here = {
                .mod = want->mod,
                .depth = rm->underway ? rm->underway->depth + 1 : 0,
                .outer = rm->underway,
        };
        size_t live_mark = tn_live_mark(rm->draft->req->live), n_keepers = rm->keepers.n;
        struct tn_draft_mark mark = tn_draft_mark(rm->draft);
        int r;

        rm->underway = &here;
        r = take_away(rm, want, live, command, ret_verdict);
        rm->underway = here.outer;
        if (r < 0)
                return r;
        if (*ret_verdict != TN_VERDICT_GO) {
                tn_draft_rollback(rm->draft, mark);
                tn_live_rollback(rm->draft->req->live, live_mark);
                return keep(rm, want, TN_SKIP_IN_USE, n_keepers);
        }
        rm->keepers.n = n_keepers;
        if (!tn_plan_is_refused(command))
                return 0;
        return tn_vec_add(&rm->keepers, ((struct keeper){ *want, TN_SKIP_COMMAND, command }));
}

static int remove_module(struct remover *rm, const struct tn_draft_want *want, enum tn_verdict *ret_verdict)
{
        struct tn_draft_module *mod = want->mod;
        const struct tn_conf_record *command = NULL;
        struct tn_live_module *live;
        int r = tn_draft_get_live(rm->draft, mod, &live);

        if (r == 0)
                r = tn_draft_want(rm->draft, want);
        *ret_verdict = TN_VERDICT_ABSENT;
        if (r < 0 || is_underway(rm, mod))
                return r;
        if (tn_catalog_is_builtin(rm->draft->req->catalog, tn_span_of(mod->name))) {
                *ret_verdict = TN_VERDICT_BUILTIN;
                rm->kept = mod->name;
                return keep(rm, want, TN_SKIP_BUILTIN, rm->keepers.n);
        }
        if (!tn_draft_is_bare(rm->draft, mod))
                command = tn_config_find(rm->draft->req->config, TN_CONF_REMOVE, mod->name);
        if (command ? !has_command_step(rm, mod) : live->state != TN_KERNEL_ABSENT)
                return remove_live(rm, want, live, command, ret_verdict);
        if (mod->step != TN_STEP_NONE)
                return 0;
        return leave(rm, mod, command ? TN_SKIP_COMMAND : TN_SKIP_ABSENT, command);
}

/* What became of the target, once its removal is planned or not. */
static void set_verdict(const struct remover *rm, enum tn_verdict verdict)
{
        struct tn_target *target = rm->draft->target;

        if (verdict == TN_VERDICT_ABSENT && rm->draft->req->flags & TN_PLAN_FIRST_TIME) {
                verdict = TN_VERDICT_NOT_LOADED;
                target->kept = target->match.name;
        } else if (verdict != TN_VERDICT_GO && verdict != TN_VERDICT_ABSENT) {
                target->kept = rm->kept;
        }
        target->verdict = verdict;
}

static int plan(struct tn_draft *draft, const struct tn_draft_want *want)
{
        struct remover rm = { .draft = draft };
        enum tn_verdict verdict;
        int r = remove_module(&rm, want, &verdict);

        if (r == 0)
                set_verdict(&rm, verdict);
        tn_vec_fini(&rm.keepers);
        return r;
}

static bool is_module(const struct tn_plan_request *req, const struct tn_live_module *mod)
{
        (void)req;
        return mod->state != TN_KERNEL_ABSENT && !tn_live_may_be_builtin(mod);
}

int tn_plan_remove(const struct tn_plan_request *req, struct tn_plan *ret_plan)
{
        return tn_draft_targets(req, true, is_module, plan, ret_plan);
}
