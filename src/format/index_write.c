/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_format.h"
#include "format/index_sort.h"
#include "format/index_write.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/vec.h"
#include "util/word.h"

/*
 * There is no tree in memory. Sorted by key, the entries below a node are neighbours, so a node is a range of them
 * and the number of key bytes that led to it.
 */
struct tn_index_writer {
        TN_VEC(struct tn_index_entry) entries;
        struct tn_arena arena;
};

/* A node that is still to be written. */
struct range {
        const struct tn_keyed *v; /* numbers of entries */
        size_t n;
        size_t depth; /* key bytes above the node */
        size_t slot;  /* where its reference goes */
};

struct emitter {
        const struct tn_index_entry *entries;
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
        uint64_t high = 0;

        for (; s.len >= 8; s = tn_span_skip(s, 8)) {
                uint64_t word = tn_word_load(s.ptr);

                high |= word | (word - TN_WORD_ONES); /* exact as long as no byte is above 7 bits */
        }
        for (size_t i = 0; i < s.len; i++)
                if (s.ptr[i] == '\0' || (unsigned char)s.ptr[i] > INDEX_CHAR_MAX)
                        return false;
        return !(high & TN_WORD_HIGH);
}

/* Many keys in a row have the same value: all those of one module. */
static int dup_value(struct tn_index_writer *writer, struct span value, struct span *ret_copy)
{
        size_t n = writer->entries.n;

        if (n && tn_span_eq(writer->entries.v[n - 1].value, value)) {
                *ret_copy = writer->entries.v[n - 1].value;
                return 0;
        }
        if (!storable(value))
                return -EILSEQ;
        *ret_copy = (struct span){ tn_arena_dup(&writer->arena, value), value.len };
        return ret_copy->ptr ? 0 : -ENOMEM;
}

int tn_index_writer_add(struct tn_index_writer *writer, struct span key, struct span value, uint32_t priority)
{
        struct tn_index_entry entry = { .priority = priority };
        int r;

        if (key.len > INDEX_KEY_MAX)
                return -E2BIG;
        if (!storable(key))
                return -EILSEQ;
        r = dup_value(writer, value, &entry.value);
        if (r < 0)
                return r;
        if (writer->entries.n >= UINT32_MAX)
                return -ENOMEM;
        entry.key = (struct span){ tn_arena_dup(&writer->arena, key), key.len };
        return entry.key.ptr ? tn_vec_add(&writer->entries, entry) : -ENOMEM;
}

static char *put_u32(char *to, uint32_t num)
{
        num = htobe32(num);
        return (char *)memcpy(to, &num, sizeof(num)) + sizeof(num);
}

static char *put_string(char *to, struct span s)
{
        return tn_span_write(s, to) + s.len + 1;
}

static const struct tn_index_entry *entry_at(const struct emitter *emitter, const struct range *range,
                                             size_t i)
{
        return &emitter->entries[range->v[i].n];
}

static unsigned char key_char(const struct emitter *emitter, const struct range *range, size_t i)
{
        return (unsigned char)entry_at(emitter, range, i)->key.ptr[range->depth];
}

/* How many bytes all keys of the range have in common below its depth; the first and the last differ first. */
static size_t common(const struct emitter *emitter, const struct range *range)
{
        struct span a = tn_span_skip(entry_at(emitter, range, 0)->key, range->depth);
        struct span b = tn_span_skip(entry_at(emitter, range, range->n - 1)->key, range->depth);
        size_t n = 0;

        while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
                n++;
        return n;
}

/* Queues a node for each first byte, the last first, so that they come out in order. */
static int queue_children(struct emitter *emitter, struct range below, size_t table)
{
        unsigned char first = below.n ? key_char(emitter, &below, 0) : 0;

        while (below.n) {
                unsigned char c = key_char(emitter, &below, below.n - 1);
                struct range child = { .depth = below.depth + 1, .slot = table + 4 * (size_t)(c - first) };
                int r;

                while (below.n && key_char(emitter, &below, below.n - 1) == c) {
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

/* The parts of a node. */
struct node {
        struct span prefix;
        struct range own; /* whose key ends here: sorted, they come first */
        struct range below;
        unsigned char first, last; /* the first bytes of those below */
};

static struct node take_apart(const struct emitter *emitter, struct range range, bool root)
{
        size_t prefix = root ? 0 : common(emitter, &range), own = 0;
        struct node node;

        node.prefix = tn_span_head(tn_span_skip(entry_at(emitter, &range, 0)->key, range.depth), prefix);
        range.depth += prefix;
        while (own < range.n && entry_at(emitter, &range, own)->key.len == range.depth)
                own++;
        node.own = node.below = range;
        node.own.n = own;
        node.below.v += own;
        node.below.n -= own;
        node.first = node.below.n ? key_char(emitter, &node.below, 0) : 0;
        node.last = node.below.n ? key_char(emitter, &node.below, node.below.n - 1) : 0;
        return node;
}

static size_t node_size(const struct emitter *emitter, const struct node *node)
{
        size_t size = node->prefix.len ? node->prefix.len + 1 : 0;

        if (node->below.n)
                size += 2 + 4 * ((size_t)node->last - node->first + 1);
        if (node->own.n)
                size += 4;
        for (size_t i = 0; i < node->own.n; i++)
                size += 4 + entry_at(emitter, &node->own, i)->value.len + 1;
        return size;
}

/* Writes it to where there is room for it; the table of its children stays empty. Returns where the table is. */
static char *write_node(const struct emitter *emitter, const struct node *node, char *to)
{
        size_t width = node->below.n ? 4 * ((size_t)node->last - node->first + 1) : 0;
        char *table;

        if (node->prefix.len)
                to = put_string(to, node->prefix);
        if (node->below.n) {
                *to++ = (char)node->first;
                *to++ = (char)node->last;
        }
        table = memset(to, 0, width);
        to += width;
        if (node->own.n)
                to = put_u32(to, (uint32_t)node->own.n);
        for (size_t i = 0; i < node->own.n; i++) {
                const struct tn_index_entry *entry = entry_at(emitter, &node->own, i);

                to = put_string(put_u32(to, entry->priority), entry->value);
        }
        return table;
}

/* Writes one node and queues its children. */
static int put_node(struct emitter *emitter, struct range range, bool root)
{
        struct tn_buf *out = emitter->out;
        size_t at = out->len - emitter->start;
        struct node node = take_apart(emitter, range, root);
        size_t size = node_size(emitter, &node);
        char *to = tn_buf_reserve(out, size), *table;

        if (at > INDEX_REF_OFFSET)
                return -EFBIG;
        if (!to)
                return tn_buf_error(out);
        table = write_node(emitter, &node, to);
        out->len += size;
        put_u32(out->ptr + range.slot, (uint32_t)at | (node.prefix.len ? INDEX_REF_PREFIX : 0) |
                                               (node.below.n ? INDEX_REF_CHILDREN : 0) |
                                               (node.own.n ? INDEX_REF_VALUES : 0));
        return queue_children(emitter, node.below, (size_t)(table - out->ptr));
}

static int put_header(struct tn_buf *out)
{
        char *to = tn_buf_reserve(out, INDEX_HEADER_SIZE);

        if (!to)
                return tn_buf_error(out);
        to = put_u32(to, INDEX_MAGIC);
        to = put_u32(to, INDEX_VERSION);
        put_u32(to, INDEX_HEADER_SIZE); /* the empty index; a first node overwrites it */
        out->len += INDEX_HEADER_SIZE;
        return 0;
}

static int put_index(struct emitter *emitter, const struct tn_keyed *v, size_t n)
{
        struct tn_buf *out = emitter->out;
        struct range range = { .v = v, .n = n, .slot = out->len + INDEX_ROOT_AT };
        int r = put_header(out);
        bool root = true;

        if (r == 0 && n)
                r = tn_vec_add(&emitter->todo, range);
        while (r == 0 && emitter->todo.n) {
                range = emitter->todo.v[--emitter->todo.n];
                r = put_node(emitter, range, root);
                root = false;
        }
        if (r == 0 && out->len - emitter->start > INDEX_SIZE_MAX)
                r = -EFBIG;
        return r;
}

int tn_index_writer_emit(const struct tn_index_writer *writer, struct tn_buf *out)
{
        struct emitter emitter = { .entries = writer->entries.v, .out = out, .start = out->len };
        size_t n = writer->entries.n;
        _cleanup_(freep) struct tn_keyed *sorted = reallocarray(NULL, n + 1, sizeof(*sorted));
        int r = sorted ? tn_index_sort(writer->entries.v, n, sorted) : -ENOMEM;

        if (r == 0)
                r = put_index(&emitter, sorted, n);
        tn_vec_fini(&emitter.todo);
        if (r < 0)
                out->len = emitter.start;
        return r;
}
