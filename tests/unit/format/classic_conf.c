/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/classic_conf.h"
#include "util/cleanup.h"

static void assert_line(struct span line, enum tn_classic_conf kind, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        assert_int_equal(tn_classic_conf_parse(line, &got), kind);
        assert_string_equal(tn_buf_str(&got), text);
}

CHECK(classic_conf_lines_of_today_are_nothing_special)
{
        assert_line(SPAN(""), TN_CLASSIC_NONE, "");
        assert_line(SPAN("# above a b"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("alias a b"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("alias"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("options above b=1"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("nonsense"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("abov e"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("=x"), TN_CLASSIC_NONE, "");
        assert_line(SPAN("\0above a b"), TN_CLASSIC_NONE, "");
}

CHECK(classic_conf_include_names_a_path)
{
        assert_line(SPAN(" include\t/etc/modprobe.d  # all"), TN_CLASSIC_INCLUDE, "/etc/modprobe.d");
        assert_line(SPAN("include"), TN_CLASSIC_INCLUDE, "");
}

CHECK(classic_conf_alias_of_off_is_a_command_that_does_nothing)
{
        assert_line(SPAN("alias net-pf-10 off"), TN_CLASSIC_REWRITE, "install net-pf-10 /bin/true");
        assert_line(SPAN("\talias x  null y"), TN_CLASSIC_REWRITE, "install x /bin/true");
        assert_line(SPAN("alias x offline"), TN_CLASSIC_NONE, "");
        assert_line(
                SPAN("alias net-pf-* off"), TN_CLASSIC_REFUSED,
                "a pattern cannot be an alias of 'off'; write a line 'install NAME /bin/true' for each name "
                "instead");
}

CHECK(classic_conf_commands_that_are_gone_say_what_to_write)
{
        assert_line(
                SPAN("above a-b c d "), TN_CLASSIC_REFUSED,
                "the command 'above' of modutils is not supported; write 'softdep a-b post: c d' instead");
        assert_line(SPAN("below a"), TN_CLASSIC_REFUSED,
                    "the command 'below' of modutils is not supported; write 'softdep a pre: B' instead");
        assert_line(
                SPAN("pre-install x echo %1 %2"), TN_CLASSIC_REFUSED,
                "the command 'pre-install' of modutils is not supported; write 'install x { echo %1 %2; } && "
                "/sbin/modprobe --ignore-install x $CMDLINE_OPTS' instead");
        assert_line(
                SPAN("keep"), TN_CLASSIC_REFUSED,
                "the command 'keep' of modutils is not supported; it belonged to 'path'; take the line out");
}

CHECK(classic_conf_assignments_are_commands_too)
{
        static const struct span lines[] = { SPAN("path[net]=/lib/x"), SPAN("path=/x"), SPAN("path /x") };

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                assert_line(
                        lines[i], TN_CLASSIC_REFUSED,
                        "the command 'path' of modutils is not supported; write 'search' or 'external' in "
                        "depmod.d instead");
}

CHECK(classic_conf_every_command_that_is_gone_has_an_advice)
{
        static const char *const words[] = {
                "above",        "add",         "below",           "define",     "depfile",
                "else",         "elseif",      "endif",           "if",         "generic_stringfile",
                "insmod_opt",   "keep",        "ieee1394mapfile", "pcimapfile", "isapnpmapfile",
                "path",         "persistdir",  "parportmapfile",  "usbmapfile", "pnpbiosmapfile",
                "post-install", "post-remove", "pre-install",     "pre-remove", "probe",
                "probeall",     "prune",
        };

        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf line = { 0 }, text = { 0 };

                tn_buf_addf(&line, "%s a b", words[i]);
                assert_int_equal(tn_classic_conf_parse(tn_buf_span(&line), &text), TN_CLASSIC_REFUSED);
                assert_non_null(strstr(tn_buf_str(&text), words[i]));
                assert_non_null(strstr(tn_buf_str(&text), "not supported; "));
                assert_null(strchr(tn_buf_str(&text), '%'));
        }
}
