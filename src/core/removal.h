/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_REMOVAL_H
#define TN_CORE_REMOVAL_H

#include "core/catalog.h"
#include "core/finding.h"
#include "kernel/kernel.h"
#include "util/arena.h"
#include "util/vec.h"

/* What can be known about a module that could not be removed. */
enum tn_removal_part {
        TN_REMOVAL_POLICY = 1 << 0, /* what the kernel lets be done */
        TN_REMOVAL_STATE = 1 << 1,  /* the module's state in the kernel */
        TN_REMOVAL_USERS = 1 << 2,  /* what uses it */
        TN_REMOVAL_LOADED = 1 << 3, /* the names of all modules that are loaded */
};

/* One that uses the module, with the strings that struct tn_kernel_user has. */
struct tn_removal_user {
        enum tn_kernel_user_kind kind;
        bool guess; /* that it is this module that it uses */
        const char *name;
        const char *other;
        const char *path;
        uint64_t tun_flags;
};

/* Plain data: who looks at it reads nothing and asks nothing. */
struct tn_removal {
        struct tn_arena arena;
        unsigned parts; /* of tn_removal_part: what was gathered */
        int err; /* the kernel's answer, negative; -EAGAIN also for what was not asked for, being in use; -ENOENT: it is not loaded */
        const char *name; /* the module's, normalised */

        struct tn_kernel_policy policy;
        enum tn_kernel_state state;

        int64_t refcnt;               /* how many hold it, modules and others */
        TN_VEC(const char *) holders; /* modules */
        TN_VEC(struct tn_removal_user) users;
        bool hidden; /* there are processes that this one may not look at */

        struct span loaded; /* normalised, each with its NUL */
};

void tn_removal_fini(struct tn_removal *removal);

/*
 * Gathers what there is to know for that answer, and nothing else. The catalog tells by aliases which module a file system
 * or a device belongs to. Returns 0 or -ENOMEM.
 */
int tn_removal_load(const char *name, int err, struct tn_catalog *catalog, struct tn_removal *ret_removal);

/* Appends why. Pure. Nothing is found where nothing is certain or likely. Returns 0 or -ENOMEM. */
int tn_removal_detect(const struct tn_removal *removal, struct tn_findings *findings);

/* What is worth gathering for an answer, of tn_removal_part. */
unsigned tn_removal_wants(int err);

#endif
