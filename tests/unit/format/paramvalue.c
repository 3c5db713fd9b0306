/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/paramvalue.h"
#include "util/cleanup.h"

#define GOOD    TN_PARAMVALUE_GOOD
#define BAD     TN_PARAMVALUE_BAD
#define RANGE   TN_PARAMVALUE_RANGE
#define LONG    TN_PARAMVALUE_LONG
#define UNKNOWN TN_PARAMVALUE_UNKNOWN

struct row {
        const char *type, *value; /* NULL: not given */
        enum tn_paramvalue verdict;
};

static enum tn_paramvalue check(const struct row *row, bool is64)
{
        struct span value = row->value ? tn_span_of(row->value) : (struct span){ 0 };

        return tn_paramvalue_check(tn_span_of(row->type), is64, value);
}

static void assert_rows(const struct row *rows, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (check(&rows[i], true) != rows[i].verdict)
                        fail_msg("%s=%s", rows[i].type, rows[i].value ? rows[i].value : "(not given)");
}

CHECK(paramvalue_of_a_number_is_whole_and_in_range)
{
        static const struct row rows[] = {
                { "int", "0", GOOD },
                { "int", "-2147483648", GOOD },
                { "int", "-2147483649", RANGE },
                { "int", "2147483647", GOOD },
                { "int", "2147483648", RANGE },
                { "int", "99999999999999999999", RANGE },
                { "int", "x", BAD },
                { "int", "", BAD },
                { "int", "-", BAD },
                { "int", "+7", GOOD },
                { "int", "1 ", BAD },
                { "int", "1.5", BAD },
                { "int", NULL, BAD },
                { "uint", "-1", BAD },
                { "uint", "4294967295", GOOD },
                { "uint", "4294967296", RANGE },
                { "byte", "255", GOOD },
                { "byte", "256", RANGE },
                { "short", "-32768", GOOD },
                { "short", "32768", RANGE },
                { "ushort", "65535", GOOD },
                { "ushort", "65536", RANGE },
                { "ullong", "18446744073709551615", GOOD },
                { "ullong", "18446744073709551616", RANGE },
        };

        assert_rows(rows, ARRAY_SIZE(rows));
}

CHECK(paramvalue_of_a_number_may_be_octal_or_hexadecimal)
{
        static const struct row rows[] = {
                { "int", "0x7f", GOOD },        { "int", "0X7F", GOOD },
                { "int", "0x", BAD },           { "int", "0xg", BAD },
                { "int", "017", GOOD },         { "int", "09", BAD },
                { "int", "7f", BAD },           { "hexint", "7f", GOOD },
                { "hexint", "0x7f", GOOD },     { "hexint", "100000000", RANGE },
                { "hexint", "7g", BAD },        { "hexint", "09", GOOD },
                { "int", "-0x80000000", GOOD },
        };

        assert_rows(rows, ARRAY_SIZE(rows));
}

CHECK(paramvalue_of_a_long_depends_on_the_kernel)
{
        const struct row wide = { "long", "2147483648", GOOD }, unsign = { "ulong", "4294967296", GOOD };

        assert_int_equal(check(&wide, true), GOOD);
        assert_int_equal(check(&wide, false), RANGE);
        assert_int_equal(check(&unsign, true), GOOD);
        assert_int_equal(check(&unsign, false), RANGE);
}

CHECK(paramvalue_of_a_switch_is_known_by_its_first_letters)
{
        static const struct row rows[] = {
                { "bool", NULL, GOOD },   { "bool", "y", GOOD }, { "bool", "No", GOOD },
                { "bool", "1", GOOD },    { "bool", "0", GOOD }, { "bool", "on", GOOD },
                { "bool", "oFF", GOOD },  { "bool", "o", BAD },  { "bool", "ok", BAD },
                { "bool", "2", BAD },     { "bool", "", BAD },   { "bool", "true", GOOD },
                { "bint", NULL, GOOD },   { "bint", "7", BAD },  { "invbool", NULL, BAD },
                { "invbool", "n", GOOD },
        };

        assert_rows(rows, ARRAY_SIZE(rows));
}

CHECK(paramvalue_of_a_string_has_a_length)
{
        char text[1026];
        struct row row = { "charp", text, GOOD };

        memset(text, 'x', sizeof(text));
        text[1024] = '\0';
        assert_int_equal(check(&row, true), GOOD);
        text[1024] = 'x';
        text[1025] = '\0';
        assert_int_equal(check(&row, true), LONG);
        row.type = "string";
        assert_int_equal(check(&row, true), UNKNOWN);
        row.value = NULL;
        assert_int_equal(check(&row, true), BAD);
}

CHECK(paramvalue_of_an_array_is_values_with_commas)
{
        static const struct row rows[] = {
                { "array of int", "1", GOOD },       { "array of int", "1,2,-3", GOOD },
                { "array of int", "1,x", BAD },      { "array of int", "1,", BAD },
                { "array of int", "", BAD },         { "array of int", ",1", BAD },
                { "array of int", NULL, BAD },       { "array of bool", NULL, BAD },
                { "array of bool", "y,n", GOOD },    { "array of charp", "a,,", GOOD },
                { "array of byte", "1,256", RANGE },
        };

        assert_rows(rows, ARRAY_SIZE(rows));
}

CHECK(paramvalue_of_another_type_is_not_judged)
{
        static const struct row rows[] = {
                { "ip", "x", UNKNOWN },
                { "", "x", UNKNOWN },
                { "integer", "x", UNKNOWN },
                { "array of ", "x", UNKNOWN },
                { "array of array of int", "1", UNKNOWN },
        };

        assert_rows(rows, ARRAY_SIZE(rows));
}

static int same(const char *type, const char *value, const char *shown)
{
        return tn_paramvalue_same(tn_span_of(type), true, value ? tn_span_of(value) : (struct span){ 0 },
                                  tn_span_of(shown));
}

CHECK(paramvalue_is_the_same_however_it_is_written)
{
        assert_int_equal(same("int", "0x10", "16"), 1);
        assert_int_equal(same("int", "010", "8"), 1);
        assert_int_equal(same("int", "-1", "-1"), 1);
        assert_int_equal(same("int", "1", "-1"), 0);
        assert_int_equal(same("hexint", "ff", "0xff"), 1);
        assert_int_equal(same("bool", "yes", "Y"), 1);
        assert_int_equal(same("bool", "on", "Y"), 1);
        assert_int_equal(same("bool", "off", "N"), 1);
        assert_int_equal(same("bool", "0", "Y"), 0);
        assert_int_equal(same("bool", NULL, "Y"), 1);
        assert_int_equal(same("bint", "y", "1"), 1);
        assert_int_equal(same("charp", "abc", "abc"), 1);
        assert_int_equal(same("charp", "abc", "abd"), 0);
}

CHECK(paramvalue_of_an_array_is_the_same_one_by_one)
{
        assert_int_equal(same("array of int", "1,0x2", "1,2"), 1);
        assert_int_equal(same("array of int", "1,2", "1,3"), 0);
        assert_int_equal(same("array of int", "1,2", "1"), 0);
        assert_int_equal(same("array of int", "1", "1,0"), 0);
        assert_int_equal(same("array of charp", "a,b", "a,b"), 1);
}

CHECK(paramvalue_of_an_unknown_type_is_not_compared)
{
        assert_int_equal(same("policy", "1", "2"), -ENODATA);
        assert_int_equal(same("invbool", "1", "N"), -ENODATA);
        assert_int_equal(same("int", "x", "2"), -ENODATA);
        assert_int_equal(same("int", "1", "(null)"), -ENODATA);
        assert_int_equal(same("int", NULL, "1"), -ENODATA);
}
