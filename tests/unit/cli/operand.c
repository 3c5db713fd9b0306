/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "cli/operand.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void assert_module(const char *operand, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        assert_int_equal(tn_operand_module(operand, &name), 0);
        assert_string_equal(tn_buf_str(&name), expected);
}

static void assert_joined(char **operands, int n, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };

        assert_int_equal(tn_operand_join_options(operands, n, &options), 0);
        assert_string_equal(tn_buf_str(&options), expected);
}

CHECK(operand_is_a_path_by_its_looks)
{
        assert_true(tn_operand_is_path("/a"));
        assert_true(tn_operand_is_path("./a"));
        assert_true(tn_operand_is_path("a/b.ko"));
        assert_true(tn_operand_is_path("a/b.ko.xz"));
        assert_false(tn_operand_is_path("a/b"));
        assert_false(tn_operand_is_path("a.ko"));
        assert_false(tn_operand_is_path("a"));
        assert_false(tn_operand_is_path(""));
}

CHECK(operand_names_the_module_to_remove)
{
        assert_module("a-b", "a_b");
        assert_module("/nowhere/a-b.ko.gz", "a_b");
        assert_module("/nowhere/a-b", "");
        assert_module("a-b.c", "a_b");
}

CHECK(operand_of_a_file_that_is_there_names_its_module)
{
        struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a-b");

        assert_module(path, "");
        tmpdir_write(&dir, "a-b", "");
        assert_module(path, "a_b");
        tmpdir_fini(&dir);
}

CHECK(operand_options_are_joined_by_blanks)
{
        char *operands[] = { (char[]){ "a=1" }, (char[]){ "b" }, (char[]){ "c=d,e" } };

        assert_joined(operands, 0, "");
        assert_joined(operands, 1, "a=1");
        assert_joined(operands, 3, "a=1 b c=d,e");
}

CHECK(operand_options_with_blanks_are_quoted_once)
{
        char *operands[] = { (char[]){ "a=b c" }, (char[]){ "d=\"e f\"" }, (char[]){ "g='h i'" } };
        char *odd[] = { (char[]){ "a b=c" }, (char[]){ "a=" } };

        assert_joined(operands, 3, "a=\"b c\" d=\"e f\" g='h i'");
        assert_joined(odd, 2, "a b=c a=");
}
