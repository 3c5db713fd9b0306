/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libsmartcols.h>
#include <locale.h>

#include "tenon/table.h"
#include "util/cleanup.h"

/* Where a column has less room than that, it is left to libsmartcols, which breaks words as well. */
#define FOLD_MIN 12

struct tn_cell {
        char *text; /* in the arena; NULL: none */
        size_t len;
        enum tn_style style;
};

struct tn_row {
        struct tn_row *parent;
        struct libscols_line *line; /* once it has been handed on */
        struct tn_cell cells[];
};

static void fail(struct tn_table *table, int r)
{
        if (r < 0 && !table->text->out->err)
                table->text->out->err = r;
}

void tn_table_init(struct tn_table *table, struct tn_text *text, const struct tn_column *columns, size_t n,
                   bool plain)
{
        *table = (struct tn_table){ .text = text, .columns = columns, .n = n, .plain = plain };
}

void tn_table_fini(struct tn_table *table)
{
        tn_vec_fini(&table->rows);
        tn_arena_fini(&table->arena);
}

struct tn_row *tn_table_row(struct tn_table *table, struct tn_row *parent)
{
        struct tn_row *row;

        if (tn_buf_error(table->text->out) < 0)
                return NULL;
        if (table->n > TN_TABLE_CELLS || table->rows.n * table->n > TN_TABLE_CELLS - table->n) {
                fail(table, -EFBIG);
                return NULL;
        }
        row = tn_arena_alloc(&table->arena, sizeof(*row) + table->n * sizeof(row->cells[0]));
        if (!row || tn_vec_add(&table->rows, row) < 0) {
                fail(table, -ENOMEM);
                return NULL;
        }
        row->parent = parent;
        return row;
}

void tn_table_cell(struct tn_table *table, struct tn_row *row, size_t column, const char *value,
                   enum tn_style style)
{
        struct tn_cell *cell = row ? &row->cells[column] : NULL;

        if (!row || !value)
                return;
        cell->style = style;
        cell->len = strlen(value);
        table->bytes += cell->len;
        if (table->bytes > TN_TABLE_BYTES) {
                fail(table, -EFBIG);
                return;
        }
        cell->text = tn_arena_dup(&table->arena, (struct span){ value, cell->len });
        if (!cell->text)
                fail(table, -ENOMEM);
}

static struct span value_of(const struct tn_cell *cell)
{
        return (struct span){ cell->text, cell->text ? cell->len : 0 };
}

/* A backslash may begin what looks like an escaped byte. */
static bool is_plain(struct span value)
{
        return tn_span_is_printable(value) && tn_span_chr(value, '\\') == value.len;
}

/* Finds how wide each column is, and the whole. False when that cannot be told by counting bytes. */
static bool measure(const struct tn_table *table, size_t *widths, size_t *ret_total)
{
        struct tn_row **row;

        *ret_total = 0;
        for (size_t i = 0; i < table->n; i++) {
                if (table->columns[i].tree || !is_plain(tn_span_of(table->columns[i].name)))
                        return false;
                widths[i] = table->plain ? 0 : strlen(table->columns[i].name);
                tn_vec_each (row, &table->rows) {
                        if (!is_plain(value_of(&(*row)->cells[i])))
                                return false;
                        widths[i] = MAX(widths[i], (*row)->cells[i].len);
                }
                *ret_total += widths[i] + (i > 0);
        }
        return true;
}

/* Makes blanks newlines, so that lines have up to so many bytes where no word has more. The longest line's length. */
static size_t break_words(struct tn_cell *cell, size_t room)
{
        size_t start = 0, blank = 0, longest = 0;

        for (size_t i = 0; i <= cell->len; i++) {
                if (i < cell->len && cell->text[i] != ' ')
                        continue;
                if (i - start > room && blank > start) {
                        cell->text[blank] = '\n';
                        longest = MAX(longest, blank - start);
                        start = blank + 1;
                }
                blank = i;
        }
        return MAX(longest, cell->len - start);
}

/* Lets the last column go on in further lines, broken between words, if it may. */
static void fold(struct tn_table *table, size_t *widths, size_t *total)
{
        size_t last = table->n - 1, others = *total - widths[last], width = 0;
        struct tn_row **row;

        if (*total <= table->text->width || !table->columns[last].wrap ||
            others + FOLD_MIN > table->text->width)
                return;
        if (!table->plain)
                width = strlen(table->columns[last].name);
        tn_vec_each (row, &table->rows)
                width = MAX(width, break_words(&(*row)->cells[last], table->text->width - others));
        widths[last] = width;
        *total = others + width;
        table->folded = true;
}

static void add_blanks(struct tn_buf *out, size_t n)
{
        char *to = tn_buf_reserve(out, n);

        if (to)
                memset(to, ' ', n);
        if (to)
                out->len += n;
}

/* Blanks are added late, so that there are none at the end of a line. */
static size_t add_cell(struct tn_buf *out, const struct tn_column *column, struct span value, size_t width,
                       size_t blanks)
{
        size_t room = width - value.len;

        if (value.len == 0)
                return blanks + width + 1;
        add_blanks(out, blanks + (column->right ? room : 0));
        tn_buf_add_span(out, value);
        return 1 + (column->right ? 0 : room);
}

/* The rest of a last cell that has several lines, below its first. */
static void add_lines(struct tn_buf *out, struct span rest, size_t indent)
{
        struct span line;

        while (tn_span_split(&rest, '\n', &line)) {
                tn_buf_add_char(out, '\n');
                add_blanks(out, indent);
                tn_buf_add_span(out, line);
        }
}

static void print_row(struct tn_table *table, const struct tn_row *row, const size_t *widths)
{
        struct tn_buf *out = table->text->out;
        size_t blanks = 0, indent = 0;

        for (size_t i = 0; i < table->n; i++) {
                struct span rest = value_of(&row->cells[i]), first = { 0 };

                tn_span_split(&rest, '\n', &first);
                blanks = add_cell(out, &table->columns[i], first, widths[i], blanks);
                add_lines(out, rest, indent);
                indent += widths[i] + 1;
        }
        tn_buf_add_char(out, '\n');
}

/* What libsmartcols would print, in a tenth of the time: it measures each character by the locale. */
static void print_plain(struct tn_table *table, const size_t *widths)
{
        struct tn_buf *out = table->text->out;
        size_t blanks = 0;
        struct tn_row **row;

        for (size_t i = 0; i < table->n && !table->plain; i++)
                blanks = add_cell(out, &table->columns[i], tn_span_of(table->columns[i].name), widths[i],
                                  blanks);
        if (!table->plain)
                tn_buf_add_char(out, '\n');
        tn_vec_each (row, &table->rows)
                print_row(table, *row, widths);
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

static int flags_of(const struct tn_column *column)
{
        return (column->right ? SCOLS_FL_RIGHT : 0) | (column->tree ? SCOLS_FL_TREE : 0) |
               (column->wrap ? SCOLS_FL_WRAP : 0);
}

static int hand_on_column(const struct tn_table *table, struct libscols_table *scols, size_t i)
{
        struct libscols_column *column =
                scols_table_new_column(scols, table->columns[i].name, 0, flags_of(&table->columns[i]));
        int r;

        if (!column)
                return -ENOMEM;
        if (!table->folded || i + 1 < table->n)
                return 0;
        r = scols_column_set_safechars(column, "\n");
        if (r == 0)
                r = scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
        return r;
}

static int hand_on_row(const struct tn_table *table, struct libscols_table *scols, struct tn_row *row)
{
        int r = 0;

        row->line = scols_table_new_line(scols, row->parent ? row->parent->line : NULL);
        if (!row->line)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < table->n; i++) {
                const char *color = tn_style_color(row->cells[i].style);

                if (row->cells[i].text)
                        r = scols_line_set_data(row->line, i, row->cells[i].text);
                if (r == 0 && color)
                        r = scols_cell_set_color(scols_line_get_cell(row->line, i), color);
        }
        return r;
}

static int hand_on(const struct tn_table *table, struct libscols_table *scols)
{
        struct tn_row **row;
        int r = 0;

        scols_table_set_termforce(scols, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(scols, table->text->width);
        scols_table_enable_colors(scols, table->text->color);
        scols_table_enable_noheadings(scols, table->plain);
        for (size_t i = 0; r == 0 && i < table->n; i++)
                r = hand_on_column(table, scols, i);
        tn_vec_each (row, &table->rows)
                r = r < 0 ? r : hand_on_row(table, scols, *row);
        return r;
}

/* libsmartcols goes by the locale, which is UTF-8 here whatever the environment says. */
static void print_all(struct tn_table *table)
{
        struct libscols_table *scols;
        _cleanup_(freep) char *printed = NULL;
        int r;

        /* libsmartcols takes the width of characters, and the branches of trees, from the locale; nobody else needs one */
        if (!setlocale(LC_CTYPE, "C.UTF-8"))
                setlocale(LC_CTYPE, "");
        scols = scols_new_table();
        r = scols ? hand_on(table, scols) : -ENOMEM;

        if (!setlocale(LC_CTYPE, "C.UTF-8"))
                setlocale(LC_CTYPE, "");
        if (r == 0)
                r = scols_print_table_to_string(scols, &printed);
        scols_unref_table(scols);
        fail(table, r);
        if (r == 0 && printed)
                add_trimmed(table->text->out, tn_span_of(printed));
}

void tn_table_print(struct tn_table *table)
{
        size_t *widths = tn_arena_alloc(&table->arena, (table->n + 1) * sizeof(*widths)), total;
        bool plain;

        if (!widths)
                fail(table, -ENOMEM);
        if (tn_buf_error(table->text->out) < 0 || table->rows.n == 0 || table->n == 0)
                return;
        plain = measure(table, widths, &total);
        if (plain)
                fold(table, widths, &total);
        if (plain && !table->text->color && total <= table->text->width)
                print_plain(table, widths);
        else
                print_all(table);
}
