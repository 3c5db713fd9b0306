/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_WALK_H
#define TN_FORMAT_INDEX_WALK_H

#include "format/index_node.h"
#include "util/buf.h"
#include "util/vec.h"

struct tn_index_frame {
        struct tn_index_node node;
        unsigned next;  /* the child to visit next */
        size_t key_len; /* of the key above this node */
};

/*
 * A walk over all nodes below one of a binary index, children by ascending character. It keeps its own stack, so
 * that depth costs memory and not the program's stack.
 *
 * The budget is what makes it safe: every visit pays the bytes it has read, and a budget of the file's size is enough
 * for any tree, since the nodes of a tree do not overlap. A circle, or nodes with many parents, run out of it.
 */
struct tn_index_walk {
        const struct tn_index *index;
        uint64_t budget;   /* bytes that may still be read */
        struct tn_buf key; /* from the start of the walk to the current node */
        TN_VEC(struct tn_index_frame) frames;
        bool leaving;
};

enum tn_index_event {
        TN_INDEX_END,
        TN_INDEX_ENTER, /* the current node is new; its children come next */
        TN_INDEX_LEAVE, /* all of its children have been visited */
};

void tn_index_walk_init(struct tn_index_walk *walk, const struct tn_index *index, uint64_t budget);
void tn_index_walk_fini(struct tn_index_walk *walk);

/*
 * Begins a walk at a node and enters it; may be called again and again, and the budget goes on. The keys begin with c,
 * the character that led to the node, unless it is NUL, and skip that many bytes of the node's prefix.
 * Both return an event, -EINVAL for a broken index, -ENOMEM.
 */
int tn_index_walk_start(struct tn_index_walk *walk, uint32_t ref, char c, size_t skip);
int tn_index_walk_next(struct tn_index_walk *walk);

/* Turns back from the node that was just entered: neither its children nor its leaving will be seen. */
void tn_index_walk_prune(struct tn_index_walk *walk);

/* Takes the current node's next value. Returns 1; 0 when none is left; -EINVAL. */
int tn_index_walk_value(struct tn_index_walk *walk, struct tn_index_value *ret_value);

/* The current node's level, 0 where the walk began, and the bytes that its key has more than its parent's. */
static inline size_t tn_index_walk_level(const struct tn_index_walk *walk)
{
        return walk->frames.n - 1;
}

static inline struct span tn_index_walk_step(const struct tn_index_walk *walk)
{
        return tn_span_skip(tn_buf_span(&walk->key), walk->frames.v[walk->frames.n - 1].key_len);
}

#endif
