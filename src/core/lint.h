/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LINT_H
#define TN_CORE_LINT_H

#include <stdbool.h>

#include "core/config.h"
#include "core/finding.h"
#include "format/facts.h"

/* A file of the configuration, whether or not it is read. Plain data; strings are borrowed. */
struct tn_lint_file {
        enum tn_config_fate fate;
        const char *name;  /* as records have it */
        int err;           /* why it cannot be read, negative */
        const char *other; /* that hides it, or includes it */
        unsigned line;     /* of that */
        const char *link;  /* the text of the symbolic link that it is; or NULL */
        struct span text;  /* of one that is read, or that only lacks ".conf" */
        bool classic;      /* it may say what modprobe.conf could say */
        bool generated;    /* by depmod */
        bool switches;     /* its policy lines count */
        bool shipped;      /* it belongs to a package: its lines are for many kernels */
        bool same;         /* as the one that hides it: two names of one file */
};

/* One that this user may not read: nothing is known of it, so it is no finding. */
bool tn_lint_is_forbidden(const struct tn_lint_file *file);

enum tn_lint_presence { TN_LINT_ABSENT, TN_LINT_MODULE, TN_LINT_BUILTIN };

/* The parts that parameters take. */
#define TN_LINT_FACTS (TN_FACTS_ELF | TN_FACTS_INFO | TN_FACTS_NEEDS | TN_FACTS_LAYOUT)

/* What a lint asks of the modules. Names are normalised. Each function returns 0 or -ENOMEM. */
struct tn_lint_catalog {
        void *data;
        const char *dir;   /* the module directory, as messages name it */
        struct span names; /* of all modules, also of those that are built in, each with its NUL */
        int (*find)(void *data, struct span name, enum tn_lint_presence *ret_presence);
        /* The first module that a text is an alias of, by the modules themselves; NULL: of none. */
        int (*alias)(void *data, struct span text, const char **ret_module);
        int (*has_aliases)(void *data, struct span name, bool *ret_has);
        /* The modules that need a module, directly or not, each with its NUL; without memory fewer. */
        int (*dependents)(void *data, struct span name, struct span *ret_names);
        /* What the file of a module says (TN_LINT_FACTS), and its path; both NULL when it cannot be read. */
        int (*facts)(void *data, struct span name, const struct tn_facts **ret_facts, const char **ret_path);
        /* Whether the bytes of the module have a text as a string, or as the end of one. */
        int (*says)(void *data, struct span name, struct span text, bool *ret_says);
};

/* A configuration and what it is about. All is borrowed. */
struct tn_lint {
        const struct tn_config *config;
        const struct tn_lint_file *files; /* in the order in which they are read */
        size_t n_files;
        const struct tn_lint_catalog
                *catalog; /* NULL: nothing is known of the modules, or nothing is to be said */
};

/*
 * Appends all that is wrong with the configuration or without effect, or may be: by file, in the order of the lines. Pure.
 * Of files that packages ship only what cannot be read counts: they name modules of other kernels, and the administrator
 * cannot change them. Returns 0; 1 when there are more than TN_LINT_MAX, which are as many as it appends; -ENOMEM.
 */
#define TN_LINT_MAX 10000

int tn_lint(const struct tn_lint *lint, struct tn_findings *findings);

#endif
