/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_REACH_H
#define TN_CORE_REACH_H

#include <stddef.h>

#include "util/span.h"

/* What a process must have so that the kernel asks for a module in its name. */
enum tn_reach_needs {
        TN_REACH_NOTHING, /* any process may */
        TN_REACH_USERNS, /* CAP_SYS_ADMIN or CAP_NET_ADMIN in a user namespace of its own: anyone, where these may be made */
        TN_REACH_NODE,      /* the right to open a device node */
        TN_REACH_PRIVILEGE, /* a capability in the first user namespace */
        TN_REACH_NEEDS,     /* how many */
};

/* A form of what the kernel asks modprobe for: "fs-" and the name of a file system. */
struct tn_reach_form {
        struct span prefix; /* or the whole, when it does not end in '-' or '_' */
        enum tn_reach_needs needs;
        const char *by;       /* how a process makes the kernel ask: "mount(2)" */
        const char *function; /* of the kernel, that asks: the call site of a trace; commas between several */
};

/* All of them, in no order that counts. */
extern const struct tn_reach_form tn_reach_forms[];
extern const size_t tn_n_reach_forms;

/* The form that a text has, an alias or the name of a module: of several the longest. NULL: the kernel asks for no such thing. */
const struct tn_reach_form *tn_reach_find(struct span text);

/* "nothing", "a user namespace" ...: after "needs". */
const char *tn_reach_words(enum tn_reach_needs needs);

/* "nothing", "user-namespace" ...: the same in all versions. */
const char *tn_reach_id(enum tn_reach_needs needs);

#endif
