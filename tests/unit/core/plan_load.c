/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "fake_kernel.h"
#include "util/cleanup.h"
#include "plan_room.h"

#define DEPS                                                                                                 \
        "k/fat.ko:\n"                                                                                        \
        "k/vfat.ko: k/fat.ko\n"                                                                              \
        "k/msdos.ko: k/fat.ko\n"                                                                             \
        "k/llc.ko:\n"                                                                                        \
        "k/stp.ko: k/llc.ko\n"                                                                               \
        "k/bridge.ko: k/stp.ko k/llc.ko\n"                                                                   \
        "k/loop.ko:\n"                                                                                       \
        "k/isofs.ko:\n"

#define assert_load(room, operand, flags, options, expected)                                                 \
        do {                                                                                                 \
                _cleanup_(freep) char *text = room_load(&(room), (operand), (flags), (options));             \
                assert_string_equal(text, expected);                                                         \
        } while (0)

CHECK(load_puts_dependencies_first_in_load_order)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_load(w, "bridge", 0, NULL, "insert llc\ninsert stp\ninsert bridge\n");
}

CHECK(load_plans_nothing_for_what_its_own_line_does_not_name)
{
        _cleanup_(room_fini) struct room w = room_new("a.ko: b.ko\nb.ko: c.ko\nc.ko:\n", NULL, NULL, NULL);

        assert_load(w, "a", 0, NULL, "insert b\ninsert a\n");
}

CHECK(load_gives_request_options_to_the_target_alone)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "options fat a=1\noptions vfat b=2\n");

        assert_load(w, "vfat", 0, "c=3", "insert fat a=1 \ninsert vfat b=2 c=3\n");
}

CHECK(load_takes_options_of_the_alias_too)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "alias big-* vfat\noptions big_* q=1\noptions vfat b=2\n");

        assert_load(w, "big-one", 0, NULL, "insert fat\ninsert vfat q=1 b=2 \n");
        assert_load(w, "vfat", 0, NULL, "insert fat\ninsert vfat b=2 \n");
}

CHECK(load_passes_over_what_is_loaded)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        fake_kernel_add("fat", 0, "");
        assert_load(w, "vfat", 0, NULL, "loaded fat\ninsert vfat\n");
        assert_load(w, "fat", 0, NULL, "[in kernel fat]\n");
        assert_load(w, "fat", TN_PLAN_FIRST_TIME, NULL, "[exists fat]\n");
        assert_load(w, "vfat", TN_PLAN_IGNORE_LOADED, NULL, "insert fat\ninsert vfat\n");
}

CHECK(load_waits_for_what_is_coming)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        fake_kernel_add("fat", 0, "");
        fake_kernel_find("fat")->coming = true;
        assert_load(w, "vfat", 0, NULL, "insert fat\ninsert vfat\n");
}

CHECK(load_of_a_builtin_is_done_already)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, "ext4\n", NULL);

        assert_load(w, "ext4", 0, NULL, "[in kernel ext4]\n");
        assert_load(w, "ext4", TN_PLAN_IGNORE_LOADED, NULL, "builtin ext4\n");
}

CHECK(load_into_a_fresh_kernel_finds_what_is_built_in)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, "ext4\n", "install ext4 /bin/x\nsoftdep loop pre: ext4\n");

        fake_kernel_add("fat", 0, "");
        assert_load(w, "ext4", TN_PLAN_IGNORE_LOADED | TN_PLAN_FRESH, NULL, "[in kernel ext4]\n");
        assert_load(w, "ext4", TN_PLAN_IGNORE_LOADED, NULL, "install ext4 /bin/x\n");
        assert_load(w, "loop", TN_PLAN_IGNORE_LOADED | TN_PLAN_FRESH, NULL, "loaded ext4?\ninsert loop\n");
        assert_load(w, "vfat", TN_PLAN_IGNORE_LOADED | TN_PLAN_FRESH, NULL, "insert fat\ninsert vfat\n");
}

CHECK(load_of_an_unknown_name_has_no_target)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_load(w, "nosuch", 0, NULL, "");
        assert_load(w, "", 0, NULL, "");
        assert_load(w, "k/fat.ko", 0, NULL, "");
}

CHECK(load_of_what_only_the_kernel_knows_is_done_already)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "blacklist my_lkm\n");

        fake_kernel_add("my_lkm", 0, "");
        assert_load(w, "my-lkm", 0, NULL, "[in kernel my_lkm]\n");
        w.blacklist = TN_BLACKLIST_NAMES;
        assert_load(w, "my_lkm", 0, "a=1", "[in kernel my_lkm]\n");
        assert_load(w, "my_lkm", TN_PLAN_FIRST_TIME, NULL, "[exists my_lkm]\n");
        assert_load(w, "my_lkm", TN_PLAN_IGNORE_LOADED, NULL, "");
        fake_kernel_find("my_lkm")->coming = true;
        assert_load(w, "my_lkm", 0, NULL, "");
}

/* What the kernel has a directory of, but neither state nor count, may be built in. */
CHECK(load_of_what_may_be_built_in_is_done_where_no_list_says_that_it_is_not)
{
        struct room w = room_new(DEPS, NULL, NULL, NULL);
        _cleanup_(freep) char *list = NULL;

        fake_kernel_add("inner", -ENOENT, "");
        fake_kernel_find("inner")->coming = true;
        assert_load(w, "inner", 0, NULL, "");
        room_fini(&w);
        w = room_new(DEPS, NULL, NULL, NULL);
        list = tmpdir_path(&w.dir, "modules.builtin.bin");
        assert_int_equal(unlink(list), 0);
        fake_kernel_add("inner", -ENOENT, "");
        fake_kernel_find("inner")->coming = true;
        assert_load(w, "inner", 0, NULL, "[in kernel inner]\n");
        room_fini(&w);
}

CHECK(load_of_an_alias_to_nothing_is_missing)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "alias foo nothere\n");

        assert_load(w, "foo", 0, NULL, "missing nothere\n");
}

CHECK(load_takes_every_module_of_an_alias_each_with_its_own_dependencies)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "fs-* vfat\nfs-m* msdos\n", NULL, NULL);

        assert_load(w, "fs-msdos", 0, NULL, "insert fat\ninsert vfat\ninsert fat\ninsert msdos\n");
}

CHECK(load_places_softdeps_around_their_module)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep msdos pre: loop post: isofs\n");

        assert_load(w, "msdos", 0, NULL, "insert fat\ninsert loop?\ninsert msdos\ninsert isofs?\n");
        assert_load(w, "msdos", TN_PLAN_IGNORE_COMMAND, NULL, "insert fat\ninsert msdos\n");
}

CHECK(load_counts_every_softdep_line)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep fat pre: loop\nsoftdep f* pre: isofs loop nosuch\n");

        assert_load(w, "fat", 0, NULL, "insert loop?\ninsert isofs?\ninsert fat\n");
}

CHECK(load_brings_dependencies_of_softdeps_and_softdeps_of_dependencies)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep loop pre: vfat\nsoftdep fat pre: isofs\n");

        assert_load(w, "loop", 0, NULL, "insert isofs?\ninsert fat?\ninsert vfat?\ninsert loop\n");
}

CHECK(load_ends_softdep_circles)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep loop pre: isofs\nsoftdep isofs pre: loop\n");

        assert_load(w, "loop", 0, NULL, "insert isofs?\ninsert loop\n");
}

CHECK(load_needs_a_dependency_that_a_softdep_brought_first)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "softdep llc pre: stp\n");

        /* stp comes by llc's softdep, but bridge cannot do without it; and stp cannot do without llc. */
        assert_load(w, "bridge", 0, NULL, "insert llc\ninsert stp\ninsert bridge\n");
}

CHECK(load_skips_a_blacklisted_module_behind_an_alias)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "fs-vfat vfat\n", NULL, "blacklist vfat\n");

        assert_load(w, "fs-vfat", 0, NULL, "[blacklisted vfat]\n");
        assert_load(w, "vfat", 0, NULL, "insert fat\ninsert vfat\n");
        w.blacklist = TN_BLACKLIST_NAMES;
        assert_load(w, "vfat", 0, NULL, "[blacklisted vfat]\n");
}

CHECK(load_puts_a_command_in_the_place_of_module_and_softdeps)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "install msdos echo hi\nsoftdep msdos pre: loop\n");

        assert_load(w, "msdos", 0, "a=1", "insert fat\ninstall msdos echo hi a=1\n");
        assert_load(w, "msdos", TN_PLAN_IGNORE_COMMAND, NULL, "insert fat\ninsert msdos\n");
}

CHECK(load_brings_nothing_for_a_command_that_only_says_no)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL,
                                                      "install msdos /bin/false\n"
                                                      "install bridge exec /usr/bin/false # why\n"
                                                      "install stp :\n"
                                                      "install vfat true; true\n"
                                                      "softdep loop pre: bridge\n");

        assert_load(w, "msdos", 0, NULL, "install msdos /bin/false\n");
        assert_load(w, "bridge", 0, NULL, "install bridge exec /usr/bin/false # why\n");
        assert_load(w, "stp", 0, NULL, "install stp :\n");
        assert_load(w, "vfat", 0, NULL, "insert fat\ninstall vfat true; true\n");
        assert_load(w, "loop", 0, NULL, "install bridge exec /usr/bin/false # why?\ninsert loop\n");
}

CHECK(load_honours_a_command_of_a_dependency)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "install fat /bin/false\n");

        assert_load(w, "vfat", TN_PLAN_IGNORE_COMMAND, NULL, "install fat /bin/false\ninsert vfat\n");
}

CHECK(load_by_command_needs_no_module)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "install foo echo hi\n");

        assert_load(w, "foo", 0, NULL, "install foo echo hi\n");
}

CHECK(load_of_a_file_takes_dependencies_from_the_catalog)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, "vfat\n", "options vfat a=1\n");

        assert_load(w, "/tmp/vfat.ko.xz", 0, NULL, "insert fat\ninsert vfat a=1 \n");
        assert_load(w, "/tmp/other.ko", 0, "b=2", "insert other b=2\n");
}

CHECK(load_never_puts_a_user_before_what_it_uses)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "softdep llc pre: bridge\nsoftdep fat pre: vfat\n");

        assert_load(w, "stp", 0, NULL, "insert llc\ninsert stp\ninsert bridge?\n");
        assert_load(w, "fat", 0, NULL, "insert fat\ninsert vfat?\n");
}

CHECK(load_of_what_names_no_module_has_no_target)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_load(w, "/", 0, NULL, "");
}

CHECK(load_of_a_given_module_looks_nothing_up)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "alias vfat loop\noptions pci:x o=1\noptions vfat b=2\n");
        const struct tn_match match = { .name = "vfat", .alias = "pci:x", .rule = TN_RULE_ALIAS };

        w.match = &match;
        assert_load(w, "ignored", 0, "c=3", "insert fat\ninsert vfat o=1 b=2 c=3\n");
}

CHECK(load_leaves_every_blacklisted_module_out_when_told_so)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "x vfat\ny bridge\n", NULL,
                         "blacklist stp\nblacklist vfat\nsoftdep llc pre: vfat loop\n");

        w.blacklist = TN_BLACKLIST_ALL;
        assert_load(w, "bridge", 0, NULL, "insert fat?\ninsert loop?\ninsert llc\ninsert bridge\n");
        assert_load(w, "vfat", 0, NULL, "[blacklisted vfat]\n");
        w.blacklist = TN_BLACKLIST_NONE;
        assert_load(w, "x", 0, NULL, "insert fat\ninsert vfat\n");
        w.blacklist = TN_BLACKLIST_ALIASES;
        assert_load(w, "x", 0, NULL, "[blacklisted vfat]\n");
}
