/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FTRACE_H
#define TN_FORMAT_FTRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * One line of the files trace and trace_pipe of tracefs (kernel/trace/trace_output.c, trace_print_context):
 *
 *                mount-109     [000] .....     5.594548: module_request: fs-vfat wait=1 call_site=get_fs_type
 *
 * The command takes the first 16 columns, whatever is in it, the thread id stands behind the '-' and takes 7 columns
 * at least. Commands and the names of modules that are asked for are chosen by users without privileges and may have
 * newlines in them. A command has up to 15 bytes and a name up to 55: what follows a newline in one of them is
 * too short to be a line with an event of this table. The file of TN_FTRACE_EXEC is not: it may be traced only with
 * a filter that names the file.
 */
enum tn_ftrace_event {
        TN_FTRACE_REQUEST, /* module:module_request: somebody in the kernel asks for a module */
        TN_FTRACE_LOAD,    /* module:module_load: it is linked; its init comes next */
        TN_FTRACE_FREE,    /* module:module_free: it is unloaded */
        TN_FTRACE_GET,     /* module:module_get: a reference more */
        TN_FTRACE_PUT,     /* module:module_put: one less */
        TN_FTRACE_START,   /* initcall:initcall_start */
        TN_FTRACE_FINISH,  /* initcall:initcall_finish */
        TN_FTRACE_FORK,    /* sched:sched_process_fork */
        TN_FTRACE_EXEC,    /* sched:sched_process_exec */
        TN_FTRACE_EXIT,    /* sched:sched_process_exit */
        TN_FTRACE_LOST,    /* no event: events of a processor were lost */
        TN_FTRACE_EVENTS,  /* how many */
};

/* Stands for a command that the kernel has forgotten, or not noted yet. */
#define TN_FTRACE_FORGOTTEN "<...>"

/* All spans borrow from the line. What an event does not have is empty or zero. */
struct tn_ftrace_line {
        enum tn_ftrace_event event;
        struct span command; /* of the thread, without the blanks in front; or TN_FTRACE_FORGOTTEN */
        uint64_t pid;        /* of the thread */
        uint64_t time_ns;    /* of the clock of the trace; as fine as it is printed, microseconds mostly */
        struct span name; /* REQUEST: what is asked for; LOAD, FREE, GET, PUT: the module; EXEC: the file */
        struct span call_site; /* REQUEST, GET, PUT: the function: "f", or "f [module]" */
        struct span taints;    /* LOAD: letters (format/taint.h), "OE" */
        bool wait;             /* REQUEST: the thread sleeps until the helper has ended */
        int64_t value; /* GET, PUT: the reference count after it; FINISH: what init returned; LOST: how many, or 0 */
        uint64_t child; /* FORK: the new thread */
};

/* Where the event lies below events/: "module/module_request". NULL for TN_FTRACE_LOST. */
const char *tn_ftrace_event_dir(enum tn_ftrace_event event);

/* Returns 0; -ENOENT for a comment, or a line of another event; -EINVAL when it has no such form. */
int tn_ftrace_parse(struct span line, struct tn_ftrace_line *ret_line);

#endif
