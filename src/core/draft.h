/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DRAFT_H
#define TN_CORE_DRAFT_H

#include <stdbool.h>

#include "core/plan.h"
#include "core/softwords.h"
#include "util/map.h"
#include "util/vec.h"

/*
 * The steps of one target in the making. The planners put in what they meet, in that order: modules, each with its step,
 * and what wants them. tn_draft_finish() then gives each step its causes and the steps that it needs.
 */

/* How deep softdeps may lead from module to module; no sane chain is longer. */
#define TN_DRAFT_DEPTH_MAX 1000

/* A module that the target leads to. */
struct tn_draft_module {
        const char *name; /* normalised */
        size_t step;      /* its number in the plan; TN_STEP_NONE: it has none, or none yet */
        bool left_out;    /* its step is of such a kind */
        bool required;    /* loading: the target cannot do without it */
        bool expanded;    /* loading: its dependencies have been planned */
        bool softened;    /* loading: so have its softdeps, or they are being planned */
        bool caused;      /* loading: its direct needs know that it wants them */

        /* Its line of modules.dep, see tn_draft_ask(). */
        bool asked;
        int line_err;
        struct tn_depline line;
        struct tn_draft_module **deps; /* in the order of the line: users before used */
        size_t n_deps;
        unsigned long covered; /* see tn_draft_want_needs() */
};

/* One module wanted by another. */
struct tn_draft_want {
        struct tn_draft_module *mod;
        struct tn_draft_module *from; /* NULL: the request */
        struct tn_cause cause;        /* but for its step */
        bool idle;                    /* counts only if mod is left out in the end */
};

struct tn_draft_modules {
        struct tn_draft_module **v;
        size_t n;
        size_t cap;
};

/* A module that another uses, and whether the kernel has that as one of its holders. */
struct tn_draft_use {
        struct tn_draft_module *mod;
        bool held;
};

struct tn_draft_uses {
        struct tn_draft_use *v;
        size_t n;
        size_t cap;
};

struct tn_draft_left_out {
        struct tn_draft_module *mod;
        struct tn_step step;
};

struct tn_draft {
        const struct tn_plan_request *req;
        struct tn_plan *plan;
        struct tn_target *target;
        bool removal;
        struct tn_map modules;          /* name to struct tn_draft_module */
        struct tn_draft_modules placed; /* those of the target's steps */
        TN_VEC(struct tn_draft_want) wants;
        TN_VEC(struct tn_draft_left_out) left_out;
        unsigned long round; /* of tn_draft_want_needs() */
};

/* A draft of the plan's last target. */
struct tn_draft tn_draft_init(const struct tn_plan_request *req, struct tn_plan *plan, bool removal);
void tn_draft_fini(struct tn_draft *draft);

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

/* What a word of a module's softdeps wants, without the module that it leads to. */
struct tn_draft_want tn_draft_soft_want(struct tn_draft_module *from, enum tn_softdep_part part,
                                        const struct tn_softword *word);

/*
 * What a softdep's word stands for, appended to matches: nothing if nobody knows it, which is a step. want is without
 * mod and match. Returns 0 or -ENOMEM.
 */
int tn_draft_find_soft(struct tn_draft *draft, const struct tn_draft_want *want, struct tn_matches *matches);

/* A point to go back to. What is asked of modules.dep stays. */
struct tn_draft_mark {
        size_t steps, wants, left_out;
};

struct tn_draft_mark tn_draft_mark(const struct tn_draft *draft);
void tn_draft_rollback(struct tn_draft *draft, struct tn_draft_mark mark);

/* Asks modules.dep, once, what a module needs. That there is no line is no error. Returns 0 or -ENOMEM. */
int tn_draft_ask(struct tn_draft *draft, struct tn_draft_module *mod);

/*
 * Adds that mod wants what it needs directly: those of its line that are not on the line of another of its line.
 * Returns 0 or -ENOMEM.
 */
int tn_draft_want_needs(struct tn_draft *draft, struct tn_draft_module *mod, bool idle);

/* Leaves out what a module needs, for a command stands for it. Returns 0 or -ENOMEM. */
int tn_draft_leave_needs(struct tn_draft *draft, struct tn_draft_module *mod,
                         const struct tn_conf_record *command);

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
