/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "libkmod/context.h"
#include "libkmod/export.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

KMOD_EXPORT int kmod_load_resources(struct kmod_ctx *ctx)
{
        int r;

        if (!ctx)
                return -ENOENT;
        if (ctx->loaded)
                return 0;
        r = tn_catalog_load(tn_context_catalog(ctx));
        if (r < 0)
                tn_catalog_unload(ctx->world.catalog);
        ctx->loaded = r == 0;
        return r;
}

KMOD_EXPORT void kmod_unload_resources(struct kmod_ctx *ctx)
{
        if (!ctx)
                return;
        tn_catalog_unload(ctx->world.catalog);
        ctx->loaded = false;
}

KMOD_EXPORT int kmod_validate_resources(struct kmod_ctx *ctx)
{
        if (!ctx || tn_config_is_stale(ctx->world.config))
                return KMOD_RESOURCES_MUST_RECREATE;
        if (ctx->loaded && tn_catalog_is_stale(ctx->world.catalog))
                return KMOD_RESOURCES_MUST_RELOAD;
        return KMOD_RESOURCES_OK;
}

KMOD_EXPORT int kmod_dump_index(struct kmod_ctx *ctx, enum kmod_index type, int fd)
{
        static const enum tn_catalog_index indexes[] = {
                [KMOD_INDEX_MODULES_DEP] = TN_CATALOG_DEP,
                [KMOD_INDEX_MODULES_ALIAS] = TN_CATALOG_ALIAS,
                [KMOD_INDEX_MODULES_SYMBOL] = TN_CATALOG_SYMBOLS,
                [KMOD_INDEX_MODULES_BUILTIN_ALIAS] = TN_CATALOG_BUILTIN_ALIAS,
                [KMOD_INDEX_MODULES_BUILTIN] = TN_CATALOG_BUILTIN,
        };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_index *unused;
        int r;

        if (!ctx)
                return -ENOSYS;
        if (type >= ARRAY_SIZE(indexes))
                return -ENOENT;
        r = tn_catalog_get_index(tn_context_catalog(ctx), indexes[type], &unused);
        if (r == -ENOENT || r == -ENOTDIR)
                return -ENOSYS;
        if (r == 0)
                r = tn_catalog_dump(ctx->world.catalog, indexes[type], &text);
        return r < 0 ? r : tn_file_write(fd, tn_buf_span(&text));
}
