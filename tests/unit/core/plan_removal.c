/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "fake_kernel.h"
#include "plan_room.h"
#include "util/cleanup.h"

/* Plans of removal, compared in every field. */

#define assert_remove(room, operand, flags, ...)                                                             \
        do {                                                                                                 \
                _cleanup_(freep) char *text = room_remove(&(room), (operand), (flags));                      \
                assert_string_equal(text, __VA_ARGS__);                                                      \
        } while (0)

#define DEPS                                                                                                 \
        "llc.ko:\n"                                                                                          \
        "stp.ko: llc.ko\n"                                                                                   \
        "bridge.ko: stp.ko llc.ko\n"                                                                         \
        "loop.ko:\n"

static struct room bridge_room(const char *deps, const char *aliases, const char *conf)
{
        struct room w = room_new(deps, aliases, "inner\n", conf);

        w.full = true;
        fake_kernel_add("llc", 2, "bridge stp");
        fake_kernel_add("stp", 1, "bridge");
        fake_kernel_add("bridge", 0, "");
        return w;
}

CHECK(removal_causes_are_all_who_used_it)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, "net-* bridge\n", NULL);

        assert_remove(w, "net-x", 0,
                      "target bridge: go, alias alias net_x pattern net_*\n"
                      "0 delete bridge!\n"
                      "  requested: alias alias net_x pattern net_*\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: name\n"
                      "2 delete llc, after 0 1\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n");
        fake_kernel_find("llc")->refcnt = 3;
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete bridge!\n"
                      "  requested: name\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: name\n"
                      "2 skipped in use llc\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n");
}

CHECK(removal_without_an_index_asks_the_kernel_who_uses_what)
{
        _cleanup_(room_fini) struct room w = bridge_room("loop.ko:\n", NULL, NULL);

        assert_remove(w, "bridge", 0,
                      "target bridge: go, the kernel\n"
                      "0 delete bridge!\n"
                      "  requested: the kernel\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: the kernel\n"
                      "2 delete llc, after 0 1\n"
                      "  unused 0: the kernel\n"
                      "  unused 1: the kernel\n");
}

CHECK(removal_says_whom_a_holder_holds)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, NULL, NULL);

        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS,
                      "target llc: go, name\n"
                      "0 delete bridge!\n"
                      "  holder 1: the kernel\n"
                      "  holder 2: the kernel\n"
                      "1 delete stp!, after 0\n"
                      "  holder 2: the kernel\n"
                      "  unused 0: name\n"
                      "2 delete llc!, after 0 1\n"
                      "  requested: name\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n");
        assert_remove(w, "llc", TN_PLAN_WAIT,
                      "target llc: go, name\n"
                      "0 delete llc!\n"
                      "  requested: name\n");
}

CHECK(removal_takes_the_other_holders_when_one_has_gone_with_another)
{
        _cleanup_(room_fini) struct room w = room_new(
                "llc.ko:\nstp.ko: llc.ko\nbridge.ko: stp.ko llc.ko\nloop.ko: llc.ko\n", NULL, NULL, NULL);

        w.full = true;
        fake_kernel_add("llc", 3, "loop stp bridge");
        fake_kernel_add("stp", 1, "bridge");
        fake_kernel_add("bridge", 0, "");
        fake_kernel_add("loop", 0, "");
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS,
                      "target llc: go, name\n"
                      "0 delete bridge!\n"
                      "  holder 3: the kernel\n"
                      "  holder 1: the kernel\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: name\n"
                      "  holder 3: the kernel\n"
                      "2 delete loop!\n"
                      "  holder 3: the kernel\n"
                      "3 delete llc!, after 0 1 2\n"
                      "  requested: name\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n"
                      "  unused 2: name\n");
}

CHECK(removal_says_what_keeps_a_module)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, NULL, "softdep llc post: loop\n");

        fake_kernel_add("loop", 0, "");
        assert_remove(w, "llc", 0,
                      "target llc: in use, name; kept llc\n"
                      "0 skipped in use llc\n"
                      "  requested: name\n");
        fake_kernel_find("bridge")->refcnt = 1;
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS,
                      "target llc: in use, name; kept bridge\n"
                      "0 skipped in use bridge\n"
                      "  holder 1: the kernel\n"
                      "1 skipped in use stp\n"
                      "  holder 2: the kernel\n"
                      "2 skipped in use llc\n"
                      "  requested: name\n");
}

CHECK(removal_says_which_holder_is_denied)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, NULL, "\nremove stp /bin/false\n");

        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS,
                      "target llc: in use, name; kept llc\n"
                      "0 skipped by command stp @2\n"
                      "  holder 1: the kernel\n"
                      "1 skipped in use llc\n"
                      "  requested: name\n");
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete bridge!\n"
                      "  requested: name\n"
                      "1 denied stp, command /bin/false @2, after 0\n"
                      "  unused 0: name\n"
                      "2 skipped in use llc\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n");
}

CHECK(removal_names_only_direct_needs_that_are_not_there)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        w.full = true;
        fake_kernel_add("bridge", 0, "");
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete bridge!\n"
                      "  requested: name\n"
                      "1 skipped absent stp\n"
                      "  unused 0: name\n");
}

CHECK(removal_says_what_is_not_there)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, NULL, NULL);

        assert_remove(w, "loop", 0,
                      "target loop: absent, name\n"
                      "0 skipped absent loop\n"
                      "  requested: name\n");
        assert_remove(w, "loop", TN_PLAN_FIRST_TIME,
                      "target loop: not loaded, name; kept loop\n"
                      "0 skipped absent loop\n"
                      "  requested: name\n");
        assert_remove(w, "inner", 0,
                      "target inner: builtin, built in; kept inner\n"
                      "0 skipped builtin inner\n"
                      "  requested: built in\n");
        fake_kernel_add("only", 1, "");
        assert_remove(w, "only", 0,
                      "target only: in use, the kernel; kept only\n"
                      "0 skipped in use only\n"
                      "  requested: the kernel\n");
        assert_remove(w, "/tmp/only.ko", TN_PLAN_WAIT,
                      "target only: go, path path /tmp/only.ko\n"
                      "0 delete only!\n"
                      "  requested: path path /tmp/only.ko\n");
}

#define SOFTDEPS                                                                                             \
        "softdep bridge pre: loop none inner loop post: lop\nalias lop loop\nsoftdep llc pre: gone\n"        \
        "alias gone far\n"

CHECK(removal_keeps_every_cause_of_softdeps)
{
        _cleanup_(room_fini) struct room w =
                bridge_room(DEPS, "lo-* loop\n", SOFTDEPS "softdep bridge pre: lo-x\n");

        fake_kernel_add("loop", 0, "");
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete loop\n"
                      "  post 1: word lop @1, alias line alias lop pattern lop @2\n"
                      "  pre 1: word lo-x @5, alias alias lo_x pattern lo_*\n"
                      "  pre 1: word loop @1, name\n"
                      "1 delete bridge!, after 0\n"
                      "  requested: name\n"
                      "2 delete stp, after 1\n"
                      "  unused 1: name\n"
                      "3 delete llc, after 1 2\n"
                      "  unused 1: name\n"
                      "  unused 2: name\n"
                      "4 skipped builtin inner\n"
                      "  pre 1: word inner @1, built in\n"
                      "5 unknown none @1\n"
                      "  pre 1: word none @1\n"
                      "6 skipped absent far\n"
                      "  pre 3: word gone @3, alias line alias gone pattern gone @4\n");
}

CHECK(removal_says_what_it_does_without_as_asked)
{
        _cleanup_(room_fini) struct room w =
                bridge_room(DEPS, NULL, SOFTDEPS "remove bridge echo bye\nremove llc echo bye\n");

        fake_kernel_add("loop", 0, "");
        assert_remove(w, "bridge", TN_PLAN_IGNORE_COMMAND,
                      "target bridge: go, name\n"
                      "0 delete bridge!\n"
                      "  requested: name\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: name\n"
                      "2 remove llc, command echo bye @6, after 0 1\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n"
                      "3 skipped as asked loop\n"
                      "  post 0: word lop @1, alias line alias lop pattern lop @2\n"
                      "  pre 0: word loop @1, name\n"
                      "4 skipped as asked inner\n"
                      "  pre 0: word inner @1, built in\n"
                      "5 unknown none @1\n"
                      "  pre 0: word none @1\n"
                      "6 skipped absent far\n"
                      "  pre 2: word gone @3, alias line alias gone pattern gone @4\n");
        w.underway = "-1/bridge";
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete bridge!\n"
                      "  requested: name\n"
                      "1 delete stp, after 0\n"
                      "  unused 0: name\n"
                      "2 remove llc, command echo bye @6, after 0 1\n"
                      "  unused 0: name\n"
                      "  unused 1: name\n"
                      "3 skipped by underway loop\n"
                      "  post 0: word lop @1, alias line alias lop pattern lop @2\n"
                      "  pre 0: word loop @1, name\n"
                      "4 skipped by underway inner\n"
                      "  pre 0: word inner @1, built in\n"
                      "5 unknown none @1\n"
                      "  pre 0: word none @1\n"
                      "6 skipped absent far\n"
                      "  pre 2: word gone @3, alias line alias gone pattern gone @4\n");
}

CHECK(removal_says_what_a_command_stands_for)
{
        _cleanup_(room_fini) struct room w = bridge_room(DEPS, NULL, SOFTDEPS "remove bridge echo bye\n");

        fake_kernel_add("loop", 0, "");
        assert_remove(w, "bridge", 0,
                      "target bridge: go, name\n"
                      "0 delete loop\n"
                      "  post 1: word lop @1, alias line alias lop pattern lop @2\n"
                      "  pre 1: word loop @1, name\n"
                      "1 remove bridge!, command echo bye @5, after 0\n"
                      "  requested: name\n"
                      "2 skipped by command llc @5\n"
                      "  unused 1: name\n"
                      "3 skipped by command stp @5\n"
                      "  unused 1: name\n"
                      "4 skipped builtin inner\n"
                      "  pre 1: word inner @1, built in\n"
                      "5 unknown none @1\n"
                      "  pre 1: word none @1\n");
}

CHECK(removal_says_what_would_go_with_a_denied_module)
{
        _cleanup_(room_fini) struct room w =
                bridge_room(DEPS, NULL, "remove stp true\nsoftdep stp pre: loop post: bridge none\n");

        fake_kernel_add("loop", 0, "");
        assert_remove(w, "stp", TN_PLAN_REMOVE_HOLDERS,
                      "target stp: go, name\n"
                      "0 denied stp!, command true @1\n"
                      "  requested: name\n"
                      "1 unknown none @2\n"
                      "  post 0: word none @2\n"
                      "2 skipped by command bridge @1\n"
                      "  post 0: word bridge @2, name\n"
                      "  holder 0: the kernel\n"
                      "3 skipped by command llc @1\n"
                      "  unused 0: name\n"
                      "4 skipped by command loop @1\n"
                      "  pre 0: word loop @2, name\n");
        assert_remove(w, "stp", 0,
                      "target stp: go, name\n"
                      "0 denied stp!, command true @1\n"
                      "  requested: name\n"
                      "1 unknown none @2\n"
                      "  post 0: word none @2\n"
                      "2 skipped by command bridge @1\n"
                      "  post 0: word bridge @2, name\n"
                      "3 skipped by command llc @1\n"
                      "  unused 0: name\n"
                      "4 skipped by command loop @1\n"
                      "  pre 0: word loop @2, name\n");
}

CHECK(removal_runs_a_command_once_for_all_targets)
{
        _cleanup_(room_fini) struct room w = bridge_room(
                DEPS, NULL, "alias two loop\nalias two bridge\nsoftdep bridge post: loop\nremove loop x\n");

        assert_remove(w, "two", 0,
                      "target loop: go, alias line alias two pattern two @1\n"
                      "0 remove loop!, command x @4\n"
                      "  requested: alias line alias two pattern two @1\n"
                      "target bridge: go, alias line alias two pattern two @2\n"
                      "1 delete bridge!\n"
                      "  requested: alias line alias two pattern two @2\n"
                      "2 delete stp, after 1\n"
                      "  unused 1: name\n"
                      "3 delete llc, after 1 2\n"
                      "  unused 1: name\n"
                      "  unused 2: name\n"
                      "4 skipped by command loop @4\n"
                      "  post 1: word loop @3, name\n");
}

CHECK(removal_takes_back_what_was_planned_for_a_module_that_stays)
{
        _cleanup_(room_fini) struct room w =
                bridge_room("one.ko: x.ko\ntwo.ko:\na.ko:\nx.ko:\n", NULL, "alias both a\nalias both x\n");

        fake_kernel_add("a", 2, "two one");
        fake_kernel_add("x", 1, "one");
        fake_kernel_add("one", 0, "");
        fake_kernel_add("two", 1, "");
        assert_remove(w, "both", TN_PLAN_REMOVE_HOLDERS,
                      "target a: in use, alias line alias both pattern both @1; kept two\n"
                      "0 skipped in use two\n"
                      "  holder 1: the kernel\n"
                      "1 skipped in use a\n"
                      "  requested: alias line alias both pattern both @1\n"
                      "target x: go, alias line alias both pattern both @2\n"
                      "2 delete one!\n"
                      "  holder 3: the kernel\n"
                      "3 delete x!, after 2\n"
                      "  requested: alias line alias both pattern both @2\n"
                      "  unused 2: name\n");
}
