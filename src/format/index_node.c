/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/index_format.h"
#include "format/index_node.h"
#include "util/num.h"

/* Each takes something off the front of *bytes; false when it does not fit. */

static bool take_u32(struct span *bytes, uint32_t *ret_num)
{
        if (bytes->len < 4)
                return false;
        *ret_num = tn_num_be32(bytes->ptr);
        *bytes = tn_span_skip(*bytes, 4);
        return true;
}

static bool take_string(struct span *bytes, struct span *ret_str)
{
        size_t n = tn_span_chr(*bytes, '\0');

        if (n == bytes->len)
                return false;
        *ret_str = tn_span_head(*bytes, n);
        *bytes = tn_span_skip(*bytes, n + 1);
        return true;
}

static bool take_children(struct span *bytes, struct tn_index_node *node)
{
        unsigned char first, last;
        size_t size;

        if (bytes->len < 2)
                return false;
        first = (unsigned char)bytes->ptr[0];
        last = (unsigned char)bytes->ptr[1];
        if (first == 0 || first > last || last > INDEX_CHAR_MAX)
                return false;
        *bytes = tn_span_skip(*bytes, 2);
        size = 4 * (size_t)(last - first + 1);
        if (bytes->len < size)
                return false;
        node->first = first;
        node->table = tn_span_head(*bytes, size);
        *bytes = tn_span_skip(*bytes, size);
        return true;
}

int tn_index_node_load(const struct tn_index *index, uint32_t ref, struct tn_index_node *ret_node)
{
        struct span bytes = tn_span_skip(index->bytes, ref & INDEX_REF_OFFSET);
        struct tn_index_node node = { 0 };

        if ((ref & INDEX_REF_PREFIX) && !take_string(&bytes, &node.prefix))
                return -EINVAL;
        if ((ref & INDEX_REF_CHILDREN) && !take_children(&bytes, &node))
                return -EINVAL;
        if ((ref & INDEX_REF_VALUES) && !take_u32(&bytes, &node.n_values))
                return -EINVAL;
        node.values = bytes;
        *ret_node = node;
        return 0;
}

uint32_t tn_index_node_child(const struct tn_index_node *node, unsigned char c)
{
        size_t at = 4 * (size_t)(unsigned char)(c - node->first);
        uint32_t ref;

        if (c < node->first || at >= node->table.len)
                return 0;
        ref = tn_num_be32(node->table.ptr + at);
        return ref & INDEX_REF_OFFSET ? ref : 0;
}

int tn_index_node_value(struct tn_index_node *node, struct tn_index_value *ret_value)
{
        struct tn_index_value value;

        if (node->n_values == 0)
                return 0;
        if (!take_u32(&node->values, &value.priority) || !take_string(&node->values, &value.value))
                return -EINVAL;
        node->n_values--;
        *ret_value = value;
        return 1;
}
