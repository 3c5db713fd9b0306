/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/wishes.h"
#include "format/modname.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

/* One path of modules.dep. */
static int add_dependency(struct kmod_ctx *ctx, struct span path, struct kmod_list **list)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, absolute = { 0 };
        struct tn_match match = { .rule = TN_RULE_PATH };

        tn_modname_from_path(path, &name);
        tn_catalog_add_path(ctx->world.catalog, path, &absolute);
        match.name = tn_buf_str(&name);
        match.path = tn_buf_str(&absolute);
        return match.name && match.path ? tn_module_add(ctx, &match, list) : -ENOMEM;
}

KMOD_EXPORT struct kmod_list *kmod_module_get_dependencies(const struct kmod_module *mod)
{
        _cleanup_(tn_module_unref_listp) struct kmod_list *list = NULL;
        struct tn_depline dep;
        struct span path;

        if (!mod || tn_catalog_find_dep(tn_context_catalog(mod->ctx), tn_span_of(mod->name), &dep) < 0)
                return NULL;
        while (tn_depline_pop(&dep.deps, &path))
                if (add_dependency(mod->ctx, path, &list) < 0)
                        return NULL;
        return TAKE(list);
}

static int add_wishes(const struct kmod_module *mod, enum tn_wish wish, struct kmod_list **list)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        struct kmod_ctx *ctx = mod->ctx;
        int r = tn_wishes_lookup(tn_context_catalog(ctx), ctx->world.config, mod->name, wish, &arena,
                                 &matches);

        return r < 0 ? r : tn_module_add_all(ctx, &matches, list);
}

KMOD_EXPORT int kmod_module_get_softdeps(const struct kmod_module *mod, struct kmod_list **pre,
                                         struct kmod_list **post)
{
        _cleanup_(tn_module_unref_listp) struct kmod_list *before = NULL, *after = NULL;
        int r;

        if (!mod || !pre || !post)
                return -ENOENT;
        if (*pre || *post)
                return -EINVAL;
        r = add_wishes(mod, TN_WISH_PRE, &before);
        if (r == 0)
                r = add_wishes(mod, TN_WISH_POST, &after);
        if (r < 0)
                return r;
        *pre = TAKE(before);
        *post = TAKE(after);
        return 0;
}

KMOD_EXPORT int kmod_module_get_weakdeps(const struct kmod_module *mod, struct kmod_list **weak)
{
        if (!mod || !weak)
                return -ENOENT;
        return *weak ? -EINVAL : add_wishes(mod, TN_WISH_WEAK, weak);
}
