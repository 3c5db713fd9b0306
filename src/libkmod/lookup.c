/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "format/procmod.h"
#include "kernel/kernel.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

KMOD_EXPORT int kmod_module_new_from_lookup(struct kmod_ctx *ctx, const char *given_alias,
                                            struct kmod_list **list)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r;

        if (!ctx || !given_alias || !list)
                return -ENOENT;
        if (*list) {
                say_error(ctx, "An empty list is needed to create lookup\n");
                return -ENOSYS;
        }
        r = tn_lookup(tn_context_catalog(ctx), ctx->world.config, tn_span_of(given_alias), &arena, &matches);
        return r < 0 ? r : tn_module_add_all(ctx, &matches, list);
}

KMOD_EXPORT int kmod_module_new_from_name_lookup(struct kmod_ctx *ctx, const char *modname,
                                                 struct kmod_module **mod)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r;

        if (!ctx || !modname || !mod)
                return -ENOENT;
        r = tn_lookup_name(tn_context_catalog(ctx), tn_span_of(modname), &arena, &matches);
        return r < 0 || matches.n == 0 ? r : tn_module_get(ctx, &matches.v[0], mod);
}

KMOD_EXPORT int kmod_module_new_from_loaded(struct kmod_ctx *ctx, struct kmod_list **list)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod loaded;
        struct span rest;
        int r;

        if (!ctx || !list)
                return -ENOENT;
        r = tn_kernel_modules(&text);
        if (r < 0)
                say_error(ctx, "could not open /proc/modules: %s\n", strerror(-r));
        rest = tn_buf_span(&text);
        while (r == 0 && tn_procmod_next(&rest, &loaded)) {
                struct tn_match match = { .rule = TN_RULE_NAME, .name = tn_arena_dup(&arena, loaded.name) };

                r = match.name ? tn_vec_add(&matches, match) : -ENOMEM;
        }
        return r < 0 ? r : tn_module_add_all(ctx, &matches, list);
}
