/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tenon/list.h"
#include "tenon/list_text.h"
#include "util/cleanup.h"

static const char usage[] =
        "Usage:\n"
        "\ttenon list [options]\n"
        "Lists the modules that are loaded; of another kernel or system, those that are there.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'o', "output", "COLS", "columns, commas between; +COLS: in addition",
          TN_OPTION_KEEPS(struct tn_list, columns) },
        { 's', "sort", "COLS", "sort by these; -COL: descending", TN_OPTION_KEEPS(struct tn_list, sort) },
        { 'f', "filter", "EXPR", "only modules of which that holds",
          TN_OPTION_KEEPS(struct tn_list, expression) },
        { TN_OPTION_LONG, "tree", NULL, "below each module those that use it",
          TN_OPTION_SETS(struct tn_list, tree) },
        { TN_OPTION_LONG + 1, "unused", NULL, "only modules that nothing uses",
          TN_OPTION_SETS(struct tn_list, unused) },
        { TN_OPTION_LONG + 2, "foreign", NULL, "only modules from out of the kernel's tree",
          TN_OPTION_SETS(struct tn_list, foreign) },
        { TN_OPTION_LONG + 3, "all", NULL, "also modules that are not loaded, or built in",
          TN_OPTION_SETS(struct tn_list, all) },
        TN_VERB_OPTIONS,
};

static void print_columns(void)
{
        puts("\nColumns:");
        for (size_t i = 0; i < TN_LIST_COLUMNS; i++)
                printf("  %-12s %s\n", tn_list_columns[i].name, tn_list_columns[i].help);
        puts("\nFilter: COL = VALUE, != < <= > >=, =~ PATTERN, !~; COL alone; and, or, not, ( ).\n"
             "  tenon list -f 'size > 1M and not holders'");
}

/* The number of a column that is asked for, or -EINVAL. */
static int want_column(struct tn_list *list, struct span name)
{
        int column = tn_list_column_find(name);

        if (column < 0)
                return tn_run_usage(list->doc, "there is no column '%.*s' (tenon list -h lists them)",
                                    SPAN_FMT(name));
        list->wanted[column] = true;
        return column;
}

static int take_columns(struct tn_list *list)
{
        static const unsigned defaults[] = { TN_LIST_NAME, TN_LIST_STATE, TN_LIST_SIZE, TN_LIST_REFCOUNT,
                                             TN_LIST_HOLDERS };
        struct span rest = tn_span_of(list->columns), name;
        bool more = tn_span_starts(rest, SPAN("+")), states = list->all || !list->run.live;
        int r = 0, column;

        list->wanted[TN_LIST_STATE] = states;
        for (size_t i = 0; r == 0 && (more || !list->columns) && i < ARRAY_SIZE(defaults); i++)
                if ((defaults[i] != TN_LIST_STATE || states) &&
                    (defaults[i] != TN_LIST_HOLDERS || !list->tree))
                        r = tn_vec_add(&list->shown, defaults[i]);
        rest = tn_span_skip(rest, more);
        while (r == 0 && tn_span_split(&rest, ',', &name)) {
                column = want_column(list, name);
                r = column < 0 ? column : tn_vec_add(&list->shown, (unsigned)column);
        }
        return r;
}

static int take_sort(struct tn_list *list)
{
        struct span rest = tn_span_of(list->sort), name;
        int r = 0, column;

        while (r == 0 && tn_span_split(&rest, ',', &name)) {
                bool down = tn_span_starts(name, SPAN("-"));

                column = want_column(list, tn_span_skip(name, down));
                r = column < 0 ? column
                               : tn_vec_add(&list->keys, ((struct tn_list_key){ (unsigned)column, down }));
        }
        return r;
}

static int take_filter(struct tn_list *list)
{
        struct tn_filter_column columns[TN_LIST_COLUMNS];
        struct tn_filter_error error;
        int r;

        for (size_t i = 0; i < TN_LIST_COLUMNS; i++)
                columns[i] = (struct tn_filter_column){ tn_list_columns[i].name, tn_list_columns[i].type };
        r = tn_filter_parse(tn_span_of(list->expression), columns, TN_LIST_COLUMNS, &list->filter, &error);
        if (r == -EINVAL)
                return tn_run_usage(list->doc, "the filter is wrong at byte %zu, '%s': %s", error.at + 1,
                                    list->expression + error.at, error.text);
        for (size_t i = 0; r == 0 && i < list->filter.n; i++)
                if (list->filter.v[i].kind == TN_FILTER_COMPARE)
                        list->wanted[list->filter.v[i].column] = true;
        return r;
}

static int take_options(struct tn_list *list)
{
        int r = take_columns(list);

        if (r == 0)
                r = take_sort(list);
        if (r == 0 && list->expression)
                r = take_filter(list);
        if (r == 0 && list->shown.n == 0)
                r = tn_run_usage(list->doc, "-o takes at least one column");
        if (r == 0 && list->unused && !list->run.live)
                r = tn_run_usage(list->doc, "what is unused is known of the running kernel alone");
        list->wanted[TN_LIST_ORIGIN] |= list->foreign;
        for (size_t i = 0; i < TN_LIST_COLUMNS; i++) {
                list->wanted[i] |= tn_list_columns[i].always;
                list->source.facts |= list->wanted[i] ? tn_list_columns[i].facts : 0;
                list->place[i] = list->n_wanted;
                list->n_wanted += list->wanted[i];
        }
        return r;
}

static int compare_values(const struct tn_list_value *a, const struct tn_list_value *b,
                          enum tn_filter_type type)
{
        if (type == TN_FILTER_NUMBER)
                return (a->number > b->number) - (a->number < b->number);
        return tn_span_cmp(a->text, b->text);
}

/* Where there is nothing comes last, whatever the direction. What is equal stays in its order. */
static int compare_rows(const void *a, const void *b, void *data)
{
        const struct tn_list_value *const *left = a, *const *right = b;
        const struct tn_list *list = data;
        const struct tn_list_key *key;

        tn_vec_each (key, &list->keys) {
                const struct tn_list_value *x = &(*left)[list->place[key->column]],
                                           *y = &(*right)[list->place[key->column]];
                int order = compare_values(x, y, tn_list_columns[key->column].type);

                if (x->none != y->none)
                        return x->none ? 1 : -1;
                if (order && !x->none)
                        return key->down ? -order : order;
        }
        return 0;
}

static void add_value(struct tn_list *list, struct json_object *to, size_t column,
                      const struct tn_list_value *value)
{
        const struct tn_list_column *as = &tn_list_columns[column];
        struct tn_json *json = &list->doc->json;
        struct span rest = value->text, text;
        struct json_object *texts;

        if (as->type == TN_FILTER_LIST) {
                texts = tn_json_add_array(json, to, as->name);
                while (tn_span_split(&rest, '\0', &text))
                        tn_json_add_span(json, texts, NULL, text);
        } else if (value->none) {
                tn_json_add_null(json, to, as->name);
        } else if (as->type == TN_FILTER_NUMBER) {
                tn_json_add_int(json, to, as->name, value->number);
        } else {
                tn_json_add_span(json, to, as->name, tn_span_head(rest, tn_span_chr(rest, '\0')));
        }
}

static void add_modules(struct tn_list *list)
{
        struct tn_json *json = &list->doc->json;
        struct json_object *result = tn_document_result(list->doc), *to;
        struct tn_list_value **row;
        unsigned *column;

        to = tn_json_add_array(json, result, "columns");
        tn_vec_each (column, &list->shown)
                tn_json_add_str(json, to, NULL, tn_list_columns[*column].name);
        tn_json_add_bool(json, result, "tree", list->tree);
        result = tn_json_add_array(json, result, "modules");
        tn_vec_each (row, &list->rows) {
                to = tn_json_add_object(json, result, NULL);
                for (size_t i = 0; i < TN_LIST_COLUMNS; i++)
                        if (list->wanted[i])
                                add_value(list, to, i, &(*row)[list->place[i]]);
        }
}

static void add_unseen(struct tn_list *list)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (!list->source.unseen)
                return;
        if (list->source.unseen > 1)
                tn_buf_addf(&text, "%u module files, such as ", list->source.unseen);
        tn_buf_add_span(&text, tn_buf_span(&list->source.first));
        tn_document_add_incomplete(list->doc, tn_buf_str(&text), tn_dir_strerror(list->source.first_err));
}

/* What is asked of the files, and of the indexes, of modules that are loaded. */
static bool needs_files(const struct tn_list *list)
{
        for (size_t i = 0; i < TN_LIST_COLUMNS; i++)
                if (list->wanted[i] && tn_list_columns[i].file)
                        return true;
        return false;
}

static int add_rows(struct tn_list *list)
{
        bool others = list->all || !list->run.live;
        int r = 0;

        if ((others || needs_files(list)) && tn_run_open(&list->run, TN_WORLD_CATALOG, list->doc) < 0)
                others = false;
        if (list->run.live)
                r = tn_list_add_loaded(list);
        return r == 0 && others ? tn_list_add_others(list) : r;
}

static int list_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct tn_list *list = (struct tn_list *)run;
        int r;

        list->doc = list->source.doc = doc;
        list->source.run = run;
        if (operands[0])
                return tn_run_usage(doc, "list takes no object, so not '%s'", operands[0]);
        r = take_options(list);
        if (r == 0)
                r = add_rows(list);
        if (r < 0)
                return r;
        if (list->keys.n && list->rows.n)
                qsort_r(list->rows.v, list->rows.n, sizeof(list->rows.v[0]), compare_rows, list);
        if (list->rows.n || doc->status == TN_STATUS_YES)
                add_modules(list);
        add_unseen(list);
        return 0;
}

static void list_fini(struct tn_run *run)
{
        struct tn_list *list = (struct tn_list *)run;

        tn_vec_fini(&list->shown);
        tn_vec_fini(&list->keys);
        tn_vec_fini(&list->rows);
        tn_filter_fini(&list->filter);
        tn_filter_value_fini(&list->value);
        tn_buf_fini(&list->source.first);
        tn_set_fini(&list->names);
        tn_arena_fini(&list->arena);
}

const struct tn_verb tn_verb_list = {
        .name = "list",
        .help = "the modules that are loaded",
        .arguments = { TN_ARGUMENTS(usage, table), .more_help = print_columns },
        .size = sizeof(struct tn_list),
        .build = list_build,
        .fini = list_fini,
        .render = { [TN_FORM_TEXT] = tn_list_text },
};
