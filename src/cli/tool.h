/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_TOOL_H
#define TN_CLI_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "util/buf.h"
#include "util/dir.h"
#include "util/log.h"

/* What the classic tools have in common: how they are called, and how they speak. */
struct tn_tool {
        const char *name;  /* "modprobe", as messages begin */
        struct tn_log log; /* "NAME: LEVEL: text" on standard error, or syslog */
        bool quiet;        /* nothing at all is said */
        bool use_syslog;
        bool verbose; /* -v was given */
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

#define tn_tool_error(tool, ...)   tn_log(&(tool)->log, TN_LOG_ERR, __VA_ARGS__)
#define tn_tool_warning(tool, ...) tn_log(&(tool)->log, TN_LOG_WARNING, __VA_ARGS__)
#define tn_tool_fatal(tool, ...)   tn_log(&(tool)->log, TN_LOG_CRIT, __VA_ARGS__)

/* The lines of --version, on standard output. */
void tn_tool_version(void);

/*
 * The log of the library part, which speaks before the tool has set up its own: "libkmod: LEVEL: WHO: text" on
 * standard error, errors only. who is borrowed, and stands where a message does not say itself who speaks.
 */
struct tn_log tn_tool_library_log(const char *who);

/* Where modules are looked for; each may be NULL. A relative directory starts at the working directory. */
struct tn_tool_dirs {
        const char *base;      /* what the module directory is below of */
        const char *root;      /* rather than base: a system of its own, whose links stay within it */
        const char *moduledir; /* instead of TN_DIRS_MODULES, in that base or root */
};

/*
 * Appends the absolute path of a module directory, for a NULL version the running kernel's. In a root it is a path
 * without links. Returns 0 or -errno.
 */
int tn_tool_module_dir(const struct tn_tool_dirs *dirs, const char *version, struct tn_buf *path);

/* A module directory that was found. It is not to be moved: dir borrows from the other two. */
struct tn_tool_module_dir {
        struct tn_buf path;
        struct tn_inroot root;
        struct tn_dir dir; /* in the root if there is one and it exists */
};

/* The same, for who reads what is in the directory. Returns 0 or -errno. */
int tn_tool_find_module_dir(const struct tn_tool_dirs *dirs, const char *version,
                            struct tn_tool_module_dir *ret_found);
void tn_tool_module_dir_fini(struct tn_tool_module_dir *found);

/* Everything printed must have arrived: says so and returns 1 when standard output failed, else status. */
int tn_tool_end(struct tn_tool *tool, int status);

#endif
