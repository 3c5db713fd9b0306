/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_KERNEL_H
#define TN_CORE_GATE_KERNEL_H

#include "core/exports.h"
#include "core/incomplete.h"
#include "core/newcomers.h"
#include "core/world.h"
#include "format/facts.h"
#include "kernel/kernel.h"
#include "util/set.h"

/* What is known of the kernel that modules are checked for: read once for all of them. */
struct tn_gate_kernel {
        struct tn_arena arena;
        struct tn_catalog *catalog; /* of its modules; borrowed */
        const char *release;
        bool running; /* it is the running one, on the running system: what is loaded, its keys and its memory count */

        bool has_own; /* a module of its own was read, so that these are known */
        const char *vermagic;
        struct tn_facts_elf elf;
        uint64_t module_struct; /* bytes; 0 where the kernel does not compare it */

        struct tn_exports *exports;
        struct tn_newcomers newcomers;

        /* Of the running kernel alone. */
        struct tn_kernel_policy policy;
        struct span blacklist;        /* the modules that it refuses by name, commas between */
        struct span keys;             /* of /proc/keys */
        uint64_t memory, memory_free; /* bytes; 0 where it does not tell */
        struct tn_set symbols;        /* that it exports, by name, with those of loaded modules */
        bool symbols_asked;
};

/*
 * Reads what is known, but for symbols, which are asked for when they are needed. The world must be open with configuration
 * and catalog, and is borrowed until the end. What is not known is added to incompletes. Returns 0 or -ENOMEM.
 */
int tn_gate_kernel_load(struct tn_world *world, bool running, struct tn_gate_kernel *ret_kernel,
                        struct tn_incompletes *incompletes);
void tn_gate_kernel_fini(struct tn_gate_kernel *kernel);

/* Whether the running kernel, or a module that is loaded, exports the symbol. Returns 1, 0, -ENODATA when it does not tell, -ENOMEM. */
int tn_gate_kernel_has_symbol(struct tn_gate_kernel *kernel, struct span symbol);

#endif
