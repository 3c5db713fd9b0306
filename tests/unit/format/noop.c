/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/noop.h"
#include "util/buf.h"
#include "util/cleanup.h"

static void assert_kind(const char *text, enum tn_noop expected)
{
        if (tn_noop_parse(tn_span_of(text)) != expected)
                fail_msg("'%s' is %d, not %d", text, tn_noop_parse(tn_span_of(text)), expected);
}

CHECK(noop_has_seven_spellings)
{
        assert_kind("/bin/true", TN_NOOP_TRUE);
        assert_kind("/usr/bin/true", TN_NOOP_TRUE);
        assert_kind("true", TN_NOOP_TRUE);
        assert_kind(":", TN_NOOP_TRUE);
        assert_kind("/bin/false", TN_NOOP_FALSE);
        assert_kind("/usr/bin/false", TN_NOOP_FALSE);
        assert_kind("false", TN_NOOP_FALSE);
}

CHECK(noop_takes_exec_in_front_and_a_comment_behind)
{
        static const char *const forms[] = {
                "exec %s", "  %s\t", "%s # why", "%s #", "\texec\t%s  #why; modprobe x ", "%s # true && x",
        };
        static const char *const words[] = { "/bin/true", "/usr/bin/false", "true", "false", ":" };

        for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
                for (size_t j = 0; j < ARRAY_SIZE(words); j++) {
                        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
                        const char *mark = strchr(forms[i], '%');

                        tn_buf_addf(&text, "%.*s%s%s", (int)(mark - forms[i]), forms[i], words[j], mark + 2);
                        assert_kind(tn_buf_str(&text), tn_noop_parse(tn_span_of(words[j])));
                        assert_true(tn_noop_parse(tn_buf_span(&text)) != TN_NOOP_NONE);
                }
}

CHECK(noop_is_nothing_else)
{
        static const char *const others[] = {
                "",           "exec",           "# true",          "exec # true",    "exec exec true",
                "/bin/true#", "true; modprobe", "true && x",       "true x",         "/bin/falsey",
                "bin/true",   "./true",         "/sbin/true",      "/bin/true;",     "/bin//true",
                "TRUE",       "'true'",         "true $(x) # why", "true\n",         "true # x\nmodprobe y",
                "true ;#",    "execfalse",      "!true",           "/bin/true >x #", "exit 0",
        };

        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                assert_kind(others[i], TN_NOOP_NONE);
}
