/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "tenon/table.h"
#include "util/cleanup.h"

static const struct tn_column columns[] = {
        { .name = "NAME" },
        { .name = "SIZE", .right = true },
        { .name = "HOLDERS", .wrap = true },
};

/* Colour that no cell has is colour for libsmartcols alone. */
static void print(const char *const *cells, size_t rows, bool plain, unsigned width, bool color,
                  struct tn_buf *out)
{
        struct tn_text text = { .out = out, .width = width, .color = color };
        _cleanup_(tn_table_fini) struct tn_table table;

        tn_table_init(&table, &text, columns, ARRAY_SIZE(columns), plain);
        for (size_t i = 0; i < rows; i++) {
                struct tn_row *row = tn_table_row(&table, NULL);

                for (size_t k = 0; k < ARRAY_SIZE(columns); k++)
                        tn_table_cell(&table, row, k, cells[i * ARRAY_SIZE(columns) + k], TN_STYLE_PLAIN);
        }
        tn_table_print(&table);
}

static void assert_table(const char *const *cells, size_t rows, bool plain, unsigned width,
                         const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf quick = { 0 }, scols = { 0 };

        print(cells, rows, plain, width, false, &quick);
        print(cells, rows, plain, width, true, &scols);
        assert_string_equal(tn_buf_str(&quick), expected);
        assert_string_equal(tn_buf_str(&scols), expected);
}

CHECK(table_has_the_widths_of_its_values)
{
        static const char *const cells[] = { "fat", "86016", "vfat msdos", "module", "1", NULL };

        assert_table(cells, 2, false, 80,
                     "NAME    SIZE HOLDERS\n"
                     "fat    86016 vfat msdos\n"
                     "module     1\n");
        assert_table(cells, 2, true, 80,
                     "fat    86016 vfat msdos\n"
                     "module     1\n");
}

CHECK(table_may_have_empty_cells)
{
        static const char *const cells[] = { NULL, NULL, "x", "a", NULL, NULL, "", "7", "" };

        assert_table(cells, 3, false, 80, "NAME SIZE HOLDERS\n          x\na\n        7\n");
        assert_table(cells, 0, false, 80, "");
}

CHECK(table_that_is_too_wide_wraps_where_it_may)
{
        static const char *const cells[] = { "fat", "86016", "one two three four five" };
        static const char *const longest[] = { "fat", "1", "one extraordinarily_long two" };

        assert_table(cells, 1, false, 34, "NAME  SIZE HOLDERS\nfat  86016 one two three four five\n");
        assert_table(cells, 1, false, 33,
                     "NAME  SIZE HOLDERS\nfat  86016 one two three four\n           five\n");
        assert_table(cells, 1, false, 24,
                     "NAME  SIZE HOLDERS\nfat  86016 one two three\n           four five\n");
        assert_table(cells, 1, false, 23,
                     "NAME  SIZE HOLDERS\nfat  86016 one two\n           three four\n           five\n");
        assert_table(longest, 1, false, 31,
                     "NAME SIZE HOLDERS\nfat     1 one\n          extraordinarily_long\n          two\n");
}

CHECK(table_escapes_what_does_not_print)
{
        static const char *const cells[] = { "a\x1b[1m", "1", "b\\x41", "M\xc3\xbcller", "2", "c" };

        assert_table(cells, 2, false, 80,
                     "NAME     SIZE HOLDERS\n"
                     "a\\x1b[1m    1 b\\x5cx41\n"
                     "M\xc3\xbcller      2 c\n");
}

CHECK(table_adds_no_row_after_a_failure)
{
        struct tn_buf out = { .err = -12 };
        struct tn_text text = { .out = &out, .width = 80 };
        _cleanup_(tn_table_fini) struct tn_table table;

        tn_table_init(&table, &text, columns, ARRAY_SIZE(columns), false);
        assert_null(tn_table_row(&table, NULL));
        tn_table_cell(&table, NULL, 0, "x", TN_STYLE_PLAIN);
        tn_table_print(&table);
        assert_int_equal(out.len, 0);
}

CHECK(table_has_a_bound)
{
        static const struct tn_column many[TN_TABLE_CELLS / 2];
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out, .width = 80 };
        _cleanup_(tn_table_fini) struct tn_table table;

        tn_table_init(&table, &text, many, ARRAY_SIZE(many), false);
        assert_non_null(tn_table_row(&table, NULL));
        assert_non_null(tn_table_row(&table, NULL));
        assert_int_equal(tn_buf_error(&out), 0);
        assert_null(tn_table_row(&table, NULL));
        assert_int_equal(tn_buf_error(&out), -EFBIG);
}

CHECK(table_has_a_bound_of_bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out, .width = 80 };
        _cleanup_(tn_table_fini) struct tn_table table;
        struct tn_row *row;

        tn_table_init(&table, &text, columns, ARRAY_SIZE(columns), false);
        row = tn_table_row(&table, NULL);
        table.bytes = TN_TABLE_BYTES - 3;
        tn_table_cell(&table, row, 0, "abc", TN_STYLE_PLAIN);
        assert_int_equal(tn_buf_error(&out), 0);
        tn_table_cell(&table, row, 1, "d", TN_STYLE_PLAIN);
        assert_int_equal(tn_buf_error(&out), -EFBIG);
}
