/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "libkmod/context.h"
#include "libkmod/export.h"
#include "util/cleanup.h"

static void context_free(struct kmod_ctx *ctx)
{
        tn_world_close(&ctx->world);
        tn_map_fini(&ctx->modules);
        free(ctx);
}

static void context_freep(struct kmod_ctx **ctx)
{
        if (*ctx)
                context_free(*ctx);
}

static int context_init(struct kmod_ctx *ctx, const char *dirname, const char *const *config_paths)
{
        tn_say_init(ctx);
        ctx->world = (struct tn_world){
                .dirname = dirname && !*dirname ? "." : dirname,
                .config_paths = config_paths,
                .config_log = &ctx->log,
                .log = &ctx->log,
        };
        return tn_world_open(&ctx->world, TN_WORLD_CONFIG | TN_WORLD_CATALOG);
}

KMOD_EXPORT struct kmod_ctx *kmod_new(const char *dirname, const char *const *config_paths)
{
        _cleanup_(context_freep) struct kmod_ctx *ctx = calloc(1, sizeof(*ctx));

        if (!ctx || context_init(ctx, dirname, config_paths) < 0)
                return NULL;
        ctx->refs = 1;
        return TAKE(ctx);
}

KMOD_EXPORT struct kmod_ctx *kmod_ref(struct kmod_ctx *ctx)
{
        if (ctx)
                ctx->refs++;
        return ctx;
}

KMOD_EXPORT struct kmod_ctx *kmod_unref(struct kmod_ctx *ctx)
{
        if (!ctx || --ctx->refs > 0)
                return ctx;
        context_free(ctx);
        return NULL;
}

KMOD_EXPORT const char *kmod_get_dirname(const struct kmod_ctx *ctx)
{
        return ctx ? ctx->world.dir.path : NULL;
}

KMOD_EXPORT void *kmod_get_userdata(const struct kmod_ctx *ctx)
{
        return ctx ? ctx->userdata : NULL;
}

KMOD_EXPORT void kmod_set_userdata(struct kmod_ctx *ctx, const void *userdata)
{
        if (ctx)
                ctx->userdata = (void *)(uintptr_t)userdata;
}

struct tn_catalog *tn_context_catalog(const struct kmod_ctx *ctx)
{
        if (!ctx->loaded && tn_catalog_is_stale(ctx->world.catalog))
                tn_catalog_unload(ctx->world.catalog);
        return ctx->world.catalog;
}
