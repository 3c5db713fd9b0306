/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/plan.h"
#include "found.h"

CHECK(detect_knows_values_that_the_kernel_refuses)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        say(&evidence, "m: `fast' invalid for parameter `max_speed'");
        assert_found(&evidence, "parameter-value: 'fast' is no value for parameter max_speed of m\n");
        evidence = evidence_of(-ENOSPC);
        say(&evidence, "m: `abc' too large for parameter `name'");
        assert_found(&evidence, "parameter-length: 'abc' is too long for parameter name of m\n");
        evidence = evidence_of(-EINVAL);
        evidence.options = "x=1 arr=1,2,3";
        say(&evidence, "arr: can only take 2 arguments");
        assert_found(&evidence, "parameter-count: parameter arr of m takes no more than 2 values\n");
}

CHECK(detect_blames_no_value_where_they_are_too_many)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        evidence.options = "arr=1,2,3";
        say(&evidence, "arr: can only take 2 arguments");
        say(&evidence, "m: `1' invalid for parameter `arr'");
        assert_found(&evidence, "parameter-count: parameter arr of m takes no more than 2 values\n");
}

CHECK(detect_says_what_a_parameter_takes_and_which_is_nearest)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        info(&evidence, SPAN("parm"), SPAN("max_speed:how fast"));
        info(&evidence, SPAN("parmtype"), SPAN("max_speed:byte"));
        info(&evidence, SPAN("parmtype"), SPAN("max:charp"));
        say(&evidence, "m: unknown parameter 'max_sped' ignored");
        say(&evidence, "m: `fast' invalid for parameter `max-speed'");
        say(&evidence, "m: `fast' invalid for parameter `max-speed'");
        say(&evidence, "m: `' invalid for parameter `max'");
        assert_found(
                &evidence,
                "parameter-unknown: m has no parameter 'max_sped', so the kernel ignores it; the nearest "
                "is 'max_speed'\n"
                "parameter-value: 'fast' is no value for parameter max-speed of m, which takes byte (0 "
                "to 255)\n"
                "parameter-value: '' is no value for parameter max of m, which takes charp\n");
}

CHECK(detect_does_not_say_what_a_parameter_takes_that_has_a_check_of_its_own)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        info(&evidence, SPAN("parmtype"), SPAN("level:int"));
        say(&evidence, "m: `7' invalid for parameter `level'");
        assert_found(&evidence, "parameter-value: '7' is no value for parameter level of m\n");
}

/* Three lines and a request that set x, the last line to the value of the one before. */
static void give_options(struct tn_evidence *evidence)
{
        static const struct tn_conf_record records[] = {
                { .file = "/etc/a.conf", .line = 1 },
                { .file = "/etc/a.conf", .line = 2 },
                { .file = "/proc/cmdline" },
        };
        static const struct tn_step_option option[] = {
                { SPAN("x=12"), &records[0] },
                { SPAN("\"x=1 2\""), &records[1] },
                { SPAN("x=\"1 2\""), &records[2] },
                { SPAN("x=2"), NULL },
        };

        evidence->option = option;
        evidence->n_options = ARRAY_SIZE(option);
}

CHECK(detect_says_which_line_has_set_a_parameter)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        give_options(&evidence);
        say(&evidence, "m: `12' invalid for parameter `x'");
        say(&evidence, "m: `1 2' invalid for parameter `x'");
        say(&evidence, "m: `2' invalid for parameter `x'");
        say(&evidence, "m: unknown parameter 'y' ignored");
        assert_found(&evidence,
                     "parameter-value: '12' is no value for parameter x of m; it is from /etc/a.conf line 1\n"
                     "parameter-value: '1 2' is no value for parameter x of m; it is from the kernel command "
                     "line\n"
                     "parameter-value: '2' is no value for parameter x of m\n"
                     "parameter-unknown: m has no parameter 'y', so the kernel ignores it\n");
}

CHECK(detect_does_not_blame_a_parameter_that_the_kernel_ignores)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        say(&evidence, "m: unknown parameter 'max_sped' ignored");
        assert_found(&evidence, "parameter-unknown: m has no parameter 'max_sped', so the kernel ignores it\n"
                                "kernel-silent: the kernel gave no reason\n");
}

CHECK(detect_guesses_two_parameters_in_one_argument)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        info(&evidence, SPAN("parm"), SPAN("format:how"));
        evidence.options = "path=\"/a b.lime format=lime x=1\"";
        assert_found(&evidence,
                     "parameter-joined?: it may be that 'format=lime' is part of the value of 'path'\n");
}

CHECK(detect_says_which_line_has_two_parameters_in_one_argument)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        info(&evidence, SPAN("parm"), SPAN("y:how"));
        give_options(&evidence);
        evidence.options = "x=\"1 y=2\"";
        assert_found(&evidence,
                     "parameter-joined?: it may be that 'y=2' is part of the value of 'x'; it is from "
                     "the kernel command line\n");
}

CHECK(detect_shows_what_the_kernel_says_beside_a_guess)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        info(&evidence, SPAN("parm"), SPAN("format:how"));
        evidence.options = "path=\"/a format=lime\"";
        say(&evidence, "m: no such format");
        assert_found(&evidence,
                     "parameter-joined?: it may be that 'format=lime' is part of the value of 'path'\n"
                     "kernel-said: the kernel says: m: no such format\n");
        evidence = evidence_of(-EINVAL);
        info(&evidence, SPAN("parm"), SPAN("format:how"));
        evidence.options = "path=\"/a format=lime\"";
        evidence.parts |= TN_EVIDENCE_LOG;
        assert_found(&evidence,
                     "parameter-joined?: it may be that 'format=lime' is part of the value of 'path'\n");
}

/* A module with some parameters, and options for it. */
static struct tn_evidence given(int err, const char *options)
{
        struct tn_evidence evidence = evidence_of(err);
        static const struct tn_modsym needs[] = {
                { .name = SPAN("param_ops_int"), .bind = 'U' },
                { .name = SPAN("param_ops_charp"), .bind = 'U' },
        };

        evidence.options = options;
        info(&evidence, SPAN("parmtype"), SPAN("max_speed:int"));
        info(&evidence, SPAN("parm"), SPAN("max_speed:how fast"));
        info(&evidence, SPAN("parmtype"), SPAN("ports:array of ushort"));
        info(&evidence, SPAN("parm"), SPAN("by_callback:Set by a function"));
        info(&evidence, SPAN("parmtype"), SPAN("text:charp"));
        evidence.facts.layout.parameters = 4;
        for (size_t i = 0; i < ARRAY_SIZE(needs); i++)
                assert_int_equal(tn_vec_add(&evidence.facts.needs, needs[i]), 0);
        return evidence;
}

CHECK(detect_knows_what_is_ignored_of_a_success_where_the_kernel_cannot_be_heard)
{
        struct tn_evidence evidence =
                given(0, "max_sped=8 nix max-speed=1 by-callback ports=x dyndbg=+p -- zzyzx");

        assert_found(&evidence, "parameter-unknown: m has no parameter 'max_sped', so the kernel ignores it; "
                                "the nearest is 'max_speed'\n"
                                "parameter-unknown: m has no parameter 'nix', so the kernel ignores it\n");
        evidence = given(0, "m.max_speed=8");
        evidence.parts |= TN_EVIDENCE_LOG;
        assert_found(&evidence, "");
        evidence = given(0, "may_be=1");
        evidence.facts.layout.parameters = 5; /* one that is not described */
        assert_found(&evidence, "");
        evidence = given(0, "x=1 nix=1");
        give_options(&evidence);
        assert_found(&evidence, "parameter-unknown: m has no parameter 'x', so the kernel ignores it; it is "
                                "from the kernel command line\n"
                                "parameter-unknown: m has no parameter 'nix', so the kernel ignores it\n");
}

CHECK(detect_guesses_at_values_that_explain_the_answer_where_the_kernel_cannot_be_heard)
{
        static const char options[] = "max_speed=99999999999 nix max_speed=x ports=x";
        struct tn_evidence evidence = given(-EINVAL, options);

        assert_found(&evidence, "parameter-value?: it may be that 'x' is no value for parameter max_speed of "
                                "m, which takes int (-2147483648 to 2147483647)\n");
        evidence = given(-ERANGE, options);
        assert_found(&evidence,
                     "parameter-value?: it may be that '99999999999' is no value for parameter max_speed of "
                     "m, which takes int (-2147483648 to 2147483647)\n");
        evidence = given(-EINVAL, options);
        evidence.parts |= TN_EVIDENCE_LOG;
        assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
        evidence = given(-EINVAL, "max_speed=1 ports=x nix=2");
        assert_found(&evidence,
                     "kernel-unheard: the kernel's log may say why, and this process may not read it\n");
        evidence = given(-EINVAL, "max_speed=\"1 text=2\"");
        assert_found(&evidence, "parameter-joined?: it may be that 'text=2' is part of the value of "
                                "'max_speed'\n");
}
