/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <threads.h>

#include "check.h"
#include "util/cleanup.h"
#include "util/dl.h"

static struct {
        double (*cos)(double);
        double (*sin)(double);
} math;

CHECK(dl_binds_all_symbols_of_a_library)
{
        static const struct tn_dl_symbol symbols[] = { { "cos", &math.cos }, { "sin", &math.sin } };
        static struct tn_dl dl = TN_DL_INIT("libm.so.6", symbols);

        assert_int_equal(tn_dl_bind(&dl), 0);
        assert_true(math.cos(0) == 1 && math.sin(0) == 0);
        assert_int_equal(tn_dl_bind(&dl), 0);
}

CHECK(dl_missing_library_is_told_each_time)
{
        static void *slot;
        static const struct tn_dl_symbol symbols[] = { { "cos", &slot } };
        static struct tn_dl dl = TN_DL_INIT("libtenon-is-not-there.so.0", symbols);

        assert_int_equal(tn_dl_bind(&dl), -ENOSYS);
        assert_int_equal(tn_dl_bind(&dl), -ENOSYS);
        assert_null(slot);
}

/* The library is closed again, so a slot that was filled already would point nowhere. */
CHECK(dl_missing_symbol_leaves_no_slot_filled)
{
        static void *there, *missing;
        static const struct tn_dl_symbol symbols[] = { { "cos", &there }, { "tn_no_such", &missing } };
        static struct tn_dl dl = TN_DL_INIT("libm.so.6", symbols);

        assert_int_equal(tn_dl_bind(&dl), -ENOSYS);
        assert_null(there);
        assert_null(missing);
}

static double (*shared_cos)(double);
static const struct tn_dl_symbol shared_symbols[] = { { "cos", &shared_cos } };
static struct tn_dl shared = TN_DL_INIT("libm.so.6", shared_symbols);

static int bind_and_call(void *arg)
{
        return tn_dl_bind(&shared) == 0 && shared_cos && shared_cos(0) == 1;
}

CHECK(dl_can_be_bound_from_several_threads)
{
        thrd_t threads[8];

        for (size_t i = 0; i < ARRAY_SIZE(threads); i++)
                assert_int_equal(thrd_create(&threads[i], bind_and_call, NULL), thrd_success);
        for (size_t i = 0; i < ARRAY_SIZE(threads); i++) {
                int ok = 0;

                thrd_join(threads[i], &ok);
                assert_true(ok);
        }
}
