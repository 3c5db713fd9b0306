/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_LIBKMOD_NODE_H
#define TN_LIBKMOD_NODE_H

#include <stdlib.h>

#include "libkmod.h"

/* The nodes that lists are made of: a ring, whose handle is its first node. */
struct kmod_list {
        struct kmod_list *next;
        struct kmod_list *prev;
        void *data;
};

/* Appends to *list, which is NULL when it is empty. Returns 0 or -ENOMEM; only then data remains the caller's. */
int tn_node_add(struct kmod_list **list, void *data);

/* Frees all nodes, and by the function what they hold. */
void tn_node_free(struct kmod_list *list, void (*free_data)(void *data));

/* Entries that are one piece of memory each. */
static inline void tn_node_freep(struct kmod_list **list)
{
        tn_node_free(*list, free);
}

#endif
