/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "core/underway.h"
#include "util/cleanup.h"

/* The number of a process that is no more. */
static pid_t pid_gone(void)
{
        pid_t pid = fork();

        if (pid == 0)
                _exit(0);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        return pid;
}

CHECK(underway_of_nothing_is_nothing)
{
        assert_false(tn_underway_has(NULL, false, "fat"));
        assert_false(tn_underway_has("", false, "fat"));
}

CHECK(underway_has_what_was_added)
{
        _cleanup_(tn_buf_fini) struct tn_buf one = { 0 }, two = { 0 };

        tn_underway_add(NULL, false, "fat", getpid(), &one);
        tn_underway_add(tn_buf_str(&one), true, "net:x", getpid(), &two);
        assert_true(tn_underway_has(tn_buf_str(&one), false, "fat"));
        assert_false(tn_underway_has(one.ptr, true, "net:x"));
        assert_true(tn_underway_has(tn_buf_str(&two), false, "fat"));
        assert_true(tn_underway_has(two.ptr, true, "net:x"));
}

CHECK(underway_keeps_install_and_remove_apart)
{
        _cleanup_(tn_buf_fini) struct tn_buf chain = { 0 };

        tn_underway_add("", true, "fat", getpid(), &chain);
        assert_false(tn_underway_has(tn_buf_str(&chain), false, "fat"));
}

CHECK(underway_names_are_whole)
{
        _cleanup_(tn_buf_fini) struct tn_buf chain = { 0 };

        tn_underway_add(NULL, false, "vfat", getpid(), &chain);
        assert_false(tn_underway_has(tn_buf_str(&chain), false, "fat"));
        assert_false(tn_underway_has(chain.ptr, false, "vfat2"));
        assert_false(tn_underway_has(chain.ptr, false, "vf"));
}

CHECK(underway_ends_with_the_process_that_waits)
{
        _cleanup_(tn_buf_fini) struct tn_buf chain = { 0 };

        tn_underway_add(NULL, false, "fat", pid_gone(), &chain);
        assert_false(tn_underway_has(tn_buf_str(&chain), false, "fat"));
        assert_true(tn_underway_has("+1/fat", false, "fat"));
}

CHECK(underway_that_is_malformed_is_no_entry)
{
        static const char *const bad[] = { "fat",
                                           "+fat",
                                           "+/fat",
                                           "+x/fat",
                                           "+0/fat",
                                           "+-1/fat",
                                           "1/fat",
                                           "+1fat",
                                           "+99999999999999999999999/fat",
                                           "+4294967297/fat",
                                           "+",
                                           "/",
                                           " " };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(tn_underway_has(bad[i], false, "fat"));
        assert_true(tn_underway_has("junk +1/fat ", false, "fat"));
}
