/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "cli/arguments.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* The row that says what an option does. There is one for each id that parsing returns, but for '?'. */
static const struct tn_option *find(const struct tn_arguments *args, int id)
{
        const struct tn_option *found = NULL;

        for (size_t i = 0; i < args->n; i++) {
                const struct tn_option *row = &args->table[i];

                if (row->id == id && (!found || !found->kind))
                        found = row;
        }
        return found;
}

static int take_field(const struct tn_option *row, const char *arg, void *run)
{
        void *field = (char *)run + row->at;

        switch (row->kind) {
        case TN_OPTION_SET: *(bool *)field = true; break;
        case TN_OPTION_ADD: *(unsigned *)field |= row->value; break;
        case TN_OPTION_RAISE: *(unsigned *)field = MAX(*(unsigned *)field, row->value); break;
        case TN_OPTION_TEXT: *(const char **)field = row->text ? row->text : arg; break;
        case TN_OPTION_LIST: return tn_option_list_add(field, arg);
        case TN_OPTION_TAKE: return row->take(run, arg);
        default: break;
        }
        return 0;
}

void tn_arguments_help(const struct tn_arguments *args)
{
        tn_options_help(stdout, args->usage, args->table, args->n);
        if (args->more_help)
                args->more_help();
}

/* Returns 1 when the run is over, with nothing wrong. */
static int take(const struct tn_arguments *args, const struct tn_option *row, const char *arg,
                struct tn_tool *tool, void *run)
{
        switch (row->kind) {
        case TN_OPTION_SYSLOG: tool->use_syslog = true; return 0;
        case TN_OPTION_QUIET: tool->quiet = true; return 0;
        case TN_OPTION_LOUDER: tn_tool_louder(tool); return 0;
        case TN_OPTION_EXPLAIN: return tn_tool_take_explain(tool, arg);
        case TN_OPTION_VERSION: tn_tool_version(); return 1;
        case TN_OPTION_HELP: tn_arguments_help(args); return 1;
        default: return take_field(row, arg, run);
        }
}

bool tn_arguments_take(const struct tn_arguments *args, int argc, char **argv, struct tn_tool *tool,
                       void *run, int *ret_status)
{
        struct tn_options opts;
        const char *arg;
        int id;

        tn_options_init(&opts, args->table, args->n, argc, argv, args->until_operand);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                const struct tn_option *row = find(args, id);
                int r = row ? take(args, row, arg, tool, run) : -EINVAL;

                if (r) {
                        *ret_status = r < 0;
                        return false;
                }
                if (args->taken)
                        args->taken(run, row, arg, opts.at);
        }
        return true;
}

bool tn_arguments_begin(const struct tn_arguments *args, int argc, char **argv, struct tn_tool *tool,
                        void *run, int *ret_status)
{
        int status;

        tn_tool_init(tool, program_invocation_short_name, args->level);
        if (!tn_arguments_take(args, argc, argv, tool, run, &status)) {
                *ret_status = tn_tool_end(tool, status);
                return false;
        }
        tn_tool_begin(tool);
        return true;
}
