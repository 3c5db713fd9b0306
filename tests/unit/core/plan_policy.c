/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "fake_kernel.h"
#include "plan_room.h"
#include "plan_text.h"
#include "util/cleanup.h"

/* Plans under a policy. */

#define assert_load(room, operand, flags, ...)                                                               \
        do {                                                                                                 \
                _cleanup_(freep) char *text = room_load(&(room), (operand), (flags), NULL);                  \
                assert_string_equal(text, __VA_ARGS__);                                                      \
        } while (0)

static struct room full_room(const char *deps, const char *builtins, const char *conf)
{
        struct room w = room_new(deps, "x-alias top\n", builtins, conf);

        w.full = true;
        return w;
}

#define CHAIN "low.ko:\nmid.ko: low.ko\ntop.ko: mid.ko low.ko\nother.ko: low.ko\nfree.ko:\n"

CHECK(policy_plan_of_a_denied_module_has_no_step_to_do)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, NULL, "deny top\ninstall top run\n");

        assert_load(w, "top", 0,
                    "target top: denied, name; policy @1; kept top\n"
                    "0 skipped barred low @1\n"
                    "  dependency 1: name\n"
                    "1 skipped barred mid @1\n"
                    "  dependency 2: name\n"
                    "2 barred top! @1\n"
                    "  requested: name\n");
}

CHECK(policy_plan_is_refused_for_a_dependency)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, NULL, "softdep top pre: free\ndeny low\n");

        assert_load(w, "x-alias", 0,
                    "target top: denied, alias alias x_alias pattern x_alias; policy @2; kept low\n"
                    "0 barred low! @2\n"
                    "  dependency 1: name\n"
                    "1 skipped barred mid @2\n"
                    "  dependency 3: name\n"
                    "2 skipped barred free @2\n"
                    "  pre 3: word free @1, name\n"
                    "3 skipped barred top @2\n"
                    "  requested: alias alias x_alias pattern x_alias\n");
}

CHECK(policy_leaves_out_a_softdep_with_what_it_brings)
{
        _cleanup_(room_fini) struct room w =
                full_room(CHAIN, NULL, "softdep free pre: top post: other\ndeny mid\n");

        assert_load(w, "free", 0,
                    "target free: go, name\n"
                    "0 insert free!, path free.ko\n"
                    "  requested: name\n"
                    "1 insert low, path low.ko\n"
                    "  dependency 2: name\n"
                    "2 insert other, path other.ko, after 0 1\n"
                    "  post 0: word other @1, name\n"
                    "3 barred mid @2\n"
                    "  dependency 4: name\n"
                    "4 skipped barred top @2\n"
                    "  pre 0: word top @1, name\n");
}

CHECK(policy_has_no_say_about_what_is_in_the_kernel)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, "inside\n", "deny low inside\n");

        fake_kernel_add("low", 0, "");
        assert_load(w, "mid", 0,
                    "target mid: go, name\n"
                    "0 loaded low!\n"
                    "  dependency 1: name\n"
                    "1 insert mid!, path mid.ko, after 0\n"
                    "  requested: name\n");
        assert_load(w, "low", 0, "target low: in kernel, name\n0 loaded low!\n  requested: name\n");
        assert_load(w, "inside", TN_PLAN_IGNORE_LOADED,
                    "target inside: go, built in\n0 builtin inside!\n  requested: built in\n");
        assert_load(w, "low", TN_PLAN_IGNORE_LOADED,
                    "target low: denied, name; policy @1; kept low\n0 barred low! @1\n  requested: name\n");
}

CHECK(policy_wins_over_commands_flags_and_the_blacklist)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko:\n", NULL, "install a /bin/true\nblacklist a\ndeny a\n");

        w.blacklist = TN_BLACKLIST_NAMES;
        assert_load(w, "a", TN_PLAN_IGNORE_COMMAND,
                    "target a: denied, name; policy @3; kept a\n0 barred a! @3\n  requested: name\n");
}

CHECK(policy_denies_a_module_that_is_its_own_softdep)
{
        _cleanup_(room_fini) struct room w = full_room("a.ko:\n", NULL, "softdep a pre: a\ndeny a\n");

        assert_load(w, "a", 0,
                    "target a: denied, name; policy @2; kept a\n0 barred a! @2\n  requested: name\n"
                    "  pre 0: word a @1, name\n");
}

CHECK(policy_audit_refuses_nothing_and_says_what_it_would)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, NULL, "deny low\nallow mid\npolicy audit\n");

        assert_load(w, "top", 0,
                    "target top: go, name\n"
                    "0 insert low!, path low.ko, audit @1\n"
                    "  dependency 1: name\n"
                    "1 insert mid!, path mid.ko, after 0\n"
                    "  dependency 2: name\n"
                    "2 insert top!, path top.ko, audit @3, after 1\n"
                    "  requested: name\n");
}

static void assert_plan(struct room *room, struct tn_plan_request req, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_plan plan;

        assert_int_equal(tn_plan_load(&req, &plan), 0);
        plan_text(&plan, room->dir.path, &text);
        tn_plan_fini(&plan);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(policy_is_ignored_for_modules_that_the_request_names)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, NULL, "deny low mid\n");
        static const char *const one[] = { "mid", NULL }, *const both[] = { "mid", "low", NULL };
        struct tn_plan_request req = room_request(&w, "mid", 0);

        req.spared = one;
        assert_plan(&w, req,
                    "target mid: denied, name; policy @1; kept low\n"
                    "0 barred low! @1\n"
                    "  dependency 1: name\n"
                    "1 skipped barred mid @1\n"
                    "  requested: name\n");
        req.spared = both;
        assert_plan(&w, req,
                    "target mid: go, name\n"
                    "0 insert low!, path low.ko, ignored @1\n"
                    "  dependency 1: name\n"
                    "1 insert mid!, path mid.ko, ignored @1, after 0\n"
                    "  requested: name\n");
}

CHECK(policy_counts_both_names_of_a_file)
{
        _cleanup_(room_fini) struct room w = full_room(CHAIN, NULL, "deny low\n");
        static const char *const spared[] = { "low", NULL };
        struct tn_plan_request req = room_request(&w, "/p/fine.ko", 0);

        assert_load(w, "/p/low.ko", 0,
                    "target low: denied, path path /p/low.ko; policy @1; kept low\n"
                    "0 barred low! @1\n  requested: path path /p/low.ko\n");
        req.inside = "low";
        assert_plan(&w, req,
                    "target fine: denied, path path /p/fine.ko; policy @1; kept fine\n"
                    "0 barred fine! @1\n  requested: path path /p/fine.ko\n");
        req.spared = spared;
        assert_plan(&w, req,
                    "target fine: go, path path /p/fine.ko\n"
                    "0 insert fine!, path /p/fine.ko, ignored @1\n  requested: path path /p/fine.ko\n");
}

CHECK(policy_says_nothing_of_removal)
{
        _cleanup_(room_fini) struct room w = full_room("a.ko:\n", NULL, "deny a\n");
        _cleanup_(freep) char *text = NULL;

        fake_kernel_add("a", 0, "");
        text = room_remove(&w, "a", 0);
        assert_string_equal(text, "target a: go, name\n0 delete a!\n  requested: name\n");
}
