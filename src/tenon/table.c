/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libsmartcols.h>

#include "tenon/table.h"
#include "util/cleanup.h"

static void fail(struct tn_table *table, int r)
{
        if (r < 0 && !table->text->out->err)
                table->text->out->err = r;
}

static int flags_of(const struct tn_column *column)
{
        return (column->right ? SCOLS_FL_RIGHT : 0) | (column->tree ? SCOLS_FL_TREE : 0) |
               (column->wrap ? SCOLS_FL_WRAP : 0);
}

void tn_table_init(struct tn_table *table, struct tn_text *text, const struct tn_column *columns, size_t n,
                   bool plain)
{
        *table = (struct tn_table){ .table = scols_new_table(), .text = text, .n = n };
        if (!table->table) {
                fail(table, -ENOMEM);
                return;
        }
        scols_table_set_termforce(table->table, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(table->table, text->width);
        scols_table_enable_colors(table->table, text->color);
        scols_table_enable_noheadings(table->table, plain);
        for (size_t i = 0; i < n; i++)
                if (!scols_table_new_column(table->table, columns[i].name, 0, flags_of(&columns[i])))
                        fail(table, -ENOMEM);
}

void tn_table_fini(struct tn_table *table)
{
        scols_unref_table(table->table);
        table->table = NULL;
}

struct libscols_line *tn_table_row(struct tn_table *table, struct libscols_line *parent)
{
        struct libscols_line *row;

        if (!table->table || tn_buf_error(table->text->out) < 0)
                return NULL;
        row = scols_table_new_line(table->table, parent);
        if (!row)
                fail(table, -ENOMEM);
        return row;
}

void tn_table_cell(struct tn_table *table, struct libscols_line *row, size_t column, const char *value,
                   enum tn_style style)
{
        if (!row || !value)
                return;
        fail(table, scols_line_set_data(row, column, value));
        if (tn_style_color(style))
                fail(table, scols_cell_set_color(scols_line_get_cell(row, column), tn_style_color(style)));
}

/* libsmartcols fills the last column up with blanks in some forms. */
static void add_trimmed(struct tn_buf *out, struct span printed)
{
        struct span line;

        while (tn_span_split(&printed, '\n', &line)) {
                while (line.len && line.ptr[line.len - 1] == ' ')
                        line.len--;
                tn_buf_add_span(out, line);
                tn_buf_add_char(out, '\n');
        }
}

void tn_table_print(struct tn_table *table)
{
        _cleanup_(freep) char *printed = NULL;
        int r;

        if (!table->table || tn_buf_error(table->text->out) < 0)
                return;
        r = scols_print_table_to_string(table->table, &printed);
        fail(table, r);
        if (r == 0 && printed)
                add_trimmed(table->text->out, tn_span_of(printed));
}
