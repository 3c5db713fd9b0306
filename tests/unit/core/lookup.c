/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "util/cleanup.h"
#include "room.h"

#define DEPS "k/fat.ko:\nk/snd-hda.ko:\n"

/* "NAME/RULE " or "NAME/RULE(PATTERN) " for each match. */
static void assert_matches(const struct tn_matches *matches, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };

        for (size_t i = 0; i < matches->n; i++) {
                const struct tn_match *match = &matches->v[i];

                tn_buf_addf(&said, "%s/%d", match->name, (int)match->rule);
                if (match->pattern)
                        tn_buf_addf(&said, "(%s)", match->pattern);
                tn_buf_add_char(&said, ' ');
        }
        assert_string_equal(tn_buf_str(&said), expected);
}

static void assert_lookup(struct room *w, const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };

        assert_int_equal(tn_lookup(w->catalog, w->config, tn_span_of(text), &arena, &matches), 0);
        assert_matches(&matches, expected);
}

static void assert_lookup_without_conf(struct room *w, const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };

        assert_int_equal(tn_lookup(w->catalog, NULL, tn_span_of(text), &arena, &matches), 0);
        assert_matches(&matches, expected);
}

static void assert_lookup_name(struct room *w, const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };

        assert_int_equal(tn_lookup_name(w->catalog, tn_span_of(text), &arena, &matches), 0);
        assert_matches(&matches, expected);
}

CHECK(lookup_normalises_names)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_lookup(&w, "snd-hda", "snd_hda/1 ");
        assert_lookup(&w, "snd_hda", "snd_hda/1 ");
        assert_lookup(&w, "snd.hda", "");
}

CHECK(lookup_asks_alias_lines_first)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "alias fat other\nalias f* third\n");

        assert_lookup(&w, "fat", "other/0(fat) third/0(f*) ");
}

CHECK(lookup_prefers_a_name_to_an_index_alias)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "fat wrong\nfs-* fat\n", "fat\n", NULL);

        assert_lookup(&w, "fat", "fat/1 ");
        assert_lookup(&w, "fs-msdos", "fat/4(fs_*) ");
}

CHECK(lookup_finds_builtins_last)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "ext4 fat\n", "ext4\next3\n", NULL);

        assert_lookup(&w, "ext4", "fat/4(ext4) ");
        assert_lookup(&w, "ext3", "ext3/5 ");
}

CHECK(lookup_knows_names_that_only_have_a_command)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "install foo a\nremove bar b\ninstall pat* c\n");

        assert_lookup(&w, "foo", "foo/3 ");
        assert_lookup(&w, "bar", "bar/3 ");
        assert_lookup(&w, "pattern", "");
}

CHECK(lookup_matches_patterns_of_a_modalias)
{
        _cleanup_(room_fini) struct room w = room_new(
                DEPS, "pci:v00008086d0000100Esv*sd*bc*sc*i* e1000\npci:v*d*sv*sd*bc02sc00i* generic\n", NULL,
                NULL);

        assert_lookup(&w, "pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00",
                      "e1000/4(pci:v00008086d0000100Esv*sd*bc*sc*i*) generic/4(pci:v*d*sv*sd*bc02sc00i*) ");
}

CHECK(lookup_of_an_unpaired_bracket_is_an_error)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };

        assert_int_equal(tn_lookup(w.catalog, w.config, SPAN("a[b"), &arena, &matches), -EINVAL);
}

/* Each rule knows the text; when its index or line is gone, the next one answers. */
CHECK(lookup_asks_the_rules_in_their_order)
{
        _cleanup_(room_fini) struct room w =
                room_new("k/x.ko:\n", "x* al\n", "x\n", "alias x conf\ninstall x a\n");
        _cleanup_(room_fini) struct room nameless =
                room_new(DEPS, "x* al\n", "x\n", "install x a\nremove x b\n");
        _cleanup_(room_fini) struct room plain = room_new(DEPS, NULL, "x\n", NULL);

        for (size_t i = 0; i < 3; i++)
                room_save_pairs(((struct room *[]){ &w, &nameless, &plain })[i], "modules.builtin.alias.bin",
                                "x b-al\ny b-al\n");
        assert_lookup(&w, "x", "conf/0(x) ");
        assert_lookup_without_conf(&w, "x", "x/1 ");
        assert_lookup(&nameless, "x", "x/3 ");
        assert_lookup_without_conf(&nameless, "x", "al/4(x*) ");
        assert_lookup(&plain, "x", "x/5 ");
        assert_lookup(&plain, "y", "b-al/6(y) ");
}

CHECK(lookup_of_a_symbol_asks_the_index_of_symbols_before_commands_and_aliases)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, "symbol:* wrong\nfree wrong\n", "symbol:f\n",
                                                      "install symbol:f a\nalias symbol:conf fat\n");

        room_save_pairs(&w, "modules.symbols.bin",
                        "symbol:f fat\nsymbol:conf wrong\nf wrong\nsymbol_f wrong\n");
        assert_lookup(&w, "symbol:f", "fat/2(symbol:f) ");
        assert_lookup(&w, "symbol:conf", "fat/0(symbol:conf) ");
        assert_lookup(&w, "symbol:g", "wrong/4(symbol:*) ");
        assert_lookup(&w, "f", "");
        assert_lookup(&w, "symbol_f", "");
        assert_lookup_name(&w, "symbol:f", "symbol:f/5 ");
}

static void unlink_index(const struct room *w, const char *file)
{
        _cleanup_(freep) char *path = tmpdir_path(&w->dir, file);

        assert_int_equal(unlink(path), 0);
}

CHECK(lookup_says_the_pattern_of_an_index_and_of_the_text_in_its_place)
{
        static const char modinfo[] = "ext4.license=GPL\0ext4.alias=fs-ext*\0ext4.alias=fs-ext4";
        _cleanup_(room_fini) struct room bin = room_new(
                DEPS, "fs-* fat\nfs-m?dos fat\nfs-msdos snd_hda\npci:v[0-3]*bc02* fat\n", NULL, NULL);
        _cleanup_(room_fini) struct room text = room_new(DEPS, NULL, NULL, NULL);
        struct room *rooms[] = { &bin, &text };

        room_save_pairs(&bin, "modules.symbols.bin", "symbol:f_g fat\n");
        room_save_pairs(&bin, "modules.builtin.alias.bin", "fs-ext* ext4\nfs-ext4 ext4\n");
        unlink_index(&text, "modules.alias.bin");
        tmpdir_write(
                &text.dir, "modules.alias",
                "alias fs-* fat\nalias fs-m?dos fat\nalias fs-msdos snd_hda\nalias pci:v[0-3]*bc02* fat\n");
        tmpdir_write(&text.dir, "modules.symbols", "alias symbol:f_g fat\n");
        tmpdir_write_bytes(&text.dir, "modules.builtin.modinfo", modinfo, sizeof(modinfo));
        for (size_t i = 0; i < ARRAY_SIZE(rooms); i++) {
                assert_lookup(rooms[i], "fs-msdos", "fat/4(fs_*) fat/4(fs_m?dos) snd_hda/4(fs_msdos) ");
                assert_lookup(rooms[i], "pci:v1d2bc0201", "fat/4(pci:v[0-3]*bc02*) ");
                assert_lookup(rooms[i], "symbol:f_g", "fat/2(symbol:f_g) ");
                assert_lookup_name(rooms[i], "fs-ext4", "ext4/6(fs_ext*) ext4/6(fs_ext4) ");
        }
}

CHECK(lookup_in_an_empty_catalog_finds_nothing)
{
        const struct tn_dir nowhere = tn_dir_at("/nonexistent");
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        tn_catalog_close(w.catalog);
        assert_int_equal(tn_catalog_open(&nowhere, &w.catalog), 0);
        assert_lookup(&w, "fat", "");
        assert_lookup(&w, "symbol:printk", "");
}

CHECK(lookup_of_a_path_finds_nothing)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "a/b fat\ndevname:net/tun fat\n", NULL, "alias /fat fat\ninstall ../fat x\n");

        assert_lookup(&w, "/fat", "");
        assert_lookup(&w, "../fat", "");
        assert_lookup(&w, "a/b", "");
        assert_lookup(&w, "devname:net/tun", "fat/4(devname:net/tun) ");
}

CHECK(lookup_never_leads_to_a_name_that_no_module_can_have)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "one ../../etc\ntwo a/b\n", NULL,
                         "alias three ../x\nalias four fat\nalias four /x\nalias fat ..\n");

        assert_lookup(&w, "one", "");
        assert_lookup(&w, "two", "");
        assert_lookup(&w, "three", "");
        assert_lookup(&w, "four", "fat/0(four) ");
        assert_lookup(&w, "fat", "fat/1 ");
}

CHECK(lookup_may_go_without_configuration)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fs-* fat\n", NULL, "alias fat other\ninstall foo a\n");

        assert_lookup_without_conf(&w, "fat", "fat/1 ");
        assert_lookup_without_conf(&w, "fs-msdos", "fat/4(fs_*) ");
        assert_lookup_without_conf(&w, "foo", "");
}

CHECK(lookup_of_a_name_knows_no_alias_but_of_built_ins)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "ext4 fat\nfs-* fat\nsymbol:f fat\n", "ext4\n", "alias fat other\n");

        assert_lookup_name(&w, "fat", "fat/1 ");
        assert_lookup_name(&w, "ext4", "ext4/5 ");
        assert_lookup_name(&w, "fs-msdos", "");
        assert_lookup_name(&w, "symbol:f", "");
        assert_lookup_name(&w, "a/fat", "");
        assert_lookup_name(&w, "", "");
        assert_lookup_name(&w, "a[b", "");
}

CHECK(lookup_of_a_name_takes_it_up_to_the_dot)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, NULL);

        assert_lookup_name(&w, "snd-hda.ko.xz", "snd_hda/1 ");
        assert_lookup_name(&w, ".ko", "");
}

static void assert_beaten(struct room *w, const char *text, enum tn_rule winner, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };

        assert_int_equal(tn_lookup_beaten(w->catalog, w->config, tn_span_of(text), winner, &arena, &matches),
                         0);
        assert_matches(&matches, expected);
}

CHECK(lookup_beaten_asks_all_rules_behind_the_winner)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "fat wrong\nf* snd_hda\n", "fat\n", "alias fat other\ninstall fat /bin/x\n");

        assert_beaten(&w, "fat", TN_RULE_CONF_ALIAS, "fat/1 fat/3 wrong/4(fat) snd_hda/4(f*) fat/5 ");
        assert_beaten(&w, "fat", TN_RULE_NAME, "fat/3 wrong/4(fat) snd_hda/4(f*) fat/5 ");
        assert_beaten(&w, "fat", TN_RULE_BUILTIN, "");
        assert_beaten(&w, "", TN_RULE_NAME, "");
        assert_beaten(&w, "a/b", TN_RULE_CONF_ALIAS, "");
}
