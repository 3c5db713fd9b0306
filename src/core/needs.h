/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_NEEDS_H
#define TN_CORE_NEEDS_H

#include <stdbool.h>

#include "core/catalog.h"
#include "util/arena.h"
#include "util/map.h"

/* A module, and what its line of modules.dep says that it needs. */
struct tn_needs_module {
        const char *name; /* normalised */
        bool asked;
        int line_err; /* why there is no line: see tn_catalog_find_dep() */
        struct tn_depline line;
        struct tn_needs_module **deps; /* in the order of the line: users before used */
        size_t n_deps;
        bool *direct; /* whether it needs each of them directly; NULL: not asked, see tn_needs_ask_direct() */
        unsigned long covered; /* for that: the last round in which it was found on a line */
};

/* What modules need. modules.dep is asked once for each. Finish it with tn_needs_fini(). */
struct tn_needs {
        struct tn_catalog *catalog; /* borrowed, as is the arena */
        struct tn_arena *arena;
        size_t size; /* of a caller's own struct that begins with a struct tn_needs_module; 0: it has none */
        void (*init)(struct tn_needs_module
                             *mod); /* begins a new one, which is zeroed but for its name; may be NULL */
        struct tn_map modules;      /* name to struct tn_needs_module */
        unsigned long round;
};

void tn_needs_fini(struct tn_needs *needs);

/* The module of a normalised name, which is copied. Returns 0 or -ENOMEM. */
int tn_needs_get(struct tn_needs *needs, struct span name, struct tn_needs_module **ret_mod);

/* Asks modules.dep, once, what a module needs. That there is no line is no error. Returns 0 or -ENOMEM. */
int tn_needs_ask(struct tn_needs *needs, struct tn_needs_module *mod);

/*
 * Asks, once, which of these it needs directly: those that are not on the line of another of its line. Returns 0 or
 * -ENOMEM.
 */
int tn_needs_ask_direct(struct tn_needs *needs, struct tn_needs_module *mod);

#endif
