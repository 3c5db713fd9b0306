/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/filter.h"
#include "util/cleanup.h"

enum { NAME, SIZE, HOLDERS, BUILD_ID };

static const struct tn_filter_column columns[] = {
        [NAME] = { "name", TN_FILTER_TEXT },
        [SIZE] = { "size", TN_FILTER_NUMBER },
        [HOLDERS] = { "holders", TN_FILTER_LIST },
        [BUILD_ID] = { "build_id", TN_FILTER_TEXT },
};

struct row {
        const char *name;
        int64_t size;
        struct span holders; /* each with its NUL */
        unsigned asked;      /* bits 1 << column */
};

static int get(void *data, size_t column, struct tn_filter_value *value)
{
        struct row *row = data;

        row->asked |= 1u << column;
        switch (column) {
        case NAME: tn_buf_add(&value->text, row->name, strlen(row->name) + 1); break;
        case SIZE: value->number = row->size; break;
        case HOLDERS: tn_buf_add_span(&value->text, row->holders); break;
        default: value->none = true;
        }
        return 0;
}

static struct row fat = { .name = "fat", .size = 86016, .holders = { "vfat\0msdos", 11 } };

static bool is(const char *text)
{
        _cleanup_(tn_filter_fini) struct tn_filter filter = { 0 };
        struct tn_filter_error error = { 0 };

        fat.asked = 0;
        assert_int_equal(tn_filter_parse(tn_span_of(text), columns, ARRAY_SIZE(columns), &filter, &error), 0);
        return tn_filter_match(&filter, get, &fat) == 1;
}

static void fails(const char *text, size_t at, const char *why)
{
        _cleanup_(tn_filter_fini) struct tn_filter filter = { 0 };
        struct tn_filter_error error = { 0 };

        assert_int_equal(tn_filter_parse(tn_span_of(text), columns, ARRAY_SIZE(columns), &filter, &error),
                         -EINVAL);
        assert_string_equal(error.text, why);
        assert_int_equal(error.at, at);
}

CHECK(filter_compares_numbers)
{
        assert_true(is("size = 86016") && is("size==86016") && is("size != 1"));
        assert_true(is("size > 86015") && is("size >= 86016") && is("size <= 84K") && is("size < 1M"));
        assert_false(is("size > 86016") || is("size < 86016") || is("size >= 86017") || is("size <= 83KiB"));
}

CHECK(filter_compares_texts_by_byte)
{
        assert_true(is("name = fat") && is("name < fau") && is("name > fa") && is("name >= fat"));
        assert_false(is("name = Fat") || is("name < fat") || is("name != 'fat'"));
}

CHECK(filter_compares_each_text_of_a_list)
{
        assert_true(is("holders = msdos") && is("holders != vf") && is("holders =~ 'ms*'"));
        assert_false(is("holders = ms") || is("holders != vfat") || is("holders !~ vf"));
}

CHECK(filter_takes_patterns_or_parts)
{
        assert_true(is("name =~ f*") && is("name =~ a") && is("name =~ [e-g]at") && is("name !~ b"));
        assert_false(is("name =~ a*") || is("name !~ ?at") || is("name =~ b"));
}

CHECK(filter_column_alone_asks_whether_there_is_anything)
{
        struct row bare = { .name = "" };

        assert_true(is("size") && is("name") && is("holders"));
        assert_false(is("build_id") || is("not size") || is("! holders"));
        fat = bare;
        assert_false(is("size") || is("name") || is("holders"));
        fat = (struct row){ .name = "fat", .size = 86016, .holders = { "vfat\0msdos", 11 } };
}

CHECK(filter_only_unequal_holds_where_there_is_nothing)
{
        assert_true(is("build_id != x") && is("build-id !~ x"));
        assert_false(is("build_id = ''") || is("build_id =~ ''") || is("build_id < x") ||
                     is("build_id > ''"));
}

CHECK(filter_and_binds_closer_than_or)
{
        assert_true(is("size or name = x and name = y"));
        assert_true(is("name = x and name = y or size"));
        assert_false(is("(size or name = x) and name = y"));
        assert_true(is("not name = x and not (name = fat && size < 1) || size=0"));
        assert_true(is("not not !!size"));
}

CHECK(filter_asks_for_no_column_that_cannot_matter)
{
        assert_false(is("size = 0 and name = x"));
        assert_int_equal(fat.asked, 1u << SIZE);
        assert_true(is("size or name = x or holders"));
        assert_int_equal(fat.asked, 1u << SIZE);
        assert_true(is("size = 0 and name or holders"));
        assert_int_equal(fat.asked, 1u << SIZE | 1u << HOLDERS);
}

CHECK(filter_that_is_empty_holds)
{
        struct tn_filter filter = { 0 };

        assert_int_equal(tn_filter_match(&filter, get, &fat), 1);
}

static int get_nothing(void *row, size_t column, struct tn_filter_value *value)
{
        return -ENOMEM;
}

CHECK(filter_hands_a_failure_on)
{
        _cleanup_(tn_filter_fini) struct tn_filter filter = { 0 };
        struct tn_filter_error error;

        assert_int_equal(tn_filter_parse(SPAN("size"), columns, ARRAY_SIZE(columns), &filter, &error), 0);
        assert_int_equal(tn_filter_match(&filter, get_nothing, NULL), -ENOMEM);
}

CHECK(filter_says_where_it_is_wrong)
{
        fails("", 0, "a column is expected");
        fails("size > ", 7, "a value is expected");
        fails("size > x", 7, "a number is expected, such as 4096, 64K or 2M");
        fails("name = a b", 9, "'and', 'or' or the end is expected");
        fails("nome = a", 0, "there is no column of that name");
        fails("name = a and", 12, "a column is expected");
        fails("(name = a", 9, "a ')' is expected");
        fails("name = a)", 8, "'and', 'or' or the end is expected");
        fails("name = 'a", 7, "the quote has no end");
        fails("size =~ 1", 5, "a number has no pattern");
        fails("holders < a", 8, "a list is neither less nor more");
        fails("NAME = a", 0, "there is no column of that name");
}

CHECK(filter_is_not_nested_without_end)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        for (size_t i = 0; i < 64; i++)
                tn_buf_add_char(&text, '(');
        tn_buf_add_str(&text, "size");
        fails(tn_buf_str(&text), 64, "this is nested too deeply");
}

CHECK(filter_numbers_have_suffixes)
{
        int64_t number;

        assert_int_equal(tn_filter_number(SPAN("2K"), &number), 0);
        assert_int_equal(number, 2048);
        assert_int_equal(tn_filter_number(SPAN("3MiB"), &number), 0);
        assert_int_equal(number, 3 << 20);
        assert_int_equal(tn_filter_number(SPAN("1TB"), &number), 0);
        assert_int_equal(number, (int64_t)1 << 40);
        assert_int_equal(tn_filter_number(SPAN("9223372036854775807"), &number), 0);
        assert_int_equal(number, INT64_MAX);
        assert_int_equal(tn_filter_number(SPAN("9223372036854775808"), &number), -ERANGE);
        assert_int_equal(tn_filter_number(SPAN("8388608T"), &number), -ERANGE);
        assert_int_equal(tn_filter_number(SPAN("K"), &number), -EINVAL);
        assert_int_equal(tn_filter_number(SPAN("1X"), &number), -EINVAL);
        assert_int_equal(tn_filter_number(SPAN("1Ki"), &number), -EINVAL);
        assert_int_equal(tn_filter_number((struct span){ "1", 2 }, &number), -EINVAL);
        assert_int_equal(tn_filter_number(SPAN(""), &number), -EINVAL);
}
