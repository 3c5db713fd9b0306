/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_MODULE_H
#define TN_DEPMOD_MODULE_H

#include <stdbool.h>

#include "core/facts.h"
#include "depmod/symtab.h"
#include "util/arena.h"
#include "util/span.h"

/* What of .modinfo goes into the files. */
enum tn_depmod_info_kind {
        TN_DEPMOD_ALIAS,
        TN_DEPMOD_SOFTDEP,
        TN_DEPMOD_WEAKDEP,
};

struct tn_depmod_info {
        enum tn_depmod_info_kind kind;
        struct span value;
};

/* A need as the module states it, for messages. */
struct tn_depmod_need {
        struct span name; /* as written, NUL-terminated */
        uint64_t crc;     /* the version it was built with; 0 when it names none */
        bool weak;        /* it can do without */
};

/* A module of the tree: where it is, and of its facts what the files need. Borrows from the arena of its list. */
struct tn_depmod_module {
        struct span name; /* normalised; NUL-terminated */
        struct span path; /* relative to the module directory, or absolute; NUL-terminated */
        struct tn_depmod_info *info;
        uint32_t n_info;
        uint32_t n_needs;
        uint32_t *needs;                /* numbers in the symbol table */
        struct tn_depmod_need *as_told; /* for each of the needs, or NULL unless they are kept */
};

/* All of them; the place in it is a module's number and the priority of its aliases. */
struct tn_depmod_modules {
        struct tn_depmod_module *v;
        size_t n;
        size_t cap;
        struct tn_arena arena;
        bool keep_told; /* needs are kept as told */
};

/* More would not fit the priorities that readers know. */
#define TN_DEPMOD_MODULES_MAX 65534

void tn_depmod_modules_fini(struct tn_depmod_modules *modules);

/*
 * Takes from the facts of module number i what is needed of them: afterwards they can go. It becomes the owner of
 * what it exports, in place of an earlier one. Returns 0 or -ENOMEM.
 */
int tn_depmod_module_digest(struct tn_depmod_modules *modules, uint32_t i, const struct tn_facts *facts,
                            struct tn_symtab *tab);

#endif
