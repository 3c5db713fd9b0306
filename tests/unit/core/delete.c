/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "core/delete.h"
#include "fake_kernel.h"
#include "kernel/kernel.h"

static void add_loop(unsigned busy)
{
        fake_kernel_reset();
        fake_kernel_add("loop", 0, "");
        fake_kernel_busy("loop", busy);
}

CHECK(delete_without_time_tries_once)
{
        add_loop(1);
        assert_int_equal(tn_delete_module("loop", TN_KERNEL_NOWAIT, 0), -EAGAIN);
        assert_string_equal(fake_kernel_journal(), "delete loop 2048\n");
}

CHECK(delete_may_wait_forever)
{
        add_loop(3);
        assert_int_equal(tn_delete_module("loop", TN_KERNEL_NOWAIT | TN_KERNEL_FORCE, TN_DELETE_FOREVER), 0);
        assert_string_equal(fake_kernel_journal(), "delete loop 2560\ndelete loop 2560\ndelete loop 2560\n"
                                                   "delete loop 2560\n");
}

CHECK(delete_waits_no_longer_than_it_may)
{
        struct timespec before, after;
        long ms;

        add_loop(1000);
        clock_gettime(CLOCK_MONOTONIC, &before);
        assert_int_equal(tn_delete_module("loop", TN_KERNEL_NOWAIT, 20), -EAGAIN);
        clock_gettime(CLOCK_MONOTONIC, &after);
        ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
        assert_in_range(ms, 20, 300000);
        /* at 0, 1, 3, 7, 15 and 20 ms, or fewer where sleeping takes its time */
        assert_true(strlen(fake_kernel_journal()) <= 6 * strlen("delete loop 2048\n"));
}

CHECK(delete_waits_for_nothing_but_use)
{
        add_loop(0);
        fake_kernel_fail("loop", -EBUSY);
        assert_int_equal(tn_delete_module("loop", TN_KERNEL_NOWAIT, TN_DELETE_FOREVER), -EBUSY);
        assert_int_equal(tn_delete_module("none", TN_KERNEL_NOWAIT, TN_DELETE_FOREVER), -ENOENT);
}
