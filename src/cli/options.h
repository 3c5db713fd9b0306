/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_OPTIONS_H
#define TN_CLI_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * A tool's options as a table, which parses and prints the help. A row without long name is a heading of the
 * help; a row without help is an older spelling, accepted and not shown.
 */
struct tn_option {
        int id; /* what parsing returns; a character: also the short option */
        const char *long_name;
        const char *arg; /* what the help calls its argument; NULL: it takes none */
        const char *help;
};

/* Ids of options that have no short form. */
#define TN_OPTION_LONG 256

/* A parse under way; getopt_long(3) underneath, with permutation and abbreviations. */
struct tn_options {
        int argc;
        char **argv;
        int at; /* where in argv, as it was given, the last option stood */
        char shorts[128];
        struct option longs[64];
};

/* The table must have fewer rows than longs; stops at the first operand when until_operand. */
void tn_options_init(struct tn_options *opts, const struct tn_option *table, size_t n, int argc, char **argv,
                     bool until_operand);

/*
 * The id of the next option, its argument in *ret_arg; -1 after the last, when optind is at the first operand;
 * '?' for a wrong one, which getopt has complained about on standard error.
 */
int tn_options_next(struct tn_options *opts, const char **ret_arg);

/* The usage lines, then the options of the table. At most 80 columns wide. */
void tn_options_help(FILE *out, const char *usage, const struct tn_option *table, size_t n);

#endif
