/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_NODE_H
#define TN_FORMAT_INDEX_NODE_H

#include "format/index_read.h"

/* One node of a binary index, for those who read it. Borrows from the index. */
struct tn_index_node {
        struct span prefix;
        struct span table;   /* the children's references, four bytes each */
        unsigned char first; /* the character of the table's first reference */
        uint32_t n_values;   /* still to be taken */
        struct span values;
};

/* Returns 0, or -EINVAL when the reference or a part of the node leads outside the index. */
int tn_index_node_load(const struct tn_index *index, uint32_t ref, struct tn_index_node *ret_node);

/* The reference of the child behind c, or 0. */
uint32_t tn_index_node_child(const struct tn_index_node *node, unsigned char c);

/* Takes the next value off the node. Returns 1; 0 when none is left; -EINVAL when it leads outside the index. */
int tn_index_node_value(struct tn_index_node *node, struct tn_index_value *ret_value);

#endif
