/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "util/vec.h"

#include <errno.h>

CHECK(vec_keeps_values_in_order_while_it_grows)
{
        TN_VEC(int) vec = { 0 };
        int *it, want = 0;

        for (int i = 0; i < 1000; i++)
                assert_int_equal(tn_vec_add(&vec, i), 0);
        assert_int_equal(vec.n, 1000);
        tn_vec_each (it, &vec)
                assert_int_equal(*it, want++);
        assert_int_equal(want, 1000);
        tn_vec_fini(&vec);
        assert_null(vec.v);
        assert_int_equal(vec.n + vec.cap, 0);
}

CHECK(vec_without_elements_is_walked_without_a_step)
{
        TN_VEC(int) vec = { 0 };
        int *it;

        tn_vec_each (it, &vec)
                fail();
        tn_vec_fini(&vec);
}

CHECK(vec_may_be_given_its_own_element)
{
        TN_VEC(int) vec = { 0 };

        assert_int_equal(tn_vec_add(&vec, 7), 0);
        for (int i = 0; i < 100; i++)
                assert_int_equal(tn_vec_add(&vec, vec.v[0]), 0);
        assert_int_equal(vec.v[100], 7);
        tn_vec_fini(&vec);
}

CHECK(vec_reserve_makes_room_once)
{
        TN_VEC(const char *) vec = { 0 };
        const char **before;

        assert_int_equal(tn_vec_reserve(&vec, 100), 0);
        assert_true(vec.cap >= 100);
        before = vec.v;
        for (int i = 0; i < 100; i++)
                assert_int_equal(tn_vec_add(&vec, "x"), 0);
        assert_ptr_equal(vec.v, before);
        assert_int_equal(tn_vec_reserve(&vec, 1), 0);
        assert_int_equal(vec.n, 100);
        tn_vec_fini(&vec);
}

CHECK(vec_refuses_counts_that_overflow_and_stays_as_it_was)
{
        TN_VEC(uint64_t) vec = { 0 };

        assert_int_equal(tn_vec_add(&vec, 1), 0);
        assert_int_equal(tn_vec_reserve(&vec, SIZE_MAX), -ENOMEM);
        assert_int_equal(tn_vec_reserve(&vec, SIZE_MAX / 8 + 1), -ENOMEM);
        assert_int_equal(vec.n, 1);
        assert_int_equal(vec.v[0], 1);
        tn_vec_fini(&vec);
}
