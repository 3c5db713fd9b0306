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

CHECK(modprobe_conf_nothing_counts_behind_a_nul)
{
        assert_record(SPAN("alias a b\0c"), TN_CONF_ALIAS, "a", "b");
        assert_refused(SPAN("alias a\0b c"), -EINVAL, "alias");
        assert_nothing(SPAN("\0alias a b"));
}
