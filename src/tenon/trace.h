/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_TRACE_H
#define TN_TENON_TRACE_H

#include "core/requests.h"
#include "tenon/verb.h"

/* A run of `tenon trace`. */
struct tn_trace {
        struct tn_run run;
        bool boot;
        const char *svg;

        struct tn_document *doc;
        struct tn_requests requests;
        struct tn_buf helper; /* the program that the kernel runs for requests */
        struct tn_buf refused;
        bool traces_helper;  /* its start and its end are seen */
        bool is_ending;      /* what has not ended yet will not be seen to end */
        uint64_t unreadable; /* lines that are none */
        uint64_t lost;       /* events that the kernel could not keep, at least */
        uint64_t records;
        uint64_t asked, nobody; /* requests; those whose user is not known */

        /* Of -- COMMAND: its process, those that it started, and what all of them asked for. */
        pid_t command;
        int command_status; /* as wait(2) has it */
        TN_VEC(uint64_t) family;
};

/* Who has asked, as far as it could still be seen; the data of a request. */
struct tn_trace_asker {
        bool is_family; /* the command, or one that it started */
        bool has_uid, has_loginuid;
        uint64_t uid, loginuid;
};

/* Takes lines of a trace, all that are whole, off the front of text. Returns 0 or -errno. */
int tn_trace_take(struct tn_trace *trace, struct tn_buf *text);

/* Follows the kernel until the command has ended, or else until the run is interrupted. argv: the command; its first is NULL: none. Returns 0 or -errno. */
int tn_trace_follow(struct tn_trace *trace, int tracefs, char **argv);

/* Whether a process is the command, or one that it started. */
bool tn_trace_is_family(const struct tn_trace *trace, uint64_t pid);

/* Make and print the records; the functions of struct tn_requests. */
int tn_trace_add_request(void *data, const struct tn_request *request);
int tn_trace_add_loaded(void *data, const struct tn_loaded *loaded);
int tn_trace_add_freed(void *data, const struct tn_ftrace_line *line);
bool tn_trace_serves(void *data, const struct tn_request *request, struct span module);

void tn_trace_text(const struct json_object *record, struct tn_text *text);
tn_render_fn tn_trace_svg;

#endif
