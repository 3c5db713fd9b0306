/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "format/cmdopts.h"
#include "util/cleanup.h"

/* Each word in brackets. */
static void assert_words(struct span options, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 }, got = { 0 };
        int r;

        while ((r = tn_cmdopts_next(&options, &word)) > 0)
                tn_buf_addf(&got, "[%.*s]", SPAN_FMT(tn_buf_span(&word)));
        assert_int_equal(r, 0);
        assert_string_equal(tn_buf_str(&got), expected);
}

static void assert_expands(const char *command, size_t n, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_cmdopts_expand(tn_span_of(command), n, &got);
        assert_string_equal(tn_buf_str(&got), expected);
}

static void assert_quoted(struct span word, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_cmdopts_quote(word, &got);
        assert_string_equal(tn_buf_str(&got), expected);
}

static void assert_shown(const char *command, const char *options, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_cmdopts_show(tn_span_of(command), tn_span_of(options), &got);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(cmdopts_words_are_split_at_blanks)
{
        assert_words(SPAN(""), "");
        assert_words(SPAN(" \t\n "), "");
        assert_words(SPAN("a=1  b\tc=2 "), "[a=1][b][c=2]");
}

CHECK(cmdopts_quotes_keep_blanks_and_go)
{
        assert_words(SPAN("a=\"b c\" d=1"), "[a=b c][d=1]");
        assert_words(SPAN("\"a=b c\" 'd=e  f'"), "[a=b c][d=e  f]");
        assert_words(SPAN("a='b c' d='e\"f'"), "[a=b c][d=e\"f]");
        assert_words(SPAN("a=b\" c \"d"), "[a=b c d]");
        assert_words(SPAN("a=\"\" \"\""), "[a=][]");
}

CHECK(cmdopts_words_are_never_options)
{
        assert_words(SPAN("-a \"-C x\" -- - a-b"), "[\"-a\"][\"-C x\"][\"--\"][\"-\"][a-b]");
}

CHECK(cmdopts_quotes_without_partner_are_bytes)
{
        assert_words(SPAN("a=\"b c"), "[a=\"b][c]");
        assert_words(SPAN("a=' b"), "[a='][b]");
        assert_words(SPAN("\""), "[\"]");
}

CHECK(cmdopts_apostrophes_inside_a_word_are_bytes)
{
        assert_words(SPAN("a=don't b=won't"), "[a=don't][b=won't]");
}

CHECK(cmdopts_shell_bytes_mean_nothing_in_words)
{
        assert_words(SPAN("a=$(id) b=`id` c=;x d=\\ e=*"), "[a=$(id)][b=`id`][c=;x][d=\\][e=*]");
        assert_words(((struct span){ "a\0b c", 5 }), "[a][c]");
}

CHECK(cmdopts_bare_variable_becomes_one_reference_a_word)
{
        assert_expands("modprobe -i x $CMDLINE_OPTS", 2,
                       "modprobe -i x \"$CMDLINE_OPTS_1\" \"$CMDLINE_OPTS_2\"");
        assert_expands("a ${CMDLINE_OPTS};b", 1, "a \"$CMDLINE_OPTS_1\";b");
        assert_expands("a $CMDLINE_OPTS b $CMDLINE_OPTS", 1, "a \"$CMDLINE_OPTS_1\" b \"$CMDLINE_OPTS_1\"");
}

CHECK(cmdopts_variable_without_words_vanishes)
{
        assert_expands("a $CMDLINE_OPTS b", 0, "a  b");
        assert_expands("a '$CMDLINE_OPTS' b", 0, "a '' b");
}

CHECK(cmdopts_in_double_quotes_stays_one_text)
{
        assert_expands("sh -c \"a $CMDLINE_OPTS\" $CMDLINE_OPTS", 1,
                       "sh -c \"a ${CMDLINE_OPTS}\" \"$CMDLINE_OPTS_1\"");
        assert_expands("\"'$CMDLINE_OPTS'\"", 1, "\"'${CMDLINE_OPTS}'\"");
        assert_expands("\"\\\"$CMDLINE_OPTS\"", 1, "\"\\\"${CMDLINE_OPTS}\"");
}

CHECK(cmdopts_in_single_quotes_is_for_the_next_shell)
{
        assert_expands("sh -c 'a $CMDLINE_OPTS'", 1, "sh -c 'a \"$CMDLINE_OPTS_1\"'");
        assert_expands("'\\' $CMDLINE_OPTS", 1, "'\\' \"$CMDLINE_OPTS_1\"");
}

CHECK(cmdopts_escaped_variable_is_none)
{
        assert_expands("echo \\$CMDLINE_OPTS", 1, "echo \\$CMDLINE_OPTS");
        assert_expands("echo \\\"$CMDLINE_OPTS", 1, "echo \\\"\"$CMDLINE_OPTS_1\"");
}

CHECK(cmdopts_other_text_stays_as_it_is)
{
        assert_expands("", 3, "");
        assert_expands("a \\", 3, "a \\");
        assert_expands("echo $CMDLINE ${CMDLINE_OPTS:-x} $$", 3, "echo $CMDLINE ${CMDLINE_OPTS:-x} $$");
}

CHECK(cmdopts_quoting_is_for_any_shell_context)
{
        assert_quoted(SPAN("a=1,2:/x.y%@_-+"), "a=1,2:/x.y%@_-+");
        assert_quoted(SPAN("a=b c"), "a=b\\ c");
        assert_quoted(SPAN("$(id);`'\"\\"), "\\$\\(id\\)\\;\\`\\'\\\"\\\\");
        assert_quoted(SPAN("~*?[x]#"), "\\~\\*\\?\\[x\\]\\#");
        assert_quoted(SPAN("a\nb"), "a\\ b");
        assert_quoted(SPAN("\xc3\xa4"), "\xc3\xa4");
        assert_quoted(SPAN(""), "''");
}

CHECK(cmdopts_are_shown_as_text)
{
        assert_shown("a $CMDLINE_OPTS;b", "x=\"1 2\"", "a x=\"1 2\";b");
        assert_shown("a '$CMDLINE_OPTSX'", "1", "a '1X'");
        assert_shown("a $CMDLINE_OPTS ${CMDLINE_OPTS}", "", "a  ${CMDLINE_OPTS}");
}

/* What a shell prints that is given the command with the options in it. */
static void assert_run(const char *command, const char *options, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        char out[256];
        size_t len;
        FILE *pipe;

        tn_cmdopts_inline(tn_span_of(command), tn_span_of(options), &got);
        pipe = popen(tn_buf_str(&got), "r");
        assert_non_null(pipe);
        len = fread(out, 1, sizeof(out) - 1, pipe);
        assert_int_equal(pclose(pipe), 0);
        out[len] = '\0';
        assert_string_equal(out, expected);
}

CHECK(cmdopts_inline_is_plain_where_it_can_be)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_cmdopts_inline(SPAN("modprobe -i x $CMDLINE_OPTS; y ${CMDLINE_OPTS}"), SPAN("a=1  b=c,d"), &got);
        assert_string_equal(tn_buf_str(&got), "modprobe -i x a=1 b=c,d; y a=1 b=c,d");
}

CHECK(cmdopts_inline_is_one_word_an_option_to_a_shell)
{
        const char *options = "a=1 b=\"x y\" c=$(echo;`id`) d='q\"\\'";

        assert_run("printf '[%s]' $CMDLINE_OPTS", options, "[a=1][b=x y][c=$(echo;`id`)][d=q\"\\]");
        assert_run("printf '[%s]' ${CMDLINE_OPTS}", "", "[]");
        assert_run("sh -c 'printf \"[%s]\" $CMDLINE_OPTS'", options, "[a=1][b=x y][c=$(echo;`id`)][d=q\"\\]");
        assert_run("sh -c 'printf [%s] $CMDLINE_OPTS'", "it's=1", "[it's=1]");
        assert_run("sh -c \"printf '[%s]' $CMDLINE_OPTS\"", options, "[a=1][b=x y][c=$(echo;`id`)][d=q\"\\]");
}
