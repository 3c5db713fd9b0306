/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_LIBKMOD_MODULE_H
#define TN_LIBKMOD_MODULE_H

#include "core/lookup.h"
#include "libkmod/context.h"
#include "libkmod/node.h"

struct kmod_module {
        struct kmod_ctx *ctx; /* with a reference */
        unsigned refs;
        char *key; /* in the context's map: the name, or "NAME\ALIAS" */
        char *name;
        char *alias;    /* what it was found by; NULL: its name */
        char *path;     /* absolute; NULL: not asked for yet, or none */
        char *options;  /* of the configuration, once asked for */
        bool from_path; /* made from a file: never a built-in one */
        enum { TN_MODULE_UNKNOWN, TN_MODULE_BUILTIN, TN_MODULE_LOADABLE } builtin;
};

/*
 * The context's module for a match, with a reference: the one that is there, or a new one. A path that the match has
 * becomes the module's, unless that has one already. Returns 0 or -ENOMEM.
 */
int tn_module_get(struct kmod_ctx *ctx, const struct tn_match *match, struct kmod_module **ret_mod);

/* The same, appended to a list, which owns the reference. */
int tn_module_add(struct kmod_ctx *ctx, const struct tn_match *match, struct kmod_list **list);

/* All of them. After a failure *list is as before. */
int tn_module_add_all(struct kmod_ctx *ctx, const struct tn_matches *matches, struct kmod_list **list);

/* As a match, borrowed. */
struct tn_match tn_module_match(const struct kmod_module *mod);

/* Asked once. */
bool tn_module_is_builtin(const struct kmod_module *mod);

static inline void tn_module_unrefp(struct kmod_module **mod)
{
        kmod_module_unref(*mod);
}

static inline void tn_module_unref_listp(struct kmod_list **list)
{
        kmod_module_unref_list(*list);
}

#endif
