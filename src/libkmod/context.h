/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_LIBKMOD_CONTEXT_H
#define TN_LIBKMOD_CONTEXT_H

#include "core/world.h"
#include "libkmod/say.h"
#include "util/map.h"

struct kmod_ctx {
        unsigned refs; /* its users' and one for each module */
        void *userdata;
        tn_say_fn *log_fn; /* NULL: nothing is said */
        void *log_data;
        int priority;          /* the highest that is heard; negative: none */
        struct tn_log log;     /* speaks through log_fn */
        struct tn_world world; /* its configuration and its catalog */
        bool loaded;           /* the indexes are kept, whatever becomes of their files */
        struct tn_map modules; /* by their keys; each takes itself out when it is freed */
};

/*
 * The catalog for one question: what was borrowed from it before is gone, unless the client has loaded the indexes, for
 * without that it is brought up to date.
 */
struct tn_catalog *tn_context_catalog(const struct kmod_ctx *ctx);

#endif
