/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_format.h"
#include "format/index_walk.h"

void tn_index_walk_init(struct tn_index_walk *walk, const struct tn_index *index, uint64_t budget)
{
        *walk = (struct tn_index_walk){ .index = index, .budget = budget };
}

void tn_index_walk_fini(struct tn_index_walk *walk)
{
        tn_buf_fini(&walk->key);
        tn_vec_fini(&walk->frames);
}

static int pay(struct tn_index_walk *walk, uint64_t bytes)
{
        if (bytes > walk->budget)
                return -EINVAL;
        walk->budget -= bytes;
        return 0;
}

static int enter(struct tn_index_walk *walk, uint32_t ref, char c, size_t skip)
{
        struct tn_index_frame frame = { .key_len = walk->key.len };
        struct tn_index_node *node = &frame.node;
        int r;

        r = tn_index_node_load(walk->index, ref, node);
        if (r == 0)
                r = pay(walk, node->prefix.len + node->table.len);
        if (r < 0)
                return r;
        if (c)
                tn_buf_add_char(&walk->key, c);
        tn_buf_add_span(&walk->key, tn_span_skip(node->prefix, skip));
        if (walk->key.len > INDEX_KEY_MAX)
                return -EINVAL;
        r = tn_buf_error(&walk->key);
        if (r == 0)
                r = tn_vec_add(&walk->frames, frame);
        return r < 0 ? r : TN_INDEX_ENTER;
}

static void leave(struct tn_index_walk *walk)
{
        walk->key.len = walk->frames.v[--walk->frames.n].key_len;
}

int tn_index_walk_start(struct tn_index_walk *walk, uint32_t ref, char c, size_t skip)
{
        tn_buf_reset(&walk->key);
        walk->frames.n = 0;
        walk->leaving = false;
        return enter(walk, ref, c, skip);
}

/* The next child of the current node that is there, or 0. */
static uint32_t next_child(struct tn_index_frame *frame, char *ret_c)
{
        const struct tn_index_node *node = &frame->node;

        while (frame->next < node->table.len / 4) {
                unsigned char c = (unsigned char)(node->first + frame->next++);
                uint32_t ref = tn_index_node_child(node, c);

                if (ref) {
                        *ret_c = (char)c;
                        return ref;
                }
        }
        return 0;
}

int tn_index_walk_next(struct tn_index_walk *walk)
{
        uint32_t ref;
        char c;

        if (walk->leaving)
                leave(walk);
        walk->leaving = false;
        if (walk->frames.n == 0)
                return TN_INDEX_END;
        ref = next_child(&walk->frames.v[walk->frames.n - 1], &c);
        if (ref)
                return enter(walk, ref, c, 0);
        walk->leaving = true;
        return TN_INDEX_LEAVE;
}

void tn_index_walk_prune(struct tn_index_walk *walk)
{
        leave(walk);
}

int tn_index_walk_value(struct tn_index_walk *walk, struct tn_index_value *ret_value)
{
        struct tn_index_node *node = &walk->frames.v[walk->frames.n - 1].node;
        size_t before = node->values.len;
        int r = tn_index_node_value(node, ret_value);

        return r <= 0 || pay(walk, before - node->values.len) == 0 ? r : -EINVAL;
}
