/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "capture.h"
#include "check.h"
#include "cli/arguments.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

struct run {
        struct tn_tool tool;
        bool set;
        unsigned bits;
        unsigned level;
        const char *text;
        struct tn_option_list list;
        const char *taken;
        struct tn_buf log; /* the options, in order */
};

static void run_fini(struct run *run)
{
        tn_vec_fini(&run->list);
        tn_buf_fini(&run->log);
}

static int take(void *data, const char *arg)
{
        struct run *run = data;

        run->taken = arg;
        return strcmp(arg, "bad") == 0 ? -EINVAL : 0;
}

static void note(void *data, const struct tn_option *row, const char *arg, int at)
{
        struct run *run = data;

        tn_buf_addf(&run->log, "%c@%d=%s ", row->id, at, arg ? arg : "");
}

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'a', "all", NULL, NULL, TN_OPTION_SETS(struct run, set) },
        { 'b', NULL, NULL, NULL, TN_OPTION_ADDS(struct run, bits, 1) },
        { 'B', NULL, NULL, NULL, TN_OPTION_ADDS(struct run, bits, 6) },
        { 'l', NULL, NULL, NULL, TN_OPTION_RAISES(struct run, level, 2) },
        { 'L', NULL, NULL, NULL, TN_OPTION_RAISES(struct run, level, 5) },
        { 't', NULL, "TEXT", NULL, TN_OPTION_KEEPS(struct run, text) },
        { 'w', NULL, NULL, NULL, TN_OPTION_NAMES(struct run, text, "word") },
        { 'C', NULL, "PATH", NULL, TN_OPTION_LISTS(struct run, list) },
        { 'o', "older", "ARG", NULL },
        { 'o', "newer", "ARG", NULL, TN_OPTION_TAKES(take) },
        { 'k', NULL, NULL, NULL },
        { TN_OPTION_ROW_SYSLOG },
        { TN_OPTION_ROW_QUIET(NULL) },
        { TN_OPTION_ROW_VERBOSE(NULL) },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

static void print_more(void)
{
        puts("More.");
}

/* The status, or -1 when the run goes on. */
static int take_all(struct run *run, const char *line)
{
        static char words[64];
        const struct tn_arguments arguments = {
                TN_ARGUMENTS("Usage: tool\n", table),
                .more_help = print_more,
                .taken = note,
        };
        char *rest = words, *argv[16] = { (char[]){ "tool" } };
        int argc = 1, status = -1;
        bool on;

        assert_true(strlen(line) < sizeof(words));
        strcpy(words, line); /* options are borrowed */
        for (; rest; argc++)
                argv[argc] = strsep(&rest, " ");
        tn_tool_init(&run->tool, "tool", TN_LOG_ERR);
        on = tn_arguments_take(&arguments, argc, argv, &run->tool, run, &status);
        assert_true(on == (status == -1));
        assert_true(!on || optind == argc);
        return status;
}

CHECK(arguments_set_the_fields_of_their_rows)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-k"), -1);
        assert_true(!run.set && !run.bits && !run.level && !run.text && !run.list.v);
        assert_int_equal(take_all(&run, "-ab -B"), -1);
        assert_true(run.set);
        assert_int_equal(run.bits, 7);
}

CHECK(arguments_raise_a_level_and_never_lower_it)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-l"), -1);
        assert_int_equal(run.level, 2);
        assert_int_equal(take_all(&run, "-L -l"), -1);
        assert_int_equal(run.level, 5);
}

CHECK(arguments_keep_the_last_text)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-w -tx"), -1);
        assert_string_equal(run.text, "x");
        assert_int_equal(take_all(&run, "-tx -w"), -1);
        assert_string_equal(run.text, "word");
}

CHECK(arguments_make_a_list_that_ends_in_null)
{
        _cleanup_(run_fini) struct run run = { 0 };

        for (size_t i = 0; i < 40; i++) {
                assert_int_equal(take_all(&run, i % 2 ? "-Cb" : "-Ca"), -1);
                assert_int_equal(run.list.n, i + 1);
                assert_string_equal(run.list.v[i], i % 2 ? "b" : "a");
                assert_null(run.list.v[i + 1]);
        }
}

CHECK(arguments_of_one_id_do_the_same)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "--older=x"), -1);
        assert_string_equal(run.taken, "x");
        assert_int_equal(take_all(&run, "--newer=y"), -1);
        assert_string_equal(run.taken, "y");
        assert_int_equal(take_all(&run, "-oz"), -1);
        assert_string_equal(run.taken, "z");
}

CHECK(arguments_end_at_the_first_that_fails)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-b -obad -a"), 1);
        assert_true(run.bits && !run.set);
        assert_string_equal(tn_buf_str(&run.log), "b@1= ");
}

CHECK(arguments_are_noted_where_they_stood)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-a -Cx --older y -qv"), -1);
        assert_string_equal(tn_buf_str(&run.log), "a@1= C@2=x o@3=y q@5= v@5= ");
}

CHECK(arguments_of_every_tool_reach_the_tool)
{
        _cleanup_(run_fini) struct run run = { 0 };

        assert_int_equal(take_all(&run, "-k"), -1);
        assert_true(!run.tool.quiet && !run.tool.verbose && !run.tool.use_syslog);
        assert_int_equal(take_all(&run, "-s -q"), -1);
        assert_true(run.tool.quiet && !run.tool.verbose && run.tool.use_syslog);
        assert_int_equal(take_all(&run, "-v -v"), -1);
        assert_true(!run.tool.quiet && run.tool.verbose && !run.tool.use_syslog);
        assert_int_equal(run.tool.log.max, TN_LOG_NOTICE);
}

CHECK(arguments_end_well_after_version)
{
        static const char last[] = "\ntenon version " TN_VERSION "\n";
        _cleanup_(run_fini) struct run run = { 0 };
        struct capture capture;
        int status;

        capture_begin(&capture);
        status = take_all(&run, "-V -a");
        capture_end(&capture);
        assert_int_equal(status, 0);
        assert_false(run.set);
        assert_memory_equal(capture.text, "kmod version 34\n", 16);
        assert_true(strlen(capture.text) > strlen(last));
        assert_string_equal(capture.text + strlen(capture.text) - strlen(last), last);
}

CHECK(arguments_end_well_after_help)
{
        _cleanup_(run_fini) struct run run = { 0 };
        struct capture capture;
        int status;

        capture_begin(&capture);
        status = take_all(&run, "-b -h -a");
        capture_assert(&capture, "Usage: tool\n\nOptions:\n"
                                 "  -s, --syslog              messages go to syslog, not to standard error\n"
                                 "  -V, --version             show version\n"
                                 "  -h, --help                show this help\n"
                                 "More.\n");
        assert_int_equal(status, 0);
        assert_true(run.bits && !run.set);
        assert_string_equal(tn_buf_str(&run.log), "b@1= ");
}

CHECK(arguments_that_are_wrong_are_reported)
{
        _cleanup_(run_fini) struct run run = { 0 };
        struct capture capture;
        int status;

        capture_begin(&capture);
        status = take_all(&run, "-b --nix -a");
        capture_assert(&capture, "tool: unrecognized option '--nix'\n");
        assert_int_equal(status, 1);
        assert_true(run.bits && !run.set);
}
