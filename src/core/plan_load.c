/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/draft.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* The making of one target's steps. */
struct loader {
        struct tn_draft *draft;
        unsigned depth;
};

static int place(struct loader *ld, const struct tn_draft_want *want);

/* A module that was named as a file is never a built-in one. */
static bool in_kernel(const struct loader *ld, const struct tn_draft_module *mod,
                      const struct tn_match *match, int *ret_err)
{
        struct tn_live_module *live;

        if (match->rule == TN_RULE_LIVE)
                return true;
        if (!match->path && tn_catalog_is_builtin(ld->draft->req->catalog, tn_span_of(mod->name)))
                return true;
        *ret_err = tn_draft_get_live(ld->draft, mod, &live);
        return *ret_err == 0 && live->state == TN_KERNEL_LIVE;
}

/* What a request counts that is not to count what is loaded. */
static bool in_fresh_kernel(const struct loader *ld, const struct tn_draft_module *mod,
                            const struct tn_match *match)
{
        return (ld->draft->req->flags & TN_PLAN_FRESH) && !match->path &&
               tn_catalog_is_builtin(ld->draft->req->catalog, tn_span_of(mod->name));
}

static const struct tn_conf_record *command_of(const struct loader *ld, const struct tn_draft_module *mod)
{
        if (tn_draft_is_bare(ld->draft, mod))
                return NULL;
        return tn_config_find(ld->draft->req->config, TN_CONF_INSTALL, mod->name);
}

/* NULL when the catalog does not know it. */
static int path_of(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                   const char **ret_path)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r;

        *ret_path = match->path;
        if (match->path)
                return 0;
        r = tn_needs_ask(&ld->draft->needs, &mod->needs);
        if (r < 0 || mod->needs.line_err < 0)
                return mod->needs.line_err == -EFBIG ? -EFBIG : r;
        tn_catalog_add_path(ld->draft->req->catalog, mod->needs.line.path, &path);
        *ret_path =
                tn_buf_error(&path) < 0 ? NULL : tn_arena_dup(&ld->draft->plan->arena, tn_buf_span(&path));
        return *ret_path ? 0 : -ENOMEM;
}

static int set_file(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                    struct tn_step *step)
{
        int r = path_of(ld, mod, match, &step->path);

        if (step->path)
                step->kind = TN_STEP_INSERT;
        else if (tn_catalog_is_builtin(ld->draft->req->catalog, tn_span_of(mod->name)))
                step->kind = TN_STEP_BUILTIN;
        else
                step->kind = TN_STEP_MISSING;
        return r;
}

static void set_command(const struct tn_conf_record *command, struct tn_step *step)
{
        step->kind = tn_plan_is_refused(command) ? TN_STEP_DENIED : TN_STEP_INSTALL;
        step->command = command->value.ptr;
        step->record = command;
}

/* The step itself, once all that comes before it is placed. */
static int add_step(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                    const struct tn_conf_record *command)
{
        struct tn_step step = { .kind = TN_STEP_LOADED, .required = mod->required };
        int r = 0;

        if (ld->draft->req->flags & TN_PLAN_IGNORE_LOADED ? in_fresh_kernel(ld, mod, match)
                                                          : in_kernel(ld, mod, match, &r))
                return tn_draft_place(ld->draft, mod, step);
        step.spared = mod->spared;
        step.denial = mod->denial;
        if (command)
                set_command(command, &step);
        else if (r == 0)
                r = set_file(ld, mod, match, &step);
        if (r == 0)
                r = tn_draft_set_options(ld->draft, match, &step);
        return r < 0 ? r : tn_draft_place(ld->draft, mod, step);
}

/* A module has one step, wherever it is met first. */
static int place_step(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                      const struct tn_conf_record *command)
{
        struct tn_step barred = { .kind = TN_STEP_BLACKLISTED };

        if (mod->step != TN_STEP_NONE)
                return 0;
        if (ld->draft->req->blacklist == TN_BLACKLIST_ALL)
                barred.record = tn_config_find(ld->draft->req->config, TN_CONF_BLACKLIST, mod->name);
        if (barred.record)
                return tn_draft_leave_out(ld->draft, mod, barred);
        return add_step(ld, mod, match, command);
}

/* Everything one word of a softdep stands for, or, where something is given instead, that for each of it. */
static int place_soft(struct loader *ld, struct tn_draft_want *want, const struct tn_step *instead)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_draft_find_soft(ld->draft, want, &matches);

        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                want->cause.match = matches.v[i];
                r = tn_draft_get(ld->draft, tn_span_of(matches.v[i].name), &want->mod);
                if (r == 0)
                        r = instead ? tn_draft_want_idle(ld->draft, want,
                                                         tn_draft_barred_step(want->mod, *instead))
                                    : place(ld, want);
        }
        return r;
}

static int place_softdeps(struct loader *ld, struct tn_draft_module *mod, enum tn_softdep_part part,
                          const struct tn_step *instead)
{
        struct tn_softwords words = tn_softwords_of(ld->draft->req->config, mod->name, part);
        struct tn_softword word;
        int r = 0;

        while (r == 0 && tn_softwords_next(&words, &word)) {
                struct tn_draft_want want = tn_draft_soft_want(mod, part, &word, instead != NULL);

                r = place_soft(ld, &want, instead);
        }
        return r;
}

static int place_between(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                         const struct tn_conf_record *command, const struct tn_step *instead)
{
        int r = place_softdeps(ld, mod, TN_SOFTDEP_PRE, instead);

        if (r == 0)
                r = place_step(ld, mod, match, command);
        return r < 0 ? r : place_softdeps(ld, mod, TN_SOFTDEP_POST, instead);
}

/*
 * The module between its softdeps. A command stands for the module and its softdeps. A softdep may lead to a module
 * that needs this one: then this one is placed there, before it.
 */
static int place_with_softdeps(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                               const struct tn_conf_record *command)
{
        const struct tn_step instead = {
                .kind = TN_STEP_SKIPPED,
                .skip = command ? TN_SKIP_COMMAND : tn_draft_is_bare(ld->draft, mod),
                .record = command,
        };
        int r;

        if (mod->softened)
                return place_step(ld, mod, match, command);
        mod->softened = true;
        if (instead.skip)
                return place_between(ld, mod, match, command, &instead);
        if (ld->depth >= TN_DRAFT_DEPTH_MAX) {
                tn_plan_set_culprit(ld->draft->plan, ld->draft->module->name);
                return -EMLINK;
        }
        ld->depth++;
        r = place_between(ld, mod, match, NULL, NULL);
        ld->depth--;
        return r;
}

static int place_dependencies(struct loader *ld, struct tn_draft_module *mod)
{
        int r = tn_draft_want_needs(ld->draft, mod, false);

        /* wherever in the order it comes, also by a softdep of another */
        for (size_t i = 0; r == 0 && i < mod->needs.n_deps && mod == ld->draft->module; i++)
                tn_draft_dep(mod, i)->required = true;
        for (size_t i = mod->needs.n_deps; r == 0 && i-- > 0;) {
                struct tn_draft_module *dep = tn_draft_dep(mod, i);
                const struct tn_match match = { .name = dep->name, .rule = TN_RULE_NAME };

                r = tn_draft_want_needs(ld->draft, dep, false);
                if (r == 0)
                        r = place_with_softdeps(ld, dep, &match, command_of(ld, dep));
        }
        return r;
}

/*
 * Whether the policy keeps a module out. It has no say about what is in the kernel already, nor about what is built in.
 */
static int is_barred(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match)
{
        int err = 0, r = tn_draft_judge(ld->draft, mod, match->path);

        if (r < 0 || !mod->denial)
                return r;
        if ((!match->path && tn_catalog_is_builtin(ld->draft->req->catalog, tn_span_of(mod->name))) ||
            (!(ld->draft->req->flags & TN_PLAN_IGNORE_LOADED) && in_kernel(ld, mod, match, &err)))
                mod->denial = NULL;
        return err < 0 ? err : tn_draft_is_barred(mod);
}

/* What the policy keeps out of a module and all that it needs: itself, or else what would be loaded first; or NULL. */
static int find_barred(struct loader *ld, struct tn_draft_module *mod, const struct tn_match *match,
                       struct tn_draft_module **ret_barred)
{
        int r;

        *ret_barred = NULL;
        if (!ld->draft->policy)
                return 0;
        r = is_barred(ld, mod, match);
        if (r > 0)
                *ret_barred = mod;
        if (r >= 0)
                r = tn_needs_ask(&ld->draft->needs, &mod->needs);
        for (size_t i = mod->needs.n_deps; r >= 0 && i-- > 0;) {
                struct tn_draft_module *dep = tn_draft_dep(mod, i);

                dep->required |= mod == ld->draft->module;
                r = is_barred(ld, dep, &(struct tn_match){ .name = dep->name, .rule = TN_RULE_NAME });
                if (r > 0 && !*ret_barred)
                        *ret_barred = dep;
        }
        return r < 0 ? r : 0;
}

/* Leaves out a module with all that it would bring, for what is barred of it. */
static int leave_barred(struct loader *ld, struct tn_draft_module *mod, const struct tn_draft_module *barred)
{
        const struct tn_step instead = { .kind = TN_STEP_SKIPPED,
                                         .skip = TN_SKIP_BARRED,
                                         .record = barred->denial };
        int r = tn_draft_leave_needs(ld->draft, mod, instead);

        if (r == 0)
                r = place_softdeps(ld, mod, TN_SOFTDEP_PRE, &instead);
        if (r == 0)
                r = tn_draft_leave_out(ld->draft, mod, tn_draft_barred_step(mod, instead));
        return r < 0 ? r : place_softdeps(ld, mod, TN_SOFTDEP_POST, &instead);
}

/* A module with all that must come before it, unless its command says that it is never to be loaded. */
static int place_allowed(struct loader *ld, const struct tn_draft_want *want)
{
        const struct tn_conf_record *command = command_of(ld, want->mod);
        const struct tn_step instead = { .kind = TN_STEP_SKIPPED,
                                         .skip = TN_SKIP_COMMAND,
                                         .record = command };
        int r = tn_plan_is_refused(command) ? tn_draft_leave_needs(ld->draft, want->mod, instead)
                                            : place_dependencies(ld, want->mod);

        return r < 0 ? r : place_with_softdeps(ld, want->mod, &want->cause.match, command);
}

static int place(struct loader *ld, const struct tn_draft_want *want)
{
        struct tn_draft_module *mod = want->mod, *barred;
        int r = tn_draft_want(ld->draft, want);

        if (r < 0 || mod->expanded)
                return r;
        mod->expanded = true;
        r = find_barred(ld, mod, &want->cause.match, &barred);
        if (r < 0)
                return r;
        return barred ? leave_barred(ld, mod, barred) : place_allowed(ld, want);
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

static int decide(struct loader *ld, struct tn_draft_module *mod, struct tn_draft_module **ret_barred)
{
        const struct tn_plan_request *req = ld->draft->req;
        struct tn_target *target = ld->draft->target;
        const struct tn_conf_record *line;
        int r = 0;

        if (req->flags & TN_PLAN_IGNORE_LOADED ? in_fresh_kernel(ld, mod, &target->match)
                                               : in_kernel(ld, mod, &target->match, &r)) {
                target->verdict = req->flags & TN_PLAN_FIRST_TIME ? TN_VERDICT_EXISTS : TN_VERDICT_IN_KERNEL;
                return 0;
        }
        if (r == 0)
                r = find_barred(ld, mod, &target->match, ret_barred);
        if (r < 0)
                return r;
        if (*ret_barred) {
                target->verdict = TN_VERDICT_DENIED;
                target->record = (*ret_barred)->denial;
                target->kept = (*ret_barred)->name;
                return 0;
        }
        line = tn_config_find(req->config, TN_CONF_BLACKLIST, target->match.name);
        if (line && heeds_blacklist(req, &target->match)) {
                target->verdict = TN_VERDICT_BLACKLISTED;
                target->record = line;
        }
        return r;
}

/* The step of a target that nothing is done for. */
static int say_why(struct loader *ld, const struct tn_draft_want *want, const struct tn_draft_module *barred)
{
        const struct tn_target *target = ld->draft->target;
        int r = tn_draft_want(ld->draft, want);

        if (r < 0)
                return r;
        if (barred)
                return leave_barred(ld, want->mod, barred);
        if (target->verdict != TN_VERDICT_BLACKLISTED)
                return tn_draft_place(ld->draft, want->mod,
                                      (struct tn_step){ .kind = TN_STEP_LOADED, .required = true });
        return tn_draft_leave_out(ld->draft, want->mod,
                                  (struct tn_step){ .kind = TN_STEP_BLACKLISTED, .record = target->record });
}

static int plan(struct tn_draft *draft, const struct tn_draft_want *want)
{
        struct loader ld = { .draft = draft };
        struct tn_draft_module *barred = NULL;
        int r;

        want->mod->required = true;
        r = decide(&ld, want->mod, &barred);
        if (r < 0)
                return r;
        return draft->target->verdict == TN_VERDICT_GO ? place(&ld, want) : say_why(&ld, want, barred);
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
        return tn_draft_targets(req, false, req->flags & TN_PLAN_IGNORE_LOADED ? NULL : is_there, plan,
                                ret_plan);
}
