/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LOSER_H
#define TN_CORE_LOSER_H

#include "core/plan.h"

/*
 * What a plan to load does not have in it: lines of the configuration, and entries of indexes, that are about its subject or
 * its modules and do not count, each with the reason.
 */

enum tn_loser_why {
        TN_LOSER_NONE,
        TN_LOSER_RULE,        /* an earlier rule of the lookup knew the text: match is where this one leads */
        TN_LOSER_BAD_NAME,    /* an alias line for what no module can be called */
        TN_LOSER_NO_MODULE,   /* a blacklist line that has the alias in the place of the module */
        TN_LOSER_LINE,        /* an earlier line says the same, or something else, of the same module */
        TN_LOSER_BY_NAME,     /* a blacklist line, and the module was asked for by its name */
        TN_LOSER_NOT_ASKED,   /* a blacklist line of what another module wants */
        TN_LOSER_OTHER_ALIAS, /* options of another alias of the module */
        TN_LOSER_COMMAND,     /* softdeps: the command of the module stands for them, too */
        TN_LOSER_IN_KERNEL,   /* the module is in the kernel already */
        TN_LOSER_BLACKLISTED, /* the module is not loaded at all, for it is blacklisted */
        TN_LOSER_DENIED,      /* the module is not loaded at all, for the policy denies it */
        TN_LOSER_POLICY,      /* a deny or allow line, and the policy does not enforce it */
        TN_LOSER_REMOVAL,     /* a remove line: it counts when the module goes */
        TN_LOSER_WEAK,        /* a weakdep line, which is for programs that make images */
        TN_LOSER_WHYS,        /* how many */
};

struct tn_loser {
        enum tn_loser_why why;
        const struct tn_conf_record *record; /* the line; NULL: an entry of an index, which is in match */
        struct tn_match match;               /* for RULE, else without name */
        const char *module;                  /* which it is about; NULL: the subject's text */
        const struct tn_conf_record *winner; /* the line that counts instead; NULL: none does */
        enum tn_rule rule;                   /* for RULE: the one that knew the text */
};

/* Borrows from the plan and from what that borrows. */
struct tn_losers {
        struct tn_arena arena;
        TN_VEC(struct tn_loser) list;
};

void tn_losers_fini(struct tn_losers *losers);

/*
 * Finds them for a plan that tn_plan_load() made of this request: those of the text, then those of each module in the order of
 * the steps. ret_losers is to be finished after a failure, too. Returns 0, -EINVAL when an index is corrupt, -ENOMEM.
 */
int tn_losers_find(const struct tn_plan_request *req, const struct tn_plan *plan,
                   struct tn_losers *ret_losers);

/* "earlier-rule": lower case and '-', and the same in all versions. */
const char *tn_loser_id(enum tn_loser_why why);

/* Appends the reason as a sentence without full stop. Failures stick to the buffer. */
void tn_loser_text(const struct tn_loser *loser, struct tn_buf *text);

#endif
