/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "core/live.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

static struct tn_live_module *get(struct tn_live *live, const char *name)
{
        struct tn_live_module *mod;

        assert_int_equal(tn_live_get(live, tn_span_of(name), &mod), 0);
        return mod;
}

static bool release(struct tn_live *live, const char *name, const char *holder)
{
        bool held;

        assert_int_equal(tn_live_release(live, get(live, name), holder, &held), 0);
        return held;
}

CHECK(live_asks_the_kernel_once)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };

        fake_kernel_reset();
        assert_int_equal(get(&live, "a")->state, TN_KERNEL_ABSENT);
        fake_kernel_add("a", 2, "b c");
        assert_int_equal(get(&live, "a")->state, TN_KERNEL_ABSENT);
        fake_kernel_add("b", 3, "");
        assert_int_equal(get(&live, "b")->refcnt, 3);
        assert_int_equal(get(&live, "b")->state, TN_KERNEL_LIVE);
}

CHECK(live_counts_down_for_holders_alone)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };

        fake_kernel_reset();
        fake_kernel_add("a", 2, "b c");
        assert_true(release(&live, "a", "c"));
        assert_int_equal(get(&live, "a")->refcnt, 1);
        assert_false(release(&live, "a", "d"));
        assert_int_equal(get(&live, "a")->refcnt, 1);
        assert_true(release(&live, "a", "b"));
        assert_true(release(&live, "a", "b"));
        assert_int_equal(get(&live, "a")->refcnt, 0);
        assert_int_equal(fake_kernel_find("a")->refcnt, 2);
}

CHECK(live_goes_back_to_a_mark)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const char *holders;
        size_t mark;

        fake_kernel_reset();
        fake_kernel_add("a", 2, "b c");
        fake_kernel_add("b", 0, "");
        assert_true(release(&live, "a", "c"));
        mark = tn_live_mark(&live);
        assert_int_equal(tn_live_remove(&live, get(&live, "b")), 0);
        assert_true(release(&live, "a", "b"));
        assert_int_equal(tn_live_remove(&live, get(&live, "a")), 0);
        tn_live_rollback(&live, mark);
        assert_int_equal(get(&live, "a")->state, TN_KERNEL_LIVE);
        assert_int_equal(get(&live, "a")->refcnt, 1);
        assert_int_equal(get(&live, "b")->state, TN_KERNEL_LIVE);
        strcpy(fake_kernel_find("a")->holders, "");
        assert_int_equal(tn_live_holders(&live, get(&live, "a"), &holders), 0);
        assert_string_equal(holders, "b");
        tn_live_rollback(&live, 0);
        assert_int_equal(get(&live, "a")->refcnt, 2);
}

/* The kernel is not asked again for what was learned after the mark. */
CHECK(live_going_back_forgets_no_holders)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const char *before, *after;

        fake_kernel_reset();
        fake_kernel_add("a", 1, "b");
        assert_int_equal(tn_live_remove(&live, get(&live, "a")), 0);
        assert_int_equal(tn_live_holders(&live, get(&live, "a"), &before), 0);
        tn_live_rollback(&live, 0);
        fake_kernel_reset();
        assert_int_equal(tn_live_holders(&live, get(&live, "a"), &after), 0);
        assert_ptr_equal(before, after);
        assert_string_equal(after, "b");
}

CHECK(live_takes_an_unknown_state_for_a_fault_of_the_kernel)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        struct tn_live_module *mod;

        fake_kernel_reset();
        fake_kernel_add("a", 0, "");
        fake_kernel_find("a")->state_err = -EINVAL;
        assert_int_equal(tn_live_get(&live, SPAN("a"), &mod), -EIO);
        fake_kernel_find("a")->state_err = -EACCES;
        assert_int_equal(tn_live_get(&live, SPAN("a"), &mod), -EACCES);
}

CHECK(live_may_be_built_in_without_a_count_alone)
{
        assert_true(tn_live_may_be_builtin(
                &(struct tn_live_module){ .state = TN_KERNEL_COMING, .refcnt = -ENOENT }));
        assert_false(tn_live_may_be_builtin(
                &(struct tn_live_module){ .state = TN_KERNEL_LIVE, .refcnt = -ENOENT }));
        assert_false(tn_live_may_be_builtin(&(struct tn_live_module){ .state = TN_KERNEL_COMING }));
}
