/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_TABLE_H
#define TN_TENON_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "tenon/text.h"
#include "util/arena.h"
#include "util/vec.h"

/* Tables and trees, by libsmartcols. Failures stick to the text's buffer. */
struct tn_column {
        const char *name; /* the heading */
        bool right;       /* numbers */
        bool tree;        /* the branches of the tree are drawn here */
        bool wrap; /* too long a value goes on in the next line, between words where it can; otherwise the line gets longer */
};

struct tn_row;

/* Against hostile documents: the most cells of a table, and bytes in all of them. What would be more is -EFBIG. */
#define TN_TABLE_CELLS 2000000
#define TN_TABLE_BYTES ((size_t)128 << 20)

struct tn_table {
        struct tn_text *text; /* borrowed, as are the columns */
        const struct tn_column *columns;
        size_t n;     /* columns */
        size_t bytes; /* in all cells */
        bool plain;
        bool folded; /* values of the last column have newlines */
        struct tn_arena arena;
        TN_VEC(struct tn_row *) rows;
};

/* Begins a table of n columns, in this order. With headings unless plain. */
void tn_table_init(struct tn_table *table, struct tn_text *text, const struct tn_column *columns, size_t n,
                   bool plain);
void tn_table_fini(struct tn_table *table);

/* Adds a row, below another one in a tree; parent NULL: at the top. Borrowed; NULL after a failure. */
struct tn_row *tn_table_row(struct tn_table *table, struct tn_row *parent);

/* Fills a cell. The value is copied, and what does not print is escaped in the end. A NULL row or value is passed over. */
void tn_table_cell(struct tn_table *table, struct tn_row *row, size_t column, const char *value,
                   enum tn_style style);

/* Appends all of it to the text; nothing when there is no row. */
void tn_table_print(struct tn_table *table);

#endif
