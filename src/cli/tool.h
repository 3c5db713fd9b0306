/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_TOOL_H
#define TN_CLI_TOOL_H

#include <stdbool.h>

#include "util/log.h"

/* When messages are explained. */
enum tn_tool_explain {
        TN_TOOL_EXPLAIN_AUTO, /* on a terminal, and with -v */
        TN_TOOL_EXPLAIN_ALWAYS,
        TN_TOOL_EXPLAIN_NEVER,
};

/* What the classic tools have in common: how they are called, and how they speak. */
struct tn_tool {
        const char *name;  /* "modprobe", as messages begin */
        struct tn_log log; /* "NAME: LEVEL: text" on standard error, or syslog */
        bool quiet;        /* nothing is reported at all */
        bool use_syslog;
        bool verbose; /* -v was given */
        enum tn_tool_explain explain;
        bool looked;   /* whether standard error is a terminal is known */
        bool terminal; /* it is one */
};

/* Messages up to max from here on. */
void tn_tool_init(struct tn_tool *tool, const char *name, enum tn_log_level max);

/* To be called once the options are known: quiet and syslog take effect. Errors in the options are reported before. */
void tn_tool_begin(struct tn_tool *tool);

/* -v, one level more each time. */
static inline void tn_tool_louder(struct tn_tool *tool)
{
        tool->verbose = true;
        if (tool->log.max < TN_LOG_DEBUG)
                tool->log.max++;
}

/* --explain with its argument, or NULL for none. Returns 0, or -EINVAL, which is reported. */
int tn_tool_take_explain(struct tn_tool *tool, const char *when);

#define tn_tool_error(tool, ...) tn_log(&(tool)->log, TN_LOG_ERR, __VA_ARGS__)
#define tn_tool_fatal(tool, ...) tn_log(&(tool)->log, TN_LOG_CRIT, __VA_ARGS__)

/* The lines of --version, on standard output. */
void tn_tool_version(void);

/*
 * The log of what kmod has in its library: "libkmod: LEVEL: WHO: text" on standard error, errors only. who is
 * borrowed, and is the WHO of messages that name none.
 */
struct tn_log tn_tool_library_log(const char *who);

/* Returns status, or 1 when not everything printed has reached standard output, which is reported. */
int tn_tool_end(struct tn_tool *tool, int status);

#endif
