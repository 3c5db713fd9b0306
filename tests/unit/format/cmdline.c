/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/cmdline.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What a command line says, written as `modprobe -c` prints it; "bad NAME" for a refused name. */
static void assert_says(struct span text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        _cleanup_(freep) char *copy = malloc(text.len + 1);
        struct tn_conf_record record;
        struct tn_cmdline cmdline;
        int r;

        assert_non_null(copy);
        memcpy(copy, text.ptr, text.len);
        tn_cmdline_init(&cmdline, (struct span){ copy, text.len });
        while ((r = tn_cmdline_next(&cmdline, &arena, &record)) != 0) {
                if (r == -EINVAL) {
                        tn_buf_addf(&got, "bad %s\n", record.key.ptr);
                        continue;
                }
                assert_int_equal(r, 1);
                assert_int_equal(record.key.len, strlen(record.key.ptr));
                assert_null(record.file);
                tn_buf_addf(&got, "%s %s", tn_conf_kind_name(record.kind), record.key.ptr);
                if (record.kind == TN_CONF_OPTIONS)
                        tn_buf_addf(&got, " %s", record.value.ptr);
                tn_buf_add_char(&got, '\n');
        }
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(cmdline_module_parameters_are_options)
{
        assert_says(SPAN("a.b=1 c-d.e-f=2 g.h quiet root=/dev/sda\n"),
                    "options a b=1\noptions c_d e-f=2\noptions g h\n");
}

CHECK(cmdline_without_newline_or_text_is_fine)
{
        assert_says(SPAN("a.b"), "options a b\n");
        assert_says(SPAN(""), "");
        assert_says(SPAN(" \n"), "");
}

CHECK(cmdline_every_kind_of_blank_parts_words)
{
        assert_says(
                SPAN("a.b=1\tc.d=2\ve.f=3\fg.h=4\ri.j=5\nk.l"),
                "options a b=1\noptions c d=2\noptions e f=3\noptions g h=4\noptions i j=5\noptions k l\n");
}

CHECK(cmdline_value_may_hold_anything)
{
        assert_says(
                SPAN("x.y=1.5G a.b=c=d e.f=\\ g.h=\x01\xff i.j="),
                "options x y=1.5G\noptions a b=c=d\noptions e f=\\\noptions g h=\x01\xff\noptions i j=\n");
}

CHECK(cmdline_misshapen_words_are_passed_over)
{
        assert_says(SPAN("a.b.c=1 x=y.z =a.b a=. -- . .= .b b. e.f"), "options e f\n");
}

CHECK(cmdline_quotes_keep_blanks_in_a_value)
{
        assert_says(SPAN("a.b=\"c d\" e.f=\"g h\"i j.k=l\"m n\"o p.q=\"\""),
                    "options a b=\"c d\"\noptions e f=\"g h\"i\noptions j k=l\"m n\"o\noptions p q=\"\"\n");
}

CHECK(cmdline_tabs_in_a_value_become_blanks)
{
        assert_says(SPAN("a.b=\"c\td\""), "options a b=\"c d\"\n");
}

CHECK(cmdline_quotes_elsewhere_void_the_word)
{
        assert_says(SPAN("a\"b\".c=1 a.b\"c\"=1 \"\"a.b=c \"a\".b=c \"\" x.y"), "options x y\n");
        assert_says(SPAN("x\"y z.w=1 v\" a.b.c=\"x y.z=1\" a=b.c=\"x y.z=1\" a.b\"c d.e f\" g.h"),
                    "options g h\n");
}

CHECK(cmdline_boot_loader_quotes_move_to_the_value)
{
        assert_says(SPAN("\"a.b=c d\" x.y"), "options a b=\"c d\"\noptions x y\n");
        assert_says(SPAN("\"a.b=\" \"c.d=e\"f"), "options a b=\"\"\noptions c d=\"e\"f\n");
        assert_says(SPAN("\"a.b=\"c d\" e.f"), "options a b=\"\"c\n");
        assert_says(SPAN("\"a.b\" \"a.b c\" \"a b.c=1\" \"a.b c=1\" \" a.b=c\" x.y"), "options x y\n");
}

CHECK(cmdline_quote_without_end_voids_the_rest)
{
        assert_says(SPAN("a.b=1 c.d=\"x y e.f=1\n"), "options a b=1\n");
        assert_says(SPAN("a.b=1 \"c.d=x y e.f=1"), "options a b=1\n");
        assert_says(SPAN("modprobe.blacklist=\"a,b c"), "");
        assert_says(SPAN("\""), "");
}

CHECK(cmdline_blacklist_is_a_list_and_no_option)
{
        assert_says(SPAN("modprobe.blacklist=a,b modprobe.blacklist=c x.y"),
                    "blacklist a\nblacklist b\nblacklist c\noptions x y\n");
}

CHECK(cmdline_blacklist_may_be_in_quotes)
{
        assert_says(SPAN("modprobe.blacklist=\"a,b\" x.y"), "blacklist a\nblacklist b\noptions x y\n");
        assert_says(SPAN("modprobe.blacklist=\"a, b\tc\" \"modprobe.blacklist=d,e f\""),
                    "blacklist a\nblacklist b\nblacklist c\nblacklist d\nblacklist e\nblacklist f\n");
        assert_says(SPAN("modprobe.blacklist=\"\" modprobe.blacklist=\",\""), "");
}

CHECK(cmdline_blacklisted_names_are_normalised)
{
        assert_says(SPAN("modprobe.blacklist=foo-bar,a-[b-c]"), "blacklist foo_bar\nblacklist a_[b-c]\n");
}

CHECK(cmdline_empty_names_in_a_blacklist_say_nothing)
{
        assert_says(SPAN("modprobe.blacklist= modprobe.blacklist=,a,,b,"), "blacklist a\nblacklist b\n");
}

CHECK(cmdline_other_parameters_of_modprobe_are_options)
{
        assert_says(SPAN("modprobe.blacklist modprobe.foo=1 modprobe.blacklistx=y mod-probe.blacklist=a"),
                    "options modprobe blacklist\noptions modprobe foo=1\noptions modprobe blacklistx=y\n"
                    "options mod_probe blacklist=a\n");
}

CHECK(cmdline_goes_on_after_a_bracket_without_partner)
{
        assert_says(SPAN("a[.b=1 x].y a[b-c]-d.e-f=1 modprobe.blacklist=p[,q x.y"),
                    "bad a[\nbad x]\noptions a[b-c]_d e-f=1\nbad p[\nblacklist q\noptions x y\n");
}

CHECK(cmdline_has_no_limit_of_length)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_conf_record record;
        struct tn_cmdline cmdline;

        for (int i = 0; i < 5000; i++)
                tn_buf_add_str(&text, "quiet ");
        tn_buf_add_str(&text, "a.b=1\n");
        tn_cmdline_init(&cmdline, tn_buf_span(&text));
        assert_int_equal(tn_cmdline_next(&cmdline, &arena, &record), 1);
        assert_span(record.value, "b=1");
}

CHECK(cmdline_ends_at_a_nul)
{
        assert_says(SPAN("a.b=1\0c.d=2"), "options a b=1\n");
}

static void assert_value(struct span text, const char *expected)
{
        assert_span(tn_cmdline_value(text, SPAN("module_blacklist")), expected);
}

CHECK(cmdline_value_is_that_of_the_last)
{
        assert_value(SPAN("quiet module_blacklist=a,b root=/x\n"), "a,b");
        assert_value(SPAN("module_blacklist=a module-blacklist=b"), "b");
        assert_value(SPAN("module_blacklist=a module_blacklist="), "");
        assert_value(SPAN("module_blacklist=a module_blacklist"), "a");
        assert_value(SPAN("module_blacklist=a -- module_blacklist=b"), "a");
        assert_value(SPAN("x.module_blacklist=a module_blacklistx=b amodule_blacklist=c"), "");
        assert_value(SPAN(""), "");
}

CHECK(cmdline_value_is_without_quotes)
{
        assert_value(SPAN("module_blacklist=\"a b\" c"), "a b");
        assert_value(SPAN("\"module_blacklist=a b\" c"), "a b");
        assert_value(SPAN("module_blacklist=\""), "");
        assert_value(SPAN("module_blacklist=\"\""), "");
}
