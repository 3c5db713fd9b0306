/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_LIST_H
#define TN_TENON_LIST_H

#include "cli/progress.h"
#include "tenon/columns.h"
#include "util/set.h"

/* What a row has in a column, for the document and for sorting. */
struct tn_list_value {
        bool none;
        int64_t number;
        struct span text; /* as struct tn_filter_value has it */
};

struct tn_list_key {
        unsigned column;
        bool down;
};

/* A run of tenon list. */
struct tn_list {
        struct tn_run run;
        const char *columns; /* COLS, as given */
        const char *sort;
        const char *expression;
        bool tree, unused, foreign, all;

        struct tn_document *doc;
        struct tn_list_source source;
        TN_VEC(unsigned) shown;
        TN_VEC(struct tn_list_key) keys;
        bool wanted[TN_LIST_COLUMNS];
        size_t place[TN_LIST_COLUMNS]; /* among the values of a row: of those that are wanted */
        size_t n_wanted;
        struct tn_filter filter;
        struct tn_arena arena;
        struct tn_set names;
        TN_VEC(struct tn_list_value *) rows; /* each with n_wanted */
        struct tn_filter_value value;
        struct tn_progress progress; /* while files of modules are read that are not loaded */
        uint32_t done, total;
};

/*
 * Finds the modules: those that are loaded, and others that are there. Only those that agree with the filter become rows.
 * Return 0 or -ENOMEM; what cannot be seen is in the document.
 */
int tn_list_add_loaded(struct tn_list *list);
int tn_list_add_others(struct tn_list *list);

#endif
