/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_COLUMNS_H
#define TN_TENON_COLUMNS_H

#include "core/modfacts.h"
#include "format/filter.h"
#include "format/procmod.h"
#include "tenon/verb.h"

/* The columns of tenon list. */

enum tn_list_state {
        TN_LIST_LIVE,
        TN_LIST_LOADING,
        TN_LIST_UNLOADING,
        TN_LIST_INSTALLED, /* it could be loaded */
        TN_LIST_BUILTIN,
};

/* "live". */
const char *tn_list_state_name(enum tn_list_state state);

/* A module, and what was found out about it so far. */
struct tn_list_row {
        const char *name;
        enum tn_list_state state;
        struct tn_procmod mod; /* only of a loaded one */
        struct span text;      /* of /proc/modules, which its line is in */
        bool absent;           /* the kernel did not have a file that was asked for */
        bool searched;         /* for its file: */
        struct tn_buf path;    /* empty: the indexes have none */
        bool read;             /* the file: */
        struct tn_facts facts;
        int facts_err;
};

/* What all rows have in common. */
struct tn_list_source {
        struct tn_run *run;
        struct tn_document *doc;
        unsigned facts;      /* the parts that all columns take together */
        unsigned unseen;     /* files of modules that could not be read */
        struct tn_buf first; /* of them */
        int first_err;
        struct tn_list_row *row;
};

struct tn_list_column {
        const char *name;    /* of the member in the document, and for options */
        const char *heading; /* in text */
        const char *help;
        enum tn_filter_type type;
        bool always;    /* it is in every document, since it costs nothing */
        unsigned facts; /* parts that it takes of the module's file, if the module is not loaded */
        bool file;      /* of a loaded one as well */
        /* Of source->row. Returns 0 or -ENOMEM. */
        int (*get)(struct tn_list_source *source, struct tn_filter_value *value);
};

enum tn_list_column_number {
        TN_LIST_NAME,
        TN_LIST_SIZE,
        TN_LIST_REFCOUNT,
        TN_LIST_HOLDERS,
        TN_LIST_STATE,
        TN_LIST_TAINTS,
        TN_LIST_ORIGIN,
        TN_LIST_INIT_SIZE,
        TN_LIST_VERSION,
        TN_LIST_SRCVERSION,
        TN_LIST_BUILD_ID,
        TN_LIST_FILE,
        TN_LIST_LICENSE,
        TN_LIST_SIGNER,
        TN_LIST_DESCRIPTION,
        TN_LIST_COLUMNS, /* how many */
};

extern const struct tn_list_column tn_list_columns[TN_LIST_COLUMNS];

/* The number of a column, by name with '-' for '_' allowed; -1 when there is none. */
int tn_list_column_find(struct span name);

void tn_list_row_fini(struct tn_list_row *row);

#endif
