/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>

#include "format/glob.h"
#include "format/index_walk.h"
#include "util/cleanup.h"

/* What fnmatch(3) may read, and hits may keep, in one search, in bytes of patterns, besides 64 times the file's. */
#define PATTERN_BYTES ((uint64_t)16 * 1024 * 1024)

static const char wildcards[] = "*?[";

struct hit {
        struct tn_index_hit hit;
        size_t serial;
};

struct match {
        const struct tn_index *index;
        struct span text;
        struct tn_buf copy; /* of text, for fnmatch() */
        struct tn_glob glob;
        struct tn_index_walk walk;
        TN_VEC(uint64_t) sets;  /* one of the glob for each level of the walk */
        size_t opaque;          /* levels from this one on have patterns the glob does not know */
        uint64_t patterns_left; /* bytes that may still be read or kept */
        struct tn_arena *arena; /* of what is kept */
        TN_VEC(struct hit) hits;
};

static void match_fini(struct match *m)
{
        tn_buf_fini(&m->copy);
        tn_glob_fini(&m->glob);
        tn_index_walk_fini(&m->walk);
        tn_vec_fini(&m->sets);
        tn_vec_fini(&m->hits);
}

static bool is_wildcard(char c)
{
        return c == '*' || c == '?' || c == '[';
}

static int match_init(struct match *m, const struct tn_index *index, struct span text)
{
        uint64_t walks = 1;

        /* A wildcard in the text itself is followed twice: as a pattern of the index and as a character. */
        for (size_t i = 0; i < text.len; i++)
                walks += is_wildcard(text.ptr[i]);
        tn_index_walk_init(&m->walk, index, index->bytes.len * walks);
        m->index = index;
        m->text = text;
        m->patterns_left = 64 * (uint64_t)index->bytes.len + PATTERN_BYTES;
        tn_buf_add_span(&m->copy, text);
        tn_buf_add_char(&m->copy, '\0');
        return tn_buf_error(&m->copy) < 0 ? -ENOMEM : tn_glob_init(&m->glob, text);
}

static int pay(struct match *m, size_t bytes)
{
        if (bytes > m->patterns_left)
                return -EINVAL;
        m->patterns_left -= bytes;
        return 0;
}

/* Keeps a key: what was followed as it is written, up to pos, and the rest. */
static int keep_key(struct match *m, size_t pos, struct span rest, const char **ret_key)
{
        int r = pay(m, pos + rest.len);
        char *key = r < 0 ? NULL : tn_arena_alloc(m->arena, pos + rest.len + 1);

        if (!key)
                return r < 0 ? r : -ENOMEM;
        memcpy(key, m->copy.ptr, pos);
        if (rest.len)
                memcpy(key + pos, rest.ptr, rest.len);
        *ret_key = key;
        return 0;
}

static int add_hit(struct match *m, struct tn_index_value value, const char *key)
{
        struct hit hit = { { value.value, value.priority, key }, m->hits.n };

        return tn_vec_add(&m->hits, hit);
}

/*
 * The walk has entered a node: moves its parent's set along what the key has grown by. Returns 0 when nothing below
 * can match.
 */
static int advance(struct match *m, size_t pos)
{
        size_t level = tn_index_walk_level(&m->walk), words = m->glob.words;
        struct span step = tn_index_walk_step(&m->walk);
        uint64_t *set;
        int r = tn_vec_reserve(&m->sets, (level + 1) * words);

        if (r < 0)
                return r;
        set = m->sets.v + level * words;
        if (level == 0)
                tn_glob_start(&m->glob, pos, set);
        else
                memcpy(set, set - words, words * sizeof(*set));
        if (level <= m->opaque)
                m->opaque = SIZE_MAX;
        for (size_t i = 0; i < step.len && m->opaque == SIZE_MAX; i++) {
                if (!tn_glob_knows(step.ptr[i]))
                        m->opaque = level;
                else if (!tn_glob_step(&m->glob, step.ptr[i], set))
                        return 0;
        }
        return 1;
}

/* Whether the current node's key is a pattern of all the text from pos on. Returns 1, 0, -EINVAL, -ENOMEM. */
static int accepts(struct match *m, size_t pos)
{
        size_t level = tn_index_walk_level(&m->walk);
        const char *pattern;

        if (level < m->opaque)
                return tn_glob_accepts(&m->glob, m->sets.v + level * m->glob.words);
        if (pay(m, m->walk.key.len) < 0)
                return -EINVAL;
        pattern = tn_buf_str(&m->walk.key);
        if (!pattern)
                return -ENOMEM;
        return fnmatch(pattern, m->copy.ptr + pos, 0) == 0;
}

static int add_current(struct match *m, size_t pos)
{
        struct tn_index_value value;
        const char *key = NULL;
        int r = keep_key(m, pos, tn_buf_span(&m->walk.key), &key);

        while (r == 0 && (r = tn_index_walk_value(&m->walk, &value)) > 0)
                r = add_hit(m, value, key);
        return r;
}

static int visit(struct match *m, int event, size_t pos)
{
        int r;

        if (event == TN_INDEX_ENTER) {
                r = advance(m, pos);
                if (r == 0)
                        tn_index_walk_prune(&m->walk);
                return r;
        }
        r = m->walk.frames.v[tn_index_walk_level(&m->walk)].node.n_values ? accepts(m, pos) : 0;
        return r > 0 ? add_current(m, pos) : r;
}

/* Every key from a wildcard on is a pattern of the text from pos on. A node's own values come after its children's. */
static int collect(struct match *m, uint32_t ref, char c, size_t skip, size_t pos)
{
        int event = tn_index_walk_start(&m->walk, ref, c, skip);

        while (event > 0) {
                int r = visit(m, event, pos);

                if (r < 0)
                        return r;
                event = tn_index_walk_next(&m->walk);
        }
        return event;
}

/* Follows the prefix as it is written. Returns 1 at its end; 0 when nothing can match any more. */
static int follow_prefix(struct match *m, uint32_t ref, struct span prefix, size_t *pos)
{
        for (size_t i = 0; i < prefix.len; i++) {
                if (is_wildcard(prefix.ptr[i]))
                        return collect(m, ref, '\0', i, *pos);
                if (*pos == m->text.len || m->text.ptr[*pos] != prefix.ptr[i])
                        return 0;
                ++*pos;
        }
        return 1;
}

static int collect_wildcards(struct match *m, const struct tn_index_node *node, size_t pos)
{
        for (const char *w = wildcards; *w; w++) {
                uint32_t ref = tn_index_node_child(node, (unsigned char)*w);
                int r = ref ? collect(m, ref, *w, 0, pos) : 0;

                if (r < 0)
                        return r;
        }
        return 0;
}

/* The node whose key is the text itself. */
static int add_all(struct match *m, struct tn_index_node *node)
{
        struct tn_index_value value;
        const char *key = NULL;
        int r = node->n_values ? keep_key(m, m->text.len, SPAN(""), &key) : 0;

        while (r == 0 && (r = tn_index_node_value(node, &value)) > 0)
                r = add_hit(m, value, key);
        return r;
}

/* The order in which hits are met decides among equal priorities, so it is the order of other tools, step by step. */
static int search(struct match *m)
{
        uint32_t ref = m->index->root;
        size_t pos = 0;

        while (ref) {
                struct tn_index_node node;
                int r = tn_index_node_load(m->index, ref, &node);

                if (r == 0)
                        r = follow_prefix(m, ref, node.prefix, &pos);
                if (r <= 0)
                        return r;
                r = collect_wildcards(m, &node, pos);
                if (r < 0)
                        return r;
                if (pos == m->text.len)
                        return add_all(m, &node);
                ref = tn_index_node_child(&node, (unsigned char)m->text.ptr[pos++]);
        }
        return 0;
}

/* Ascending priority, among equals the last met first. */
static int by_priority(const void *pa, const void *pb)
{
        const struct hit *a = pa, *b = pb;

        if (a->hit.priority != b->hit.priority)
                return a->hit.priority < b->hit.priority ? -1 : 1;
        return a->serial > b->serial ? -1 : 1;
}

int tn_index_match(const struct tn_index *index, struct span text, struct tn_arena *arena,
                   struct tn_index_hits *hits)
{
        _cleanup_(match_fini) struct match m = { .arena = arena };
        int r;

        /* No key has a NUL, and none of its patterns shall see half of the text. */
        if (tn_span_chr(text, '\0') < text.len)
                return 0;
        r = match_init(&m, index, text);
        if (r == 0)
                r = search(&m);
        if (r < 0)
                return r;
        r = tn_vec_reserve(hits, hits->n + m.hits.n);
        if (r < 0)
                return r;
        if (m.hits.n)
                qsort(m.hits.v, m.hits.n, sizeof(*m.hits.v), by_priority);
        for (size_t i = 0; i < m.hits.n; i++)
                hits->v[hits->n++] = m.hits.v[i].hit;
        return 0;
}
