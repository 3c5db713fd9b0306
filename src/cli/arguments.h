/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_ARGUMENTS_H
#define TN_CLI_ARGUMENTS_H

#include "cli/options.h"
#include "cli/tool.h"
#include "util/cleanup.h"

/* How a tool is called. */
struct tn_arguments {
        const char *usage; /* the first lines of its help */
        const struct tn_option *table;
        size_t n;
        enum tn_log_level level; /* for tn_arguments_begin() */
        bool until_operand;      /* options end at the first operand */
        void (*more_help)(void); /* prints what help has after the options; may be NULL */
        /* Called for each option after it was taken, which stood at argv[at]; may be NULL. */
        void (*taken)(void *run, const struct tn_option *row, const char *arg, int at);
};

/* The start of the initializer: { TN_ARGUMENTS(usage, table) }. */
#define TN_ARGUMENTS(lines, rows) .usage = lines, .table = rows, .n = ARRAY_SIZE(rows)

/*
 * Takes all options, as their rows say. run is what the rows' fields belong to. Returns true to go on, with optind at
 * the first operand, or false when the run is over: with *ret_status 0 after --help or --version, with 1 after an error,
 * which has been reported.
 */
bool tn_arguments_take(const struct tn_arguments *args, int argc, char **argv, struct tn_tool *tool,
                       void *run, int *ret_status);

/*
 * The beginning of a tool's main: sets the tool up under the name it was called by, with messages up to args->level, takes
 * all options, and begins. Returns false when the run is over; *ret_status is what to return then.
 */
bool tn_arguments_begin(const struct tn_arguments *args, int argc, char **argv, struct tn_tool *tool,
                        void *run, int *ret_status);

/* Prints the help on standard output. */
void tn_arguments_help(const struct tn_arguments *args);

#endif
