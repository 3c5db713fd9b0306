/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/depmod_conf.h"

CHECK(depmod_conf_words_are_taken_one_by_one)
{
        struct tn_depmod_conf conf;
        struct span word;

        assert_int_equal(tn_depmod_conf_parse(SPAN(" search\tupdates  built-in "), &conf), 1);
        assert_int_equal(conf.kind, TN_DEPMOD_CONF_SEARCH);
        assert_span(conf.command, "search");
        assert_true(tn_depmod_conf_word(&conf.args, &word));
        assert_span(word, "updates");
        assert_true(tn_depmod_conf_word(&conf.args, &word));
        assert_span(word, "built-in");
        assert_false(tn_depmod_conf_word(&conf.args, &word));
}

CHECK(depmod_conf_knows_its_commands)
{
        struct tn_depmod_conf conf;

        assert_int_equal(tn_depmod_conf_parse(SPAN("override m * extra"), &conf), 1);
        assert_int_equal(conf.kind, TN_DEPMOD_CONF_OVERRIDE);
        assert_int_equal(tn_depmod_conf_parse(SPAN("external * /x"), &conf), 1);
        assert_int_equal(conf.kind, TN_DEPMOD_CONF_EXTERNAL);
        assert_int_equal(tn_depmod_conf_parse(SPAN("exclude"), &conf), 1);
        assert_int_equal(conf.kind, TN_DEPMOD_CONF_EXCLUDE);
}

CHECK(depmod_conf_blank_lines_and_comments_say_nothing)
{
        struct tn_depmod_conf conf;

        assert_int_equal(tn_depmod_conf_parse(SPAN(""), &conf), 0);
        assert_int_equal(tn_depmod_conf_parse(SPAN(" \t"), &conf), 0);
        assert_int_equal(tn_depmod_conf_parse(SPAN("#search x"), &conf), 0);
}

CHECK(depmod_conf_missing_words_and_unknown_commands_are_bad)
{
        static const struct span bad[] = { SPAN("override m *"), SPAN("external"), SPAN("external *"),
                                           SPAN("searc x"), SPAN(" # no comment") };
        struct tn_depmod_conf conf;

        for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
                assert_int_equal(tn_depmod_conf_parse(bad[i], &conf), -EINVAL);
        assert_span(conf.command, "#");
}

CHECK(depmod_conf_names_commands_that_do_nothing)
{
        struct tn_depmod_conf conf;

        assert_int_equal(tn_depmod_conf_parse(SPAN("make_map_files yes"), &conf), -EOPNOTSUPP);
        assert_span(conf.command, "make_map_files");
        assert_int_equal(tn_depmod_conf_parse(SPAN("include /x"), &conf), -EOPNOTSUPP);
}

CHECK(depmod_conf_has_no_hint_for_words_that_can_match)
{
        static const char *const dirs[] = { "updates", "built-in", "external", "kernel/drivers/net",
                                            "..a",     "a.b",      "*" };

        for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
                assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_SEARCH, 0, tn_span_of(dirs[i])));
                assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 2, tn_span_of(dirs[i])));
        }
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 0, SPAN("foo-bar_baz")));
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 0, SPAN("sub/foo")));
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 1, SPAN("^5[.]/")));
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 3, SPAN("/")));
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_EXTERNAL, 1, SPAN("relative/")));
        assert_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_EXCLUDE, 0, SPAN("m.ko")));
}

CHECK(depmod_conf_hints_at_words_that_match_nothing)
{
        static const char *const dirs[] = { "extra/", "/extra", "./extra", "a//b", "..", ".", "a/../b", "/" };

        for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
                assert_non_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_SEARCH, 4, tn_span_of(dirs[i])));
                assert_non_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 2, tn_span_of(dirs[i])));
                assert_non_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_EXCLUDE, 0, tn_span_of(dirs[i])));
        }
        assert_non_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_OVERRIDE, 0, SPAN("m.ko")));
        assert_non_null(tn_depmod_conf_hint(TN_DEPMOD_CONF_EXCLUDE, 1, SPAN("kernel/m.ko")));
}
