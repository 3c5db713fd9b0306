/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "core/priority.h"

void tn_priority_fini(struct tn_priority *priority)
{
        tn_vec_fini(&priority->search);
        tn_vec_fini(&priority->overrides);
        tn_vec_fini(&priority->externals);
        tn_vec_fini(&priority->excludes);
        tn_vec_fini(&priority->lines);
        tn_arena_fini(&priority->arena);
        *priority = (struct tn_priority){ 0 };
}

bool tn_priority_excludes(const struct tn_priority *priority, struct span base)
{
        if (tn_span_eq(base, SPAN("build")) || tn_span_eq(base, SPAN("source")))
                return true;
        for (size_t i = 0; i < priority->excludes.n; i++)
                if (tn_span_eq(base, priority->excludes.v[i]))
                        return true;
        return false;
}

const struct tn_priority_line *tn_priority_excluded_by(const struct tn_priority *priority, struct span base)
{
        const struct tn_priority_line *line;

        for (size_t i = 0; i < priority->excludes.n; i++)
                if (tn_span_eq(base, priority->excludes.v[i]))
                        tn_vec_each (line, &priority->lines)
                                if (line->excludes > i)
                                        return line;
        return NULL;
}

static bool is_below(struct span path, struct span dir)
{
        return tn_span_starts(path, dir) && path.len > dir.len && path.ptr[dir.len] == '/';
}

bool tn_priority_leads_on(const struct tn_priority *priority, uint32_t root, struct span dir)
{
        if (root)
                return false;
        for (size_t i = 0; i < priority->search.n; i++)
                if (tn_span_eq(priority->search.v[i], dir) || is_below(priority->search.v[i], dir))
                        return true;
        for (size_t i = 0; i < priority->overrides.n; i++)
                if (is_below(priority->overrides.v[i], dir))
                        return true;
        return false;
}

static int find_place(const struct tn_priority *priority, uint32_t root, struct span path)
{
        size_t n = priority->search.n, externals = priority->externals.n + 1;
        size_t built_in = n;

        for (size_t i = 0; i < n; i++) {
                struct span dir = priority->search.v[i];

                if (tn_span_eq(dir, SPAN("external"))) {
                        if (root)
                                return (int)((n - i) * externals - root);
                } else if (tn_span_eq(dir, SPAN("built-in"))) {
                        built_in = i < built_in ? i : built_in;
                } else if (!root && is_below(path, dir)) {
                        return (int)((n - i) * externals);
                }
        }
        return built_in == n ? -1 : (int)((n - built_in) * externals);
}

/* The path up to the first '.' of its base name is compared. */
static int find_override(const struct tn_priority *priority, struct span path)
{
        struct span base = tn_span_base(path);

        path.len -= base.len - tn_span_chr(base, '.');
        for (size_t i = priority->overrides.n; i > 0; i--)
                if (tn_span_eq(path, priority->overrides.v[i - 1]))
                        return (int)(i - 1);
        return -1;
}

struct tn_claim tn_priority_claim(const struct tn_priority *priority, uint32_t root, struct span path)
{
        return (struct tn_claim){
                .override = root ? -1 : find_override(priority, path),
                .place = find_place(priority, root, path),
                .root = root,
                .path = path,
        };
}

enum tn_claim_rule tn_claim_rule(const struct tn_claim *a, const struct tn_claim *b)
{
        if (a->named != b->named)
                return TN_CLAIM_NAMED;
        if (a->override != b->override)
                return TN_CLAIM_OVERRIDE;
        if (a->place != b->place)
                return TN_CLAIM_PLACE;
        return a->root != b->root ? TN_CLAIM_ROOT : TN_CLAIM_PATH;
}

bool tn_claim_beats(const struct tn_claim *a, const struct tn_claim *b)
{
        if (a->named != b->named)
                return a->named;
        if (a->override != b->override)
                return a->override > b->override;
        if (a->place != b->place)
                return a->place > b->place;
        if (a->root != b->root)
                return a->root == 0 || (b->root != 0 && a->root > b->root);
        return tn_span_cmp(a->path, b->path) < 0;
}
