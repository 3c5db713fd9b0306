/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LIVE_H
#define TN_CORE_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/kernel.h"
#include "util/arena.h"
#include "util/map.h"
#include "util/span.h"
#include "util/vec.h"

/*
 * The state of the kernel's modules as one plan sees it: each module is asked for once, and what the plan would
 * remove is counted down on the copy, so that a plan can be made to its end without touching anything.
 */
struct tn_live {
        struct tn_arena arena;
        struct tn_kernel_sys sys;
        struct tn_map modules;                 /* name to struct tn_live_module */
        TN_VEC(struct tn_live_change) journal; /* what was changed on the copy, newest last */
};

struct tn_live_module {
        const char *name;
        enum tn_kernel_state state;
        int64_t refcnt; /* or -errno when the kernel does not tell */
        const char *
                holders; /* names, each ending in NUL, an empty one at the end; asked for with the first removal */
        bool holders_known;
};

void tn_live_fini(struct tn_live *live);

/* Never NULL for a module that is not there: its state says so. Returns 0; -ENOMEM; -EIO for an unknown state; or what the kernel said. */
int tn_live_get(struct tn_live *live, struct span name, struct tn_live_module **ret_mod);

/* Whether its directory in /sys/module may be that of a built-in module, which has neither state nor use count. */
bool tn_live_may_be_builtin(const struct tn_live_module *mod);

/* Its holders, asked for once. Returns 0 or -ENOMEM; a kernel that does not tell has none. */
int tn_live_holders(struct tn_live *live, struct tn_live_module *mod, const char **ret_holders);

/* Takes the module away on the copy. */
int tn_live_remove(struct tn_live *live, struct tn_live_module *mod);

/* One holder less on the copy, if holder is one of mod's, which *ret_held tells. */
int tn_live_release(struct tn_live *live, struct tn_live_module *mod, const char *holder, bool *ret_held);

/* Remembers a point, and goes back to it. */
static inline size_t tn_live_mark(const struct tn_live *live)
{
        return live->journal.n;
}

void tn_live_rollback(struct tn_live *live, size_t mark);

#endif
