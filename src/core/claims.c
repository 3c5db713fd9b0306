/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/claims.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

void tn_claims_fini(struct tn_claims *claims)
{
        tn_vec_fini(&claims->modules);
        tn_vec_fini(&claims->beaten);
        tn_map_fini(&claims->by_name);
        tn_buf_fini(&claims->room);
        tn_arena_fini(&claims->arena);
        *claims = (struct tn_claims){ 0 };
}

bool tn_claims_fit(struct span path)
{
        return tn_span_is_printable(path) && !tn_span_has_any(path, ":");
}

static struct tn_claimed *find(const struct tn_claims *claims, struct span name)
{
        size_t i = (size_t)(uintptr_t)tn_map_find(&claims->by_name, name);

        return i ? &claims->modules.v[i - 1] : NULL;
}

const struct tn_claimed *tn_claims_find(const struct tn_claims *claims, struct span name)
{
        return find(claims, name);
}

static int dup_span(struct tn_arena *arena, struct span s, struct span *ret_dup)
{
        const char *copy = tn_arena_dup(arena, s);

        if (!copy)
                return -ENOMEM;
        *ret_dup = (struct span){ copy, s.len };
        return 0;
}

static int add_module(struct tn_claims *claims, struct span name, struct tn_claimed **ret_module)
{
        struct tn_claimed module = { 0 };
        int r = claims->max && claims->modules.n >= claims->max ? -E2BIG : 0;

        if (r == 0)
                r = dup_span(&claims->arena, name, &module.name);
        if (r == 0)
                r = tn_vec_add(&claims->modules, module);
        if (r == 0)
                r = tn_map_add(&claims->by_name, module.name, (void *)(uintptr_t)claims->modules.n);
        if (r == 0)
                *ret_module = &claims->modules.v[claims->modules.n - 1];
        return r;
}

/* The paths of external directories are absolute. */
static int join_path(struct tn_claims *claims, struct span directory, struct span path,
                     struct span *ret_joined)
{
        _cleanup_(tn_buf_fini) struct tn_buf joined = { 0 };

        if (directory.len == 0)
                return dup_span(&claims->arena, path, ret_joined);
        tn_buf_add_span(&joined, directory);
        tn_buf_add_char(&joined, '/');
        tn_buf_add_span(&joined, path);
        return tn_buf_error(&joined) ?: dup_span(&claims->arena, tn_buf_span(&joined), ret_joined);
}

static int set_path(struct tn_claims *claims, struct tn_claimed *module, const struct tn_claim *claim,
                    struct span directory)
{
        struct span path;
        int r = join_path(claims, directory, claim->path, &path);

        if (r < 0)
                return r;
        module->path = path;
        module->claim = *claim;
        module->claim.path = tn_span_skip(path, path.len - claim->path.len);
        return 0;
}

static int keep_beaten(struct tn_claims *claims, struct tn_claimed module)
{
        return claims->keeps_beaten ? tn_vec_add(&claims->beaten, module) : 0;
}

static int add_beaten(struct tn_claims *claims, struct span name, const struct tn_claim *claim,
                      struct span directory)
{
        struct tn_claimed module = { .name = name };
        int r = claims->keeps_beaten ? set_path(claims, &module, claim, directory) : 0;

        return r < 0 ? r : keep_beaten(claims, module);
}

int tn_claims_add(struct tn_claims *claims, const struct tn_claim *claim, struct span directory)
{
        struct tn_claimed *module;
        struct span name;
        int r;

        tn_buf_reset(&claims->room);
        tn_modname_from_path(claim->path, &claims->room);
        r = tn_buf_error(&claims->room);
        if (r < 0)
                return r;
        name = tn_buf_span(&claims->room);
        if (!tn_modname_is_found(name) || !tn_claims_fit(claim->path))
                return -EINVAL;
        module = find(claims, name);
        if (module && claim->named && module->claim.named)
                return claim->dev == module->claim.dev && claim->ino == module->claim.ino ? 0 : -EEXIST;
        if (module && !tn_claim_beats(claim, &module->claim))
                return add_beaten(claims, module->name, claim, directory);
        r = module ? keep_beaten(claims, *module) : add_module(claims, name, &module);
        return r < 0 ? r : set_path(claims, module, claim, directory);
}
