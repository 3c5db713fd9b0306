/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "depmod/module.h"
#include "util/vec.h"

const char *const tn_depmod_kind_names[TN_DEPMOD_KINDS] = {
        [TN_DEPMOD_ALIAS] = "aliases",  [TN_DEPMOD_SOFTDEP] = "softdeps", [TN_DEPMOD_WEAKDEP] = "weakdeps",
        [TN_DEPMOD_EXPORT] = "exports", [TN_DEPMOD_NEED] = "needs",
};

void tn_depmod_list_fini(struct tn_depmod_list *list)
{
        free(list->text);
        free(list->versions);
        *list = (struct tn_depmod_list){ 0 };
}

void tn_depmod_modules_fini(struct tn_depmod_modules *modules)
{
        struct tn_depmod_module *mod;

        tn_vec_each (mod, modules)
                for (size_t kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                        tn_depmod_list_fini(&mod->lists[kind]);
        tn_vec_fini(modules);
        tn_arena_fini(&modules->arena);
}
