/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "capture.h"
#include "check.h"
#include "cli/explain.h"
#include "cli/out.h"
#include "cli/say.h"

CHECK(say_comes_after_what_was_printed_before)
{
        struct capture capture;

        capture_begin(&capture);
        tn_out("a %d\n", 1);
        tn_say("b %s\n", "x\ny\033");
        tn_out_text(SPAN("c\nd\n"));
        capture_assert(&capture, "a 1\nb x\\ny\\x1b\nc\nd\n");
}

CHECK(tool_messages_have_its_name_and_their_level)
{
        struct capture capture;
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_ERR);
        capture_begin(&capture);
        tn_tool_begin(&tool);
        tn_tool_error(&tool, "no %s", "x");
        tn_tool_fatal(&tool, "never");
        tn_log(&tool.log, TN_LOG_WARNING, "not heard");
        tn_tool_louder(&tool);
        tn_log(&tool.log, TN_LOG_WARNING, "heard");
        capture_assert(&capture, "tool: ERROR: no x\ntool: FATAL: never\ntool: WARNING: heard\n");
}

CHECK(tool_is_loudest_at_debug)
{
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_INFO);
        tn_tool_louder(&tool);
        tn_tool_louder(&tool);
        assert_int_equal(tool.log.max, TN_LOG_DEBUG);
}

CHECK(tool_that_is_quiet_says_nothing)
{
        struct capture capture;
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_DEBUG);
        tool.quiet = true;
        tool.verbose = true;
        capture_begin(&capture);
        tn_tool_begin(&tool);
        tn_tool_fatal(&tool, "a");
        tn_explain_line(&tool, "b");
        capture_assert(&capture, "");
}

CHECK(tool_log_of_the_library_names_who_speaks)
{
        struct tn_log log = tn_tool_library_log("who");
        struct capture capture;

        capture_begin(&capture);
        tn_log(&log, TN_LOG_ERR, "a");
        tn_log_from(&log, "other", TN_LOG_ERR, "b");
        tn_log(&log, TN_LOG_WARNING, "not heard");
        capture_assert(&capture, "libkmod: ERROR: who: a\nlibkmod: ERROR: other: b\n");
}

CHECK(tool_ends_with_its_status)
{
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_ERR);
        assert_int_equal(tn_tool_end(&tool, 0), 0);
        assert_int_equal(tn_tool_end(&tool, 1), 1);
}

CHECK(explain_option_decides_over_all_but_silence)
{
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_ERR);
        assert_int_equal(tn_tool_take_explain(&tool, NULL), 0);
        assert_true(tn_explain_wanted(&tool));
        tool.quiet = true;
        assert_false(tn_explain_wanted(&tool));
        tool.quiet = false;
        tool.use_syslog = true;
        assert_false(tn_explain_wanted(&tool));
        tool.use_syslog = false;
        tool.verbose = true;
        assert_int_equal(tn_tool_take_explain(&tool, "never"), 0);
        assert_false(tn_explain_wanted(&tool));
        assert_int_equal(tn_tool_take_explain(&tool, "auto"), 0);
        assert_true(tn_explain_wanted(&tool));
        assert_int_equal(tn_tool_take_explain(&tool, "always"), 0);
        tool.verbose = false;
        assert_true(tn_explain_wanted(&tool));
}

CHECK(explain_is_indented_and_asked_for)
{
        struct capture capture;
        struct tn_tool tool;

        tn_tool_init(&tool, "tool", TN_LOG_ERR);
        capture_begin(&capture);
        tn_explain(&tool, SPAN("not asked for\n"));
        tool.verbose = true;
        tn_explain(&tool, SPAN("a\n\nb"));
        tn_explain_line(&tool, "c%s", "\n");
        tool.use_syslog = true;
        tn_explain_line(&tool, "not to syslog");
        capture_assert(&capture, "  a\n  b\n  c\\n\n");
}
