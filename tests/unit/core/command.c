/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "core/command.h"
#include "core/underway.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

static struct tn_command_end end_of(struct tn_command cmd)
{
        struct tn_command_end end = { .status = -1, .err = -1 };

        assert_int_equal(tn_command_run(&cmd, &end), 0);
        return end;
}

/* Runs a command whose standard output goes to a file, and compares that. */
static void assert_prints(struct tn_command cmd, const char *expected)
{
        struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, out = { 0 }, got = { 0 };
        _cleanup_(freep) char *path = tmpdir_path(&dir, "out");
        const char *env[] = { NULL, "ALSO=yes", NULL };
        struct tn_command_end end;

        tn_buf_addf(&out, "OUT=%s", path);
        env[0] = tn_buf_str(&out);
        tn_buf_addf(&text, "exec > \"$OUT\"; %s", cmd.text);
        cmd.text = tn_buf_str(&text);
        cmd.env = env;
        if (!cmd.module)
                cmd.module = "fat";
        end = end_of(cmd);
        assert_int_equal(end.err, 0);
        assert_int_equal(end.status, 0);
        assert_int_equal(tn_file_read_at(AT_FDCWD, path, 65536, &got), 0);
        assert_string_equal(tn_buf_str(&got), expected);
        tmpdir_fini(&dir);
}

CHECK(command_tells_its_exit_status)
{
        assert_int_equal(end_of((struct tn_command){ .text = "exit 0", .module = "fat" }).status, 0);
        assert_int_equal(end_of((struct tn_command){ .text = "exit 3", .module = "fat" }).status, 3);
        assert_int_equal(end_of((struct tn_command){ .text = "exit 255", .module = "fat" }).status, 255);
}

CHECK(command_tells_the_signal_that_ended_it)
{
        assert_int_equal(end_of((struct tn_command){ .text = "kill -9 $$", .module = "fat" }).status,
                         128 + 9);
        assert_int_equal(end_of((struct tn_command){ .text = "kill -TERM $$", .module = "fat" }).status,
                         128 + SIGTERM);
}

CHECK(command_true_and_false_need_no_process)
{
        const struct sigaction ignore = { .sa_handler = SIG_IGN };
        struct sigaction before;

        /* with children that nobody can wait for, a process would be an error */
        assert_int_equal(sigaction(SIGCHLD, &ignore, &before), 0);
        assert_int_equal(end_of((struct tn_command){ .text = "/bin/true", .module = "fat" }).err, 0);
        assert_int_equal(end_of((struct tn_command){ .text = "/bin/false", .module = "fat" }).status, 1);
        assert_int_equal(end_of((struct tn_command){ .text = "exec false # no", .module = "fat" }).status, 1);
        assert_int_equal(end_of((struct tn_command){ .text = "exec :", .module = "fat" }).status, 0);
        assert_int_equal(end_of((struct tn_command){ .text = "exit 3", .module = "fat" }).err, -ECHILD);
        assert_int_equal(sigaction(SIGCHLD, &before, NULL), 0);
}

CHECK(command_may_begin_with_a_dash)
{
        assert_int_equal(end_of((struct tn_command){ .text = "-nix 2>&-", .module = "fat" }).status, 127);
}

CHECK(command_gets_the_options_as_words)
{
        assert_prints((struct tn_command){ .text = "printf '<%s>' -i $CMDLINE_OPTS end",
                                           .options = " a=1 b=\"c d\" 'e=f  g' " },
                      "<-i><a=1><b=c d><e=f  g><end>");
        assert_prints((struct tn_command){ .text = "printf '<%s>' -i $CMDLINE_OPTS end" }, "<-i><end>");
        assert_prints((struct tn_command){ .text = "printf %s \"$#\"", .options = "a=1 b=2" }, "0");
}

static const char hostile[] =
        "a=$(echo pwned) b=`echo pwned` c=;echo_pwned d=\"x;echo pwned #\" e=it's f=\"\n\n\" "
        "g=${HOME} h=\\ i=* j=|cat k=&& l=>x \"m=' '\" n=\"$(echo \"";

CHECK(command_never_parses_the_options)
{
        static const char words[] =
                "<a=$(echo><pwned)><b=`echo><pwned`><c=;echo_pwned><d=x;echo pwned #><e=it's>"
                "<f=\n\n><g=${HOME}><h=\\><i=*><j=|cat><k=&&><l=>x><m=' '><n=$(echo >";

        assert_prints((struct tn_command){ .text = "printf '<%s>' $CMDLINE_OPTS", .options = hostile },
                      words);
        assert_prints((struct tn_command){ .text = "printf '<%s>' ${CMDLINE_OPTS}", .options = hostile },
                      words);
        assert_prints(
                (struct tn_command){ .text = "sh -c 'printf \"<%s>\" $CMDLINE_OPTS'", .options = hostile },
                words);
}

CHECK(command_never_parses_the_options_in_double_quotes)
{
        static const char text[] =
                "<a=\\$\\(echo pwned\\) b=\\`echo pwned\\` c=\\;echo_pwned d=x\\;echo\\ pwned\\ \\# "
                "e=it\\'s f=\\ \\  g=\\$\\{HOME\\} h=\\\\ i=\\* j=\\|cat k=\\&\\& l=\\>x "
                "m=\\'\\ \\' n=\\$\\(echo\\ >";
        static const char words[] =
                "<a=$(echo><pwned)><b=`echo><pwned`><c=;echo_pwned><d=x;echo pwned #><e=it's>"
                "<f=  ><g=${HOME}><h=\\><i=*><j=|cat><k=&&><l=>x><m=' '><n=$(echo >";

        assert_prints((struct tn_command){ .text = "printf '<%s>' \"$CMDLINE_OPTS\"", .options = hostile },
                      text);
        /* a second shell, which gets the text to parse, has the words again */
        assert_prints(
                (struct tn_command){ .text = "sh -c \"printf '<%s>' $CMDLINE_OPTS\"", .options = hostile },
                words);
}

CHECK(command_knows_its_module_and_no_more_of_others)
{
        assert_int_equal(setenv("MODPROBE_MODULE", "outer", 1), 0);
        assert_int_equal(setenv("CMDLINE_OPTS", "outer", 1), 0);
        assert_int_equal(setenv("CMDLINE_OPTS_2", "outer", 1), 0);
        assert_prints((struct tn_command){ .text = "echo $MODPROBE_MODULE $ALSO; env | grep -c outer; :",
                                           .module = "vfat",
                                           .options = "a" },
                      "vfat yes\n0\n");
        assert_string_equal(getenv("MODPROBE_MODULE"), "outer");
        unsetenv("MODPROBE_MODULE");
        unsetenv("CMDLINE_OPTS");
        unsetenv("CMDLINE_OPTS_2");
}

CHECK(command_environment_can_be_replaced)
{
        assert_int_equal(setenv("ALSO", "no", 1), 0);
        assert_prints((struct tn_command){ .text = "env | grep ALSO" }, "ALSO=yes\n");
        assert_prints((struct tn_command){ .text = "while IFS= read -r l || [ \"$l\" ]; do case $l in "
                                                   "*ALSO=no*) echo twice ;; *ALSO=yes*) echo once ;; esac; "
                                                   "done </proc/self/environ" },
                      "once\n");
        unsetenv("ALSO");
}

CHECK(command_inherits_the_environment)
{
        assert_int_equal(setenv("INHERITED", "yes", 1), 0);
        assert_prints((struct tn_command){ .text = "echo $INHERITED" }, "yes\n");
        unsetenv("INHERITED");
}

CHECK(command_is_under_way_for_what_it_starts)
{
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        tn_buf_addf(&expected, "+1/loop -%d/fat\n", getpid());
        assert_prints((struct tn_command){ .text = "echo $" TN_UNDERWAY_VARIABLE,
                                           .underway = "+1/loop",
                                           .remove = true },
                      tn_buf_str(&expected));
}

static volatile sig_atomic_t caught;

static void catch (int number)
{
        caught = number;
}

CHECK(command_is_waited_for_across_interruptions)
{
        struct sigaction before;
        const struct sigaction handler = { .sa_handler = catch };

        assert_int_equal(sigaction(SIGUSR1, &handler, &before), 0);
        caught = 0;
        assert_int_equal(
                end_of((struct tn_command){ .text = "until grep -q ') S ' /proc/$PPID/stat; do :; done;"
                                                    "kill -USR1 $PPID; sleep 0.1; exit 5",
                                            .module = "fat" })
                        .status,
                5);
        assert_int_equal(caught, SIGUSR1);
        assert_int_equal(sigaction(SIGUSR1, &before, NULL), 0);
}

static volatile sig_atomic_t stolen;

static void reap(int number)
{
        (void)number;
        while (waitpid(-1, NULL, WNOHANG) > 0)
                stolen++;
}

CHECK(command_is_not_stolen_by_a_handler_of_the_caller)
{
        struct sigaction before, after;
        const struct sigaction handler = { .sa_handler = reap };

        assert_int_equal(sigaction(SIGCHLD, &handler, &before), 0);
        stolen = 0;
        assert_int_equal(end_of((struct tn_command){ .text = "exit 5", .module = "fat" }).status, 5);
        assert_int_equal(stolen, 0);
        assert_int_equal(sigaction(SIGCHLD, &before, &after), 0);
        assert_ptr_equal(after.sa_handler, reap);
}

CHECK(command_starts_with_default_signals)
{
        const struct sigaction ignore = { .sa_handler = SIG_IGN };
        struct sigaction before;

        assert_int_equal(sigaction(SIGPIPE, &ignore, &before), 0);
        assert_int_equal(end_of((struct tn_command){ .text = "kill -PIPE $$", .module = "fat" }).status,
                         128 + SIGPIPE);
        assert_int_equal(sigaction(SIGPIPE, &before, NULL), 0);
}

CHECK(command_that_is_too_long_is_not_run)
{
        _cleanup_(freep) char *text = malloc(4 * 1024 * 1024);
        struct tn_command_end end;

        assert_non_null(text);
        memset(text, ':', 4 * 1024 * 1024 - 1);
        text[4 * 1024 * 1024 - 1] = '\0';
        end = end_of((struct tn_command){ .text = text, .module = "fat" });
        assert_int_equal(end.err, -E2BIG);
}
