/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

static bool takes(const struct kmod_ctx *ctx, enum kmod_filter filter, const struct kmod_module *mod)
{
        if (filter & KMOD_FILTER_BLACKLIST && tn_config_find(ctx->world.config, TN_CONF_BLACKLIST, mod->name))
                return true;
        return filter & KMOD_FILTER_BUILTIN && tn_module_is_builtin(mod);
}

static int copy(struct kmod_module *mod, struct kmod_list **list)
{
        int r = tn_node_add(list, mod);

        if (r == 0)
                kmod_module_ref(mod);
        return r;
}

KMOD_EXPORT int kmod_module_apply_filter(const struct kmod_ctx *ctx, enum kmod_filter filter_type,
                                         const struct kmod_list *input, struct kmod_list **output)
{
        _cleanup_(tn_module_unref_listp) struct kmod_list *left = NULL;
        const struct kmod_list *it;

        if (!ctx || !output)
                return -ENOENT;
        kmod_list_foreach(it, input) if (!takes(ctx, filter_type, it->data) &&
                                         copy(it->data, &left) < 0) return -ENOMEM;
        *output = TAKE(left);
        return 0;
}

KMOD_EXPORT int kmod_module_get_filtered_blacklist(const struct kmod_ctx *ctx, const struct kmod_list *input,
                                                   struct kmod_list **output)
{
        return kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, input, output);
}
