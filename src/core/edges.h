/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EDGES_H
#define TN_CORE_EDGES_H

#include "core/config.h"
#include "core/needs.h"
#include "util/dir.h"
#include "util/vec.h"

/* What one module has to do with another. */
enum tn_edge_kind {
        TN_EDGE_NEEDS, /* directly, by modules.dep */
        TN_EDGE_PRE,   /* "pre:" of a softdep: loaded before it */
        TN_EDGE_POST,  /* "post:": loaded after it */
        TN_EDGE_WEAK,  /* a weakdep: at hand */
};

/* "needs", "softdep-pre", "softdep-post", "weakdep". */
const char *tn_edge_kind_name(enum tn_edge_kind kind);

struct tn_edge {
        struct tn_edges_module *from, *to;
        enum tn_edge_kind kind;
        const char *word;                    /* what stands in the line, when that is an alias; else NULL */
        const struct tn_conf_record *record; /* the line; NULL for what it needs */
};

struct tn_edges_module {
        struct tn_needs_module needs; /* its line of modules.dep, and its name */
        bool builtin;
        TN_VEC(struct tn_edge *) out, in; /* in the order in which they were found */
        bool asked;                       /* out is complete */
        bool listed;
        size_t number; /* in the order in which modules were met */
};

/* Modules and what is between them, as far as it was asked for. Finish it with tn_edges_fini(). */
struct tn_edges {
        struct tn_catalog *catalog; /* borrowed */
        const struct tn_config *config;
        struct tn_arena arena;
        struct tn_needs needs;
        TN_VEC(struct tn_edges_module *) modules; /* all that were met */
};

void tn_edges_init(struct tn_edges *edges, struct tn_catalog *catalog, const struct tn_config *config);
void tn_edges_fini(struct tn_edges *edges);

/* The module of a normalised name, which need not exist. Returns 0 or -ENOMEM. */
int tn_edges_get(struct tn_edges *edges, struct span name, struct tn_edges_module **ret_mod);

/* Whether there is such a module, in a file or built in. Its edges must have been asked for. */
bool tn_edges_is_there(const struct tn_edges_module *mod);

/*
 * Finds the edges that lead from a module, once: first what it needs, in the order of modules.dep, then the words of its
 * softdeps and weakdeps. A word that nothing is known by is a module that is not there. Returns 0 or -ENOMEM.
 */
int tn_edges_ask(struct tn_edges *edges, struct tn_edges_module *mod);

/*
 * The same of all modules of the catalog, so that the edges that lead to a module are complete. Returns 0; -ENOMEM; or
 * -errno where the module directory cannot be listed.
 */
int tn_edges_ask_all(struct tn_edges *edges);

#endif
