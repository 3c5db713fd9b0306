/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "libkmod/export.h"
#include "libkmod/node.h"

int tn_node_add(struct kmod_list **list, void *data)
{
        struct kmod_list *node = malloc(sizeof(*node)), *first = *list ? *list : node;

        if (!node)
                return -ENOMEM;
        node->data = data;
        node->next = first;
        node->prev = *list ? first->prev : node;
        node->prev->next = node;
        first->prev = node;
        *list = first;
        return 0;
}

void tn_node_free(struct kmod_list *list, void (*free_data)(void *data))
{
        struct kmod_list *node, *next;

        if (!list)
                return;
        list->prev->next = NULL;
        for (node = list; node; node = next) {
                next = node->next;
                free_data(node->data);
                free(node);
        }
}

KMOD_EXPORT struct kmod_list *kmod_list_next(const struct kmod_list *list, const struct kmod_list *curr)
{
        return list && curr && curr->next != list ? curr->next : NULL;
}

KMOD_EXPORT struct kmod_list *kmod_list_prev(const struct kmod_list *list, const struct kmod_list *curr)
{
        return list && curr && curr != list ? curr->prev : NULL;
}

KMOD_EXPORT struct kmod_list *kmod_list_last(const struct kmod_list *list)
{
        return list ? list->prev : NULL;
}
