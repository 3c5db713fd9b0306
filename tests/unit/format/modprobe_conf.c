/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/modprobe_conf.h"
#include "util/buf.h"
#include "util/cleanup.h"

static int parse(struct span line, struct tn_arena *arena, struct tn_conf_record *ret_record)
{
        /* An exact copy, so that a read past the end of the line is seen. */
        _cleanup_(freep) char *copy = malloc(line.len ? line.len : 1);

        assert_non_null(copy);
        if (line.len)
                memcpy(copy, line.ptr, line.len);
        return tn_modprobe_conf_parse((struct span){ copy, line.len }, arena, ret_record);
}

static void assert_record(struct span line, enum tn_conf_kind kind, const char *key, const char *value)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_int_equal(parse(line, &arena, &record), 1);
        assert_int_equal(record.kind, kind);
        assert_span(record.key, key);
        assert_span(record.value, value);
        assert_string_equal(record.key.ptr, key);
        assert_string_equal(record.value.ptr, value);
        assert_null(record.file);
        assert_int_equal(record.line, 0);
}

static void assert_refused(struct span line, int err, const char *word)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_int_equal(parse(line, &arena, &record), err);
        assert_span(record.key, word);
        assert_string_equal(record.key.ptr, word);
}

static void assert_fault(struct span line, enum tn_conf_fault fault, const char *name)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_true(parse(line, &arena, &record) < 0);
        assert_int_equal(record.fault, fault);
        assert_string_equal(record.value.ptr, name);
}

static void assert_nothing(struct span line)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_int_equal(parse(line, &arena, &record), 0);
}

CHECK(modprobe_conf_every_command_is_read)
{
        assert_record(SPAN("blacklist a-b"), TN_CONF_BLACKLIST, "a_b", "");
        assert_record(SPAN("install a-b run x-y"), TN_CONF_INSTALL, "a_b", "run x-y");
        assert_record(SPAN("remove a-b run x-y"), TN_CONF_REMOVE, "a_b", "run x-y");
        assert_record(SPAN("alias a-b c-d"), TN_CONF_ALIAS, "a_b", "c_d");
        assert_record(SPAN("options a-b c-d=1"), TN_CONF_OPTIONS, "a_b", "c-d=1");
        assert_record(SPAN("softdep a-b pre: c-d"), TN_CONF_SOFTDEP, "a_b", "pre: c-d");
        assert_record(SPAN("weakdep a-b c-d"), TN_CONF_WEAKDEP, "a_b", "c-d");
}

/* What deny and allow name, one after another. */
static void assert_names(struct span line, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct tn_conf_record record;
        int r;

        assert_int_equal(parse(line, &arena, &record), 1);
        do {
                tn_buf_addf(&names, "%s%s", names.len ? " " : "", record.key.ptr);
                assert_int_equal(strlen(record.key.ptr), record.key.len);
                assert_int_equal(strlen(record.value.ptr), record.value.len);
        } while ((r = tn_modprobe_conf_next(&record, &arena)) > 0);
        assert_int_equal(r, 0);
        assert_string_equal(tn_buf_str(&names), expected);
}

CHECK(modprobe_conf_a_denial_names_many_modules)
{
        assert_record(SPAN("deny a-b  c-d e"), TN_CONF_DENY, "a_b", "c-d e");
        assert_record(SPAN("allow a"), TN_CONF_ALLOW, "a", "");
        assert_names(SPAN("deny a-b  c-d\te-* "), "a_b c_d e_*");
        assert_names(SPAN("allow a"), "a");
        assert_names(SPAN("deny a b # not c"), "a b");
        assert_names(SPAN("deny a #b c"), "a");
        assert_names(SPAN("blacklist a b"), "a");
        assert_names(SPAN("policy off"), "off");
}

CHECK(modprobe_conf_a_name_that_is_bad_makes_a_denial_bad)
{
        assert_refused(SPAN("deny a b[ c"), -EINVAL, "deny");
        assert_refused(SPAN("deny # a"), -EINVAL, "deny");
        assert_refused(SPAN("allow"), -EINVAL, "allow");
        assert_fault(SPAN("deny a b[ c"), TN_CONF_FAULT_BRACKET, "b[");
        assert_fault(SPAN("deny a] b"), TN_CONF_FAULT_BRACKET, "a]");
        assert_fault(SPAN("deny # a"), TN_CONF_FAULT_NAME, "");
        assert_names(SPAN("deny a # b["), "a");
}

CHECK(modprobe_conf_policy_has_three_words)
{
        assert_record(SPAN("policy off"), TN_CONF_POLICY, "off", "");
        assert_record(SPAN("policy audit # for a week"), TN_CONF_POLICY, "audit", "");
        assert_record(SPAN("policy\tenforce x"), TN_CONF_POLICY, "enforce", "");
        assert_fault(SPAN("policy Enforce"), TN_CONF_FAULT_MODE, "Enforce");
        assert_fault(SPAN("policy #off"), TN_CONF_FAULT_NAME, "");
        assert_fault(SPAN("policy"), TN_CONF_FAULT_NAME, "");
        assert_fault(SPAN("policy o["), TN_CONF_FAULT_BRACKET, "o[");
}

CHECK(modprobe_conf_kinds_are_named_by_their_word)
{
        assert_string_equal(tn_conf_kind_name(TN_CONF_BLACKLIST), "blacklist");
        assert_string_equal(tn_conf_kind_name(TN_CONF_WEAKDEP), "weakdep");
}

CHECK(modprobe_conf_blank_lines_and_comments_say_nothing)
{
        assert_nothing(SPAN(""));
        assert_nothing(SPAN(" \t "));
        assert_nothing(SPAN("# alias a b"));
        assert_nothing(SPAN("#"));
}

CHECK(modprobe_conf_comment_must_begin_the_line)
{
        assert_refused(SPAN(" # alias a b"), -EINVAL, "#");
        assert_record(SPAN("blacklist a # b"), TN_CONF_BLACKLIST, "a", "");
        assert_record(SPAN("options m a=1 # x"), TN_CONF_OPTIONS, "m", "a=1 # x");
}

CHECK(modprobe_conf_words_are_parted_by_blanks_and_tabs_only)
{
        assert_record(SPAN(" \talias \t a \t b \t c"), TN_CONF_ALIAS, "a", "b");
        assert_record(SPAN("blacklist m\r"), TN_CONF_BLACKLIST, "m\r", "");
        assert_record(SPAN("alias f\fx v\vx"), TN_CONF_ALIAS, "f\fx", "v\vx");
}

CHECK(modprobe_conf_text_begins_behind_one_separator)
{
        assert_record(SPAN("options \t m \t x \t y \t"), TN_CONF_OPTIONS, "m", "  x   y  ");
        assert_record(SPAN("install m\tcmd  a\tb "), TN_CONF_INSTALL, "m", "cmd  a\tb ");
        assert_record(SPAN("softdep m  pre:\ta"), TN_CONF_SOFTDEP, "m", " pre:\ta");
        assert_record(SPAN("install m  "), TN_CONF_INSTALL, "m", " ");
}

CHECK(modprobe_conf_names_are_not_cut_and_keep_brackets)
{
        assert_record(SPAN("options m.d-e x"), TN_CONF_OPTIONS, "m.d_e", "x");
        assert_record(SPAN("alias a-[b-c]-d e-[f-g]"), TN_CONF_ALIAS, "a_[b-c]_d", "e_[f-g]");
        assert_record(SPAN("alias \xc3\xa4-x \xff-b"), TN_CONF_ALIAS, "\xc3\xa4_x", "\xff_b");
}

CHECK(modprobe_conf_bracket_without_partner_makes_the_line_bad)
{
        assert_refused(SPAN("alias a[ b"), -EINVAL, "alias");
        assert_refused(SPAN("alias a]b c"), -EINVAL, "alias");
        assert_refused(SPAN("alias a b["), -EINVAL, "alias");
        assert_refused(SPAN("alias a[[b]] c"), -EINVAL, "alias");
        assert_refused(SPAN("alias a[-]]b c"), -EINVAL, "alias");
        assert_refused(SPAN("options m] x"), -EINVAL, "options");
        assert_refused(SPAN("blacklist [-"), -EINVAL, "blacklist");
        assert_record(SPAN("alias a b c["), TN_CONF_ALIAS, "a", "b");
}

CHECK(modprobe_conf_missing_part_makes_the_line_bad)
{
        static const char *const words[] = { "alias",   "blacklist", "install", "remove",
                                             "options", "softdep",   "weakdep" };

        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

                tn_buf_add_str(&line, words[i]);
                assert_refused(tn_buf_span(&line), -EINVAL, words[i]);
                tn_buf_add_str(&line, " \t");
                assert_refused(tn_buf_span(&line), -EINVAL, words[i]);
                if (strcmp(words[i], "blacklist") == 0)
                        continue;
                tn_buf_add_str(&line, "m");
                assert_refused(tn_buf_span(&line), -EINVAL, words[i]);
                tn_buf_add_str(&line, "\t");
                assert_refused(tn_buf_span(&line), -EINVAL, words[i]);
        }
}

CHECK(modprobe_conf_unknown_word_makes_the_line_bad)
{
        assert_refused(SPAN("foo bar"), -EINVAL, "foo");
        assert_refused(SPAN("Alias a b"), -EINVAL, "Alias");
        assert_refused(SPAN("aliases a b"), -EINVAL, "aliases");
        assert_refused(SPAN("ali a b"), -EINVAL, "ali");
        assert_refused(SPAN("-"), -EINVAL, "-");
}

CHECK(modprobe_conf_old_commands_are_told_apart_from_unknown_ones)
{
        assert_refused(SPAN("include"), -EOPNOTSUPP, "include");
        assert_refused(SPAN("\tinclude x"), -EOPNOTSUPP, "include");
        assert_refused(SPAN("config x"), -EOPNOTSUPP, "config");
}

CHECK(modprobe_conf_a_distributions_own_command_says_nothing)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_int_equal(tn_modprobe_conf_parse(SPAN("allow_unsupported_modules 1"), &arena, &record), 0);
        assert_int_equal(tn_modprobe_conf_parse(SPAN(" allow_unsupported_modules"), &arena, &record), 0);
        assert_refused(SPAN("allow_unsupported 1"), -EINVAL, "allow_unsupported");
}

CHECK(modprobe_conf_bad_line_has_a_fault)
{
        assert_fault(SPAN("blaclist m"), TN_CONF_FAULT_COMMAND, "");
        assert_fault(SPAN("a] m"), TN_CONF_FAULT_COMMAND, "");
        assert_fault(SPAN("\t# m"), TN_CONF_FAULT_COMMENT, "");
        assert_fault(SPAN(" #m"), TN_CONF_FAULT_COMMENT, "");
        assert_fault(SPAN("include x"), TN_CONF_FAULT_GONE, "");
        assert_fault(SPAN("config"), TN_CONF_FAULT_GONE, "");
        assert_fault(SPAN("alias "), TN_CONF_FAULT_NAME, "");
        assert_fault(SPAN("blacklist"), TN_CONF_FAULT_NAME, "");
        assert_fault(SPAN("alias m "), TN_CONF_FAULT_ARGUMENT, "m");
        assert_fault(SPAN("options m-n"), TN_CONF_FAULT_ARGUMENT, "m-n");
        assert_fault(SPAN("alias a-[ m"), TN_CONF_FAULT_BRACKET, "a-[");
        assert_fault(SPAN("alias a m]"), TN_CONF_FAULT_BRACKET, "m]");
        assert_fault(SPAN("install m] x"), TN_CONF_FAULT_BRACKET, "m]");
        assert_fault(SPAN("blacklist [\0]"), TN_CONF_FAULT_BRACKET, "[");
}

CHECK(modprobe_conf_good_line_has_no_fault)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_conf_record record;

        assert_int_equal(parse(SPAN("options m a[1]]"), &arena, &record), 1);
        assert_int_equal(record.fault, TN_CONF_FAULT_NONE);
}

CHECK(modprobe_conf_nothing_counts_behind_a_nul)
{
        assert_record(SPAN("alias a b\0c"), TN_CONF_ALIAS, "a", "b");
        assert_refused(SPAN("alias a\0b c"), -EINVAL, "alias");
        assert_nothing(SPAN("\0alias a b"));
}

/* What a line becomes when its record is formatted. */
static void assert_formatted(const char *line, const char *text)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_conf_record record;

        assert_int_equal(parse(tn_span_of(line), &arena, &record), 1);
        tn_buf_add_str(&got, "> ");
        tn_modprobe_conf_format(&record, &got);
        assert_string_equal(tn_buf_str(&got) + 2, text);
}

CHECK(modprobe_conf_record_is_formatted_as_kind_key_and_value)
{
        assert_formatted("blacklist  a-b  c", "blacklist a_b\n");
        assert_formatted("install a-b run x-y", "install a_b run x-y\n");
        assert_formatted("remove a  two  blanks\tand tab", "remove a  two  blanks\tand tab\n");
        assert_formatted("alias x-[a-b] c-d e", "alias x_[a-b] c_d\n");
        assert_formatted("options a \tb=1\tc=2 ", "options a  b=1 c=2 \n");
}

CHECK(modprobe_conf_formatted_backslash_survives_being_read_again)
{
        assert_formatted("install a echo \\n \\", "install a echo \\\\n \\\\\n");
        assert_formatted("alias a\\* b", "alias a\\\\* b\n");
}

CHECK(modprobe_conf_formatted_newline_ends_no_line)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_conf_record record = { TN_CONF_OPTIONS, SPAN("m"), SPAN("a=\"b\nc\"") };

        tn_modprobe_conf_format(&record, &text);
        assert_string_equal(tn_buf_str(&text), "options m a=\"b c\"\n");
}

CHECK(modprobe_conf_formatted_softdep_is_one_pre_and_one_post)
{
        assert_formatted("softdep m pre: a-b b post: c", "softdep m pre: a-b b post: c\n");
        assert_formatted("softdep m post: c pre: a post: d pre: b", "softdep m pre: a b post: c d\n");
        assert_formatted("softdep m x pre:\ta  b", "softdep m pre: a b\n");
        assert_formatted("softdep m pre: post: c", "softdep m post: c\n");
        assert_formatted("weakdep m  a-b\tc ", "weakdep m a-b c\n");
}

CHECK(modprobe_conf_softdep_without_names_is_not_formatted)
{
        assert_formatted("softdep m a b", "");
        assert_formatted("softdep m pre: post:", "");
        assert_formatted("softdep m  ", "");
        assert_formatted("weakdep m  ", "");
}

static void assert_value(const char *line, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_conf_record record;

        assert_int_equal(tn_modprobe_conf_parse(tn_span_of(line), &arena, &record), 1);
        tn_modprobe_conf_format_value(&record, &text);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(modprobe_conf_value_is_as_it_was_said_but_for_names)
{
        assert_value("install a echo \\n", "echo \\n");
        assert_value("options m a=1  b=\\x", "a=1  b=\\x");
        assert_value("alias a* b-c", "b_c");
        assert_value("blacklist m", "");
        assert_value("softdep m post: c pre: a post: d", "pre: a post: c d");
        assert_value("softdep m a", "");
        assert_value("weakdep m  a-b\tc ", "a-b c");
}
