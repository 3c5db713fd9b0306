/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_OPTIONS_H
#define TN_CLI_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "util/vec.h"

/* What an option does to the run of its tool. */
enum tn_option_kind {
        TN_OPTION_NOTHING, /* it is accepted and ignored */
        TN_OPTION_SET,     /* a bool becomes true */
        TN_OPTION_ADD,     /* an unsigned gets bits */
        TN_OPTION_RAISE,   /* an unsigned or an enum becomes at least the value */
        TN_OPTION_TEXT,    /* a const char * becomes the argument, or the row's text; borrowed */
        TN_OPTION_LIST,    /* a struct tn_option_list gets the argument */
        TN_OPTION_TAKE,    /* a function takes it */
        TN_OPTION_SYSLOG,  /* of struct tn_tool */
        TN_OPTION_QUIET,
        TN_OPTION_LOUDER,
        TN_OPTION_EXPLAIN,
        TN_OPTION_VERSION, /* prints it, and the run is over */
        TN_OPTION_HELP,
};

/*
 * A tool's options as a table, which parses, says what they do, and prints the help. A row without id is a heading of
 * the help; a row without help is an older spelling, accepted and not shown. Rows of the same id are spellings of one
 * option, and the first of them that has a kind says what it does.
 */
struct tn_option {
        int id; /* what parsing returns; a character: also the short option */
        const char *long_name;
        const char *
                arg; /* what the help calls its argument; NULL: it takes none; "[=X]": it may have one, and no short form */
        const char *help;
        /* The rest is set by the macros below. A take() that fails has reported it, and the run ends with status 1. */
        enum tn_option_kind kind;
        unsigned at; /* the field, as an offset in the tool's run */
        union {
                unsigned value;
                const char *text; /* NULL: the argument */
                int (*take)(void *run, const char *arg);
        };
        bool whole; /* its name is not abbreviated, so that it takes no abbreviation from the options of kmod */
};

/* What options of this kind have given, and a NULL after the last. Zero-initialised is empty, with NULL as v. */
struct tn_option_list {
        TN_VEC_FIELDS(const char *);
};

/* Appends one, which is borrowed. Returns 0 or -ENOMEM. */
int tn_option_list_add(struct tn_option_list *list, const char *arg);

/* The ends of rows: a field of the run's type and what happens to it. */
#define TN_OPTION_SETS(type, field)        .kind = TN_OPTION_SET, .at = TN_OPTION_AT(type, field, bool)
#define TN_OPTION_ADDS(type, field, bits)  .kind = TN_OPTION_ADD, TN_OPTION_VALUE(type, field, bits)
#define TN_OPTION_RAISES(type, field, to)  .kind = TN_OPTION_RAISE, TN_OPTION_VALUE(type, field, to)
#define TN_OPTION_KEEPS(type, field)       .kind = TN_OPTION_TEXT, .at = TN_OPTION_AT(type, field, char *)
#define TN_OPTION_NAMES(type, field, word) TN_OPTION_KEEPS(type, field), .text = (word)
#define TN_OPTION_LISTS(type, field)                                                                         \
        .kind = TN_OPTION_LIST, .at = TN_OPTION_AT(type, field, struct tn_option_list)
#define TN_OPTION_TAKES(function) .kind = TN_OPTION_TAKE, .take = (function)

#define TN_OPTION_VALUE(type, field, number)                                                                 \
        .at = TN_OPTION_AT(type, field, unsigned), .value = (unsigned)(number)

/* The offset of a field; it does not compile when the field has not the size of what will be written to it. */
#define TN_OPTION_AT(type, field, as)                                                                        \
        (unsigned)(offsetof(type, field) +                                                                   \
                   0 * sizeof(char[sizeof(((type *)0)->field) == sizeof(as) ? 1 : -1]))

/* What rows have in common that several tools have: { TN_OPTION_ROW_HELP }. */
#define TN_OPTION_ROW_SYSLOG                                                                                 \
        's', "syslog", NULL, "messages go to syslog, not to standard error", .kind = TN_OPTION_SYSLOG
#define TN_OPTION_ROW_QUIET(help)   'q', "quiet", NULL, help, .kind = TN_OPTION_QUIET
#define TN_OPTION_ROW_VERBOSE(help) 'v', "verbose", NULL, help, .kind = TN_OPTION_LOUDER
#define TN_OPTION_ROW_EXPLAIN                                                                                \
        TN_OPTION_LONG_EXPLAIN, "explain", "[=WHEN]", "why something failed: always, auto or never",         \
                .kind = TN_OPTION_EXPLAIN
#define TN_OPTION_ROW_VERSION  'V', "version", NULL, "show version", .kind = TN_OPTION_VERSION
#define TN_OPTION_ROW_HELP     'h', "help", NULL, "show this help", .kind = TN_OPTION_HELP

/* Ids of options that have no short form. */
#define TN_OPTION_LONG         256
#define TN_OPTION_LONG_EXPLAIN 512 /* a tool's own are below it */

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
