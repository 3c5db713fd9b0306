/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/outcome.h"
#include "check.h"
#include "fake_kernel.h"
#include "plan_room.h"
#include "util/cleanup.h"

#define DEPS "k/fat.ko:\nk/vfat.ko: k/fat.ko\nk/gap.ko: k/nope.ko\n"

/* "OUTCOME STEP: FINDING FINDING" of each target, a line each; the step's name, "-" for none. */
static void assert_outcome(struct room *w, const char *operand, const char *refused, const char *expected)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };
        struct tn_plan_request req = room_request(w, operand, 0);
        const struct tn_outcome_facts facts = { w->catalog, tn_span_of(refused) };
        const struct tn_target *target;

        assert_int_equal(tn_plan_load(&req, &plan), 0);
        tn_vec_each (target, &plan.targets) {
                _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
                struct tn_outcome outcome = tn_outcome_of(&facts, &plan, target);
                const struct tn_finding *finding;

                assert_int_equal(tn_outcome_findings(&facts, &plan, target, &outcome, &findings), 0);
                tn_buf_addf(&said, "%s %s:", tn_outcome_id(outcome.kind),
                            outcome.step == TN_STEP_NONE ? "-" : plan.steps.v[outcome.step].name);
                tn_vec_each (finding, &findings.list)
                        tn_buf_addf(&said, " %s", tn_finding_id(finding->code));
                tn_buf_add_char(&said, '\n');
        }
        assert_string_equal(said.len ? tn_buf_str(&said) : "", expected);
}

CHECK(outcome_of_a_plain_load)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, "ext4\n", NULL);

        assert_outcome(&w, "vfat", "", "loads -:\n");
        assert_outcome(&w, "ext4", "ext4", "builtin ext4:\n");
        fake_kernel_add("fat", 0, "");
        assert_outcome(&w, "fat", "fat", "loaded fat:\n");
        assert_outcome(&w, "vfat", "fat", "loads -:\n");
        assert_outcome(&w, "nix", "", "");
}

CHECK(outcome_is_that_of_the_first_step_that_fails)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "a vfat\n", NULL, "install vfat /bin/x\nblacklist vfat\n");

        assert_outcome(&w, "vfat", "", "command vfat:\n");
        assert_outcome(&w, "vfat", "x,fat", "kernel-blacklisted fat: dependency kernel-blacklist\n");
        assert_outcome(&w, "fat", "fat", "kernel-blacklisted fat: kernel-blacklist\n");
        assert_outcome(&w, "fat", "fa,at,fatt", "loads -:\n");
        assert_outcome(&w, "a", "", "blacklisted vfat: blacklisted\n");
}

CHECK(outcome_of_what_is_denied)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "install fat /bin/true\n");

        assert_outcome(&w, "fat", "", "denied fat: command-noop\n");
        assert_outcome(&w, "vfat", "", "denied fat: dependency command-noop\n");
}

CHECK(outcome_of_what_the_policy_denies)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "deny fat\ninstall vfat /bin/true\n"),
                                         x = room_new(DEPS, NULL, NULL, "allow gap\npolicy enforce\n"),
                                         y = room_new(DEPS, NULL, NULL, "deny fat\npolicy audit\n");

        assert_outcome(&w, "fat", "", "denied fat: denied\n");
        assert_outcome(&w, "vfat", "", "denied fat: dependency denied\n");
        assert_outcome(&x, "vfat", "", "denied fat: dependency not-allowed\n");
        assert_outcome(&y, "vfat", "", "loads -:\n");
}

CHECK(outcome_of_what_is_missing)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "alias x nowhere\nalias x fat\nsoftdep fat pre: y post: x\n");

        assert_outcome(&w, "x", "", "missing nowhere: alias-target\nloads -:\n");
        assert_outcome(&w, "gap", "", "missing nope: need-missing\n");
        assert_outcome(&w, "fat", "nowhere", "loads -:\n");
}
