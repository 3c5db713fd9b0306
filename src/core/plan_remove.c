/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/plan.h"
#include "core/softwords.h"
#include "core/underway.h"
#include "format/modname.h"
#include "format/procmod.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* Softdeps may lead from module to module; no sane chain is longer. */
#define DEPTH_MAX 1000

struct names {
        const char **v;
        size_t n;
        size_t cap;
};

/* The unmaking of one target. */
struct remover {
        const struct tn_plan_request *req;
        struct tn_plan *plan;
        const struct tn_match *target;
        const struct underway *underway;
        struct names *later; /* modules that became unused, whose softdeps have yet to go */
        const char *kept;    /* the module that could not be planned away last */
};

/* The modules that are being taken away, innermost first: what ends circles and bounds the depth. */
struct underway {
        const char *name;
        unsigned depth;
        const struct underway *outer;
};

struct leaving {
        const char *name;
        enum tn_reason reason;
        const char *because;
        const struct tn_conf_record *record;
};

/*
 * Takes a module and what hangs on it away. *ret_verdict is GO when that is planned; otherwise the plan and the
 * live copy are as they were.
 */
static int remove_module(struct remover *rm, const struct leaving *mod, enum tn_verdict *ret_verdict);

/* Without command and softdeps: the target with IGNORE_COMMAND, and who is removed by its own command. */
static bool is_bare(const struct remover *rm, const char *name)
{
        return ((rm->req->flags & TN_PLAN_IGNORE_COMMAND) && strcmp(name, rm->target->name) == 0) ||
               tn_underway_has(rm->req->underway, true, name);
}

/* Modules that are only wished away: whatever keeps them, they are left alone. */
static int remove_wished(struct remover *rm, const struct leaving *mod)
{
        enum tn_verdict verdict;

        return remove_module(rm, mod, &verdict);
}

/* Everything one name of a softdep stands for; a name that nobody knows is passed over. */
static int remove_soft(struct remover *rm, struct span name, struct leaving mod)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_lookup(rm->req->catalog, rm->req->config, name, &rm->plan->arena, &matches);

        if (r == -EINVAL)
                return 0;
        for (size_t i = matches.n; r == 0 && i-- > 0;) {
                mod.name = matches.v[i].name;
                r = remove_wished(rm, &mod);
        }
        return r;
}

/* Softdeps go in the reverse of the order in which they came. */
static int remove_softdeps(struct remover *rm, const char *name, bool post)
{
        struct tn_softwords it =
                tn_softwords_of(rm->req->config, name, post ? TN_SOFTDEP_POST : TN_SOFTDEP_PRE);
        struct leaving mod = { .reason = post ? TN_REASON_SOFTDEP_POST : TN_REASON_SOFTDEP_PRE,
                               .because = name };
        TN_VEC(struct tn_softword) words = { 0 };
        struct tn_softword word;
        int r = 0;

        if (is_bare(rm, name))
                return 0;
        if (rm->underway->depth >= DEPTH_MAX)
                return -EMLINK;
        while (r == 0 && tn_softwords_next(&it, &word))
                r = tn_vec_add(&words, word);
        while (r == 0 && words.n > 0) {
                mod.record = words.v[--words.n].record;
                r = remove_soft(rm, words.v[words.n].name, mod);
        }
        tn_vec_fini(&words);
        return r;
}

static int remove_holders(struct remover *rm, struct tn_live_module *live, enum tn_verdict *ret_verdict)
{
        TN_VEC(const char *) names = { 0 };
        const char *holders;
        int r = tn_live_holders(rm->req->live, live, &holders);

        *ret_verdict = TN_VERDICT_GO;
        for (; r == 0 && *holders; holders += strlen(holders) + 1)
                r = tn_vec_add(&names, holders);
        while (r == 0 && *ret_verdict == TN_VERDICT_GO && names.n > 0)
                r = remove_module(rm,
                                  &(struct leaving){ names.v[--names.n], TN_REASON_HOLDER, live->name, NULL },
                                  ret_verdict);
        if (*ret_verdict == TN_VERDICT_ABSENT)
                *ret_verdict = TN_VERDICT_GO;
        tn_vec_fini(&names);
        return r;
}

static int add_name(struct remover *rm, struct span name, struct names *names)
{
        const char *copy = tn_arena_dup(&rm->plan->arena, name);

        return copy ? tn_vec_add(names, copy) : -ENOMEM;
}

/* What a module uses, by its line of modules.dep. */
static int add_dependencies(struct remover *rm, struct span deps, struct names *names)
{
        struct span path;
        int r = 0;

        while (r == 0 && tn_depline_pop(&deps, &path)) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

                tn_modname_from_path(path, &name);
                r = tn_buf_error(&name);
                if (r == 0)
                        r = add_name(rm, tn_buf_span(&name), names);
        }
        return r;
}

/* The same of a module that has no line, by what the kernel says. One that says nothing has none. */
static int add_held(struct remover *rm, const char *name, struct names *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line, holder;
        struct tn_procmod mod;
        int r = tn_kernel_modules(&text);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        rest = tn_buf_span(&text);
        while (r == 0 && tn_span_split(&rest, '\n', &line)) {
                if (tn_procmod_parse(line, &mod) < 0)
                        continue;
                while (r == 0 && tn_procmod_holder(&mod.holders, &holder))
                        if (tn_span_eq(holder, tn_span_of(name)))
                                r = add_name(rm, mod.name, names);
        }
        return r;
}

/*
 * What only this module used goes with it. All that it used loses a holder before any of it is looked at, so that those
 * which held one another go as well.
 */
static int remove_unused_of(struct remover *rm, const char *name, const struct names *used)
{
        struct tn_live_module *live;
        int r = 0;

        for (size_t i = 0; r == 0 && i < used->n; i++) {
                r = tn_live_get(rm->req->live, tn_span_of(used->v[i]), &live);
                if (r == 0 && live->state != TN_KERNEL_ABSENT)
                        r = tn_live_release(rm->req->live, live, name);
        }
        for (size_t i = 0; r == 0 && i < used->n; i++) {
                r = tn_live_get(rm->req->live, tn_span_of(used->v[i]), &live);
                if (r == 0 && live->state != TN_KERNEL_ABSENT && live->refcnt == 0)
                        r = remove_wished(rm, &(struct leaving){ live->name, TN_REASON_UNUSED, name, NULL });
        }
        return r;
}

static int remove_unused(struct remover *rm, const char *name)
{
        struct names used = { 0 };
        struct tn_depline dep;
        int r;

        if (tn_catalog_find_dep(rm->req->catalog, tn_span_of(name), &dep) == 0)
                r = add_dependencies(rm, dep.deps, &used);
        else
                r = add_held(rm, name, &used);
        if (r == 0)
                r = remove_unused_of(rm, name, &used);
        tn_vec_fini(&used);
        return r;
}

static int add_step(struct remover *rm, const struct leaving *mod, const struct tn_conf_record *command)
{
        return tn_vec_add(&rm->plan->steps, ((struct tn_step){
                                                    .kind = command ? TN_STEP_REMOVE : TN_STEP_DELETE,
                                                    .reason = mod->reason,
                                                    .name = mod->name,
                                                    .command = command ? command->value.ptr : NULL,
                                                    .because = mod->because,
                                                    .record = command ? command : mod->record,
                                                    .required = mod->reason == TN_REASON_REQUESTED ||
                                                                mod->reason == TN_REASON_HOLDER,
                                            }));
}

/*
 * What hangs on a module that has gone: first what becomes unused, level by level, then the softdeps, its own before
 * those of what became unused.
 */
static int remove_below(struct remover *rm, const struct leaving *mod, const struct tn_conf_record *command)
{
        struct names later = { 0 }, *outer = rm->later;
        bool inner = mod->reason == TN_REASON_UNUSED;
        int r = 0;

        if (inner)
                r = tn_vec_add(rm->later, mod->name);
        else
                rm->later = &later;
        if (r == 0 && !command)
                r = remove_unused(rm, mod->name);
        if (r == 0 && !inner)
                r = remove_softdeps(rm, mod->name, false);
        for (size_t i = 0; r == 0 && !inner && i < later.n; i++)
                r = remove_softdeps(rm, later.v[i], false);
        rm->later = outer;
        tn_vec_fini(&later);
        return r;
}

/* Everything of a module that is there, or has a command; the caller undoes it when the verdict is not GO. */
static int take_away(struct remover *rm, const struct leaving *mod, struct tn_live_module *live,
                     const struct tn_conf_record *command, enum tn_verdict *ret_verdict)
{
        unsigned flags = rm->req->flags;
        int r;

        *ret_verdict = TN_VERDICT_GO;
        if (tn_plan_is_refused(command))
                return add_step(rm, mod, command);
        r = remove_softdeps(rm, mod->name, true);
        if (r == 0 && flags & TN_PLAN_REMOVE_HOLDERS)
                r = remove_holders(rm, live, ret_verdict);
        if (r < 0 || *ret_verdict != TN_VERDICT_GO)
                return r;
        if (live->refcnt > 0 && !command && !(flags & TN_PLAN_WAIT)) {
                *ret_verdict = TN_VERDICT_IN_USE;
                rm->kept = mod->name;
                return 0;
        }
        r = add_step(rm, mod, command);
        if (r == 0)
                r = tn_live_remove(rm->req->live, live);
        return r < 0 ? r : remove_below(rm, mod, command);
}

static bool is_underway(const struct remover *rm, const char *name)
{
        for (const struct underway *u = rm->underway; u; u = u->outer)
                if (strcmp(u->name, name) == 0)
                        return true;
        return false;
}

/* A command runs once, however many lead to it: whether its module is loaded says nothing of that. */
static bool has_command_step(const struct remover *rm, const char *name)
{
        for (size_t i = 0; i < rm->plan->steps.n; i++)
                if (rm->plan->steps.v[i].kind == TN_STEP_REMOVE &&
                    strcmp(rm->plan->steps.v[i].name, name) == 0)
                        return true;
        return false;
}

static int remove_live(struct remover *rm, const struct leaving *mod, struct tn_live_module *live,
                       const struct tn_conf_record *command, enum tn_verdict *ret_verdict)
{
        const struct underway here = {
                .name = mod->name,
                .depth = rm->underway ? rm->underway->depth + 1 : 0,
                .outer = rm->underway,
        };
        size_t mark = tn_live_mark(rm->req->live), n_steps = rm->plan->steps.n;
        int r;

        rm->underway = &here;
        r = take_away(rm, mod, live, command, ret_verdict);
        rm->underway = here.outer;
        if (r == 0 && *ret_verdict != TN_VERDICT_GO) {
                rm->plan->steps.n = n_steps;
                tn_live_rollback(rm->req->live, mark);
        }
        return r;
}

static int remove_module(struct remover *rm, const struct leaving *mod, enum tn_verdict *ret_verdict)
{
        struct leaving own = *mod;
        const struct tn_conf_record *command = NULL;
        struct tn_live_module *live;
        int r = tn_live_get(rm->req->live, tn_span_of(mod->name), &live);

        if (r < 0)
                return r;
        own.name = tn_arena_dup(&rm->plan->arena, tn_span_of(mod->name));
        if (!own.name)
                return -ENOMEM;
        *ret_verdict = TN_VERDICT_ABSENT;
        if (is_underway(rm, own.name))
                return 0;
        if (tn_catalog_is_builtin(rm->req->catalog, tn_span_of(own.name))) {
                *ret_verdict = TN_VERDICT_BUILTIN;
                rm->kept = own.name;
                return 0;
        }
        if (!is_bare(rm, own.name))
                command = tn_config_find(rm->req->config, TN_CONF_REMOVE, own.name);
        if (command ? has_command_step(rm, own.name) : live->state == TN_KERNEL_ABSENT)
                return 0;
        return remove_live(rm, &own, live, command, ret_verdict);
}

static int plan_target(const struct tn_plan_request *req, struct tn_plan *plan, struct tn_target *target)
{
        struct remover rm = { .req = req, .plan = plan, .target = &target->match };
        struct leaving mod = { target->match.name, TN_REASON_REQUESTED, NULL, target->match.record };
        int r = remove_module(&rm, &mod, &target->verdict);

        target->kept = rm.kept;
        if (target->verdict == TN_VERDICT_ABSENT && req->flags & TN_PLAN_FIRST_TIME) {
                target->verdict = TN_VERDICT_NOT_LOADED;
                target->kept = target->match.name;
        }
        target->n_steps = plan->steps.n - target->first_step;
        return r;
}

static bool is_module(const struct tn_plan_request *req, const struct tn_live_module *mod)
{
        (void)req;
        return mod->state != TN_KERNEL_ABSENT && !tn_live_may_be_builtin(mod);
}

int tn_plan_remove(const struct tn_plan_request *req, struct tn_plan *ret_plan)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_plan_find_targets(req, is_module, &plan.arena, &matches);

        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                r = tn_vec_add(&plan.targets,
                               ((struct tn_target){ .match = matches.v[i], .first_step = plan.steps.n }));
                if (r == 0)
                        r = plan_target(req, &plan, &plan.targets.v[plan.targets.n - 1]);
        }
        if (r < 0)
                return r;
        *ret_plan = TAKE(plan);
        return 0;
}
