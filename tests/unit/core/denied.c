/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/denied.h"
#include "fake_kernel.h"
#include "room.h"
#include "util/cleanup.h"

#define DEPS                                                                                                 \
        "k/fat.ko:\n"                                                                                        \
        "k/vfat.ko: k/fat.ko\n"                                                                              \
        "k/sctp.ko: k/libcrc32c.ko\n"                                                                        \
        "k/libcrc32c.ko:\n"

/* "VERDICT [dependency] [line N|kernel] [for MODULE]" */
static void assert_denied(struct room *room, const char *name, const char *blacklist, const char *expected)
{
        _cleanup_(tn_denied_users_fini) struct tn_denied_users users = { 0 };
        struct tn_denied_question question = {
                .catalog = room->catalog,
                .config = room->config,
                .live = &room->live,
                .blacklist = tn_span_of(blacklist),
                .users = &users,
                .name = tn_span_of(name),
        };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_denied_answer answer;

        assert_int_equal(tn_denied_judge(&question, &arena, &answer), 0);
        tn_buf_add_str(&got, tn_denied_name(answer.verdict));
        if (answer.dependency)
                tn_buf_addf(&got, " %s", answer.dependency);
        if (answer.record)
                tn_buf_addf(&got, " line %u", answer.record->line);
        if (answer.by_kernel)
                tn_buf_add_str(&got, " kernel");
        if (answer.needed_by)
                tn_buf_addf(&got, " for %s", answer.needed_by);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(denied_is_what_a_line_refuses_by_name)
{
        _cleanup_(room_fini) struct room w = room_new(
                DEPS, NULL, "ext4\n", "install vfat /bin/false\nblacklist fat\ninstall ext4 /bin/true\n");

        assert_denied(&w, "vfat", NULL, "denied line 1");
        assert_denied(&w, "fat", NULL, "denied-as-name-only line 2 for vfat");
        assert_denied(&w, "ext4", NULL, "builtin line 3");
        assert_denied(&w, "nix", NULL, "absent");
        assert_denied(&w, "sctp", NULL, "loadable");
        assert_denied(&w, "sctp", "a,sctp", "denied kernel");
        assert_denied(&w, "lib-crc32c", NULL, "absent");
}

CHECK(denied_is_what_the_policy_denies)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "deny lib*\nblacklist fat\n"),
                                         x = room_new(DEPS, NULL, NULL, "deny fat\npolicy audit\n");

        assert_denied(&w, "libcrc32c", NULL, "denied line 1");
        assert_denied(&w, "sctp", NULL, "denied libcrc32c line 1");
        assert_denied(&x, "fat", NULL, "loadable");
        fake_kernel_add("libcrc32c", 0, "");
        tn_live_fini(&w.live);
        assert_denied(&w, "libcrc32c", NULL, "denied-but-loaded line 1");
}

CHECK(denied_is_what_needs_a_denied_module)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "install libcrc32c /bin/false\n");

        assert_denied(&w, "sctp", NULL, "denied libcrc32c line 1");
}

CHECK(denied_is_not_what_is_loaded_all_the_same)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "install vfat /bin/false\nblacklist fat\n");

        fake_kernel_add("vfat", 0, "");
        fake_kernel_add("fat", 1, "vfat");
        fake_kernel_add("sctp", 0, "");
        assert_denied(&w, "vfat", NULL, "denied-but-loaded line 1");
        assert_denied(&w, "fat", NULL, "denied-but-loaded line 2 for vfat");
        assert_denied(&w, "sctp", NULL, "loaded");
}

CHECK(denied_is_not_said_of_what_a_command_loads)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "install vfat /sbin/modprobe --ignore-install vfat\n");

        assert_denied(&w, "vfat", NULL, "loadable");
}

CHECK(denied_wants_a_name)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_denied_question question = { .catalog = w.catalog, .config = w.config };
        struct tn_denied_answer answer;

        question.name = SPAN("a/b");
        assert_int_equal(tn_denied_judge(&question, &arena, &answer), -EINVAL);
        question.name = SPAN("");
        assert_int_equal(tn_denied_judge(&question, &arena, &answer), -EINVAL);
}

CHECK(denied_holds_for_what_stays_out)
{
        unsigned holds = 0;

        for (int i = 0; i < TN_DENIED_WORDS; i++)
                if (tn_denied_holds((enum tn_denied)i))
                        holds |= 1u << i;
        assert_int_equal(holds, 1u << TN_DENIED_ABSENT | 1u << TN_DENIED_YES);
}
