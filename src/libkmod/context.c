/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/dirs.h"
#include "kernel/kernel.h"
#include "libkmod/context.h"
#include "libkmod/export.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

static void context_free(struct kmod_ctx *ctx)
{
        tn_catalog_close(ctx->catalog);
        tn_config_free(ctx->config);
        tn_map_fini(&ctx->modules);
        free(ctx->dirname);
        free(ctx);
}

static void context_freep(struct kmod_ctx **ctx)
{
        if (*ctx)
                context_free(*ctx);
}

static int set_dirname(struct kmod_ctx *ctx, const char *dirname)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r;

        if (dirname) {
                r = tn_file_absolute(*dirname ? dirname : ".", &path);
        } else {
                tn_buf_add_str(&path, TN_DIRS_MODULES "/");
                r = tn_kernel_release(&path);
        }
        if (r < 0)
                return r;
        ctx->dirname = tn_buf_take(&path);
        return ctx->dirname ? 0 : -ENOMEM;
}

static int context_init(struct kmod_ctx *ctx, const char *dirname, const char *const *config_paths)
{
        struct tn_dir module_dir;
        const struct tn_config_sources sources = {
                .paths = config_paths,
                .kernel_cmdline = true,
                .module_dir = &module_dir,
        };
        int r = set_dirname(ctx, dirname);

        if (r < 0)
                return r;
        tn_say_init(ctx);
        module_dir = tn_dir_at(ctx->dirname);
        r = tn_config_load(&sources, &ctx->log, &ctx->config);
        if (r == 0)
                r = tn_catalog_open(ctx->dirname, &ctx->catalog);
        if (r == 0)
                tn_catalog_set_log(ctx->catalog, &ctx->log);
        return r;
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
        return ctx ? ctx->dirname : NULL;
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
        if (!ctx->loaded && tn_catalog_is_stale(ctx->catalog))
                tn_catalog_unload(ctx->catalog);
        return ctx->catalog;
}
