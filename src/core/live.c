/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/live.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

struct tn_live_change {
        struct tn_live_module *mod;
        struct tn_live_module before;
};

void tn_live_fini(struct tn_live *live)
{
        tn_map_fini(&live->modules);
        tn_arena_fini(&live->arena);
        tn_vec_fini(&live->journal);
        *live = (struct tn_live){ 0 };
}

int tn_live_get(struct tn_live *live, struct span name, struct tn_live_module **ret_mod)
{
        struct tn_live_module *mod = tn_map_find(&live->modules, name);
        int r;

        if (mod) {
                *ret_mod = mod;
                return 0;
        }
        mod = tn_arena_alloc(&live->arena, sizeof(*mod));
        if (!mod)
                return -ENOMEM;
        mod->name = tn_arena_dup(&live->arena, name);
        if (!mod->name)
                return -ENOMEM;
        r = tn_kernel_module_state_in(&live->sys, mod->name, &mod->state);
        if (r < 0)
                return r == -EINVAL ? -EIO : r; /* -EINVAL is a planner's word for a corrupt index */
        if (mod->state != TN_KERNEL_ABSENT) {
                r = tn_kernel_module_refcnt(mod->name, &mod->refcnt);
                if (r < 0)
                        mod->refcnt = r;
        }
        r = tn_map_add(&live->modules, tn_span_of(mod->name), mod);
        if (r < 0)
                return r;
        *ret_mod = mod;
        return 0;
}

bool tn_live_may_be_builtin(const struct tn_live_module *mod)
{
        return mod->state == TN_KERNEL_COMING && mod->refcnt == -ENOENT;
}

int tn_live_holders(struct tn_live *live, struct tn_live_module *mod, const char **ret_holders)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };

        if (!mod->holders_known) {
                if (tn_kernel_module_holders(mod->name, &names) == -ENOMEM)
                        return -ENOMEM;
                mod->holders = tn_arena_dup(&live->arena, tn_buf_span(&names));
                if (!mod->holders)
                        return -ENOMEM;
                mod->holders_known = true;
        }
        *ret_holders = mod->holders;
        return 0;
}

static int note(struct tn_live *live, struct tn_live_module *mod)
{
        return tn_vec_add(&live->journal, ((struct tn_live_change){ mod, *mod }));
}

int tn_live_remove(struct tn_live *live, struct tn_live_module *mod)
{
        int r = note(live, mod);

        if (r == 0)
                mod->state = TN_KERNEL_ABSENT;
        return r;
}

int tn_live_release(struct tn_live *live, struct tn_live_module *mod, const char *holder, bool *ret_held)
{
        const char *name;
        int r = tn_live_holders(live, mod, &name);

        *ret_held = false;
        if (r < 0)
                return r;
        for (; *name; name += strlen(name) + 1) {
                if (strcmp(name, holder) != 0)
                        continue;
                *ret_held = true;
                r = note(live, mod);
                if (r == 0 && mod->refcnt > 0)
                        mod->refcnt--;
                return r;
        }
        return 0;
}

void tn_live_rollback(struct tn_live *live, size_t mark)
{
        while (live->journal.n > mark) {
                const struct tn_live_change *change = &live->journal.v[--live->journal.n];
                const struct tn_live_module now = *change->mod;

                *change->mod = change->before;
                change->mod->holders = now.holders;
                change->mod->holders_known = now.holders_known;
        }
}
