/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "util/cleanup.h"
#include "util/set.h"

CHECK(set_add_says_whether_the_key_is_new)
{
        _cleanup_(tn_set_fini) struct tn_set set = { 0 };

        assert_false(tn_set_has(&set, SPAN("a")));
        assert_int_equal(tn_set_add(&set, SPAN("a")), 1);
        assert_int_equal(tn_set_add(&set, SPAN("a")), 0);
        assert_int_equal(tn_set_add(&set, SPAN("")), 1);
        assert_int_equal(tn_set_add(&set, (struct span){ 0 }), 0);
        assert_true(tn_set_has(&set, SPAN("a")));
        assert_true(tn_set_has(&set, SPAN("")));
        assert_false(tn_set_has(&set, SPAN("b")));
}

CHECK(set_may_be_handed_over)
{
        struct tn_set first = { 0 };
        _cleanup_(tn_set_fini) struct tn_set second = { 0 };

        assert_int_equal(tn_set_add(&first, SPAN("a")), 1);
        second = TAKE(first);
        assert_false(tn_set_has(&first, SPAN("a")));
        assert_int_equal(tn_set_add(&second, SPAN("a")), 0);
}

CHECK(set_keeps_copies_of_keys_that_go)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_set_fini) struct tn_set set = { 0 };
        char name[16];

        for (unsigned i = 0; i < 1000; i++) {
                snprintf(name, sizeof(name), "mod_%u", i % 500);
                assert_int_equal(tn_set_add_copy(&set, &arena, tn_span_of(name)), i < 500);
        }
        assert_true(tn_set_has(&set, SPAN("mod_0")));
        assert_true(tn_set_has(&set, SPAN("mod_499")));
        assert_false(tn_set_has(&set, SPAN("mod_500")));
}
