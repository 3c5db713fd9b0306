/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_PLAN_H
#define TN_CORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/catalog.h"
#include "core/config.h"
#include "core/live.h"
#include "core/lookup.h"
#include "util/arena.h"
#include "util/vec.h"

struct tn_policy;

/*
 * What would be done for one request, as plain data: made from a request, the configuration, the catalog and the
 * live state, and changing none of them. A dry run prints it, apply runs it, a test compares it.
 */

enum tn_step_kind {
        TN_STEP_INSERT,  /* give the file at path to the kernel, with options */
        TN_STEP_INSTALL, /* run an install command in the module's place */
        TN_STEP_BUILTIN, /* it is built in; planned only when what is loaded does not count */
        TN_STEP_LOADED,  /* it is in the kernel already: nothing to do */
        TN_STEP_MISSING, /* there is no such module in the catalog: fails when applied */
        TN_STEP_DELETE,  /* take it out of the kernel */
        TN_STEP_REMOVE,  /* run a remove command in its place */
        TN_STEP_DENIED, /* run its command, which does nothing: the configuration denies the module, or its removal */

        /* What is left out. Nothing is done for it; in each target these come last. */
        TN_STEP_SKIPPED,     /* see skip */
        TN_STEP_BLACKLISTED, /* by record */
        TN_STEP_BARRED,      /* by the policy; record: see tn_policy_judge() */
        TN_STEP_UNKNOWN, /* a softdep's word that stands for no module: name is the word, record the line */
};

/* Why a module is skipped. */
enum tn_skip {
        TN_SKIP_NONE, /* it is not */
        TN_SKIP_COMMAND, /* record: the command that stands for the module that wants it, or its own, planned before */
        TN_SKIP_ASKED,    /* the module that wants it was asked for with TN_PLAN_IGNORE_COMMAND */
        TN_SKIP_UNDERWAY, /* the module that wants it is asked for by its own command */
        TN_SKIP_BARRED, /* by record the policy denies what it needs, or what the module that wants it is or needs */
        TN_SKIP_IN_USE,  /* removal: it stays, for something holds it */
        TN_SKIP_ABSENT,  /* removal: it is not in the kernel */
        TN_SKIP_BUILTIN, /* removal: it is part of the kernel */
};

/* What wants a module: another one, or the request. */
enum tn_reason {
        TN_REASON_REQUESTED,    /* the request named it, or an alias that leads to it */
        TN_REASON_DEPENDENCY,   /* modules.dep: the other needs it, and no dependency of the other does */
        TN_REASON_SOFTDEP_PRE,  /* a softdep of the other wants it loaded before, or removed after */
        TN_REASON_SOFTDEP_POST, /* ... loaded after, or removed before */
        TN_REASON_HOLDER,       /* it holds the other, which is to go */
        TN_REASON_UNUSED,       /* the other, which goes, uses it */
};

#define TN_STEP_NONE SIZE_MAX

struct tn_cause {
        enum tn_reason reason;
        size_t step; /* of the other module, a number in the plan; TN_STEP_NONE: the request */
        const struct tn_conf_record *record; /* the softdep's line; or NULL */
        struct span word;                    /* of the softdep, as it is written; or empty */
        struct tn_match match;               /* how that led to the module */
};

/* One option of a module, and where it is from. */
struct tn_step_option {
        struct span text;                    /* in the step's options, with its quotes */
        const struct tn_conf_record *record; /* NULL: the request */
};

/* Why a module that the policy denies is loaded all the same. */
enum tn_spared {
        TN_SPARED_NONE,  /* it is not denied, or it is not loaded */
        TN_SPARED_AUDIT, /* the policy is "audit" */
        TN_SPARED_ASKED, /* the request says so */
};

struct tn_step {
        enum tn_step_kind kind;
        enum tn_skip skip;                   /* for SKIPPED */
        enum tn_spared spared;               /* for what is loaded */
        bool required;                       /* its failure fails the target; others are only wished for */
        const char *name;                    /* the module, normalised */
        const char *path;                    /* its file, for INSERT */
        const char *options;                 /* what is loaded gets; may be empty. NULL for what is not */
        const char *command;                 /* for INSTALL, REMOVE and DENIED, as configured */
        const struct tn_conf_record *record; /* the line of the command, or which leaves it out; or NULL */
        const struct tn_conf_record *denial; /* by which the policy denies it, if it is spared */
        const struct tn_step_option *option; /* the words of options */
        size_t n_options;
        const struct tn_cause *causes; /* at least one, in the order in which they were met */
        size_t n_causes;
        const size_t *needs; /* numbers of the steps to be done before it, smallest first */
        size_t n_needs;
};

/* What became of one module that the subject stands for. */
enum tn_verdict {
        TN_VERDICT_GO,          /* its steps say the rest */
        TN_VERDICT_IN_KERNEL,   /* load: it is there already, which is fine */
        TN_VERDICT_EXISTS,      /* load: it is there already, which was to be an error */
        TN_VERDICT_BLACKLISTED, /* load: record is the line */
        TN_VERDICT_DENIED,      /* load: the policy denies it, or what it needs, by record */
        TN_VERDICT_ABSENT,      /* remove: it is not there, which is fine */
        TN_VERDICT_NOT_LOADED,  /* remove: it is not there, which was to be an error */
        TN_VERDICT_BUILTIN,     /* remove: it is part of the kernel */
        TN_VERDICT_IN_USE,      /* remove: something holds it */
};

struct tn_target {
        struct tn_match match;
        enum tn_verdict verdict;
        const struct tn_conf_record *record; /* for BLACKLISTED and DENIED */
        const char *
                kept; /* for NOT_LOADED, BUILTIN, IN_USE, DENIED: the module that is so, which may be another */
        size_t first_step;
        size_t n_steps; /* at least one: unless GO, it says why not */
};

struct tn_plan {
        struct tn_arena arena; /* owns every string of the plan */
        TN_VEC(struct tn_target) targets;
        TN_VEC(struct tn_step) steps;
        const char *
                culprit; /* after a failure: the module whose softdeps, or whose state, is at fault; or NULL */
};

enum tn_plan_flags {
        TN_PLAN_IGNORE_COMMAND = 1 << 0, /* no command and no softdeps for the module named itself */
        TN_PLAN_IGNORE_LOADED = 1 << 1,  /* plan as if nothing were loaded */
        TN_PLAN_FIRST_TIME = 1 << 2,     /* already done is an error */
        TN_PLAN_REMOVE_HOLDERS = 1 << 3,
        TN_PLAN_WAIT = 1 << 4,  /* a module in use is waited for, not refused */
        TN_PLAN_FRESH = 1 << 5, /* with IGNORE_LOADED: what is built in is in the kernel all the same */
};

/* Which modules are not loaded if the blacklist has them. */
enum tn_plan_blacklist {
        TN_BLACKLIST_ALIASES, /* those asked for by an alias */
        TN_BLACKLIST_NONE,
        TN_BLACKLIST_NAMES, /* those asked for, whether by an alias or by name */
        TN_BLACKLIST_ALL,   /* all, whatever wants them */
};

/* What is to be loaded or removed. Borrows what it is made of. */
struct tn_plan_subject {
        enum { TN_PLAN_BY_TEXT, TN_PLAN_BY_FILE, TN_PLAN_BY_MATCH } by;
        union {
                struct span text;
                const char *file;
                const struct tn_match *match;
        };
};

/* What a name or an alias stands for, by a lookup. */
static inline struct tn_plan_subject tn_plan_of_text(struct span text)
{
        return (struct tn_plan_subject){ .by = TN_PLAN_BY_TEXT, .text = text };
}

/* The module file at a path. */
static inline struct tn_plan_subject tn_plan_of_file(const char *path)
{
        return (struct tn_plan_subject){ .by = TN_PLAN_BY_FILE, .file = path };
}

/* The one module that a lookup has found before. */
static inline struct tn_plan_subject tn_plan_of_match(const struct tn_match *match)
{
        return (struct tn_plan_subject){ .by = TN_PLAN_BY_MATCH, .match = match };
}

struct tn_plan_request {
        struct tn_catalog *catalog;
        const struct tn_config *config;
        struct tn_live *live;
        struct tn_plan_subject subject;
        unsigned flags; /* of tn_plan_flags */
        enum tn_plan_blacklist blacklist;
        const char *options;      /* given with the request, for the module named itself; NULL for none */
        const char *underway;     /* the chain of core/underway.h; NULL for none */
        struct tn_policy *policy; /* of this catalog and configuration, if the caller keeps one; or NULL */
        const char *const *
                spared; /* modules that are loaded though the policy denies them, normalised, NULL at the end; or NULL */
        const char *inside; /* of a file: the name of the module that is in it, if that is known; or NULL */
};

/*
 * What loading the subject takes. Of a target that the policy denies, or that needs a module which it denies, no step is
 * done; what is denied among its softdeps is left out, with all that it would bring. A plan without targets: nothing of that name is known, neither to the catalog nor, if
 * what is loaded counts, to the kernel. The plan borrows configuration records and what the subject borrows; everything
 * else is its own. Returns 0; -EINVAL when the subject's text has a bracket without partner or an index is corrupt;
 * -EMLINK when softdeps lead through more than 1000 modules, from the culprit on; -ENOMEM; what the kernel said when
 * asked for the state of the culprit. After a failure nothing else of the plan counts, but it is to be finished too.
 */
int tn_plan_load(const struct tn_plan_request *req, struct tn_plan *ret_plan);

/* What removing the subject takes, down to the dependencies that become unused. As above. */
int tn_plan_remove(const struct tn_plan_request *req, struct tn_plan *ret_plan);

void tn_plan_fini(struct tn_plan *plan);

/* Whether nothing is done in such a step. */
static inline bool tn_step_is_left_out(const struct tn_step *step)
{
        return step->kind >= TN_STEP_SKIPPED;
}

/* Whether a command is run in it to load the module, or to remove it. */
static inline bool tn_step_installs(const struct tn_step *step)
{
        return step->kind == TN_STEP_INSTALL ||
               (step->kind == TN_STEP_DENIED && step->record->kind == TN_CONF_INSTALL);
}

static inline bool tn_step_removes(const struct tn_step *step)
{
        return step->kind == TN_STEP_REMOVE ||
               (step->kind == TN_STEP_DENIED && step->record->kind == TN_CONF_REMOVE);
}

/* For the planners: names who is at fault in the failure that is about to be returned. */
void tn_plan_set_culprit(struct tn_plan *plan, const char *module);

/*
 * For the planners: whether the command, NULL for none, says that the module is never to be loaded, or never to be removed.
 * Then nothing is loaded or removed for it either.
 */
bool tn_plan_is_refused(const struct tn_conf_record *command);

#endif
