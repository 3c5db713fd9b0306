/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_ALLOWED_H
#define TN_CORE_ALLOWED_H

#include "core/config.h"
#include "core/needs.h"
#include "util/vec.h"

/* A module that allow lines let in: one that they name, or that one of these needs or declares as its softdep. */
struct tn_allowed_module {
        struct tn_needs_module needs;
        const struct tn_conf_record *record; /* the allow line; NULL: none lets it in, so far */
        const char *from;                    /* the module that brings it; NULL: the line names it */
};

/*
 * What the allow lines let in, in one kernel: the modules that they name, all that these need (modules.dep), and what they
 * declare as softdeps themselves (modules.softdep), and so on. Softdeps of modprobe.d do not count. Words of softdeps stand
 * for modules as the modules' own aliases say, so that "crypto-crc32c" is each module that does it. Computed as far as it
 * is asked for.
 */
struct tn_allowed {
        const struct tn_config *config;
        struct tn_arena arena;
        struct tn_needs needs; /* its modules are struct tn_allowed_module */
        TN_VEC(struct tn_allowed_module *) waiting;
        bool whole; /* all lines have been followed */
};

/* Begins with nothing; borrows both. Must not be moved. */
void tn_allowed_init(struct tn_catalog *catalog, const struct tn_config *config, struct tn_allowed *allowed);
void tn_allowed_fini(struct tn_allowed *allowed);

/*
 * Finds a module by its normalised name. Returns 1; 0 when no line lets it in; -ENOMEM. An index that is corrupt lets in
 * nothing.
 */
int tn_allowed_find(struct tn_allowed *allowed, struct span name, const struct tn_allowed_module **ret_mod);

#endif
