/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "cli/step_words.h"
#include "util/cleanup.h"

static void assert_words(const struct tn_step *step, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_step_words_add(step, &text);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(step_words_of_the_kernels_part)
{
        const struct tn_step insert = {
                .kind = TN_STEP_INSERT, .name = "a", .path = "/a-b.ko", .options = "x=1"
        };
        const struct tn_step bare = { .kind = TN_STEP_INSERT, .name = "a", .path = "/a.ko", .options = "" };
        const struct tn_step delete = { .kind = TN_STEP_DELETE, .name = "a" };

        assert_words(&insert, "insmod /a-b.ko x=1");
        assert_words(&bare, "insmod /a.ko ");
        assert_words(&delete, "rmmod a");
}

CHECK(step_words_of_commands)
{
        const struct tn_step install = {
                .kind = TN_STEP_INSTALL, .name = "a", .command = "b $CMDLINE_OPTS", .options = "x=1"
        };
        const struct tn_step remove = { .kind = TN_STEP_REMOVE, .name = "a", .command = "c $CMDLINE_OPTS" };

        assert_words(&install, "install b $CMDLINE_OPTS x=1");
        assert_words(&remove, "remove c ");
}

CHECK(step_words_of_a_denied_module_are_its_command)
{
        const struct tn_conf_record install = { .kind = TN_CONF_INSTALL },
                                    remove = { .kind = TN_CONF_REMOVE };
        struct tn_step step = { .kind = TN_STEP_DENIED, .name = "a", .command = "/bin/false", .options = "" };

        step.record = &install;
        assert_words(&step, "install /bin/false ");
        step.record = &remove;
        assert_words(&step, "remove /bin/false");
}

CHECK(step_words_of_a_module_that_the_policy_denies_are_what_scanners_look_for)
{
        const struct tn_conf_record deny = { .kind = TN_CONF_DENY };

        assert_words(&(struct tn_step){ .kind = TN_STEP_BARRED, .name = "a", .record = &deny },
                     "install /bin/false ");
}

CHECK(step_words_of_a_module_that_is_built_in)
{
        assert_words(&(struct tn_step){ .kind = TN_STEP_BUILTIN, .name = "a" }, "builtin a");
}

CHECK(step_words_are_none_where_nothing_is_done)
{
        static const enum tn_step_kind kinds[] = { TN_STEP_LOADED, TN_STEP_MISSING, TN_STEP_SKIPPED,
                                                   TN_STEP_BLACKLISTED, TN_STEP_UNKNOWN };

        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
                assert_words(&(struct tn_step){ .kind = kinds[i], .name = "a" }, "");
}
