/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "core/apply.h"
#include "fake_kernel.h"
#include "util/cleanup.h"
#include "world.h"

#define DEPS "fat.ko:\nvfat.ko: fat.ko\nloop.ko:\n"

static struct world world_with_files(const char *conf)
{
        struct world w = world_new(DEPS, NULL, NULL, conf);

        tmpdir_write(&w.dir, "fat.ko", "\177ELF fat");
        tmpdir_write(&w.dir, "vfat.ko", "\177ELF vfat");
        tmpdir_write(&w.dir, "loop.ko", "\177ELF loop");
        return w;
}

/* Plans, lets meanwhile happen, applies. */
static int apply(struct world *w, const char *operand, bool load, void (*meanwhile)(void), bool first_time)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        const struct tn_apply how = { .delete_flags = TN_KERNEL_NOWAIT, .first_time = first_time };
        const struct tn_step *failed = NULL;
        const struct tn_plan_request req = {
                .catalog = w->catalog,
                .config = w->config,
                .live = &w->live,
                .operand = tn_span_of(operand),
        };

        assert_int_equal(load ? tn_plan_load(&req, &plan) : tn_plan_remove(&req, &plan), 0);
        assert_int_equal(plan.n_targets, 1);
        if (meanwhile)
                meanwhile();
        return tn_apply_target(&how, &plan, &plan.targets[0], &failed);
}

static void fat_appears(void)
{
        fake_kernel_add("fat", 0, "");
}

static void vfat_appears(void)
{
        fake_kernel_add("vfat", 0, "");
}

CHECK(apply_loads_in_order_with_options)
{
        _cleanup_(world_fini) struct world w = world_with_files("options vfat a=1\n");

        assert_int_equal(apply(&w, "vfat", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\nfinit vfat 'a=1 ' 0\n");
}

CHECK(apply_passes_over_what_appeared_meanwhile)
{
        _cleanup_(world_fini) struct world w = world_with_files(NULL);

        assert_int_equal(apply(&w, "vfat", true, fat_appears, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit vfat '' 0\n");
}

CHECK(apply_fails_when_the_target_appeared_and_was_to_be_new)
{
        _cleanup_(world_fini) struct world w = world_with_files(NULL);

        assert_int_equal(apply(&w, "vfat", true, vfat_appears, true), -EEXIST);
}

CHECK(apply_stops_at_a_required_step)
{
        _cleanup_(world_fini) struct world w = world_with_files(NULL);

        fake_kernel_fail("fat", -ENOEXEC);
        assert_int_equal(apply(&w, "vfat", true, NULL, false), -ENOEXEC);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}

CHECK(apply_goes_on_after_a_softdep)
{
        _cleanup_(world_fini) struct world w = world_with_files("softdep fat pre: loop\n");

        fake_kernel_fail("loop", -ENODEV);
        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit loop '' 0\nfinit fat '' 0\n");
}

CHECK(apply_takes_a_race_for_success)
{
        _cleanup_(world_fini) struct world w = world_with_files(NULL);

        fake_kernel_fail("fat", -EEXIST);
        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        fake_kernel_fail("fat", -EEXIST);
        assert_int_equal(apply(&w, "fat", true, NULL, true), -EEXIST);
}

CHECK(apply_of_a_refusing_command_loads_nothing)
{
        _cleanup_(world_fini) struct world w =
                world_with_files("install fat /bin/false\ninstall loop /bin/true\n");

        assert_int_equal(apply(&w, "vfat", true, NULL, false), -EINVAL);
        assert_int_equal(apply(&w, "loop", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_removes_what_became_unused)
{
        _cleanup_(world_fini) struct world w = world_with_files(NULL);

        fake_kernel_add("fat", 1, "vfat");
        fake_kernel_add("vfat", 0, "");
        assert_int_equal(apply(&w, "vfat", false, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "delete vfat 2048\ndelete fat 2048\n");
}

CHECK(apply_tells_when_the_file_is_gone)
{
        _cleanup_(world_fini) struct world w = world_new(DEPS, NULL, NULL, NULL);

        assert_int_equal(apply(&w, "fat", true, NULL, false), -ENOENT);
}
