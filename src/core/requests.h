/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_REQUESTS_H
#define TN_CORE_REQUESTS_H

#include "format/ftrace.h"
#include "util/arena.h"
#include "util/vec.h"

/*
 * Who asked the kernel for which module, what was loaded for it, and how long that took: made from the lines of a trace,
 * in their order. Pure. Times are in nanoseconds of the trace's clock, and 0 where they were not seen.
 */

/* A request of a thread within the kernel, until the helper (modprobe) that the kernel started for it has ended. */
struct tn_request {
        uint64_t time_ns;
        uint64_t end_ns;              /* the helper has ended; 0: that was not seen */
        uint64_t pid;                 /* of the thread that asks */
        uint64_t helper;              /* 0: none was seen */
        const char *command;          /* of the thread; "<...>" when the kernel has forgotten it */
        const char *name;             /* what is asked for */
        const char *call_site;        /* the function that asks */
        bool wait;                    /* the thread sleeps until the helper has ended */
        TN_VEC(const char *) modules; /* what the helper loaded, in that order, and what stayed */
        void *data;                   /* of who follows the trace, freed with free(3) */
        struct tn_arena arena;
};

/* A module that was loaded: linked into the kernel, and its init run. */
struct tn_loaded {
        uint64_t time_ns;
        uint64_t pid; /* of the thread that loaded it */
        const char *command;
        const char *module;
        const char *taints;               /* letters (format/taint.h) */
        uint64_t start_ns, end_ns;        /* of its init; 0: none was seen */
        int64_t result;                   /* of its init; below zero: it failed, and the module is gone */
        const struct tn_request *request; /* for which it was loaded; NULL: not for one that was seen */
        struct tn_arena arena;
};

struct tn_requests {
        /* What has ended; each is gone after the call. Return 0 or -errno, which ends the call that led to it. */
        int (*request)(void *data, const struct tn_request *request);
        int (*loaded)(void *data, const struct tn_loaded *loaded);
        int (*freed)(void *data, const struct tn_ftrace_line *line);

        /*
         * Whether that module may be loaded for a request; where helpers were not traced this tells which of several
         * requests it is for. May be NULL.
         */
        bool (*serves)(void *data, const struct tn_request *request, struct span module);
        void *data;

        const char *helper; /* the program that the kernel runs for requests: /sbin/modprobe; borrowed */

        TN_VEC(struct tn_request *) open;
        TN_VEC(struct tn_loaded *) loading;
};

/* Of more requests, or loads, at a time the oldest counts as ended. */
#define TN_REQUESTS_MAX 4096

/*
 * Takes the next line. asked: what the process of a TN_FTRACE_EXEC line was called with last, the name of a request if
 * it is a helper; empty when that is not known. ret_request: the request that the line began, NULL if none; borrowed
 * until it has ended. Returns 0; -ENOMEM; what the calls above returned.
 */
int tn_requests_take(struct tn_requests *requests, const struct tn_ftrace_line *line, struct span asked,
                     struct tn_request **ret_request);

/* The trace has ended: so has everything. */
int tn_requests_end(struct tn_requests *requests);

void tn_requests_fini(struct tn_requests *requests);

#endif
