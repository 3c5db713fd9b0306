/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/modfacts.h"
#include "tenon/image/copies.h"
#include "util/cleanup.h"

/* The parameters of FNV-1a for 64 bits (draft-eastlake-fnv, section 5). */
#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

struct tn_image_gist tn_image_gist_bytes(struct span bytes)
{
        uint64_t sum = FNV_BASIS;

        for (size_t i = 0; i < bytes.len; i++)
                sum = (sum ^ (unsigned char)bytes.ptr[i]) * FNV_PRIME;
        return (struct tn_image_gist){ .is_known = true, .size = bytes.len, .sum = sum };
}

/* The build id of the module, if that is one. */
static int add_build_id(struct tn_modfile *file, struct tn_arena *arena, struct tn_image_gist *gist)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = tn_modfacts_read(file, TN_FACTS_BUILD_ID, &facts);

        if (r == -ENOMEM)
                return r;
        if (r < 0 || facts.build_id.len == 0)
                return 0;
        gist->build_id.ptr = tn_arena_dup(arena, facts.build_id);
        gist->build_id.len = facts.build_id.len;
        return gist->build_id.ptr ? 0 : -ENOMEM;
}

int tn_image_gist_module(struct tn_modfile *file, struct tn_arena *arena, struct tn_image_gist *ret_gist)
{
        struct tn_image_gist gist;
        struct span bytes;
        int r = tn_modfile_bytes(file, &bytes);

        if (r < 0)
                return r;
        gist = tn_image_gist_bytes(bytes);
        r = add_build_id(file, arena, &gist);
        if (r == 0)
                *ret_gist = gist;
        return r;
}

bool tn_image_gist_eq(const struct tn_image_gist *a, const struct tn_image_gist *b)
{
        if (a->build_id.len > 0 && b->build_id.len > 0)
                return tn_span_eq(a->build_id, b->build_id);
        return a->size == b->size && a->sum == b->sum;
}
