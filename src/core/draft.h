/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DRAFT_H
#define TN_CORE_DRAFT_H

#include <stdbool.h>

#include "core/needs.h"
#include "core/plan.h"
#include "core/policy.h"
#include "core/softwords.h"
#include "util/vec.h"

/*
 * The steps of one target in the making. The planners put in what they meet, in that order: modules, each with its step,
 * and what wants them. tn_draft_finish() then gives each step its causes and the steps that it needs.
 */

/* How deep softdeps may lead from module to module; no sane chain is longer. */
#define TN_DRAFT_DEPTH_MAX 1000

/* A module that the target leads to. */
struct tn_draft_module {
        struct tn_needs_module needs; /* its line of modules.dep */
        const char *name;             /* normalised */
        size_t step;                  /* its number in the plan; TN_STEP_NONE: it has none, or none yet */
        bool left_out;                /* its step is of such a kind */
        bool required;                /* loading: the target cannot do without it */
        bool expanded;                /* loading: its dependencies have been planned */
        bool softened;                /* loading: so have its softdeps, or they are being planned */
        bool caused;                  /* loading: its direct needs know that it wants them */
        bool judged;                  /* loading: denial says what the policy says */
        const struct tn_conf_record *denial; /* by which the policy denies it; or NULL */
        enum tn_spared spared;               /* why it is loaded in spite of that */
        bool wanted;                         /* in the end: something wants it that counts */
        struct tn_draft_module
                *user; /* loading: the first on whose line of modules.dep it was met; or NULL */
};

/* One module wanted by another. */
struct tn_draft_want {
        struct tn_draft_module *mod;
        struct tn_draft_module *from; /* NULL: the request */
        struct tn_cause cause;        /* but for its step */
        bool idle;                    /* counts only if mod is left out in the end */
};

struct tn_draft_modules {
        TN_VEC_FIELDS(struct tn_draft_module *);
};

/* A module that another uses, and whether the kernel has that as one of its holders. */
struct tn_draft_use {
        struct tn_draft_module *mod;
        bool held;
        bool direct; /* it needs it directly, by modules.dep */
};

struct tn_draft_uses {
        TN_VEC_FIELDS(struct tn_draft_use);
};

struct tn_draft_left_out {
        struct tn_draft_module *mod;
        struct tn_step step;
};

struct tn_draft {
        const struct tn_plan_request *req;
        struct tn_plan *plan;
        struct tn_target *target;
        struct tn_draft_module *module; /* the target's */
        bool removal;
        struct tn_policy *policy;       /* loading: NULL: nothing is denied */
        struct tn_policy own;           /* what it is, unless the request has it */
        struct tn_needs needs;          /* the modules are its own, of struct tn_draft_module */
        struct tn_draft_modules placed; /* those of the target's steps */
        TN_VEC(struct tn_draft_want) wants;
        TN_VEC(struct tn_draft_left_out) left_out;
};

/* Whether a module that the kernel has is one to load or remove, though the catalog does not know it. */
typedef bool tn_draft_counts(const struct tn_plan_request *req, const struct tn_live_module *live);

/* Makes the steps of a draft's target, which want asks for. */
typedef int tn_draft_plan(struct tn_draft *draft, const struct tn_draft_want *want);

/*
 * Plans each of the modules that the request's subject stands for. A file stands for the module that its base name says,
 * which the catalog need not know. What the catalog does not know, for whatever reason, may be a module of the kernel that
 * counts; NULL: none does. Returns 0 or -errno, as tn_plan_load().
 */
int tn_draft_targets(const struct tn_plan_request *req, bool removal, tn_draft_counts *counts,
                     tn_draft_plan *plan, struct tn_plan *ret_plan);

/* Begins one, which borrows both. */
void tn_draft_init(struct tn_draft *draft, const struct tn_plan_request *req, bool removal,
                   struct tn_plan *plan);
void tn_draft_fini(struct tn_draft *draft);

/*
 * Why a module is dealt with without a command and softdeps: it is the target of a request with IGNORE_COMMAND, or it is
 * asked for by its own command. TN_SKIP_NONE: it is not.
 */
enum tn_skip tn_draft_is_bare(const struct tn_draft *draft, const struct tn_draft_module *mod);

/* What the kernel says of a module. A failure has that module as culprit. As tn_live_get(). */
int tn_draft_get_live(struct tn_draft *draft, const struct tn_draft_module *mod,
                      struct tn_live_module **ret_live);

/* The module of a normalised name, which is copied. Returns 0 or -ENOMEM. */
int tn_draft_get(struct tn_draft *draft, struct span name, struct tn_draft_module **ret_mod);

/* Adds what wants a module. Returns 0 or -ENOMEM. */
int tn_draft_want(struct tn_draft *draft, const struct tn_draft_want *want);

/* Gives a module its step, which needs no name. Returns 0 or -ENOMEM. */
int tn_draft_place(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step);

/* Gives a module a step of a kind that is left out, unless it has one in the end. Returns 0 or -ENOMEM. */
int tn_draft_leave_out(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step);

/* The same of one that is wanted for a cause that counts only then. */
int tn_draft_want_idle(struct tn_draft *draft, const struct tn_draft_want *want, struct tn_step step);

/* What a word of a module's softdeps wants, without the module that it leads to. idle: see struct tn_draft_want. */
struct tn_draft_want tn_draft_soft_want(struct tn_draft_module *from, enum tn_softdep_part part,
                                        const struct tn_softword *word, bool idle);

/*
 * What a softdep's word stands for, appended to matches, which were empty: nothing if nobody knows it, which is a step.
 * want is without mod and match. Returns 0, -ENOMEM, or what kept the lookup from knowing.
 */
int tn_draft_find_soft(struct tn_draft *draft, const struct tn_draft_want *want, struct tn_matches *matches);

/* A point to go back to. What is asked of modules.dep stays. */
struct tn_draft_mark {
        size_t steps, wants, left_out;
};

struct tn_draft_mark tn_draft_mark(const struct tn_draft *draft);
void tn_draft_rollback(struct tn_draft *draft, struct tn_draft_mark mark);

/* The modules of a module's line of modules.dep, once that was asked (core/needs.h). */
static inline struct tn_draft_module *tn_draft_dep(const struct tn_draft_module *mod, size_t n)
{
        return (struct tn_draft_module *)mod->needs.deps[n];
}

/* Adds that one module needs another directly. Returns 0 or -ENOMEM. */
int tn_draft_want_need(struct tn_draft *draft, struct tn_draft_module *user, struct tn_draft_module *used,
                       bool idle);

/* Adds that mod wants what it needs directly. Returns 0 or -ENOMEM. */
int tn_draft_want_needs(struct tn_draft *draft, struct tn_draft_module *mod, bool idle);

/* Leaves out what a module needs, by such a step; what is denied itself, by that. Returns 0 or -ENOMEM. */
int tn_draft_leave_needs(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_step step);

/* Asks the policy of a draft, once, about a module that would be loaded from that path, or by its name. Returns 0 or -ENOMEM. */
int tn_draft_judge(struct tn_draft *draft, struct tn_draft_module *mod, const char *path);

/* Whether it keeps the module out. */
static inline bool tn_draft_is_barred(const struct tn_draft_module *mod)
{
        return mod->denial && mod->spared == TN_SPARED_NONE;
}

/* The step of a module that is left out: its own, if the policy keeps it out, or the other one. */
struct tn_step tn_draft_barred_step(const struct tn_draft_module *mod, struct tn_step other);

/*
 * Appends what a module uses, in load order: by its line of modules.dep, or, if it has none, by what the kernel says; *ret_rule
 * tells which. A kernel that says nothing is no error. Returns 0 or -ENOMEM.
 */
int tn_draft_find_used(struct tn_draft *draft, struct tn_draft_module *mod, struct tn_draft_uses *uses,
                       enum tn_rule *ret_rule);

/*
 * The options of a module that is asked for as match says: those of the configuration, then, for the target, those of the
 * request; one blank between. Returns 0 or -ENOMEM.
 */
int tn_draft_set_options(struct tn_draft *draft, const struct tn_match *match, struct tn_step *step);

/* Ends it: the target has its steps. Returns 0 or -ENOMEM. */
int tn_draft_finish(struct tn_draft *draft);

#endif
