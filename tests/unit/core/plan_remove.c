/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "fake_kernel.h"
#include "util/cleanup.h"
#include "plan_room.h"

#define DEPS                                                                                                 \
        "k/llc.ko:\n"                                                                                        \
        "k/stp.ko: k/llc.ko\n"                                                                               \
        "k/bridge.ko: k/stp.ko k/llc.ko\n"                                                                   \
        "k/loop.ko:\n"

#define assert_remove(room, operand, flags, expected)                                                        \
        do {                                                                                                 \
                _cleanup_(freep) char *text = room_remove(&(room), (operand), (flags));                      \
                assert_string_equal(text, expected);                                                         \
        } while (0)

static void load_bridge(void)
{
        fake_kernel_add("llc", 2, "bridge stp");
        fake_kernel_add("stp", 1, "bridge");
        fake_kernel_add("bridge", 0, "");
}

CHECK(remove_takes_every_dependency_that_becomes_unused)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        load_bridge();
        assert_remove(w, "bridge", 0, "delete bridge\ndelete stp?\ndelete llc?\n");
}

CHECK(remove_leaves_a_dependency_that_something_else_uses)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        load_bridge();
        fake_kernel_find("llc")->refcnt++;
        assert_remove(w, "bridge", 0, "delete bridge\ndelete stp?\n");
}

CHECK(remove_refuses_what_is_in_use_and_plans_nothing)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "softdep llc post: loop\n");

        load_bridge();
        fake_kernel_add("loop", 0, "");
        assert_remove(w, "llc", 0, "[in use llc]\n");
}

CHECK(remove_of_what_waits_is_not_refused)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        fake_kernel_add("loop", 3, "");
        assert_remove(w, "loop", TN_PLAN_WAIT, "delete loop\n");
}

CHECK(remove_goes_up_through_all_holders)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        load_bridge();
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS, "delete bridge\ndelete stp\ndelete llc\n");
}

CHECK(remove_with_a_held_holder_plans_nothing_and_names_it)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        load_bridge();
        fake_kernel_find("bridge")->refcnt = 1;
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS, "[in use bridge]\n");
}

CHECK(remove_of_what_is_not_there_is_fine_unless_it_was_to_be_there)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_remove(w, "llc", 0, "[absent llc]\n");
        assert_remove(w, "llc", TN_PLAN_FIRST_TIME, "[not loaded llc]\n");
        assert_remove(w, "nosuch", 0, "");
}

CHECK(remove_needs_neither_file_nor_index)
{
        _cleanup_(room_fini) struct room w = room_new("k/loop.ko:\n", NULL, NULL, "remove w* echo bye\n");

        load_bridge();
        fake_kernel_add("lkm", 0, "");
        fake_kernel_add("whim", 0, "");
        fake_kernel_add("coming", 1, "");
        fake_kernel_find("coming")->coming = true;
        assert_remove(w, "lkm", 0, "delete lkm\n");
        assert_remove(w, "l-k-m", 0, "");
        assert_remove(w, "whim", 0, "remove whim echo bye\n");
        assert_remove(w, "llc", 0, "[in use llc]\n");
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS, "delete bridge\ndelete stp\ndelete llc\n");
        assert_remove(w, "bridge", 0, "delete bridge\ndelete stp?\ndelete llc?\n");
        assert_remove(w, "coming", 0, "[in use coming]\n");
        assert_remove(w, "lkm.ko", 0, "");
}

CHECK(remove_takes_a_path_for_its_base_name)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "alias lkm loop\n");

        fake_kernel_add("lkm", 0, "");
        assert_remove(w, "/tmp/lkm.ko.xz", 0, "delete lkm\n");
        assert_remove(w, "/tmp/loop.ko", 0, "[absent loop]\n");
        assert_remove(w, "/", 0, "");
}

CHECK(remove_of_a_builtin_is_refused)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, "ext4\n", NULL);

        assert_remove(w, "ext4", 0, "[builtin ext4]\n");
}

CHECK(remove_takes_softdeps_in_reverse)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep stp pre: loop post: bridge\nsoftdep stp pre: nosuch\n");

        load_bridge();
        fake_kernel_add("loop", 0, "");
        /* bridge holds stp: only its going first makes this possible. */
        assert_remove(w, "stp", 0, "delete bridge?\ndelete stp\ndelete llc?\ndelete loop?\n");
}

CHECK(remove_takes_softdeps_after_all_that_becomes_unused)
{
        _cleanup_(room_fini) struct room w = room_new("k/ext4.ko: k/crc16.ko k/mbcache.ko k/jbd2.ko\n"
                                                      "k/jbd2.ko:\n"
                                                      "k/mbcache.ko:\n"
                                                      "k/crc16.ko:\n"
                                                      "k/crc32c.ko: k/mbcache.ko\n"
                                                      "k/own.ko:\n",
                                                      NULL, NULL,
                                                      "softdep ext4 pre: own\n"
                                                      "softdep jbd2 pre: crc32c\n");

        fake_kernel_add("own", 0, "");
        fake_kernel_add("crc32c", 0, "");
        fake_kernel_add("crc16", 1, "ext4");
        fake_kernel_add("mbcache", 1, "ext4");
        fake_kernel_add("jbd2", 1, "ext4");
        fake_kernel_add("ext4", 0, "");
        assert_remove(w, "ext4", 0,
                      "delete ext4\ndelete jbd2?\ndelete mbcache?\ndelete crc16?\ndelete own?\n"
                      "delete crc32c?\n");
        /* crc32c uses mbcache, too: nothing does once it has gone */
        fake_kernel_find("mbcache")->refcnt = 2;
        strcpy(fake_kernel_find("mbcache")->holders, "ext4 crc32c ");
        assert_remove(w, "ext4", 0,
                      "delete ext4\ndelete jbd2?\ndelete crc16?\ndelete own?\ndelete crc32c?\n"
                      "delete mbcache?\n");
}

CHECK(remove_takes_softdeps_of_what_becomes_unused_further_down)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep llc pre: loop\nsoftdep loop pre: bridge\n");

        load_bridge();
        fake_kernel_add("loop", 0, "");
        assert_remove(w, "bridge", 0, "delete bridge\ndelete stp?\ndelete llc?\ndelete loop?\n");
}

CHECK(remove_ends_softdep_circles)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep loop post: llc\nsoftdep llc post: loop\n");

        fake_kernel_add("loop", 0, "");
        fake_kernel_add("llc", 0, "");
        assert_remove(w, "loop", 0, "delete llc?\ndelete loop\n");
}

CHECK(remove_runs_a_command_also_for_what_is_not_loaded)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "remove loop echo bye\n");

        assert_remove(w, "loop", 0, "remove loop echo bye\n");
        assert_remove(w, "loop", TN_PLAN_IGNORE_COMMAND, "[absent loop]\n");
}

CHECK(remove_takes_nothing_away_for_a_command_that_only_says_no)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL,
                                                      "remove stp /usr/bin/false # stays\n"
                                                      "remove bridge true\n"
                                                      "softdep stp post: loop\n"
                                                      "softdep bridge pre: loop\n");

        load_bridge();
        fake_kernel_add("loop", 0, "");
        assert_remove(w, "stp", TN_PLAN_REMOVE_HOLDERS, "remove stp /usr/bin/false # stays\n");
        assert_remove(w, "bridge", 0, "remove bridge true\n");
        assert_remove(w, "llc", TN_PLAN_REMOVE_HOLDERS, "[in use llc]\n");
        assert_remove(w, "bridge", TN_PLAN_IGNORE_COMMAND,
                      "delete bridge\nremove stp /usr/bin/false # stays?\n");
}

CHECK(remove_runs_a_command_once)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL,
                         "softdep loop post: llc llc\nsoftdep llc post: stp stp\n"
                         "remove loop a\nremove llc b\nremove stp c\n");

        assert_remove(w, "loop", 0, "remove stp c?\nremove llc b?\nremove loop a\n");
}
