/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "fake_kernel.h"
#include "plan_room.h"
#include "util/cleanup.h"

/* Plans of loading, compared in every field. */

#define assert_load(room, operand, flags, options, ...)                                                      \
        do {                                                                                                 \
                _cleanup_(freep) char *text = room_load(&(room), (operand), (flags), (options));             \
                assert_string_equal(text, __VA_ARGS__);                                                      \
        } while (0)

static struct room full_room(const char *deps, const char *aliases, const char *builtins, const char *conf)
{
        struct room w = room_new(deps, aliases, builtins, conf);

        w.full = true;
        return w;
}

#define WIFI                                                                                                 \
        "rfkill.ko:\ncfg80211.ko: rfkill.ko\nlibarc4.ko:\nmac80211.ko: libarc4.ko cfg80211.ko rfkill.ko\n"   \
        "iwlwifi.ko: cfg80211.ko rfkill.ko\niwlmvm.ko: iwlwifi.ko mac80211.ko libarc4.ko cfg80211.ko "       \
        "rfkill.ko\n"

CHECK(load_causes_are_direct_needs)
{
        _cleanup_(room_fini) struct room w = full_room(WIFI, NULL, NULL, NULL);

        assert_load(w, "iwlmvm", 0, NULL,
                    "target iwlmvm: go, name\n"
                    "0 insert rfkill!, path rfkill.ko\n"
                    "  dependency 1: name\n"
                    "1 insert cfg80211!, path cfg80211.ko, after 0\n"
                    "  dependency 3: name\n"
                    "  dependency 4: name\n"
                    "2 insert libarc4!, path libarc4.ko\n"
                    "  dependency 3: name\n"
                    "3 insert mac80211!, path mac80211.ko, after 1 2\n"
                    "  dependency 5: name\n"
                    "4 insert iwlwifi!, path iwlwifi.ko, after 1\n"
                    "  dependency 5: name\n"
                    "5 insert iwlmvm!, path iwlmvm.ko, after 3 4\n"
                    "  requested: name\n");
}

CHECK(load_causes_of_what_is_loaded_are_kept)
{
        _cleanup_(room_fini) struct room w = full_room(WIFI, "pci:v* iwlwifi\n", NULL, NULL);

        fake_kernel_add("rfkill", 0, "");
        assert_load(w, "pci:v1", 0, NULL,
                    "target iwlwifi: go, alias alias pci:v1 pattern pci:v*\n"
                    "0 loaded rfkill!\n"
                    "  dependency 1: name\n"
                    "1 insert cfg80211!, path cfg80211.ko, after 0\n"
                    "  dependency 2: name\n"
                    "2 insert iwlwifi!, path iwlwifi.ko, after 1\n"
                    "  requested: alias alias pci:v1 pattern pci:v*\n");
        fake_kernel_add("iwlwifi", 0, "");
        assert_load(w, "pci:v1", 0, "a=1",
                    "target iwlwifi: in kernel, alias alias pci:v1 pattern pci:v*\n"
                    "0 loaded iwlwifi!\n"
                    "  requested: alias alias pci:v1 pattern pci:v*\n");
        assert_load(w, "iwlwifi", TN_PLAN_FIRST_TIME, NULL,
                    "target iwlwifi: exists, name\n"
                    "0 loaded iwlwifi!\n"
                    "  requested: name\n");
}

CHECK(load_keeps_every_cause_once)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko: b.ko\nb.ko:\nc.ko:\nd.ko: b.ko\n", "crypto-* c\ncrypto-crc* c\n", "inner\n",
                          "softdep b pre: crypto-crc c inner\n"
                          "softdep a pre: c none c d none\n"
                          "softdep a post: d\n"
                          "alias dee d\n"
                          "softdep b post: dee\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 insert c, path c.ko\n"
                    "  pre 2: word crypto-crc @1, alias alias crypto_crc pattern crypto_*\n"
                    "  pre 2: word crypto-crc @1, alias alias crypto_crc pattern crypto_crc*\n"
                    "  pre 2: word c @1, name\n"
                    "  pre 4: word c @2, name\n"
                    "1 loaded inner\n"
                    "  pre 2: word inner @1, built in\n"
                    "2 insert b!, path b.ko, after 0 1\n"
                    "  dependency 4: name\n"
                    "  dependency 3: name\n"
                    "3 insert d, path d.ko, after 2\n"
                    "  post 2: word dee @5, alias line alias dee pattern dee @4\n"
                    "  pre 4: word d @2, name\n"
                    "  post 4: word d @3, name\n"
                    "4 insert a!, path a.ko, after 0 2 3\n"
                    "  requested: name\n"
                    "5 unknown none @2\n"
                    "  pre 4: word none @2\n");
}

CHECK(load_keeps_a_cause_for_each_spelling_and_each_line)
{
        _cleanup_(room_fini) struct room w = full_room(
                "a.ko:\nb_c.ko:\n", NULL, NULL, "softdep a pre: b-c b_c b-c x\nalias x b-c\nalias x b_c\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 insert b_c, path b_c.ko\n"
                    "  pre 1: word b-c @1, name\n"
                    "  pre 1: word b_c @1, name\n"
                    "  pre 1: word x @1, alias line alias x pattern x @2\n"
                    "  pre 1: word x @1, alias line alias x pattern x @3\n"
                    "1 insert a!, path a.ko, after 0\n"
                    "  requested: name\n");
}

CHECK(load_keeps_a_word_without_a_module_beside_an_alias_to_its_name)
{
        _cleanup_(room_fini) struct room w = full_room("a.ko:\nno.ko:\n", NULL, NULL,
                                                       "softdep a pre: no none al\n"
                                                       "softdep no pre: none\n"
                                                       "install no /bin/false\n"
                                                       "alias al none\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 denied no, command /bin/false @3\n"
                    "  pre 2: word no @1, name\n"
                    "1 missing none\n"
                    "  pre 2: word none @1\n"
                    "  pre 2: word al @1, alias line alias al pattern al @4\n"
                    "2 insert a!, path a.ko, after 0 1\n"
                    "  requested: name\n");
}

CHECK(load_ends_circles_and_needs_only_what_comes_before)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko:\nb.ko: a.ko\nself.ko: self.ko self.ko\n", NULL, NULL,
                          "softdep a pre: c b\nalias c cc\nsoftdep cc pre: a\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 missing cc\n"
                    "  pre 1: word c @1, alias line alias c pattern c @2\n"
                    "1 insert a!, path a.ko, after 0\n"
                    "  requested: name\n"
                    "  pre 0: word a @3, name\n"
                    "  dependency 2: name\n"
                    "2 insert b, path b.ko, after 1\n"
                    "  pre 1: word b @1, name\n");
        assert_load(w, "self", 0, NULL,
                    "target self: go, name\n"
                    "0 insert self!, path self.ko\n"
                    "  requested: name\n");
}

CHECK(load_causes_are_there_though_lines_of_needs_go_round_in_a_circle)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko: b.ko c.ko d.ko\nno.ko: b.ko c.ko d.ko\nb.ko: c.ko d.ko\nc.ko: b.ko d.ko\n",
                          NULL, NULL, "install no /bin/false\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 missing d!\n"
                    "  dependency 3: name\n"
                    "1 insert c!, path c.ko\n"
                    "  dependency 2: name\n"
                    "2 insert b!, path b.ko, after 1\n"
                    "  dependency 3: name\n"
                    "  dependency 1: name\n"
                    "3 insert a!, path a.ko, after 0 2\n"
                    "  requested: name\n");
        assert_load(w, "no", 0, NULL,
                    "target no: go, name\n"
                    "0 denied no!, command /bin/false @1\n"
                    "  requested: name\n"
                    "1 skipped by command d @1\n"
                    "  dependency 0: name\n"
                    "2 skipped by command c @1\n"
                    "  dependency 3: name\n"
                    "3 skipped by command b @1\n"
                    "  dependency 0: name\n"
                    "  dependency 2: name\n");
}

CHECK(load_keeps_the_record_of_each_option)
{
        _cleanup_(room_fini) struct room w = full_room("a.ko: b.ko\nb.ko:\n", NULL, NULL,
                                                       "options a  one=1   two=\"x y\"  \n"
                                                       "alias al a\n"
                                                       "options al three\n"
                                                       "options a four=\"\n"
                                                       "options b five=5\n");

        assert_load(w, "al", 0, "six=6 seven='8 9'",
                    "target a: go, alias line alias al pattern al @2\n"
                    "0 insert b!, path b.ko, options 'five=5 ' five=5@5\n"
                    "  dependency 1: name\n"
                    "1 insert a!, path a.ko, options ' one=1   two=\"x y\"   three four=\" six=6 seven='8 "
                    "9'' one=1@1 two=\"x y\"@1 three@3 four=\"@4 six=6 seven='8 9', after 0\n"
                    "  requested: alias line alias al pattern al @2\n");
        assert_load(w, "b", 0, NULL,
                    "target b: go, name\n"
                    "0 insert b!, path b.ko, options 'five=5 ' five=5@5\n"
                    "  requested: name\n");
}

CHECK(load_says_what_a_command_stands_for)
{
        _cleanup_(room_fini) struct room w = full_room("a.ko: b.ko\nb.ko:\nc.ko:\nd.ko:\n", NULL, NULL,
                                                       "install a do it\n"
                                                       "softdep a pre: c none b post: dd\n"
                                                       "alias dd d\n"
                                                       "install cmd echo\n"
                                                       "options a x=1\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 insert b!, path b.ko\n"
                    "  dependency 1: name\n"
                    "1 install a!, command do it @1, options 'x=1 ' x=1@5, after 0\n"
                    "  requested: name\n"
                    "2 skipped by command c @1\n"
                    "  pre 1: word c @2, name\n"
                    "3 unknown none @2\n"
                    "  pre 1: word none @2\n"
                    "4 skipped by command d @1\n"
                    "  post 1: word dd @2, alias line alias dd pattern dd @3\n");
        assert_load(w, "cmd", 0, NULL,
                    "target cmd: go, command line @4\n"
                    "0 install cmd!, command echo @4\n"
                    "  requested: command line @4\n");
}

CHECK(load_says_what_a_denied_module_would_have_brought)
{
        _cleanup_(room_fini) struct room w = full_room(WIFI, NULL, NULL,
                                                       "install iwlwifi /bin/false\n"
                                                       "softdep iwlwifi pre: libarc4 post: rfkill\n");

        assert_load(w, "iwlwifi", 0, NULL,
                    "target iwlwifi: go, name\n"
                    "0 denied iwlwifi!, command /bin/false @1\n"
                    "  requested: name\n"
                    "1 skipped by command rfkill @1\n"
                    "  dependency 2: name\n"
                    "  post 0: word rfkill @2, name\n"
                    "2 skipped by command cfg80211 @1\n"
                    "  dependency 0: name\n"
                    "3 skipped by command libarc4 @1\n"
                    "  pre 0: word libarc4 @2, name\n");
        assert_load(w, "iwlmvm", 0, NULL,
                    "target iwlmvm: go, name\n"
                    "0 insert rfkill!, path rfkill.ko\n"
                    "  dependency 1: name\n"
                    "1 insert cfg80211!, path cfg80211.ko, after 0\n"
                    "  dependency 3: name\n"
                    "  dependency 4: name\n"
                    "2 insert libarc4!, path libarc4.ko\n"
                    "  dependency 3: name\n"
                    "3 insert mac80211!, path mac80211.ko, after 1 2\n"
                    "  dependency 5: name\n"
                    "4 denied iwlwifi!, command /bin/false @1, after 1\n"
                    "  dependency 5: name\n"
                    "5 insert iwlmvm!, path iwlmvm.ko, after 3 4\n"
                    "  requested: name\n");
}

CHECK(load_for_a_denied_module_is_no_cause)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko: b.ko\nb.ko:\nc.ko: b.ko d.ko e.ko f.ko\nd.ko:\ne.ko: f.ko\nf.ko:\n", NULL,
                          NULL, "softdep a pre: c e\ninstall c /bin/false\nsoftdep c post: b\n");

        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 insert b!, path b.ko\n"
                    "  dependency 4: name\n"
                    "1 denied c, command /bin/false @2\n"
                    "  pre 4: word c @1, name\n"
                    "2 insert f, path f.ko\n"
                    "  dependency 3: name\n"
                    "3 insert e, path e.ko, after 2\n"
                    "  pre 4: word e @1, name\n"
                    "4 insert a!, path a.ko, after 0 1 3\n"
                    "  requested: name\n"
                    "5 skipped by command d @2\n"
                    "  dependency 1: name\n");
}

CHECK(load_says_what_it_does_without_as_asked)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko: b.ko\nb.ko:\nc.ko:\n", NULL, NULL,
                          "install a do it\nsoftdep a pre: c b\nsoftdep b post: c\ninstall b do it\n");

        assert_load(w, "a", TN_PLAN_IGNORE_COMMAND, NULL,
                    "target a: go, name\n"
                    "0 install b!, command do it @4\n"
                    "  dependency 1: name\n"
                    "1 insert a!, path a.ko, after 0\n"
                    "  requested: name\n"
                    "2 skipped by command c @4\n"
                    "  post 0: word c @3, name\n"
                    "  pre 1: word c @2, name\n");
        w.underway = "+1/b";
        assert_load(w, "b", 0, NULL,
                    "target b: go, name\n"
                    "0 insert b!, path b.ko\n"
                    "  requested: name\n"
                    "1 skipped by underway c\n"
                    "  post 0: word c @3, name\n");
}

CHECK(load_says_by_which_line_a_module_is_blacklisted)
{
        _cleanup_(room_fini) struct room w =
                full_room("a.ko: b.ko\nb.ko:\nc.ko: b.ko\n", "fs-* a\nfs-x c\n", NULL,
                          "\nblacklist a\nblacklist b\nsoftdep c post: a\n");

        assert_load(w, "fs-x", 0, NULL,
                    "target a: blacklisted, alias alias fs_x pattern fs_*; blacklist @2\n"
                    "0 blacklisted a @2\n"
                    "  requested: alias alias fs_x pattern fs_*\n"
                    "target c: go, alias alias fs_x pattern fs_x\n"
                    "1 insert b!, path b.ko\n"
                    "  dependency 2: name\n"
                    "  dependency 3: name\n"
                    "2 insert c!, path c.ko, after 1\n"
                    "  requested: alias alias fs_x pattern fs_x\n"
                    "3 insert a, path a.ko, after 1 2\n"
                    "  post 2: word a @4, name\n");
        assert_load(w, "a", 0, NULL,
                    "target a: go, name\n"
                    "0 insert b!, path b.ko\n"
                    "  dependency 1: name\n"
                    "1 insert a!, path a.ko, after 0\n"
                    "  requested: name\n");
        w.blacklist = TN_BLACKLIST_ALL;
        assert_load(w, "c", 0, NULL,
                    "target c: go, name\n"
                    "0 insert c!, path c.ko\n"
                    "  requested: name\n"
                    "1 blacklisted b @3\n"
                    "  dependency 0: name\n"
                    "  dependency 2: name\n"
                    "2 blacklisted a @2\n"
                    "  post 0: word a @4, name\n");
}

CHECK(load_says_how_a_target_was_found)
{
        const struct tn_match match = {
                .name = "a", .alias = "x:y", .pattern = "x:*", .rule = TN_RULE_ALIAS
        };
        _cleanup_(room_fini) struct room w =
                full_room("a.ko:\nneedy.ko: lost.ko\n", "gone-* gone\n", "inner\n", "alias p* a\n");

        assert_load(w, "/tmp/a.ko", 0, NULL,
                    "target a: go, path path /tmp/a.ko\n"
                    "0 insert a!, path /tmp/a.ko\n"
                    "  requested: path path /tmp/a.ko\n");
        assert_load(w, "pat", 0, NULL,
                    "target a: go, alias line alias p* pattern p* @1\n"
                    "0 insert a!, path a.ko\n"
                    "  requested: alias line alias p* pattern p* @1\n");
        assert_load(w, "gone-1", 0, NULL,
                    "target gone: go, alias alias gone_1 pattern gone_*\n"
                    "0 missing gone!\n"
                    "  requested: alias alias gone_1 pattern gone_*\n");
        assert_load(w, "needy", 0, NULL,
                    "target needy: go, name\n"
                    "0 missing lost!\n"
                    "  dependency 1: name\n"
                    "1 insert needy!, path needy.ko, after 0\n"
                    "  requested: name\n");
        assert_load(w, "inner", TN_PLAN_IGNORE_LOADED, NULL,
                    "target inner: go, built in\n"
                    "0 builtin inner!\n"
                    "  requested: built in\n");
        fake_kernel_add("only", 0, "");
        assert_load(w, "only", 0, NULL,
                    "target only: in kernel, the kernel\n"
                    "0 loaded only!\n"
                    "  requested: the kernel\n");
        w.match = &match;
        assert_load(w, "ignored", 0, NULL,
                    "target a: go, alias alias x:y pattern x:*\n"
                    "0 insert a!, path a.ko\n"
                    "  requested: alias alias x:y pattern x:*\n");
}
