/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "core/apply.h"
#include "fake_kernel.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "room.h"

#define DEPS "fat.ko:\nvfat.ko: fat.ko\nloop.ko:\n"

static struct room room_with_files(const char *conf)
{
        struct room w = room_new(DEPS, NULL, NULL, conf);

        tmpdir_write(&w.dir, "fat.ko", "\177ELF fat");
        tmpdir_write(&w.dir, "vfat.ko", "\177ELF vfat");
        tmpdir_write(&w.dir, "loop.ko", "\177ELF loop");
        return w;
}

/* Plans, lets meanwhile happen, applies. */
static int apply_how(struct room *w, const char *operand, bool load, void (*meanwhile)(void),
                     struct tn_apply how)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        const struct tn_step *failed = NULL;
        const struct tn_plan_request req = {
                .catalog = w->catalog,
                .config = w->config,
                .live = &w->live,
                .subject = tn_plan_of_text(tn_span_of(operand)),
                .flags = how.wait_ms ? TN_PLAN_WAIT : 0,
                .underway = how.underway,
        };

        how.delete_flags = TN_KERNEL_NOWAIT;
        assert_int_equal(load ? tn_plan_load(&req, &plan) : tn_plan_remove(&req, &plan), 0);
        assert_int_equal(plan.targets.n, 1);
        if (meanwhile)
                meanwhile();
        return tn_apply_target(&how, &plan, &plan.targets.v[0], &failed);
}

static int apply(struct room *w, const char *operand, bool load, void (*meanwhile)(void), bool first_time)
{
        return apply_how(w, operand, load, meanwhile, (struct tn_apply){ .first_time = first_time });
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
        _cleanup_(room_fini) struct room w = room_with_files("options vfat a=1\n");

        assert_int_equal(apply(&w, "vfat", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\nfinit vfat 'a=1 ' 0\n");
}

CHECK(apply_passes_over_what_appeared_meanwhile)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        assert_int_equal(apply(&w, "vfat", true, fat_appears, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit vfat '' 0\n");
}

CHECK(apply_fails_when_the_target_appeared_and_was_to_be_new)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        assert_int_equal(apply(&w, "vfat", true, vfat_appears, true), -EEXIST);
}

CHECK(apply_stops_at_a_required_step)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_fail("fat", -ENOEXEC);
        assert_int_equal(apply(&w, "vfat", true, NULL, false), -ENOEXEC);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}

CHECK(apply_goes_on_after_a_softdep)
{
        _cleanup_(room_fini) struct room w = room_with_files("softdep fat pre: loop\n");

        fake_kernel_fail("loop", -ENODEV);
        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit loop '' 0\nfinit fat '' 0\n");
}

CHECK(apply_takes_a_race_for_success)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_fail("fat", -EEXIST);
        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        fake_kernel_fail("fat", -EEXIST);
        assert_int_equal(apply(&w, "fat", true, NULL, true), -EEXIST);
}

CHECK(apply_of_a_refusing_command_loads_nothing)
{
        _cleanup_(room_fini) struct room w =
                room_with_files("install fat /bin/false\ninstall loop /bin/true\n");

        assert_int_equal(apply(&w, "vfat", true, NULL, false), -EINVAL);
        assert_int_equal(apply(&w, "loop", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_removes_what_became_unused)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_add("fat", 1, "vfat");
        fake_kernel_add("vfat", 0, "");
        assert_int_equal(apply(&w, "vfat", false, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "delete vfat 2048\ndelete fat 2048\n");
}

static void vfat_goes(void)
{
        fake_kernel_find("vfat")->name[0] = '\0';
}

CHECK(apply_passes_over_what_has_gone_meanwhile)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_add("fat", 1, "vfat");
        fake_kernel_add("vfat", 0, "");
        assert_int_equal(apply(&w, "vfat", false, vfat_goes, false), 0);
        assert_string_equal(fake_kernel_journal(), "delete fat 2048\n");
}

CHECK(apply_passes_over_what_is_left_out)
{
        _cleanup_(room_fini) struct room w = room_with_files("softdep fat pre: none\ninstall vfat false\n");

        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
        assert_int_equal(apply(&w, "vfat", true, NULL, false), -EINVAL);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}

CHECK(apply_tells_when_the_file_is_gone)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_int_equal(apply(&w, "fat", true, NULL, false), -ENOENT);
}

/* What the hooks of apply were told, in order. */
struct told {
        struct tn_buf text;
        int status;        /* what each command exits with */
        int fatal;         /* what is thought of its failure */
        const char *loads; /* what it loads */
};

static void tell_before(void *data, const struct tn_step *step)
{
        struct told *told = data;

        tn_buf_addf(&told->text, "before %s\n", step->name);
}

static void tell_flush(void *data)
{
        struct told *told = data;

        tn_buf_add_str(&told->text, "flush\n");
}

static int tell_run(void *data, const struct tn_command *cmd, struct tn_command_end *ret_end)
{
        struct told *told = data;

        tn_buf_addf(&told->text, "%s %s '%s' '%s'\n", cmd->remove ? "remove" : "install", cmd->module,
                    cmd->text, cmd->options ? cmd->options : "");
        if (told->loads)
                fake_kernel_add(told->loads, 0, "");
        *ret_end = (struct tn_command_end){ .status = told->status };
        return 0;
}

static int tell_failed(void *data, const struct tn_step *step, const struct tn_command_end *end)
{
        struct told *told = data;

        tn_buf_addf(&told->text, "failed %s %d\n", step->name, end->status);
        return told->fatal;
}

static void told_fini(struct told *told)
{
        tn_buf_fini(&told->text);
}

static struct tn_apply telling(struct told *told)
{
        return (struct tn_apply){
                .before = tell_before,
                .flush = tell_flush,
                .run = tell_run,
                .command_failed = tell_failed,
                .data = told,
        };
}

CHECK(apply_runs_a_command_after_the_dependencies)
{
        _cleanup_(room_fini) struct room w = room_with_files("install vfat do it\noptions vfat a=1\n");
        _cleanup_(told_fini) struct told told = { 0 };

        assert_int_equal(apply_how(&w, "vfat", true, NULL, telling(&told)), 0);
        assert_string_equal(tn_buf_str(&told.text),
                            "before fat\nbefore vfat\nflush\ninstall vfat 'do it' 'a=1 '\n");
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}

CHECK(apply_of_a_failing_command_is_invalid)
{
        _cleanup_(room_fini) struct room w = room_with_files("install fat no\n");
        _cleanup_(told_fini) struct told told = { .status = 3 };

        assert_int_equal(apply_how(&w, "vfat", true, NULL, telling(&told)), -EINVAL);
        assert_string_equal(tn_buf_str(&told.text), "before fat\nflush\ninstall fat 'no' ''\nfailed fat 3\n");
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_goes_on_after_the_command_of_a_softdep)
{
        _cleanup_(room_fini) struct room w = room_with_files("install loop no\nsoftdep fat pre: loop\n");
        _cleanup_(told_fini) struct told told = { .status = 3 };

        assert_int_equal(apply_how(&w, "fat", true, NULL, telling(&told)), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}

CHECK(apply_stops_after_any_command_when_told_so)
{
        _cleanup_(room_fini) struct room w = room_with_files("install loop no\nsoftdep fat pre: loop\n");
        _cleanup_(told_fini) struct told told = { .status = 3, .fatal = -EIO };

        assert_int_equal(apply_how(&w, "fat", true, NULL, telling(&told)), -EIO);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_passes_over_what_a_command_has_loaded)
{
        _cleanup_(room_fini) struct room w = room_with_files("install loop yes\nsoftdep fat pre: loop\n");
        _cleanup_(told_fini) struct told told = { .loads = "fat" };

        assert_int_equal(apply_how(&w, "fat", true, NULL, telling(&told)), 0);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_of_a_real_command_needs_no_hooks)
{
        _cleanup_(room_fini) struct room w = room_with_files("install fat exit 0\ninstall loop exit 1\n");

        assert_int_equal(apply(&w, "fat", true, NULL, false), 0);
        assert_int_equal(apply(&w, "loop", true, NULL, false), -EINVAL);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_runs_a_remove_command)
{
        _cleanup_(room_fini) struct room w = room_with_files("remove loop gone\n");
        _cleanup_(told_fini) struct told told = { .status = 1 };

        fake_kernel_add("loop", 0, "");
        assert_int_equal(apply_how(&w, "loop", false, NULL, telling(&told)), -EINVAL);
        assert_string_equal(tn_buf_str(&told.text),
                            "before loop\nflush\nremove loop 'gone' ''\nfailed loop 1\n");
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(apply_does_without_a_command_that_is_under_way)
{
        _cleanup_(room_fini) struct room w =
                room_with_files("install fat no\nremove fat no\nsoftdep fat pre: loop\n");
        _cleanup_(told_fini) struct told told = { .status = 1 };
        struct tn_apply how = telling(&told);

        how.underway = "+1/fat";
        assert_int_equal(apply_how(&w, "vfat", true, NULL, how), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\nfinit vfat '' 0\n");
        how.underway = "-1/fat";
        fake_kernel_reset();
        tn_live_fini(&w.live);
        fake_kernel_add("fat", 0, "");
        assert_int_equal(apply_how(&w, "fat", false, NULL, how), 0);
        assert_string_equal(fake_kernel_journal(), "delete fat 2048\n");
}

CHECK(apply_waits_for_a_module_in_use)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_add("loop", 0, "");
        fake_kernel_busy("loop", 3);
        assert_int_equal(apply_how(&w, "loop", false, NULL, (struct tn_apply){ .wait_ms = 600000 }), 0);
        assert_string_equal(fake_kernel_journal(), "delete loop 2048\ndelete loop 2048\ndelete loop 2048\n"
                                                   "delete loop 2048\n");
}

CHECK(apply_without_waiting_tries_once)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        fake_kernel_add("loop", 0, "");
        fake_kernel_busy("loop", 1);
        assert_int_equal(apply(&w, "loop", false, NULL, false), -EAGAIN);
}

static void note_step(void *data, const struct tn_step *step)
{
        tn_buf_addf(data, "%d %s\n", step->kind, step->name);
}

CHECK(apply_tells_of_a_module_that_is_not_there)
{
        _cleanup_(room_fini) struct room w = room_new("", "x gone\n", NULL, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf told = { 0 };

        assert_int_equal(
                apply_how(&w, "x", true, NULL, (struct tn_apply){ .before = note_step, .data = &told }),
                -ENOENT);
        assert_string_equal(tn_buf_str(&told), "4 gone\n");
}

CHECK(apply_offers_a_loaded_module_again_when_what_is_loaded_does_not_count)
{
        _cleanup_(room_fini) struct room w = room_with_files(NULL);

        assert_int_equal(apply_how(&w, "fat", true, fat_appears, (struct tn_apply){ .ignore_loaded = true }),
                         0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 0\n");
}
