/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "kmod/envopts.h"
#include "util/cleanup.h"

/* The arguments that a value of the variable and two typed ones make, each in brackets; '|' before the typed. */
static void assert_argv(const char *text, const char *expected)
{
        _cleanup_(tn_envopts_fini) struct tn_envopts env = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        char *argv[] = { (char[]){ "modprobe" }, (char[]){ "-q" }, (char[]){ "name" }, NULL };

        assert_int_equal(tn_envopts_init(&env, text, 3, argv), 0);
        for (int i = 0; i < env.argc; i++)
                tn_buf_addf(&got, "%s[%s]", i == env.typed ? "|" : "", env.argv[i]);
        assert_null(env.argv[env.argc]);
        assert_string_equal(tn_buf_str(&got), expected);
}

static void assert_words(const char *text, const char *words)
{
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        tn_buf_addf(&expected, "[modprobe]%s|[-q][name]", words);
        assert_argv(text, tn_buf_str(&expected));
}

/* The value for children, which must read back as what it was made of. */
static void assert_value(const char *text, const char *arg, const char *expected)
{
        _cleanup_(tn_envopts_fini) struct tn_envopts env = { 0 }, again = { 0 };
        char *argv[] = { (char[]){ "modprobe" }, NULL };

        assert_int_equal(tn_envopts_init(&env, text, 1, argv), 0);
        if (arg)
                tn_envopts_add(&env, "-C", arg);
        assert_string_equal(tn_envopts_value(&env), expected);
        assert_int_equal(tn_envopts_init(&again, tn_envopts_value(&env), 1, argv), 0);
        assert_int_equal(again.argc, env.argc + (arg ? 2 : 0));
        for (int i = 0; i < env.argc; i++)
                assert_string_equal(again.argv[i], env.argv[i]);
        if (arg)
                assert_string_equal(again.argv[again.argc - 1], arg);
}

CHECK(envopts_without_words_are_the_typed_arguments)
{
        assert_words(NULL, "");
        assert_words("", "");
        assert_words(" \t\n ", "");
}

CHECK(envopts_words_come_before_the_typed_arguments)
{
        assert_words("-v", "[-v]");
        assert_words("  -C\tx  -v \n", "[-C][x][-v]");
}

CHECK(envopts_quotes_keep_blanks_together)
{
        assert_words("\"-C\" '/dev/null'", "[-C][/dev/null]");
        assert_words("-C\"a b\"c' d'", "[-Ca bc d]");
        assert_words("'a\"b' \"c'd\"", "[a\"b][c'd]");
        assert_words("'' \"\" x", "[][][x]");
}

CHECK(envopts_backslash_keeps_what_it_stands_before)
{
        assert_words("a\\ b \\\"c \\\\d", "[a b][\"c][\\d]");
        assert_words("\"a\\\"b\\\\c\\d\" 'e\\f'", "[a\"b\\c\\d][e\\f]");
}

CHECK(envopts_open_end_loses_nothing)
{
        assert_words("-C \"a b", "[-C][a b]");
        assert_words("'a", "[a]");
        assert_words("a \"", "[a][]");
        assert_words("a\\", "[a\\]");
}

CHECK(envopts_value_reads_back_as_it_was)
{
        assert_value(NULL, NULL, "");
        assert_value(NULL, "x.conf", "-C x.conf");
        assert_value(" -q  -v ", NULL, "-q -v");
        assert_value("-v", "x.conf", "-v -C x.conf");
        assert_value(NULL, "a b", "-C \"a b\"");
        assert_value(NULL, "it's", "-C \"it's\"");
        assert_value(NULL, "a\\b", "-C 'a\\b'");
        assert_value(NULL, "say \"a\"", "-C 'say \"a\"'");
        assert_value(NULL, "'\"\\", "-C \"'\\\"\\\\\"");
        assert_value(NULL, "", "-C \"\"");
        assert_value("'a b' \"c\nd\" ''", "e", "\"a b\" \"c\nd\" \"\" -C e");
        assert_value("-C \"open", "x", "-C open -C x");
}

CHECK(envopts_value_does_not_grow_by_what_was_inherited)
{
        _cleanup_(tn_envopts_fini) struct tn_envopts env = { 0 };
        char *argv[] = { (char[]){ "modprobe" }, (char[]){ "-v" }, NULL };

        assert_int_equal(tn_envopts_init(&env, "-q", 2, argv), 0);
        tn_envopts_add(&env, "-v", NULL);
        assert_string_equal(tn_envopts_value(&env), "-q -v");
}
