/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/index_format.h"
#include "format/index_walk.h"
#include "util/cleanup.h"
#include "util/num.h"

void tn_index_hits_fini(struct tn_index_hits *hits)
{
        tn_vec_fini(hits);
}

int tn_index_parse(struct span bytes, struct tn_index *ret_index)
{
        uint32_t root = 0;

        if (bytes.len) {
                if (bytes.len < INDEX_HEADER_SIZE || tn_num_be32(bytes.ptr) != INDEX_MAGIC ||
                    tn_num_be16(bytes.ptr + 4) != INDEX_VERSION_MAJOR)
                        return -EINVAL;
                root = tn_num_be32(bytes.ptr + INDEX_ROOT_AT);
        }
        /* offset 0 is the header: no node is there */
        *ret_index = (struct tn_index){ bytes, root & INDEX_REF_OFFSET ? root : 0 };
        return 0;
}

int tn_index_find(const struct tn_index *index, struct span key, struct tn_index_value *ret_value)
{
        uint32_t ref = index->root;

        /* ends: each turn takes a byte off the key */
        while (ref) {
                struct tn_index_node node;
                int r = tn_index_node_load(index, ref, &node);

                if (r < 0)
                        return r;
                if (!tn_span_starts(key, node.prefix))
                        return -ENOENT;
                key = tn_span_skip(key, node.prefix.len);
                if (key.len == 0) {
                        r = tn_index_node_value(&node, ret_value);
                        return r == 0 ? -ENOENT : MIN(r, 0);
                }
                ref = tn_index_node_child(&node, (unsigned char)key.ptr[0]);
                key = tn_span_skip(key, 1);
        }
        return -ENOENT;
}

static int each_value(struct tn_index_walk *walk, tn_index_each_fn *fn, void *data)
{
        struct tn_index_value value;
        int r;

        while ((r = tn_index_walk_value(walk, &value)) > 0) {
                r = fn(data, tn_buf_span(&walk->key), value);
                if (r != 0)
                        return r;
        }
        return r;
}

int tn_index_each(const struct tn_index *index, tn_index_each_fn *fn, void *data)
{
        _cleanup_(tn_index_walk_fini) struct tn_index_walk walk;
        int event, r;

        tn_index_walk_init(&walk, index, index->bytes.len);
        if (!index->root)
                return 0;
        for (event = tn_index_walk_start(&walk, index->root, '\0', 0); event > 0;
             event = tn_index_walk_next(&walk)) {
                r = event == TN_INDEX_ENTER ? each_value(&walk, fn, data) : 0;
                if (r != 0)
                        return r;
        }
        return event;
}
