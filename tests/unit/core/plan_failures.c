/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "core/plan.h"
#include "fake_kernel.h"
#include "room.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* Plans that fail, and what is said of it. */

static struct tn_plan_request request_for(struct room *w, const char *name)
{
        return (struct tn_plan_request){
                .catalog = w->catalog,
                .config = w->config,
                .live = &w->live,
                .subject = tn_plan_of_text(tn_span_of(name)),
        };
}

/* Modules m1 to mN, each with a softdep on the next. */
static struct room chain_room(unsigned n, const char *part)
{
        _cleanup_(tn_buf_fini) struct tn_buf deps = { 0 }, conf = { 0 };
        struct room w;

        for (unsigned i = 1; i <= n; i++)
                tn_buf_addf(&deps, "m%u.ko:\n", i);
        for (unsigned i = 1; i < n; i++)
                tn_buf_addf(&conf, "softdep m%u %s: m%u\n", i, part, i + 1);
        w = room_new(tn_buf_str(&deps), NULL, NULL, tn_buf_str(&conf));
        for (unsigned i = 1; i <= n; i++) {
                char name[16];

                snprintf(name, sizeof(name), "m%u", i);
                fake_kernel_add(name, 0, "");
        }
        return w;
}

static int load(struct room *w, struct tn_plan *plan)
{
        struct tn_plan_request req = request_for(w, "m1");

        req.flags = TN_PLAN_IGNORE_LOADED;
        return tn_plan_load(&req, plan);
}

static int unload(struct room *w, struct tn_plan *plan)
{
        const struct tn_plan_request req = request_for(w, "m1");

        return tn_plan_remove(&req, plan);
}

static void assert_bound(int (*make)(struct room *w, struct tn_plan *plan), const char *part)
{
        struct room w = chain_room(1000, part);
        struct tn_plan plan;

        assert_int_equal(make(&w, &plan), 0);
        assert_int_equal(plan.steps.n, 1000);
        assert_null(plan.culprit);
        tn_plan_fini(&plan);
        room_fini(&w);
        w = chain_room(1001, part);
        assert_int_equal(make(&w, &plan), -EMLINK);
        assert_string_equal(plan.culprit, "m1");
        tn_plan_fini(&plan);
        room_fini(&w);
}

CHECK(load_bounds_a_chain_of_softdeps)
{
        assert_bound(load, "pre");
        assert_bound(load, "post");
}

CHECK(removal_bounds_a_chain_of_softdeps)
{
        assert_bound(unload, "pre");
        assert_bound(unload, "post");
}

CHECK(load_takes_any_number_of_softdeps_side_by_side)
{
        _cleanup_(tn_buf_fini) struct tn_buf deps = { 0 }, conf = { 0 };
        _cleanup_(room_fini) struct room w = { 0 };
        struct tn_plan plan;

        tn_buf_add_str(&conf, "softdep m1 pre:");
        for (unsigned i = 1; i <= 1500; i++) {
                tn_buf_addf(&deps, "m%u.ko:\n", i);
                tn_buf_addf(&conf, " m%u", i);
        }
        w = room_new(tn_buf_str(&deps), NULL, NULL, tn_buf_str(&conf));
        assert_int_equal(load(&w, &plan), 0);
        assert_int_equal(plan.steps.n, 1500);
        tn_plan_fini(&plan);
}

CHECK(plan_of_a_softdep_fails_where_an_index_cannot_be_read)
{
        _cleanup_(room_fini) struct room w = room_new("a.ko:\n", NULL, NULL, "softdep a pre: x\n");
        _cleanup_(freep) char *path = tmpdir_path(&w.dir, "modules.alias.bin");
        const struct tn_plan_request req = request_for(&w, "a");
        struct tn_plan plan;

        assert_int_equal(unlink(path), 0);
        assert_int_equal(symlink("modules.alias.bin", path), 0);
        assert_int_equal(tn_plan_load(&req, &plan), -ELOOP);
        assert_null(plan.culprit);
        assert_string_equal(tn_catalog_blame(w.catalog, -ELOOP), "modules.alias.bin");
        assert_null(tn_catalog_blame(w.catalog, -EINVAL));
        tn_plan_fini(&plan);
        fake_kernel_add("a", 0, "");
        tn_live_fini(&w.live);
        assert_int_equal(tn_plan_remove(&req, &plan), -ELOOP);
        tn_plan_fini(&plan);
}

CHECK(plan_of_a_softdep_goes_on_where_an_index_is_corrupt)
{
        _cleanup_(room_fini) struct room w = room_new("a.ko:\n", NULL, NULL, "softdep a pre: x\n");
        const struct tn_plan_request req = request_for(&w, "a");
        struct tn_plan plan;

        tmpdir_write(&w.dir, "modules.alias.bin", "junk");
        assert_int_equal(tn_plan_load(&req, &plan), 0);
        assert_int_equal(plan.steps.n, 2);
        assert_int_equal(plan.steps.v[1].kind, TN_STEP_UNKNOWN);
        assert_string_equal(tn_catalog_blame(w.catalog, -EINVAL), "modules.alias.bin");
        tn_plan_fini(&plan);
}

CHECK(plan_names_the_module_whose_state_is_not_told)
{
        _cleanup_(room_fini) struct room w = room_new("a.ko: b.ko\nb.ko:\n", NULL, NULL, NULL);
        const struct tn_plan_request req = request_for(&w, "a");
        struct tn_plan plan;

        fake_kernel_add("a", 0, "");
        fake_kernel_add("b", 1, "a");
        fake_kernel_find("b")->state_err = -EIO;
        assert_int_equal(tn_plan_remove(&req, &plan), -EIO);
        assert_string_equal(plan.culprit, "b");
        tn_plan_fini(&plan);
        tn_live_fini(&w.live);
        fake_kernel_find("a")->coming = true;
        assert_int_equal(tn_plan_load(&req, &plan), -EIO);
        assert_string_equal(plan.culprit, "b");
        tn_plan_fini(&plan);
        tn_live_fini(&w.live);
        fake_kernel_find("a")->state_err = -EACCES;
        assert_int_equal(tn_plan_load(&req, &plan), -EACCES);
        assert_string_equal(plan.culprit, "a");
        tn_plan_fini(&plan);
        assert_int_equal(tn_plan_remove(&req, &plan), -EACCES);
        assert_string_equal(plan.culprit, "a");
        tn_plan_fini(&plan);
}
