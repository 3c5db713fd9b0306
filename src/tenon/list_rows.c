/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/list.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "tenon/list.h"
#include "util/cleanup.h"

static int get_value(void *data, size_t column, struct tn_filter_value *value)
{
        return tn_list_columns[column].get(data, value);
}

static bool is_left_out(const struct tn_list *list, const struct tn_list_row *row)
{
        return list->unused && (row->state > TN_LIST_UNLOADING || row->mod.refcnt != 0);
}

/* Of a module that went meanwhile, or is on its way, nothing is shown. */
static bool is_gone(const struct tn_list_row *row)
{
        enum tn_kernel_state state;

        if (!row->absent || tn_kernel_module_state(row->name, &state) < 0)
                return false;
        return state == TN_KERNEL_ABSENT || (row->state == TN_LIST_LIVE && state != TN_KERNEL_LIVE);
}

static int keep_value(struct tn_list *list, struct tn_list_value *ret_value)
{
        struct span text = tn_buf_span(&list->value.text);
        int r = tn_buf_error(&list->value.text);

        *ret_value = (struct tn_list_value){ .none = list->value.none, .number = list->value.number };
        if (r < 0 || text.len == 0)
                return r;
        ret_value->text = (struct span){ tn_arena_dup(&list->arena, text), text.len };
        return ret_value->text.ptr ? 0 : -ENOMEM;
}

static int get_values(struct tn_list *list, struct tn_list_value *values)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < TN_LIST_COLUMNS; i++) {
                if (!list->wanted[i])
                        continue;
                list->value.none = false;
                tn_buf_reset(&list->value.text);
                r = get_value(&list->source, i, &list->value);
                if (r == 0)
                        r = keep_value(list, &values[list->place[i]]);
        }
        return r;
}

static bool is_native(const struct tn_list *list, const struct tn_list_value *values)
{
        return !tn_span_eq(values[list->place[TN_LIST_ORIGIN]].text, SPAN("out-of-tree\0"));
}

static int add_values(struct tn_list *list, struct tn_list_row *row)
{
        struct tn_list_value *values;
        int r = tn_filter_match(&list->filter, get_value, &list->source);

        if (r <= 0)
                return r;
        values = tn_arena_alloc(&list->arena, list->n_wanted * sizeof(*values));
        if (!values)
                return -ENOMEM;
        r = get_values(list, values);
        if (r < 0 || is_gone(row) || (list->foreign && is_native(list, values)))
                return r;
        return tn_vec_add(&list->rows, values);
}

/* Takes one in, the first of its name. */
static int add_row(struct tn_list *list, struct span name, struct tn_list_row row)
{
        _cleanup_(tn_list_row_fini) struct tn_list_row own = row;
        int r;

        own.name = tn_arena_dup(&list->arena, name);
        if (!own.name)
                return -ENOMEM;
        r = tn_set_add(&list->names, (struct span){ own.name, name.len });
        if (r <= 0 || is_left_out(list, &own))
                return MIN(r, 0);
        list->source.row = &own;
        return add_values(list, &own);
}

static enum tn_list_state state_of(struct span word)
{
        if (tn_span_eq(word, SPAN("Loading")))
                return TN_LIST_LOADING;
        return tn_span_eq(word, SPAN("Unloading")) ? TN_LIST_UNLOADING : TN_LIST_LIVE;
}

int tn_list_add_loaded(struct tn_list *list)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_list_row row = { 0 };
        struct span rest;
        int r = tn_kernel_modules(&text);

        if (r < 0) {
                tn_document_add_incomplete(list->doc, "the loaded modules (/proc/modules)", strerror(-r));
                list->doc->status = TN_STATUS_UNKNOWN;
                return r == -ENOMEM ? r : 0;
        }
        for (rest = tn_buf_span(&text); r == 0 && tn_procmod_next(&rest, &row.mod);) {
                row.text = tn_buf_span(&text);
                row.state = state_of(row.mod.state);
                r = add_row(list, row.mod.name, row);
        }
        return r;
}

static int count_installed(void *data, struct span path)
{
        struct tn_list *list = data;

        (void)path;
        list->total++;
        return 0;
}

static int add_installed(void *data, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_list *list = data;

        if (list->total)
                tn_progress_tell(&list->progress, list->done++, list->total);

        tn_modname_from_path(path, &name);
        return tn_buf_error(&name)
                       ?: add_row(data, tn_buf_span(&name),
                                  (struct tn_list_row){ .state = TN_LIST_INSTALLED });
}

static int add_builtin(void *data, struct span key, struct tn_index_value value)
{
        (void)value;
        return add_row(data, key, (struct tn_list_row){ .state = TN_LIST_BUILTIN });
}

static int add_all_installed(struct tn_list *list)
{
        const struct tn_list_filter all = { 0 };
        int r = 0;

        tn_progress_begin(&list->progress, "tenon", "module files");
        if (list->source.facts)
                r = tn_list_each(&list->run.world.dir, &all, count_installed, list);
        if (r == 0)
                r = tn_list_each(&list->run.world.dir, &all, add_installed, list);
        tn_progress_clear(&list->progress);
        return r;
}

int tn_list_add_others(struct tn_list *list)
{
        const struct tn_index *index;
        int r = add_all_installed(list);

        if (r < 0 && r != -ENOMEM) {
                tn_document_add_incomplete(list->doc, list->run.world.dir.path, strerror(-r));
                list->doc->status = TN_STATUS_UNKNOWN;
        }
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        r = tn_catalog_get_index(list->run.world.catalog, TN_CATALOG_BUILTIN, &index);
        if (r == 0)
                r = tn_index_each(index, add_builtin, list);
        if (r < 0 && r != -ENOMEM)
                tn_document_add_incomplete(list->doc, "the modules that are built in", strerror(-r));
        return r == -ENOMEM ? r : 0;
}
