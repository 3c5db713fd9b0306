/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KERNEL_TRACING_H
#define TN_KERNEL_TRACING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "util/buf.h"

/*
 * Tracing by tracefs (Documentation/trace/ftrace.rst), in an instance of its own: what others trace is not touched. The
 * instance is called tenon-PID. Needs root.
 */
struct tn_tracing {
        int instance; /* its directory */
        int pipe;     /* trace_pipe, for poll(2); reading does not block */
        pid_t pid;
};

#define TN_TRACING_NONE ((struct tn_tracing){ .instance = -1, .pipe = -1 })

/*
 * Opens the directory of tracefs, which mounts itself where it is asked for. Returns the descriptor; -ENOENT when the kernel has none,
 * or it is not mounted; -EACCES or -EPERM without the right.
 */
int tn_tracing_open(void);

/*
 * Makes an instance below the directory of tracefs, after the removal of those that killed runs have left. It does not
 * trace anything yet. Returns 0 or -errno.
 */
int tn_tracing_begin(int tracefs, struct tn_tracing *ret_tracing);

/*
 * Traces an event, by its directory below events/: "module/module_load". filter: an expression over the event's fields,
 * or NULL. Returns 0; -ENOENT when this kernel has no such event; -errno.
 */
int tn_tracing_enable(const struct tn_tracing *tracing, const char *event, const char *filter);

/* Appends what has been traced since the last call. Returns 0, also when that is nothing; -errno. */
int tn_tracing_read(const struct tn_tracing *tracing, struct tn_buf *text);

/* Ends tracing and removes the instance. */
void tn_tracing_end(struct tn_tracing *tracing);

/* Appends the trace of the first instance, which trace_event= of the kernel command line fills, and leaves it there. Returns 0 or -errno. */
int tn_tracing_boot(int tracefs, struct tn_buf *text);

#endif
