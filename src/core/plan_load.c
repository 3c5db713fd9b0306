/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/plan.h"
#include "core/softwords.h"
#include "core/underway.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/map.h"
#include "util/vec.h"

/* Softdeps may lead from module to module; no sane chain is longer. */
#define DEPTH_MAX 1000

/* The making of one target's steps. */
struct loader {
        const struct tn_plan_request *req;
        struct tn_plan *plan;
        const struct tn_match *target;
        struct tn_map expanded; /* modules whose dependencies have been walked */
        struct tn_map softened; /* modules whose softdeps have been, or are being, walked */
        struct tn_map placed;   /* modules that have their step */
        struct tn_map needed;   /* the target's hard dependencies */
        unsigned depth;
};

/* A module on its way into the plan, and what wants it. */
struct wanted {
        const struct tn_match *match;
        enum tn_reason reason;
        const char *because;
        const struct tn_conf_record *record;
};

static int place(struct loader *ld, const struct wanted *want);

/* A module that was named as a file is never a built-in one. */
static bool in_kernel(const struct loader *ld, const struct tn_match *match, int *ret_err)
{
        struct tn_live_module *mod;

        if (match->rule == TN_RULE_LIVE)
                return true;
        if (!match->path && tn_catalog_is_builtin(ld->req->catalog, tn_span_of(match->name)))
                return true;
        *ret_err = tn_live_get(ld->req->live, tn_span_of(match->name), &mod);
        return *ret_err == 0 && mod->state == TN_KERNEL_LIVE;
}

static bool is_target(const struct loader *ld, const char *name)
{
        return strcmp(name, ld->target->name) == 0;
}

/* Without command and softdeps: the target with IGNORE_COMMAND, and who is asked for by its own command. */
static bool is_bare(const struct loader *ld, const char *name)
{
        return ((ld->req->flags & TN_PLAN_IGNORE_COMMAND) && is_target(ld, name)) ||
               tn_underway_has(ld->req->underway, false, name);
}

static const struct tn_conf_record *command_of(const struct loader *ld, const char *name)
{
        if (is_bare(ld, name))
                return NULL;
        return tn_config_find(ld->req->config, TN_CONF_INSTALL, name);
}

/* All options lines of the module or of the alias it was asked by, then those of the request; one blank between. */
static int options_of(struct loader *ld, const struct tn_match *match, const char **ret_options)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_config_join_options(ld->req->config, match->name, match->alias, &text);
        if (text.len)
                tn_buf_add_char(&text, ' ');
        if (is_target(ld, match->name) && ld->req->options)
                tn_buf_add_str(&text, ld->req->options);
        *ret_options = tn_buf_error(&text) < 0 ? NULL : tn_arena_dup(&ld->plan->arena, tn_buf_span(&text));
        return *ret_options ? 0 : -ENOMEM;
}

/* NULL when the catalog does not know it. */
static int path_of(struct loader *ld, const struct tn_match *match, const char **ret_path)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r;

        *ret_path = match->path;
        if (match->path)
                return 0;
        r = tn_catalog_find_path(ld->req->catalog, tn_span_of(match->name), &path);
        if (r < 0)
                return r == -ENOMEM || r == -EFBIG ? r : 0;
        *ret_path = tn_arena_dup(&ld->plan->arena, tn_buf_span(&path));
        return *ret_path ? 0 : -ENOMEM;
}

/* The step itself, once all that comes before it is placed. */
static int add_step(struct loader *ld, const struct wanted *want, const struct tn_conf_record *command)
{
        const struct tn_match *match = want->match;
        struct tn_step step = {
                .reason = want->reason,
                .name = match->name,
                .because = want->because,
                .record = command ? command : want->record,
                .required = is_target(ld, match->name) || tn_map_find(&ld->needed, tn_span_of(match->name)),
        };
        int r = 0;

        if (!(ld->req->flags & TN_PLAN_IGNORE_LOADED) && in_kernel(ld, match, &r)) {
                step.kind = TN_STEP_LOADED;
        } else if (r < 0) {
                return r;
        } else if (command) {
                step.kind = TN_STEP_INSTALL;
                step.command = command->value.ptr;
        } else {
                r = path_of(ld, match, &step.path);
                if (r < 0)
                        return r;
                step.kind = step.path ? TN_STEP_INSERT : TN_STEP_MISSING;
                if (!step.path && tn_catalog_is_builtin(ld->req->catalog, tn_span_of(match->name)))
                        step.kind = TN_STEP_BUILTIN;
        }
        r = options_of(ld, match, &step.options);
        return r < 0 ? r : tn_vec_add(&ld->plan->steps, step);
}

static int mark(struct tn_map *map, const char *name, bool *ret_was_marked)
{
        *ret_was_marked = tn_map_find(map, tn_span_of(name)) != NULL;
        return *ret_was_marked ? 0 : tn_map_add(map, tn_span_of(name), map);
}

/* Everything one name of a softdep stands for; a name that nobody knows is passed over. */
static int place_soft(struct loader *ld, struct span name, struct wanted want)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_lookup(ld->req->catalog, ld->req->config, name, &ld->plan->arena, &matches);

        if (r == -EINVAL)
                return 0;
        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                want.match = &matches.v[i];
                r = place(ld, &want);
        }
        return r;
}

static int place_softdeps(struct loader *ld, const char *name, bool post)
{
        struct tn_softwords words =
                tn_softwords_of(ld->req->config, name, post ? TN_SOFTDEP_POST : TN_SOFTDEP_PRE);
        struct wanted want = { .reason = post ? TN_REASON_SOFTDEP_POST : TN_REASON_SOFTDEP_PRE,
                               .because = name };
        struct tn_softword word;
        int r = 0;

        while (r == 0 && tn_softwords_next(&words, &word)) {
                want.record = word.record;
                r = place_soft(ld, word.name, want);
        }
        return r;
}

static bool is_barred(const struct loader *ld, const char *name)
{
        return ld->req->blacklist == TN_BLACKLIST_ALL &&
               tn_config_find(ld->req->config, TN_CONF_BLACKLIST, name);
}

/* A module has one step, wherever it is met first. */
static int place_step(struct loader *ld, const struct wanted *want, const struct tn_conf_record *command)
{
        bool placed;
        int r = mark(&ld->placed, want->match->name, &placed);

        return r < 0 || placed || is_barred(ld, want->match->name) ? r : add_step(ld, want, command);
}

/*
 * The module between its softdeps. A command stands for the module and its softdeps. A softdep may lead to a module
 * that needs this one: then this one is placed there, before it.
 */
static int place_with_softdeps(struct loader *ld, const struct wanted *want)
{
        const char *name = want->match->name;
        const struct tn_conf_record *command = command_of(ld, name);
        bool soft = !command && !is_bare(ld, name), softened = true;
        int r = 0;

        if (soft)
                r = mark(&ld->softened, name, &softened);
        if (r < 0 || softened)
                return r < 0 ? r : place_step(ld, want, command);
        if (ld->depth >= DEPTH_MAX)
                return -EMLINK;
        ld->depth++;
        r = place_softdeps(ld, name, false);
        if (r == 0)
                r = place_step(ld, want, command);
        if (r == 0)
                r = place_softdeps(ld, name, true);
        ld->depth--;
        return r;
}

static const char *name_of_path(struct tn_plan *plan, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        tn_modname_from_path(path, &name);
        return tn_buf_error(&name) < 0 ? NULL : tn_arena_dup(&plan->arena, tn_buf_span(&name));
}

static int place_dependencies(struct loader *ld, const char *name)
{
        struct tn_depline dep;
        struct span path;

        if (tn_catalog_find_dep(ld->req->catalog, tn_span_of(name), &dep) < 0)
                return 0;
        while (tn_depline_pop(&dep.deps, &path)) {
                struct tn_match match = { .name = name_of_path(ld->plan, path), .rule = TN_RULE_NAME };
                struct wanted want = { &match, TN_REASON_DEPENDENCY, name, NULL };
                int r = match.name ? place_with_softdeps(ld, &want) : -ENOMEM;

                if (r < 0)
                        return r;
        }
        return 0;
}

/* A module with all that must come before it. */
static int place(struct loader *ld, const struct wanted *want)
{
        const char *name = want->match->name;
        bool expanded;
        int r = mark(&ld->expanded, name, &expanded);

        if (r < 0 || expanded)
                return r;
        if (!tn_plan_is_refused(command_of(ld, name)))
                r = place_dependencies(ld, name);
        return r < 0 ? r : place_with_softdeps(ld, want);
}

/* What the target needs to work, so that its failure counts wherever in the order it comes. */
static int collect_needed(struct loader *ld)
{
        struct tn_depline dep;
        struct span path;

        if (tn_catalog_find_dep(ld->req->catalog, tn_span_of(ld->target->name), &dep) < 0)
                return 0;
        while (tn_depline_pop(&dep.deps, &path)) {
                const char *name = name_of_path(ld->plan, path);
                int r = name ? tn_map_add(&ld->needed, tn_span_of(name), ld) : -ENOMEM;

                if (r < 0)
                        return r;
        }
        return 0;
}

static int place_target(const struct tn_plan_request *req, struct tn_plan *plan, const struct tn_match *match)
{
        struct loader ld = { .req = req, .plan = plan, .target = match };
        struct wanted want = { match, TN_REASON_REQUESTED, NULL, match->record };
        int r = collect_needed(&ld);

        if (r == 0)
                r = place(&ld, &want);
        tn_map_fini(&ld.expanded);
        tn_map_fini(&ld.softened);
        tn_map_fini(&ld.placed);
        tn_map_fini(&ld.needed);
        return r;
}

/* Whether the blacklist holds for what was asked for. */
static bool heeds_blacklist(const struct tn_plan_request *req, const struct tn_match *match)
{
        switch (req->blacklist) {
        case TN_BLACKLIST_NONE: return false;
        case TN_BLACKLIST_ALIASES: return match->alias != NULL;
        case TN_BLACKLIST_NAMES:
        case TN_BLACKLIST_ALL: return true;
        }
        return true;
}

static int decide(const struct tn_plan_request *req, struct tn_plan *plan, struct tn_target *target)
{
        const struct loader ld = { .req = req, .plan = plan, .target = &target->match };
        int r = 0;

        if (!(req->flags & TN_PLAN_IGNORE_LOADED) && in_kernel(&ld, &target->match, &r)) {
                target->verdict = req->flags & TN_PLAN_FIRST_TIME ? TN_VERDICT_EXISTS : TN_VERDICT_IN_KERNEL;
                return 0;
        }
        target->record = tn_config_find(req->config, TN_CONF_BLACKLIST, target->match.name);
        if (target->record && heeds_blacklist(req, &target->match))
                target->verdict = TN_VERDICT_BLACKLISTED;
        return r;
}

/* Without a list of built-in modules, each that the kernel has a directory of may be one. */
static bool is_there(const struct tn_plan_request *req, const struct tn_live_module *mod)
{
        const struct tn_index *list;

        return mod->state == TN_KERNEL_LIVE ||
               (tn_live_may_be_builtin(mod) &&
                tn_catalog_get_index(req->catalog, TN_CATALOG_BUILTIN, &list) < 0);
}

int tn_plan_load(const struct tn_plan_request *req, struct tn_plan *ret_plan)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_plan_find_targets(req, req->flags & TN_PLAN_IGNORE_LOADED ? NULL : is_there, &plan.arena,
                                     &matches);

        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                struct tn_target *target;

                r = tn_vec_add(&plan.targets,
                               ((struct tn_target){ .match = matches.v[i], .first_step = plan.steps.n }));
                if (r < 0)
                        return r;
                target = &plan.targets.v[plan.targets.n - 1];
                r = decide(req, &plan, target);
                if (r == 0 && target->verdict == TN_VERDICT_GO)
                        r = place_target(req, &plan, &matches.v[i]);
                target->n_steps = plan.steps.n - target->first_step;
        }
        if (r < 0)
                return r;
        *ret_plan = TAKE(plan);
        return 0;
}
