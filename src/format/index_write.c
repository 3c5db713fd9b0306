/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_format.h"
#include "format/index_write.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/vec.h"

/*
 * There is no tree in memory. Sorted by key, the entries below a node are neighbours, so a node is a range of them
 * and the number of key bytes that led to it.
 */
struct entry {
        struct span key;
        struct span value;
        uint32_t priority;
        size_t serial;
};

struct tn_index_writer {
        TN_VEC(struct entry) entries;
        struct tn_arena arena;
};

/* A node that is still to be written. */
struct range {
        const struct entry *v;
        size_t n;
        size_t depth; /* key bytes above the node */
        size_t slot;  /* where its reference goes */
};

struct emitter {
        TN_VEC(struct range) todo; /* the next one last */
        struct tn_buf *out;
        size_t start; /* of the index in out */
};

struct tn_index_writer *tn_index_writer_new(void)
{
        return calloc(1, sizeof(struct tn_index_writer));
}

void tn_index_writer_free(struct tn_index_writer *writer)
{
        if (!writer)
                return;
        tn_vec_fini(&writer->entries);
        tn_arena_fini(&writer->arena);
        free(writer);
}

void tn_index_writer_freep(struct tn_index_writer **writer)
{
        tn_index_writer_free(*writer);
}

static bool storable(struct span s)
{
        for (size_t i = 0; i < s.len; i++)
                if (s.ptr[i] == '\0' || (unsigned char)s.ptr[i] > INDEX_CHAR_MAX)
                        return false;
        return true;
}

int tn_index_writer_add(struct tn_index_writer *writer, struct span key, struct span value, uint32_t priority)
{
        struct entry entry = { .priority = priority, .serial = writer->entries.n };

        if (key.len > INDEX_KEY_MAX)
                return -E2BIG;
        if (!storable(key) || !storable(value))
                return -EILSEQ;
        entry.key = (struct span){ tn_arena_dup(&writer->arena, key), key.len };
        entry.value = (struct span){ tn_arena_dup(&writer->arena, value), value.len };
        if (!entry.key.ptr || !entry.value.ptr)
                return -ENOMEM;
        return tn_vec_add(&writer->entries, entry);
}

/* Of one key: ascending priority, of equal priorities the youngest first. */
static int by_place(const void *pa, const void *pb)
{
        const struct entry *a = pa, *b = pb;
        int r = tn_span_cmp(a->key, b->key);

        if (r != 0)
                return r;
        if (a->priority != b->priority)
                return a->priority < b->priority ? -1 : 1;
        return a->serial > b->serial ? -1 : 1;
}

static void put_u32(struct tn_buf *out, uint32_t num)
{
        const char bytes[] = { (char)(num >> 24), (char)(num >> 16), (char)(num >> 8), (char)num };

        tn_buf_add(out, bytes, sizeof(bytes));
}

static void put_string(struct tn_buf *out, struct span s)
{
        tn_buf_add_span(out, s);
        tn_buf_add_char(out, '\0');
}

static void set_u32(struct tn_buf *out, size_t at, uint32_t num)
{
        const char bytes[] = { (char)(num >> 24), (char)(num >> 16), (char)(num >> 8), (char)num };

        if (tn_buf_error(out) == 0)
                memcpy(out->ptr + at, bytes, sizeof(bytes));
}

static unsigned char key_char(const struct entry *entry, size_t depth)
{
        return (unsigned char)entry->key.ptr[depth];
}

/* How many bytes all keys of the range have in common below its depth; the first and the last differ first. */
static size_t common(const struct range *range)
{
        struct span a = tn_span_skip(range->v[0].key, range->depth);
        struct span b = tn_span_skip(range->v[range->n - 1].key, range->depth);
        size_t n = 0;

        while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
                n++;
        return n;
}

/* Queues a node for each first byte, the last first, so that they come out in order. */
static int queue_children(struct emitter *emitter, struct range below, size_t table)
{
        unsigned char first = key_char(&below.v[0], below.depth);

        while (below.n) {
                unsigned char c = key_char(&below.v[below.n - 1], below.depth);
                struct range child = { .depth = below.depth + 1, .slot = table + 4 * (size_t)(c - first) };
                int r;

                while (below.n && key_char(&below.v[below.n - 1], below.depth) == c) {
                        below.n--;
                        child.n++;
                }
                child.v = below.v + below.n;
                r = tn_vec_add(&emitter->todo, child);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int put_children(struct emitter *emitter, struct range below)
{
        unsigned char first = key_char(&below.v[0], below.depth);
        unsigned char last = key_char(&below.v[below.n - 1], below.depth);
        size_t table;

        tn_buf_add_char(emitter->out, (char)first);
        tn_buf_add_char(emitter->out, (char)last);
        table = emitter->out->len;
        for (unsigned c = first; c <= last; c++)
                put_u32(emitter->out, 0);
        return queue_children(emitter, below, table);
}

static void put_values(struct tn_buf *out, const struct entry *v, size_t n)
{
        put_u32(out, (uint32_t)n);
        for (size_t i = 0; i < n; i++) {
                put_u32(out, v[i].priority);
                put_string(out, v[i].value);
        }
}

/* Writes one node and queues its children. */
static int put_node(struct emitter *emitter, struct range range, bool root)
{
        struct tn_buf *out = emitter->out;
        size_t at = out->len - emitter->start;
        size_t prefix = root ? 0 : common(&range);
        size_t depth = range.depth + prefix;
        size_t own = 0; /* entries whose key ends here: sorted, they come first */
        uint32_t flags = 0;
        int r = 0;

        if (at > INDEX_REF_OFFSET)
                return -EFBIG;
        if (prefix) {
                flags |= INDEX_REF_PREFIX;
                put_string(out, tn_span_head(tn_span_skip(range.v[0].key, range.depth), prefix));
        }
        while (own < range.n && range.v[own].key.len == depth)
                own++;
        if (own < range.n) {
                flags |= INDEX_REF_CHILDREN;
                r = put_children(emitter, (struct range){ range.v + own, range.n - own, depth, 0 });
        }
        if (own) {
                flags |= INDEX_REF_VALUES;
                put_values(out, range.v, own);
        }
        set_u32(out, range.slot, flags | (uint32_t)at);
        return r;
}

static int put_index(struct emitter *emitter, const struct entry *v, size_t n)
{
        struct tn_buf *out = emitter->out;
        struct range range = { .v = v, .n = n, .slot = out->len + INDEX_ROOT_AT };
        bool root = true;
        int r;

        put_u32(out, INDEX_MAGIC);
        put_u32(out, INDEX_VERSION);
        put_u32(out, INDEX_HEADER_SIZE); /* the empty index; a first node overwrites it */
        r = n ? tn_vec_add(&emitter->todo, range) : 0;
        while (r == 0 && emitter->todo.n) {
                range = emitter->todo.v[--emitter->todo.n];
                r = put_node(emitter, range, root);
                root = false;
        }
        if (r == 0)
                r = tn_buf_error(out);
        if (r == 0 && out->len - emitter->start > INDEX_SIZE_MAX)
                r = -EFBIG;
        return r;
}

int tn_index_writer_emit(const struct tn_index_writer *writer, struct tn_buf *out)
{
        _cleanup_(freep) struct entry *sorted = NULL;
        struct emitter emitter = { .out = out, .start = out->len };
        size_t n = writer->entries.n;
        int r;

        if (n) {
                sorted = reallocarray(NULL, n, sizeof(*sorted));
                if (!sorted)
                        return -ENOMEM;
                memcpy(sorted, writer->entries.v, n * sizeof(*sorted));
                qsort(sorted, n, sizeof(*sorted), by_place);
        }
        r = put_index(&emitter, sorted, n);
        tn_vec_fini(&emitter.todo);
        if (r < 0)
                out->len = emitter.start;
        return r;
}
