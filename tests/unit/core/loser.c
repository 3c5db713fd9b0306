/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/loser.h"
#include "check.h"
#include "fake_kernel.h"
#include "plan_room.h"
#include "util/cleanup.h"

#define DEPS "k/fat.ko:\nk/vfat.ko: k/fat.ko\nk/msdos.ko: k/fat.ko\n"

/* "WHY KIND KEY @LINE" or, of an index, "WHY PATTERN -> MODULE"; "by @LINE" is the line that counts instead. */
static void say(const struct tn_loser *loser, struct tn_buf *said)
{
        tn_buf_addf(said, "%s ", tn_loser_id(loser->why));
        if (loser->record)
                tn_buf_addf(said, "%s %.*s @%u", tn_conf_kind_name(loser->record->kind),
                            SPAN_FMT(loser->record->key), loser->record->line);
        else
                tn_buf_addf(said, "%s", loser->match.pattern ? loser->match.pattern : "-");
        if (loser->match.name)
                tn_buf_addf(said, " -> %s", loser->match.name);
        if (loser->winner)
                tn_buf_addf(said, " by @%u", loser->winner->line);
        tn_buf_add_char(said, '\n');
}

static void assert_losers(struct room *w, const char *operand, const char *expected)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_losers_fini) struct tn_losers losers = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };
        struct tn_plan_request req = room_request(w, operand, 0);
        const struct tn_loser *loser;

        assert_int_equal(tn_plan_load(&req, &plan), 0);
        assert_int_equal(tn_losers_find(&req, &plan, &losers), 0);
        tn_vec_each (loser, &losers.list)
                say(loser, &said);
        assert_string_equal(said.len ? tn_buf_str(&said) : "", expected);
}

CHECK(loser_of_later_rules)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs_x vfat\nfs_* msdos\n", NULL, "alias fs-x fat\ninstall fs_x /bin/y\n");

        assert_losers(&w, "fs-x",
                      "earlier-rule install fs_x @2 -> fs_x by @1\n"
                      "earlier-rule fs_x -> vfat by @1\n"
                      "earlier-rule fs_* -> msdos by @1\n");
        assert_losers(&w, "fs-y", "");
}

CHECK(loser_is_not_what_leads_to_the_same_module_by_name)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, "fat\n", "alias fat vfat\nalias vfat vfat\ninstall msdos /bin/y\n");

        assert_losers(&w, "fat", "earlier-rule - -> fat by @1\nearlier-rule - -> fat by @1\n");
        assert_losers(&w, "vfat", "");
        assert_losers(&w, "msdos", "");
}

CHECK(loser_of_blacklist_lines)
{
        _cleanup_(room_fini) struct room w = room_new(
                DEPS, "fs_v vfat\n", NULL, "blacklist vfat\nblacklist vfat\nblacklist fat\nblacklist fs-v\n");

        assert_losers(&w, "vfat",
                      "not-asked-for blacklist fat @3\nasked-by-name blacklist vfat @1\n"
                      "asked-by-name blacklist vfat @2\n");
        assert_losers(&w, "fs-v", "no-module blacklist fs_v @4\nearlier-line blacklist vfat @2 by @1\n");
        w.blacklist = TN_BLACKLIST_NAMES;
        assert_losers(&w, "vfat", "earlier-line blacklist vfat @2 by @1\n");
}

CHECK(loser_of_commands_and_what_they_stand_for)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "fs_v vfat\n", NULL,
                                                      "install v* /bin/a\ninstall vfat /bin/b\n"
                                                      "softdep vfat pre: msdos\nremove vfat /bin/c\n"
                                                      "weakdep vfat msdos\nremove fat /bin/c\n");

        assert_losers(&w, "vfat",
                      "earlier-line install vfat @2 by @1\ncommand softdep vfat @3 by @1\n"
                      "removal remove vfat @4\nweak weakdep vfat @5\n");
}

CHECK(loser_of_what_is_blacklisted_or_in_the_kernel)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs_v vfat\n", NULL,
                         "blacklist vfat\ninstall vfat /bin/b\nsoftdep vfat pre: msdos\noptions vfat a=1\n");

        assert_losers(&w, "fs-v",
                      "blacklisted install vfat @2 by @1\nblacklisted softdep vfat @3 by @1\n"
                      "blacklisted options vfat @4 by @1\n");
        fake_kernel_add("vfat", 0, "");
        assert_losers(&w, "fs-v",
                      "in-kernel blacklist vfat @1\nin-kernel install vfat @2\n"
                      "in-kernel softdep vfat @3\nin-kernel options vfat @4\n");
}

CHECK(loser_of_options_for_other_aliases)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs_v vfat\nfs_m msdos\n", NULL,
                         "options fs-v a=1\noptions eth0 a=2\noptions fs-m a=3\n"
                         "options msdos a=4\noptions nix a=5\nalias eth* vfat\noptions eth* a=6\n");

        assert_losers(&w, "vfat", "other-alias options fs_v @1\nother-alias options eth* @7\n");
        assert_losers(&w, "fs-v", "other-alias options eth* @7\n");
}

CHECK(loser_of_a_name_that_is_none)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "alias x a/b\nalias x fat\n");

        assert_losers(&w, "x", "bad-name alias x @1\n");
        assert_losers(&w, "y", "");
}

CHECK(loser_of_a_module_in_several_targets_is_there_once)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs vfat\nfs msdos\n", NULL, "blacklist fat\nblacklist fs\n");

        assert_losers(&w, "fs", "no-module blacklist fs @2\nnot-asked-for blacklist fat @1\n");
}

CHECK(loser_of_a_target_is_told_where_it_is_one)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs vfat\nfs fat\n", NULL, "blacklist fat\nblacklist fat\n");

        assert_losers(&w, "fs", "earlier-line blacklist fat @2 by @1\n");
}

CHECK(loser_has_a_sentence_for_each_reason)
{
        const struct tn_conf_record line = { .file = "/etc/a.conf", .line = 3 };
        struct tn_loser loser = { .module = "vfat", .winner = &line };

        for (loser.why = TN_LOSER_RULE; loser.why < TN_LOSER_WHYS; loser.why++) {
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

                tn_loser_text(&loser, &text);
                assert_true(text.len > 0);
                assert_true(strchr(tn_buf_str(&text), '%') == NULL);
        }
}

CHECK(loser_names_what_counts_instead)
{
        struct tn_conf_record line = { .file = "/etc/a.conf", .line = 3 };
        struct tn_loser loser = { .why = TN_LOSER_COMMAND, .module = "vfat", .winner = &line };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_loser_text(&loser, &text);
        assert_string_equal(tn_buf_str(&text),
                            "the command of vfat stands for its softdeps, too: /etc/a.conf:3");
        tn_buf_reset(&text);
        line = (struct tn_conf_record){ .file = "/proc/cmdline" };
        loser.why = TN_LOSER_LINE;
        tn_loser_text(&loser, &text);
        assert_string_equal(tn_buf_str(&text), "for vfat the first line counts: /proc/cmdline");
}

CHECK(loser_of_a_module_that_the_policy_denies)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL,
                         "blacklist fat\noptions fat a=1\nsoftdep fat pre: msdos\ninstall fat /bin/y\n"
                         "deny fa*\ndeny fat\nallow fat\npolicy audit\npolicy enforce\n");

        assert_losers(&w, "fat",
                      "denied blacklist fat @1 by @5\n"
                      "denied install fat @4 by @5\n"
                      "denied softdep fat @3 by @5\n"
                      "denied options fat @2 by @5\n"
                      "earlier-line deny fat @6 by @5\n");
}

CHECK(loser_of_what_the_policy_does_not_enforce)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "deny fat\nallow fat\npolicy off\n"),
                                         x = room_new(DEPS, NULL, NULL, "allow fat\n"),
                                         y = room_new(DEPS, NULL, NULL, "allow fat\npolicy enforce\n");

        assert_losers(&w, "fat", "policy deny fat @1 by @3\npolicy allow fat @2 by @3\n");
        assert_losers(&x, "fat", "policy allow fat @1\n");
        assert_losers(&y, "fat", "");
}
