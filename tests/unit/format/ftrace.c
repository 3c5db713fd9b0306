/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/ftrace.h"

#define CONTEXT "           mount-109     [000] .....     5.594548: "

static struct tn_ftrace_line parse(struct span text)
{
        struct tn_ftrace_line line;

        assert_int_equal(tn_ftrace_parse(text, &line), 0);
        return line;
}

static void assert_refused(struct span text)
{
        struct tn_ftrace_line line;

        assert_int_equal(tn_ftrace_parse(text, &line), -EINVAL);
}

CHECK(ftrace_request_has_asker_name_and_call_site)
{
        struct tn_ftrace_line line =
                parse(SPAN(CONTEXT "module_request: fs-vfat wait=1 call_site=get_fs_type"));

        assert_int_equal(line.event, TN_FTRACE_REQUEST);
        assert_span(line.command, "mount");
        assert_int_equal(line.pid, 109);
        assert_int_equal(line.time_ns, 5594548000);
        assert_span(line.name, "fs-vfat");
        assert_true(line.wait);
        assert_span(line.call_site, "get_fs_type");
}

CHECK(ftrace_names_may_have_blanks_and_colons)
{
        struct tn_ftrace_line line = parse(SPAN("   a-1 [0] b: c:-7       [012] d..1.    10.000001: "
                                                "module_request: fs-a wait=0 call_site=x y "
                                                "wait=0 call_site=f"));

        assert_span(line.command, "a-1 [0] b: c:");
        assert_int_equal(line.pid, 7);
        assert_int_equal(line.time_ns, 10000001000);
        assert_span(line.name, "fs-a wait=0 call_site=x y");
        assert_false(line.wait);
}

CHECK(ftrace_a_module_may_ask)
{
        struct tn_ftrace_line line =
                parse(SPAN(CONTEXT "module_request: parport_lowlevel wait=1 call_site=f_g [parport]"));

        assert_span(line.name, "parport_lowlevel");
        assert_span(line.call_site, "f_g [parport]");
        assert_refused(SPAN(CONTEXT "module_request: a wait=1 call_site=f g]"));
}

CHECK(ftrace_load_has_taints)
{
        struct tn_ftrace_line line = parse(SPAN(CONTEXT "module_load: fat "));

        assert_int_equal(line.event, TN_FTRACE_LOAD);
        assert_span(line.name, "fat");
        assert_span(line.taints, "");
        line = parse(SPAN(CONTEXT "module_load: lab OE"));
        assert_span(line.name, "lab");
        assert_span(line.taints, "OE");
}

CHECK(ftrace_counts_may_be_negative)
{
        struct tn_ftrace_line line =
                parse(SPAN(CONTEXT "module_put: fat call_site=module_unload_free refcnt=1"));

        assert_int_equal(line.event, TN_FTRACE_PUT);
        assert_span(line.name, "fat");
        assert_span(line.call_site, "module_unload_free");
        assert_int_equal(line.value, 1);
        line = parse(SPAN(CONTEXT "initcall_finish: func=0xffffffffc02de039 ret=-19"));
        assert_int_equal(line.event, TN_FTRACE_FINISH);
        assert_int_equal(line.value, -19);
}

CHECK(ftrace_processes_come_and_go)
{
        struct tn_ftrace_line line =
                parse(SPAN(CONTEXT "sched_process_exec: filename=/a b pid=3 pid=110 old_pid=110"));

        assert_int_equal(line.event, TN_FTRACE_EXEC);
        assert_span(line.name, "/a b pid=3");
        line = parse(SPAN(
                CONTEXT "sched_process_fork: comm=a child_pid=1 pid=5 child_comm=a child_pid=1 child_pid=6"));
        assert_int_equal(line.child, 6);
        assert_int_equal(parse(SPAN(CONTEXT "sched_process_exit: comm=mount pid=109 prio=120")).event,
                         TN_FTRACE_EXIT);
}

CHECK(ftrace_lost_events_are_counted)
{
        struct tn_ftrace_line line = parse(SPAN("CPU:1 [LOST 12 EVENTS]"));

        assert_int_equal(line.event, TN_FTRACE_LOST);
        assert_int_equal(line.value, 12);
        assert_int_equal(parse(SPAN("CPU:0 [LOST EVENTS]")).value, 0);
}

CHECK(ftrace_other_lines_are_passed_over)
{
        struct tn_ftrace_line line;

        assert_int_equal(tn_ftrace_parse(SPAN("# tracer: nop"), &line), -ENOENT);
        assert_int_equal(tn_ftrace_parse(SPAN(""), &line), -ENOENT);
        assert_int_equal(tn_ftrace_parse(SPAN(CONTEXT "sched_switch: prev_comm=a"), &line), -ENOENT);
}

/* A newline in a command or in a name begins a line that somebody without privileges has made up. */
CHECK(ftrace_forged_lines_are_refused)
{
        assert_refused(SPAN("oad: x -109     [000] .....     5.594548: module_load: fat "));
        assert_refused(SPAN("sh-1 [000] .... 1.0: module_load: x"));
        assert_refused(SPAN("             sh-1 [000] .... 1.0: module_load: x"));
        assert_refused(SPAN("module_load: x wait=1 call_site=get_fs_type"));
}

CHECK(ftrace_broken_lines_are_refused)
{
        assert_refused(SPAN(CONTEXT "module_request: fs-vfat wait=2 call_site=f"));
        assert_refused(SPAN(CONTEXT "module_request: fs-vfat call_site=f"));
        assert_refused(SPAN(CONTEXT "module_load: "));
        assert_refused(SPAN(CONTEXT "module_put: fat call_site=f refcnt=x"));
        assert_refused(SPAN("           mount-109     [000] .....     5: module_free: fat"));
        assert_refused(SPAN("           mount-109     [x] .....     5.1: module_free: fat"));
        assert_refused(SPAN("           mount-109     [000] .....     5.594548"));
}
