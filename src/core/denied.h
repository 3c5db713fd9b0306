/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DENIED_H
#define TN_CORE_DENIED_H

#include "core/catalog.h"
#include "core/config.h"
#include "core/live.h"
#include "util/arena.h"
#include "util/map.h"

/* Whether a module is kept out, in one word, for auditors: what scripts read out of `modprobe -n -v` and get wrong. */
enum tn_denied {
        TN_DENIED_ABSENT,     /* the kernel has no such module */
        TN_DENIED_BUILTIN,    /* it is part of the kernel, where no line of a file keeps it out */
        TN_DENIED_LOADED,     /* nothing denies it, and it is loaded */
        TN_DENIED_LOADABLE,   /* nothing denies it */
        TN_DENIED_YES,        /* modprobe refuses it, by name too, or the kernel does */
        TN_DENIED_BUT_LOADED, /* so it is denied, and it is loaded all the same */
        TN_DENIED_BUT_IN_IMAGE, /* so it is denied, but not by the initramfs, which has it; never made by tn_denied_judge() */
        TN_DENIED_AS_NAME_ONLY, /* a blacklist alone: it keeps out who asks by an alias, and no one else */
        TN_DENIED_WORDS         /* how many */
};

/* "denied-as-name-only". */
const char *tn_denied_name(enum tn_denied verdict);

/* Whether the module stays out. */
bool tn_denied_holds(enum tn_denied verdict);

/* Which modules are loaded with which: read when the first question depends on it. Zero-initialised is empty. */
struct tn_denied_users {
        struct tn_arena arena;
        struct tn_map first; /* name of a module to that of the first one that needs it */
        bool loaded;
};

void tn_denied_users_fini(struct tn_denied_users *users);

struct tn_denied_question {
        struct tn_catalog *catalog;
        const struct tn_config *config;
        struct tn_live *live;  /* NULL: what is loaded does not count */
        struct span blacklist; /* what the running kernel itself refuses, commas between */
        struct tn_denied_users
                *users;   /* for needed_by, kept for the next question; NULL: nobody wants to know that */
        struct span name; /* the module's, normalised or not */
};

struct tn_denied_answer {
        enum tn_denied verdict;
        const char *name;                    /* the module's, normalised */
        const struct tn_conf_record *record; /* the line that denies it; NULL: none, or the kernel does */
        bool by_kernel;                      /* module_blacklist= of the kernel command line */
        const char *
                dependency; /* the module that is denied, and that this one needs; NULL: it is denied itself */
        const char *needed_by; /* for AS_NAME_ONLY: a module with which it is loaded; NULL: none needs it */
};

/*
 * Judges one module. Texts are from the arena, needed_by from the users, records borrowed from the configuration. Returns 0; -EINVAL when the name is
 * none or an index is corrupt; -ENOMEM; what the kernel said when asked for a state.
 */
int tn_denied_judge(const struct tn_denied_question *question, struct tn_arena *arena,
                    struct tn_denied_answer *ret_answer);

#endif
