/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <string.h>

#include "cli/options.h"
#include "cli/say.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/span.h"

#define HELP_COLUMN 28

static void add_short(struct tn_options *opts, const struct tn_option *row)
{
        size_t at = strlen(opts->shorts);

        if (row->id <= ' ' || row->id >= TN_OPTION_LONG || strchr(opts->shorts, row->id))
                return;
        assert(at + 3 < sizeof(opts->shorts));
        opts->shorts[at++] = (char)row->id;
        if (row->arg)
                opts->shorts[at++] = ':';
        opts->shorts[at] = '\0';
}

static bool may_have_arg(const struct tn_option *row)
{
        return row->arg && row->arg[0] == '[';
}

static int has_arg(const struct tn_option *row)
{
        if (may_have_arg(row))
                return optional_argument;
        return row->arg ? required_argument : no_argument;
}

/* Whether the long name is among the words, whole. */
static bool is_there(const char *name, int argc, char **argv)
{
        for (int i = 1; i < argc; i++) {
                struct span word = tn_span_of(argv[i]);

                if (!tn_span_starts(word, SPAN("--")))
                        continue;
                word = tn_span_skip(word, 2);
                if (tn_span_eq(tn_span_head(word, tn_span_chr(word, '=')), tn_span_of(name)))
                        return true;
        }
        return false;
}

void tn_options_init(struct tn_options *opts, const struct tn_option *table, size_t n, int argc, char **argv,
                     bool until_operand)
{
        size_t n_longs = 0;

        *opts = (struct tn_options){ .argc = argc, .argv = argv };
        assert(n < ARRAY_SIZE(opts->longs));
        if (until_operand)
                strcpy(opts->shorts, "+");
        for (size_t i = 0; i < n; i++) {
                if (!table[i].id)
                        continue;
                add_short(opts, &table[i]);
                if (table[i].long_name && (!table[i].whole || is_there(table[i].long_name, argc, argv)))
                        opts->longs[n_longs++] = (struct option){
                                .name = table[i].long_name,
                                .has_arg = has_arg(&table[i]),
                                .val = table[i].id,
                        };
        }
        optind = 0;
}

int tn_options_next(struct tn_options *opts, const char **ret_arg)
{
        int id, at = optind ? optind : 1;

        /* Permutation moves only what was passed already; from optind on, words are where they were given. */
        while (at < opts->argc && (opts->argv[at][0] != '-' || !opts->argv[at][1]))
                at++;
        opts->at = at;
        /* getopt's own messages show the word as it is */
        opterr = at >= opts->argc || tn_escape_is_clean(tn_span_of(opts->argv[at]), TN_ESCAPE_ALL);
        id = getopt_long(opts->argc, opts->argv, opts->shorts, opts->longs, NULL);
        if (id == '?' && !opterr)
                tn_say("%s: unrecognized option '%s'\n", opts->argv[0], opts->argv[at]);
        *ret_arg = optarg;
        return id;
}

static int print_names(FILE *out, const struct tn_option *row)
{
        int n;

        if (row->id < TN_OPTION_LONG && row->long_name)
                n = fprintf(out, "  -%c, --%s", row->id, row->long_name);
        else if (row->id < TN_OPTION_LONG)
                n = fprintf(out, "  -%c", row->id);
        else
                n = fprintf(out, "      --%s", row->long_name);
        if (row->arg)
                n += fprintf(out, "%s%s", may_have_arg(row) ? "" : row->long_name ? "=" : " ", row->arg);
        return n;
}

static void print_row(FILE *out, const struct tn_option *row)
{
        struct span lines = tn_span_of(row->help), line;
        int column;

        if (!row->id) {
                fprintf(out, "\n%s\n", row->help);
                return;
        }
        column = print_names(out, row);
        while (tn_span_split(&lines, '\n', &line)) {
                if (column >= HELP_COLUMN) {
                        fputc('\n', out);
                        column = 0;
                }
                fprintf(out, "%*s%.*s\n", HELP_COLUMN - column, "", SPAN_FMT(line));
                column = 0;
        }
}

void tn_options_help(FILE *out, const char *usage, const struct tn_option *table, size_t n)
{
        fputs(usage, out);
        for (size_t i = 0; i < n; i++)
                if (table[i].help)
                        print_row(out, &table[i]);
}

int tn_option_list_add(struct tn_option_list *list, const char *arg)
{
        int r = tn_vec_reserve(list, list->n + 2);

        if (r < 0)
                return r;
        list->v[list->n++] = arg;
        list->v[list->n] = NULL;
        return 0;
}
