/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_TOOL_H
#define TN_CLI_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "core/config.h"
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

/* A tool's main: argv as given, argv[0] included. Returns 0 or 1, the only two statuses there are. */
typedef int tn_tool_main(int argc, char **argv);

tn_tool_main tn_depmod_main, tn_insmod_main, tn_lsmod_main, tn_modinfo_main, tn_modprobe_main, tn_rmmod_main,
        tn_static_nodes_main;

/* Messages up to max from here on. */
void tn_tool_init(struct tn_tool *tool, const char *name, enum tn_log_level max);

/* To be called once the options are known: quiet and syslog take effect. Of the options themselves is told before. */
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

/*
 * Prints to standard error, after all that was printed to standard output before. Every message goes this way, so
 * that a log of both has them in the order in which they were said. It is escaped as tn_log() does it.
 */
void tn_tool_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * Whether messages are explained: on a terminal, or with -v. Scripts match the message itself, so what explains it
 * comes on lines of its own behind it, two blanks in front.
 */
bool tn_tool_explains(const struct tn_tool *tool);
void tn_tool_explain(struct tn_tool *tool, struct span lines);

/* Why path could not be found, which err says (negative), if it is a symbolic link. */
void tn_tool_explain_link(struct tn_tool *tool, const char *path, int err);

/*
 * Explains that a module was loaded without some of its options, for it has no such parameters. fd, taken over, is open
 * on its file.
 */
void tn_tool_explain_ignored(struct tn_tool *tool, const char *module, int fd, const char *options);

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

/*
 * Joins "name=value" operands to a parameter string: one blank between, a value with blanks in double quotes
 * unless it starts with one. Returns 0 or -ENOMEM.
 */
int tn_tool_join_options(char **operands, int n, struct tn_buf *options);

/* Everything printed must have arrived: says so and returns 1 when standard output failed, else status. */
int tn_tool_end(struct tn_tool *tool, int status);

#endif
